import CloudCosts

/// A negotiated discount: what it is taken off, and how much.
///
/// A rule is for prices or for the bill, and both may hold at once:
///
/// - `price`: a private rate for what it names. The price itself is lower, and a plan's commitment
///   is used up at that rate.
/// - `bill`: a discount across services (AWS EDP, Azure MACC with a discount, Google's). It comes
///   off the bill: a plan's commitment is used up at public rates, and fees and usage on demand are
///   discounted afterwards.
///
/// - `usage`: a discount across services that comes off usage on demand alone; fees of commitments
///   are paid in full.
///
/// The column `applies_to` says which; without it a rule that names no product, family, region or
/// instance type is one for the bill. `bill` and `usage` are of one kind: for usage on demand one
/// rule of the two counts, for fees one of `bill`.
///
/// **Precedence.** One rule of each kind counts for a price: of those that fit, the one that names
/// the most of provider, product, family, region and instance type; of equals the one with the
/// larger discount. Discounts of one kind never add up. A rule without a product is for on-demand
/// prices and commitments alike; it takes its share off what is paid by the hour and what is paid
/// at once. Rules with dates follow one another: in every hour the first of those in force counts,
/// and a price is what that comes to in the mean of the window's hours, since a price book has one
/// price. The price before it stays known as the list price.
package struct DiscountRule: Hashable, Sendable {
  /// What a rule is taken off.
  package enum Extent: String, Hashable, Sendable, CaseIterable {
    case price
    case bill
    case usage
  }

  package var extent: Extent
  package var provider: Provider?
  package var product: Product?
  package var family: String?
  package var region: String?
  package var instanceType: String?
  /// 0 to 1.
  package var share: Double
  /// Nil: from the beginning.
  package var from: Hour?
  /// Nil: without end. The hour in which it no longer counts.
  package var to: Hour?
  /// Its position, from 1.
  package var line: Int

  func fits(_ row: PriceRow) -> Bool {
    (provider ?? row.sku.provider) == row.sku.provider && (product ?? row.product) == row.product
      && (family ?? row.sku.family) == row.sku.family
      && (region ?? row.sku.region) == row.sku.region
      && (instanceType ?? row.sku.instanceType) == row.sku.instanceType
      && (extent != .usage || row.product == .onDemand)
  }

  /// Whether it is another rule for the same.
  func isOfSamePrices(as other: DiscountRule) -> Bool {
    extent == other.extent && provider == other.provider && product == other.product
      && family == other.family && region == other.region && instanceType == other.instanceType
  }

  /// How much it names.
  var precision: Int {
    [provider != nil, product != nil, family != nil, region != nil, instanceType != nil]
      .count { $0 }
  }

  /// The share of a window's hours in which it is in force.
  func portion(of window: HourWindow) -> Double {
    Double(hours(of: window).count) / Double(max(1, window.hours))
  }

  /// The hours of a window in which it is in force.
  func hours(of window: HourWindow) -> Range<Int> {
    window.indices(from: from ?? window.start, to: to ?? window.end)
  }
}

/// The negotiated discounts of a file.
package struct DiscountRules: Sendable {
  package var rules: [DiscountRule]
  /// The file, as its user calls it.
  package var file: String

  /// A price list with the discounts taken off, and what is to be said about that.
  package func applied(
    to prices: PriceList, window: HourWindow
  ) -> (prices: PriceList, findings: [Finding]) {
    var log = FindingLog(file: file, kind: "discounts")
    var result = prices
    var uses = [Int](repeating: 0, count: rules.count)
    let order = rules.indices.sorted { a, b in
      (rules[b].precision, rules[b].share, a) < (rules[a].precision, rules[a].share, b)
    }
    let portions = rules.map { $0.portion(of: window) }
    for extents in [[DiscountRule.Extent.price], [.bill, .usage]] {
      let kind = order.filter { extents.contains(rules[$0].extent) && portions[$0] > 0 }
      let stretches = stretches(of: window, kind)
      for index in result.rows.indices {
        let row = result.rows[index]
        var isFitted = false
        var share = 0.0
        for stretch in stretches {
          guard let rule = stretch.rules.first(where: { rules[$0].fits(row) }) else { continue }
          uses[rule] += 1
          isFitted = true
          share += rules[rule].share * stretch.portion
        }
        guard isFitted else { continue }
        let factor = 1 - share
        // A plan's rates stay public; its fee is discounted.
        if extents != [.price], row.product.isSavingsPlan { continue }
        result.rows[index].list =
          row.list ?? ListPrice(upfront: row.upfront, hourly: row.hourly)
        result.rows[index].hourly *= factor
        result.rows[index].upfront *= factor
      }
      if extents != [.price] { result.setShares(rules, stretches) }
    }
    for (index, rule) in rules.enumerated() {
      if portions[index] == 0 {
        log.add(
          .note, "outside-window", line: rule.line,
          "the rule is not in force between \(window.start) and \(window.end)",
          remedy: "nothing, if that is meant")
      } else if uses[index] == 0 {
        let isHidden = result.rows.contains(where: rule.fits)
        log.add(
          .warning, isHidden ? "never-first" : "no-match", line: rule.line,
          isHidden
            ? "for each price that the rule fits another one names more, or takes more off"
            : "the rule fits no price of \(prices.file)",
          remedy: isHidden
            ? "remove it, or let it name more" : "correct its names, or remove it")
      } else if portions[index] < 1 {
        log.add(
          .note, "part-of-window", line: rule.line,
          "the rule is in force in \((portions[index] * 1000).rounded() / 10) % of the window: that"
            + " share of it is taken off in every hour",
          remedy: "plan for a window that it covers, if that is too coarse")
      }
    }
    return (result, log.finished())
  }

  /// The window cut where a rule begins or ends: in each stretch the same ones are in force.
  ///
  /// - Parameter order: which rules (indices), in the order in which they count.
  private func stretches(
    of window: HourWindow, _ order: [Int]
  ) -> [(portion: Double, rules: [Int])] {
    let lives = order.map { rules[$0].hours(of: window) }
    let cuts = Set(lives.flatMap { [$0.lowerBound, $0.upperBound] }).sorted()
    return zip(cuts, cuts.dropFirst()).map { lower, upper in
      (
        Double(upper - lower) / Double(max(1, window.hours)),
        order.indices.filter { lives[$0].contains(lower) }.map { order[$0] }
      )
    }
  }
}

extension PriceList {
  /// What is left of each provider's fees and usage by rules for the bill.
  fileprivate mutating func setShares(
    _ rules: [DiscountRule], _ stretches: [(portion: Double, rules: [Int])]
  ) {
    for provider in Set(rows.map(\.sku.provider)) {
      func paid(_ extents: Set<DiscountRule.Extent>) -> Double {
        1
          - stretches.reduce(0) { sum, stretch in
            let rule = stretch.rules.first {
              extents.contains(rules[$0].extent) && (rules[$0].provider ?? provider) == provider
            }
            return sum + (rule.map { rules[$0].share * stretch.portion } ?? 0)
          }
      }
      let (fees, usage) = (paid([.bill]), paid([.bill, .usage]))
      if fees != 1 { paidShares[provider] = fees }
      if usage != fees { usageShares[provider] = usage }
    }
  }
}

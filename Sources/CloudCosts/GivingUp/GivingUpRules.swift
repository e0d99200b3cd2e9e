/// When a commitment may be given up, and what comes of it; the limits are rows of
/// `Data/giving-up.csv`, with source and date.
package struct GivingUpRules: Sendable {
  /// A row of the table.
  struct Rule: Sendable {
    var way: GivingUpWay
    var products: [String]
    var days: Int?
    var isSameMonth: Bool
    var mostHourly: Double?
    var mostAYear: Int?
    var mostMoney: Double?
    var ownedDays: Int
    var leftDays: Int
    var fee: Double
    var needs: String
    var into: Product?
    var boughtBefore: Hour?
    var discountedUntil: Hour?

    init?(_ row: CatalogueTable.Row) {
      guard let way = GivingUpWay(rawValue: row["way"]) else { return nil }
      self.way = way
      products = row.list("products")
      days = Int(row["days"])
      isSameMonth = row["same_month"] == "yes"
      mostHourly = Double(row["most_hourly"])
      mostAYear = Int(row["most_a_year"])
      mostMoney = Double(row["most_money"])
      ownedDays = Int(row["owned_days"]) ?? 0
      leftDays = Int(row["left_days"]) ?? 0
      fee = Double(row["fee"]) ?? 0
      needs = row["needs"]
      into = Product(rawValue: row["into"])
      boughtBefore = Hour(iso8601: row["bought_before"] + "T00:00:00Z")
      discountedUntil = Hour(iso8601: row["discounted_until"] + "T00:00:00Z")
    }
  }

  static let rules = CatalogueTable(csv: GivingUpTable.csv).rows.compactMap(Rule.init)

  package let policy: GivingUpPolicy
  /// When it is decided.
  package let at: Hour

  package init(_ policy: GivingUpPolicy, at hour: Hour) {
    self.policy = policy
    at = hour
  }

  /// The ways in which a commitment may be given up by itself.
  ///
  /// - Parameter offers: what a convertible reservation may become.
  package func ways(
    of commitment: Commitment, offers: [ReservationOffer] = []
  ) -> [GivingUp] {
    guard commitment.renewalOf == nil, !commitment.isInferred, commitment.end > at else {
      return []
    }
    return Self.rules.flatMap { rule -> [GivingUp] in
      guard policy.ways.contains(rule.way),
        rule.products.contains(commitment.terms.product.rawValue),
        let entry = givingUp(commitment, by: rule)
      else { return [] }
      guard let product = rule.into else { return [entry] }
      return ConvertibleExchange(
        commitment: commitment, at: at, remaining: entry.remaining, unused: entry.received
      ).replacements(product, offers).map { replacement in
        var becoming = entry
        becoming.replacement = replacement
        return becoming
      }
    }
  }

  /// Nil where it does not renew, or does so too soon to be stopped.
  package func renewalOff(_ commitment: Commitment, first renewal: Commitment) -> GivingUp? {
    guard policy.ways.contains(.renewalOff), renewal.start > at else { return nil }
    return GivingUp(
      commitment: commitment, way: .renewalOff, at: renewal.start, until: renewal.start,
      remaining: 0, received: 0, loss: 0)
  }

  private func givingUp(_ commitment: Commitment, by rule: Rule) -> GivingUp? {
    let start = commitment.start
    let hourly = commitment.effectiveHourly
    var until = commitment.end + -24 * rule.leftDays
    if let days = rule.days { until = min(until, start + 24 * days) }
    if rule.isSameMonth { until = min(until, start.month.next.start) }
    guard at < until, at - start >= 24 * rule.ownedDays,
      rule.mostHourly.map({ commitment.amount <= $0 }) ?? true,
      rule.boughtBefore.map({ start < $0 }) ?? true,
      commitment.paidShare == 1 || rule.discountedUntil.map({ at < $0 }) ?? true
    else { return nil }
    let hours = Double(commitment.end - max(at, start))
    let remaining = hourly * hours
    // What was paid on the first day and is not used up.
    let life = Double(max(1, commitment.spread.hours))
    let unused =
      start < at ? commitment.upfront * min(1, Double(commitment.spread.end - at) / life) : 0
    let paidBack =
      switch rule.way {
      case .returning: start < at ? commitment.upfront : 0
      case .sell: unused * policy.salePrice
      case .refund, .exchange, .tradeIn: unused
      case .renewalOff: 0.0
      }
    let received = paidBack * (1 - rule.fee)
    return GivingUp(
      commitment: commitment, way: rule.way, at: at, until: until, remaining: remaining,
      received: received,
      // What a return gives back of hours that were used is no gain of the window's.
      loss: rule.way == .returning ? 0 : unused - received)
  }

  // MARK: Several together

  /// Whether all of these may be given up together, with what is bought (nil: with whatever it
  /// takes): the first way of each that lets them all; nil where none does.
  ///
  /// - Complexity: O(ways to the power of commitments).
  package func together(
    _ options: [[GivingUp]], buying purchases: [Commitment]?
  ) -> [GivingUp]? {
    func search(_ index: Int, _ chosen: [GivingUp]) -> [GivingUp]? {
      guard index < options.count else { return isAllowed(chosen, purchases) ? chosen : nil }
      for option in options[index] {
        if let found = search(index + 1, chosen + [option]) { return found }
      }
      return nil
    }
    return search(0, [])
  }

  /// The way of each that lets them all, and obliges to buy the least; nil where none does.
  ///
  /// - Complexity: O(ways to the power of commitments).
  package func leastBound(_ options: [[GivingUp]]) -> [GivingUp]? {
    var best: (chosen: [GivingUp], worth: Double)?
    func search(_ index: Int, _ chosen: [GivingUp], _ worth: Double) {
      guard index < options.count else {
        if worth < best?.worth ?? .infinity, isAllowed(chosen, nil) { best = (chosen, worth) }
        return
      }
      for option in options[index] {
        search(index + 1, chosen + [option], worth + (option.needs == nil ? 0 : option.remaining))
      }
    }
    search(0, [], 0)
    return best?.chosen
  }

  /// Whether the limits that hold for several are kept.
  package func isAllowed(_ chosen: [GivingUp], _ purchases: [Commitment]?) -> Bool {
    Self.rules.allSatisfy { rule in
      let mine = chosen.filter {
        $0.way == rule.way && rule.products.contains($0.commitment.terms.product.rawValue)
      }
      guard !mine.isEmpty else { return true }
      if let most = rule.mostAYear, mine.count > most { return false }
      let remaining = mine.reduce(0) { $0 + $1.remaining }
      if let most = rule.mostMoney, remaining + policy.refunded > most + 1e-6 { return false }
      return true
    } && (purchases?.areWorth(Self.worth(toBuyFor: chosen), at: at) ?? true)
  }

  /// What must be bought at once for what is given up: ways that need the same product add up.
  package static func worth(toBuyFor chosen: [GivingUp]) -> [Product: Double] {
    chosen.reduce(into: [:]) { worth, entry in
      if let product = entry.needs { worth[product, default: 0] += entry.remaining }
    }
  }
}

extension GivingUp {
  /// The product that must be bought at once for it; nil: none.
  package var needs: Product? {
    GivingUpRules.rules.first {
      $0.way == way && $0.products.contains(commitment.terms.product.rawValue)
    }.flatMap { Product(rawValue: $0.needs) }
  }
}

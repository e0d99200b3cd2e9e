import CloudCosts

/// Prices usage under commitments in the order in which the provider applies them.
///
/// It knows nothing of how a plan was found, so its bill is an independent check of every plan:
/// reservations, then plans, the narrower before the wider, and what is left on demand, less
/// Google's sustained use discount (`ApplicationTier` names the tiers and their sources). Of
/// Google's machines, vCPUs and memory are met, discounted and left over each by itself
/// (`MachinePart`); a row counts them together, an instance-hour of which only one is covered by
/// that one's share of the price.
package struct Judge: Sendable {
  package let prices: PriceBook
  /// Whose usage commitments may cover in addition to their owner's.
  package let sharing: Sharing
  /// Whether Google's sustained use discount is taken off. It depends on a whole month: the bill of
  /// a part of one takes its hours for all of it.
  package var discountsSustainedUse = true
  /// What providers were promised, and bill if it is not spent.
  package var spendCommitments: [SpendCommitment] = []
  /// What was owned and is given up: its commitments are not among those that are billed.
  package var givenUp: [GivingUp] = []
  private let reservedScopes: Set<ReservationScope>
  private let plannedSKUs: Set<SKU>

  package init(prices: PriceBook, sharing: Sharing = Sharing()) {
    self.prices = prices
    self.sharing = sharing
    reservedScopes = Set(prices.reservations.flatMap { ReservationScope.all(of: $0.sku) })
    plannedSKUs = prices.savingsPlanRates.values.reduce(into: []) { $0.formUnion($1.keys) }
  }

  /// The bill of a demand under commitments.
  ///
  /// Each row is summed in `Double` over its month and rounded once; each total is the exact sum of
  /// its rows. A commitment's rows add up to its amortised cost exactly. Bills of consecutive
  /// windows add up to the bill of the whole: exactly where they meet at a month's start; elsewhere
  /// a commitment's cost still does, and usage to a millionth for each row of the cut month (but
  /// for Google's sustained use discount, which a cut month gives by the hours of its part).
  ///
  /// - Parameter costOfCapital: yearly interest on upfront payments that are not used up; 0.08 is 8
  ///   %.
  /// - Throws: `FindingsError` that names every group with usage but without an on-demand price.
  /// - Complexity: O(hours × (groups + steps)), where a step is a group and a kind of commitment
  ///   that may cover it.
  package func bill(
    _ demand: Demand, under commitments: [Commitment], costOfCapital: Double = 0
  ) throws -> Bill {
    let usage = try usage(demand)
    let commitments = commitments.map(prices.priced)
    let ranked = commitments.indices.sorted {
      Commitment.appliesBefore(commitments[$0], commitments[$1])
    }
    let order = ApplicationOrder(
      ranked.map { commitments[$0] }, usage: usage, prices: prices, sharing: sharing)
    var waterfall = Waterfall(
      order: order, usage: usage, hours: demand.window.hours,
      discountsSustainedUse: discountsSustainedUse)
    var writer = BillWriter(
      order: order, usage: usage, window: demand.window, prices: prices,
      costOfCapital: costOfCapital)
    var tile = HourTile(rows: usage.rows, hours: demand.window.hours)
    var cuts = MonthCuts(spendCommitments, in: demand.window)
    var hourlyOnDemand = [Double](repeating: 0, count: demand.window.hours)
    let lives = order.pools.map(\.commitment)
    for (month, hours) in demand.window.months {
      for segment in segments(of: hours, in: demand.window, lives, cuts.hours) {
        waterfall.activate(segment.active)
        for first in stride(
          from: segment.hours.lowerBound, to: segment.hours.upperBound, by: tile.capacity)
        {
          let last = min(first + tile.capacity, segment.hours.upperBound)
          tile.load(
            first..<last, of: demand, prices: usage.onDemand, hourlyOnDemand: &hourlyOnDemand)
          waterfall.run(tile)
        }
        cuts.note(segment.hours.upperBound, waterfall.onDemand)
      }
      writer.close(month, hours: hours, of: waterfall)
      cuts.close(waterfall, usage, hours: hours)
      waterfall.reset()
    }
    writer.add(settlements(in: demand.window))
    var uses = commitments.map { CommitmentUse(commitment: $0, months: []) }
    for (rank, index) in ranked.enumerated() {
      uses[index] = CommitmentUse(commitment: commitments[index], months: writer.months[rank])
    }
    let bill = Bill(
      window: demand.window, currency: prices.currency,
      rows: writer.rows,
      hourlyOnDemand: hourlyOnDemand, hourlyCovered: waterfall.hourlyCovered,
      commitments: uses, eligibleSKUs: eligibleSKUs(usage).union(writer.coveredSKUs),
      findings: plansWithoutRates(commitments, window: demand.window))
    return spendCommitments.isEmpty ? bill : bill.adding(contractYears(bill, cuts))
  }

  /// Stretches of hours in which the same commitments (ranks) are active, cut at some hours more.
  private func segments(
    of hours: Range<Int>, in window: HourWindow, _ commitments: [Commitment], _ more: [Int]
  ) -> [(hours: Range<Int>, active: [Int])] {
    let active = commitments.map { window.indices(from: $0.start, to: $0.end).clamped(to: hours) }
    var cuts = Set([hours.lowerBound, hours.upperBound] + more.filter(hours.contains))
    for range in active where !range.isEmpty {
      cuts.insert(range.lowerBound)
      cuts.insert(range.upperBound)
    }
    let bounds = cuts.sorted()
    return zip(bounds, bounds.dropFirst()).map { lower, upper in
      (lower..<upper, active.indices.filter { active[$0].contains(lower) })
    }
  }

  /// - Throws: `FindingsError` as `bill` does.
  func usage(_ demand: Demand) throws -> UsageIndex {
    let rows = demand.groups.indices.sorted { demand.groups[$0] < demand.groups[$1] }
    let onDemand = try onDemandPrices(demand, rows: rows)
    return UsageIndex(
      zip(rows, onDemand).map { row, price in
        let group = demand.groups[row]
        return UsageIndex.Entry(
          group: group, row: row, onDemand: price, list: prices.listPrice(of: group.sku) ?? 0)
      })
  }

  private func onDemandPrices(_ demand: Demand, rows: [Int]) throws -> [Double] {
    var findings: [Finding] = []
    var result: [Double] = []
    for row in rows {
      let group = demand.groups[row]
      let price = prices.onDemandPrice(of: group.sku)
      if price == nil, demand.hours(of: row).contains(where: { $0 > 0 }) {
        findings.append(
          Finding(
            .error, rule: "prices.missing", place: "\(group)",
            message: "There is usage of \(group), and no on-demand price for it.",
            remedy:
              "Add an on-demand row for \(group.sku.zoneless) to the price file, or leave it out of "
              + "the usage."))
      }
      result.append(price ?? 0)
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
    return result
  }

  private func eligibleSKUs(_ usage: UsageIndex) -> Set<SKU> {
    Set(
      usage.groups.lazy.map(\.sku).filter {
        plannedSKUs.contains($0.zoneless)
          || !reservedScopes.isDisjoint(with: ReservationScope.all(of: $0))
      })
  }

  /// A plan of terms that the price book has no rate for covers nothing: that is seldom meant.
  private func plansWithoutRates(_ commitments: [Commitment], window: HourWindow) -> [Finding] {
    commitments.compactMap { commitment in
      guard case .savingsPlan = commitment.subject,
        prices.savingsPlanRates[commitment.terms] == nil,
        !window.indices(from: commitment.start, to: commitment.end).isEmpty
      else { return nil }
      let terms = commitment.terms
      return Finding(
        .warning, rule: "prices.missing-plan-rates", place: commitment.id,
        message: "\(commitment.id) covers nothing: there are no rates for \(terms.product.title), "
          + "\(terms.term.years) year(s), \(terms.payment.title).",
        remedy: "Add rows with product \(terms.product.rawValue), term_years \(terms.term.years) "
          + "and payment \(terms.payment.rawValue) to the price file.")
    }
  }
}

import Billing
import CloudCosts

/// What finance asks of a plan before it signs: what is left of it if usage falls, what it costs
/// to wait, and when all that it binds is repaid.
package struct PlanReview: Hashable, Sendable {
  /// The same purchases and actions where usage falls in every hour; savings against what is owned
  /// today, at the same usage.
  package var downsides: [Frontier.Downside]
  /// What the window costs more if the same is bought, at the same prices, a calendar month later;
  /// negative where waiting is cheaper. Nil where nothing is bought.
  package var monthOfDelay: Money?
  /// Nil where nothing is bought.
  package var obligation: Obligation?

  /// Falls of usage that every plan is billed at.
  package static let drops = [0.1, 0.2, 0.3, 0.5]

  /// The fall that headlines name.
  package static let headlineDrop = 0.3

  package init(
    downsides: [Frontier.Downside], monthOfDelay: Money? = nil, obligation: Obligation? = nil
  ) {
    self.downsides = downsides
    self.monthOfDelay = monthOfDelay
    self.obligation = obligation
  }
}

extension Frontier.Downside {
  /// Share of the bill with what is owned alone, at the fallen usage; 0 without such a bill.
  package var savingsRate: Double {
    let without = cost + savings
    return without == .zero ? 0 : savings.value / without.value
  }
}

extension OutcomePlanner {
  /// - Parameter bill: of what is owned, and then of the plan's purchases.
  mutating func review(_ plan: Plan, _ bill: Bill) throws -> PlanReview {
    let purchases = plan.purchases.map(\.commitment)
    let drops = try PlanReview.drops.map { drop in
      let fallen = try costOfOwned(drop: drop)
      let cost = try biller.bills(
        actions: plan.actions, scale: 1 - drop, under: inputs.owned + purchases
      ).bill.cost
      return Frontier.Downside(drop: drop, cost: cost, savings: fallen - cost)
    }
    guard !purchases.isEmpty else { return PlanReview(downsides: drops) }
    let later = try biller.bills(
      actions: plan.actions, under: inputs.owned + purchases.map(\.aMonthLater)
    ).bill.cost
    return PlanReview(
      downsides: drops, monthOfDelay: later - bill.cost,
      obligation: bill.obligation(ofLast: purchases.count))
  }
}

extension Commitment {
  /// The same, bought a calendar month later, for as many hours.
  fileprivate var aMonthLater: Commitment {
    var later = self
    later.start = start.adding(months: 1)
    later.end = later.start + (end - start)
    return later
  }
}

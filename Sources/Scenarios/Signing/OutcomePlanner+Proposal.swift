import Billing
import CloudCosts
import Planning

extension OutcomePlanner {
  /// The judge's bill of purchases that no one planned here, each in the account that it names, or
  /// where it matters in the one that makes the lowest bill.
  func judged(_ proposed: [Commitment]) throws -> JudgedProposal {
    let proposed = try OwnerChoice.owned(proposed, inputs, biller.paths.mean)
    let onDemand = try biller.bills(under: []).bill
    let current = try biller.bills(under: inputs.owned)
    let bills = try biller.bills(under: inputs.owned + proposed)
    let purchases = proposed.map { Purchase(commitment: $0, reason: "proposed") }
    var judged = judged(purchases, bills.bill)
    try BuyingOrder(biller: biller, owned: inputs.owned, actions: []).place(
      &judged, saving: current.bill.cost - bills.bill.cost)
    var problem = Self.problem(inputs, mayBuy: true, mayResize: false)
    problem.offers = OfferFilter()
    let check = try PlanCheck(problem, purchases: proposed, actions: [], proof: nil)
    let owned = biller.owned(inputs.owned, untouched: current.bill)
    let limits = try BillLimits(problem.policy, owned: owned).readings(
      bills.bill, purchases: proposed.count, actions: [])
    var planned = PlannedOutcome(
      certificate: Certificate(
        status: .feasible, stop: .gapReached, method: .trivial, objective: bills.bill.cost.value,
        bound: 0, solver: "none", seconds: 0),
      purchases: judged, actions: [], billed: bills.bill.cost.value, lockedBeyondWindow: .zero,
      totalCommitted: .zero)
    let total = proposed.reduce(0) { $0 + $1.effectiveHourly * Double($1.end - $1.start) }
    planned.totalCommitted = Money(rounding: total)
    planned.limits = limits
    return JudgedProposal(
      scenario: "", run: inputs.name, currency: inputs.prices.currency,
      window: biller.paths.window,
      outcome: Outcome(
        kind: .committed, bill: bills.bill, savings: onDemand.cost - bills.bill.cost,
        demand: biller.paths.mean, plan: planned, distribution: distribution(bills, current)),
      current: current.bill.cost, onDemand: onDemand.cost,
      downside: try JudgedProposal.drops.map { try downside($0, proposed) },
      missed: check.missed + limits.filter { !$0.isKept }.map(\.row),
      best: nil, findings: bills.bill.findings)
  }

  private func distribution(
    _ bills: PathBiller.Result, _ current: PathBiller.Result
  ) -> SavingsDistribution? {
    guard biller.paths.paths.count > 1 else { return nil }
    return SavingsDistribution(
      bills, against: current, window: bills.bill.window,
      probabilities: biller.paths.probabilities, risk: nil, reference: nil)
  }

  private func downside(_ drop: Double, _ proposed: [Commitment]) throws -> Frontier.Downside {
    let fallen = try biller.bills(scale: 1 - drop, under: inputs.owned).bill.cost
    let cost = try biller.bills(scale: 1 - drop, under: inputs.owned + proposed).bill.cost
    return Frontier.Downside(drop: drop, cost: cost, savings: fallen - cost)
  }
}

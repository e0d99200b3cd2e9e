import Billing
import CloudCosts
import Planning

/// Plans where Google's sustained use discount applies to what stays on demand.
///
/// The discount depends on all hours of a month, so the ILP cannot state it. It is solved twice: with
/// the least that usage on demand can cost, whose bound holds for the real bill; and without the
/// discount, since what a good plan leaves on demand are peaks, which get little of it. The judge bills
/// both, and the cheaper plan stands, with the bound of the first.
struct SustainedUsePlanner {
  private let judge: Judge
  private let owned: [Commitment]

  init(judge: Judge, owned: [Commitment]) {
    self.judge = judge
    self.owned = owned
  }

  /// Whether some of the usage may get the discount.
  static func applies(to demand: Demand) -> Bool {
    demand.groups.contains { SustainedUse.schedule(for: $0.sku) != nil }
  }

  /// - Throws: as `Planner.plan`.
  func plan(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Plan {
    var effort = effort
    effort.timeLimit /= 2
    let safe = try Planner(problem, effort: effort).plan()
    var undiscounted = problem
    undiscounted.onDemandPricing = .list
    var bold = try Planner(undiscounted, effort: effort).plan()
    guard try cost(bold, problem) < cost(safe, problem) else { return safe }
    bold.certificate.bound = safe.certificate.bound
    bold.certificate.proof = safe.certificate.proof
    bold.certificate.seconds += safe.certificate.seconds
    if safe.certificate.stop != .gapReached { bold.certificate.stop = safe.certificate.stop }
    return bold
  }

  private func cost(_ plan: Plan, _ problem: PlanningProblem) throws -> Money {
    try judge.bill(
      problem.demand.applying(plan.actions), under: owned + plan.purchases.map(\.commitment),
      costOfCapital: problem.policy.costOfCapital
    ).cost
  }
}

extension Certificate {
  /// Takes the real bill for the objective: the ILP's own, at another price of usage on demand, is that
  /// of no bill.
  mutating func settle(objective: Double, gap: Double) {
    self.objective = objective
    status = self.gap <= max(gap, 1e-9) ? .optimal : .feasible
  }
}

import Billing
import CloudCosts
import Planning

/// Takes what it can of the billing gap: the provider applies plans in its own order, which can cost more
/// than the allocation that the ILP reckons with where several wide plans compete for the same usage.
///
/// A pattern search on the judge's bill around the plan: money moves from one savings plan to another,
/// a plan grows, shrinks or goes; the best move that keeps the policy is made, until none saves. No
/// bill is below the relaxation, so the plan's bound still holds.
struct BillSearch {
  let problem: PlanningProblem
  let judge: Judge
  let effort: PlanningEffort

  /// (bill − objective) / bill above which it is worth while.
  static let threshold = 5e-4
  /// The share of a plan's commitment that a move takes.
  private static let shares = [1, 0.5, 0.2, 0.05, 0.01]

  /// The plan, or one with a lower bill.
  func bettering(_ plan: Plan) throws -> Plan {
    let demand = problem.demand.applying(plan.actions)
    let clock = ContinuousClock()
    let end = clock.now + .seconds(min(20, effort.timeLimit / 3))
    var purchases = plan.purchases.map(\.commitment)
    var cost = try bill(demand, purchases)
    guard cost.value - plan.certificate.objective > Self.threshold * cost.value else { return plan }
    let revision = try PlanRevision(problem, of: plan, gap: effort.gap)
    var best = plan
    while clock.now < end, !effort.stop.isStopped {
      guard
        let found = try bestMove(from: purchases, cost, demand, revision, until: end, clock)
      else { break }
      // Less than this is what the search of purchases itself leaves open.
      let isMuch = (cost - found.cost).value > 1e-6 * cost.value
      (purchases, cost, best) = (found.plan.purchases.map(\.commitment), found.cost, found.plan)
      if !isMuch { break }
    }
    return best
  }

  /// The move that saves most and keeps the policy; nil where none saves.
  private func bestMove(
    from purchases: [Commitment], _ cost: Money, _ demand: Demand, _ revision: PlanRevision,
    until end: ContinuousClock.Instant, _ clock: ContinuousClock
  ) throws -> (plan: Plan, cost: Money)? {
    var saving: [(cost: Money, purchases: [Commitment])] = []
    for candidate in moves(from: purchases) {
      if clock.now >= end || effort.stop.isStopped { break }
      let candidateCost = try bill(demand, candidate)
      if candidateCost < cost { saving.append((candidateCost, candidate)) }
    }
    saving.sort { $0.cost < $1.cost }
    // The policy is looked at only where there is something to gain, the best first.
    for (candidateCost, candidate) in saving.prefix(8) {
      if let plan = revision.revised(candidate) { return (plan, candidateCost) }
    }
    return nil
  }

  /// Purchases that differ in one savings plan's commitment, or in how two share theirs.
  private func moves(from purchases: [Commitment]) -> [[Commitment]] {
    let plans = purchases.indices.filter { purchases[$0].plannedSpend != nil }
    var result: [[Commitment]] = []
    for i in plans {
      guard let spend = purchases[i].plannedSpend else { continue }
      for share in Self.shares {
        let moved = max(0.001, spend * share)
        for sign in [-1.0, 1] where sign < 0 || share < 1 {
          result.append(purchases.changing([(i, sign * moved)]))
        }
        for j in plans where j != i {
          result.append(purchases.changing([(i, -moved), (j, moved)]))
        }
      }
    }
    return result
  }

  /// With what is charged for the time behind the window, as in the objective.
  private func bill(_ demand: Demand, _ purchases: [Commitment]) throws -> Money {
    try judge.bill(
      demand, under: problem.owned + purchases, costOfCapital: problem.policy.costOfCapital
    ).cost + Money(rounding: BeyondHorizon(problem).charge(purchases))
  }
}

extension Commitment {
  /// Currency units per hour of a savings plan; nil of a reservation.
  fileprivate var plannedSpend: Double? {
    if case .savingsPlan(_, let hourly) = subject { return hourly }
    return nil
  }
}

extension [Commitment] {
  /// Savings plans with more or less an hour, on the grid of thousandths; what comes to nothing goes.
  fileprivate func changing(_ changes: [(index: Int, by: Double)]) -> [Commitment] {
    var changed = self
    for (index, difference) in changes {
      guard case .savingsPlan(let scope, let hourly) = changed[index].subject else { continue }
      let steps = Swift.max(0, ((hourly + difference) * 1000).rounded())
      changed[index].subject = .savingsPlan(scope: scope, hourlyCommitment: steps / 1000)
    }
    return changed.filter { $0.plannedSpend != 0 }
  }
}

import Billing
import CloudCosts
import Planning

/// Leaves out of a plan the lines that are not worth signing.
///
/// A line that loses money by itself (the plan without it costs no more) goes, or names the limit that
/// forces it. With `policy.least_worth`, lines that save less than that share of the plan's saving go
/// too, the least first; then the amounts of the others are planned anew, since they may take over some
/// of the usage. The bound stays that of the whole program, so the gap has in it what was left out.
struct LineTrimmer {
  let problem: PlanningProblem
  let biller: PathBiller
  let effort: PlanningEffort
  /// Plans a problem as the scenario does.
  let replan: (PlanningProblem) throws -> Plan

  func trimmed(_ plan: Plan) throws -> Plan {
    guard !plan.purchases.isEmpty, !effort.stop.isStopped else { return plan }
    var plan = plan
    let nothing = try value([], plan)
    let whole = try value(plan.purchases, plan)
    let least = problem.policy.leastWorth * max(0, nothing - whole)
    let removal = try removed(from: &plan, whole: whole, least: least)
    guard !removal.leftOut.isEmpty else { return plan }
    var result = try revised(plan, keeping: removal.kept) ?? plan
    guard result.purchases.count < plan.purchases.count else { return plan }
    if least > 0, let better = try planned(plan, keeping: removal.kept, below: removal.cost) {
      result = better
    }
    result.leftOut = removal.leftOut
    result.costOfLeavingOut = try value(result.purchases, result) - whole
    return result
  }

  private struct Removal {
    var kept: [Purchase]
    var leftOut: [LeftOutPurchase] = []
    var cost: Double
  }

  /// Tries the lines that may be worth too little, the least first.
  private func removed(
    from plan: inout Plan, whole: Double, least: Double
  ) throws -> Removal {
    var removal = Removal(kept: plan.purchases, cost: whole)
    for index in try doubtful(plan, below: 2 * least) where !effort.stop.isStopped {
      let line = plan.purchases[index]
      let rest = removal.kept.filter { $0.commitment.id != line.commitment.id }
      let cost = try value(rest, plan)
      let worth = cost - removal.cost
      guard worth <= 0 || worth < least else { continue }
      if let limit = try limit(brokenBy: rest, plan) {
        if worth < 0 { plan.purchases[index].name(limit, problem.prices.currency) }
        continue
      }
      removal.kept = rest
      removal.cost = cost
      removal.leftOut.append(LeftOutPurchase(purchase: line, worth: Money(rounding: worth)))
    }
    let named = Dictionary(uniqueKeysWithValues: plan.purchases.map { ($0.commitment.id, $0) })
    removal.kept = removal.kept.map { named[$0.commitment.id] ?? $0 }
    return removal
  }

  /// Indices of lines whose covered usage saves less than an amount, the least first. What a line saves
  /// by itself is never more, since others may cover its usage.
  private func doubtful(_ plan: Plan, below amount: Double) throws -> [Int] {
    let bill = try bills(plan.purchases, plan).bill
    let savings = bill.commitments.reduce(into: [Commitment.ID: Double]()) {
      $0[$1.commitment.id] = ($1.coveredOnDemand - $1.used - $1.unused).value
    }
    func saving(_ index: Int) -> Double { savings[plan.purchases[index].commitment.id] ?? 0 }
    return plan.purchases.indices.filter {
      saving($0) <= max(0, amount) || (plan.purchases[$0].explanation?.stopPrice ?? 0) < 0
    }.sorted { (saving($0), $0) < (saving($1), $1) }
  }

  /// The limit that fewer purchases would break; only floors can be.
  private func limit(brokenBy rest: [Purchase], _ plan: Plan) throws -> String? {
    let policy = problem.policy
    guard policy.minCoverage != nil || policy.minCoverageBy != UsageShares() else { return nil }
    let check = try PlanCheck(
      problem, purchases: rest.map(\.commitment),
      actions: plan.actions.map { ($0.resource.id, $0.action.target) }, proof: nil)
    return check.missed.first.flatMap { $0.split(separator: " ").first.map(String.init) }
  }

  private func revised(_ plan: Plan, keeping kept: [Purchase]) throws -> Plan? {
    try PlanRevision(problem, of: plan, gap: effort.gap).revised(kept.map(\.commitment))
  }

  /// The kept lines with amounts planned anew; nil where that is no better.
  private func planned(
    _ plan: Plan, keeping kept: [Purchase], below cost: Double
  ) throws -> Plan? {
    guard !kept.isEmpty else { return nil }
    var narrow = problem
    narrow.lines = kept.map(\.commitment)
    guard var found = try? replan(narrow), try value(found.purchases, found) < cost else {
      return nil
    }
    let solved = found.certificate
    found.certificate = plan.certificate
    found.certificate.seconds += solved.seconds
    found.certificate.settle(
      objective: max(plan.certificate.bound, solved.objective), gap: effort.gap)
    found.dominated = plan.dominated
    return found
  }

  // MARK: What is minimised, of the judge's bills

  private func bills(_ purchases: [Purchase], _ plan: Plan) throws -> PathBiller.Result {
    try biller.bills(
      actions: plan.actions, under: problem.owned + purchases.map(\.commitment))
  }

  private func value(_ purchases: [Purchase], _ plan: Plan) throws -> Double {
    RiskMeasurement(
      problem.risk ?? RiskSettings(measure: .expected),
      probabilities: problem.paths?.probabilities ?? [1], best: problem.best
    ).value(of: try bills(purchases, plan).costs.map(\.value))
      + BeyondHorizon(problem).charge(purchases.map(\.commitment))
  }
}

extension Purchase {
  /// Says that it is kept only for a limit's sake.
  fileprivate mutating func name(_ limit: String, _ currency: String) {
    guard explanation != nil else { return }
    explanation?.keptBy = limit
    reason =
      explanation?.sentence(
        isReservation: commitment.terms.product.isReservation, currency: currency) ?? reason
  }
}

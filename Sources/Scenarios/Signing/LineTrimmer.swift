import Billing
import CloudCosts
import Planning

/// Leaves out of a plan the lines that are not worth signing.
///
/// A line that loses money by itself (the plan without it costs no more) goes, or names the limit
/// that forces it. With `policy.least_worth`, lines that save less than that share of the plan's
/// saving go too, the least first; then the amounts of the others are planned anew, since they may
/// take over some of the usage. The bound stays that of the whole program, so the gap has in it
/// what was left out.
struct LineTrimmer {
  let problem: PlanningProblem
  let trials: BillTrials
  let effort: PlanningEffort
  /// When all of it must be over: lines that were not tried by then stay.
  let end: Deadline
  /// Plans a problem as the scenario does.
  let replan: (PlanningProblem) throws -> Plan

  func trimmed(_ plan: Plan) throws -> Plan {
    guard !plan.purchases.isEmpty, !effort.stop.isStopped else { return plan }
    var plan = plan
    let nothing = try value([], plan)
    let before = try trials.trial(plan.commitments, plan.actions)
    let whole = before.measured
    let least = problem.policy.leastWorth * max(0, nothing - whole)
    let removal = try removed(from: &plan, before, least: least)
    guard !removal.leftOut.isEmpty else { return plan }
    // One of the two: each says anew why every line is as large as it is, which takes allocations
    // of all usage.
    let better =
      least > 0 ? try planned(plan, keeping: removal.kept, below: removal.cost) : nil
    guard var result = try better ?? revised(plan, keeping: removal.kept),
      result.purchases.count < plan.purchases.count
    else { return plan }
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
  ///
  /// - Parameter before: the whole plan, billed.
  private func removed(
    from plan: inout Plan, _ before: BillTrial, least: Double
  ) throws -> Removal {
    var removal = Removal(kept: plan.purchases, cost: before.measured)
    let doubtful = doubtful(plan, before.bills.bill, below: 2 * least)
    for index in doubtful where !effort.stop.isStopped && !end.isOver {
      let line = plan.purchases[index]
      let rest = removal.kept.filter { $0.commitment.id != line.commitment.id }
      let cost = try value(rest, plan)
      let worth = cost - removal.cost
      guard worth <= 0 || worth < least else { continue }
      if let limit = try limit(brokenBy: rest, plan, before) {
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

  /// Indices of lines whose covered usage saves less than an amount, the least first. What a line
  /// saves by itself is never more, since others may cover its usage.
  private func doubtful(_ plan: Plan, _ bill: Bill, below amount: Double) -> [Int] {
    let savings = bill.commitments.suffix(plan.purchases.count).map {
      ($0.coveredOnDemand - $0.amortized).value
    }
    // What a spend commitment misses is paid all the same: then any line may save nothing.
    let misses = bill.contractYears.contains { $0.shortfall > .zero }
    func saving(_ index: Int) -> Double { savings[index] }
    return plan.purchases.indices.filter {
      misses || saving($0) <= max(0, amount) || (plan.purchases[$0].explanation?.stopPrice ?? 0) < 0
    }.sorted { (saving($0), $0) < (saving($1), $1) }
  }

  /// The limit that fewer purchases would break on the bill, or break by more than all of them do;
  /// `may` where they would be too little for what is given up.
  private func limit(
    brokenBy rest: [Purchase], _ plan: Plan, _ before: BillTrial
  ) throws -> String? {
    let purchases = rest.map(\.commitment)
    guard problem.policy.isWorthEnough(purchases, at: problem.demand.window.start) else {
      return PolicyFamily.may.rawValue
    }
    guard BillLimits.areSet(in: problem.policy) else { return nil }
    let trial = try trials.trial(purchases, plan.actions)
    guard !trial.keepsLimits(asWellAs: before) else { return nil }
    let missed = trial.readings.max { $0.shortfall < $1.shortfall }
    return missed.flatMap { $0.row.split(separator: " ").first.map(String.init) }
  }

  private func revised(_ plan: Plan, keeping kept: [Purchase]) throws -> Plan? {
    let purchases = kept.map(\.commitment)
    return try PlanRevision(problem, gap: effort.gap).plan(
      purchases, plan.actions, plan.certificate, billed: try value(kept, plan))?
      .owned(as: purchases)
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
    found.certificate.objective = solved.objective
    found.dominated = plan.dominated
    return found
  }

  // MARK: What is minimised, of the judge's bills

  private func value(_ purchases: [Purchase], _ plan: Plan) throws -> Double {
    try trials.trial(purchases.map(\.commitment), plan.actions).measured
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

import Billing
import CloudCosts
import Planning

/// Takes out of a plan what saves nothing because a spend commitment takes it back.
///
/// Below the promised amount a lower bill is a larger shortfall, so all plans from there on cost
/// the same: of them the one that binds least is the one to buy. The cost never rises while a
/// purchase grows up to its planned amount, so the least amount that costs no more is found by
/// steps down that double, and then by halving, for the line that saves least first. Of most lines
/// the first step already costs more, and a bill of many futures takes a second.
struct ShortfallTrim {
  let problem: PlanningProblem
  let trials: BillTrials
  let effort: PlanningEffort
  let end: Deadline

  func trimmed(_ plan: Plan) throws -> Plan {
    guard !plan.purchases.isEmpty else { return plan }
    let whole = try trials.trial(plan.commitments, plan.actions)
    guard whole.bills.bill.contractYears.contains(where: { $0.shortfall > .zero }) else {
      return plan
    }
    let uses = whole.bills.bill.commitments.suffix(plan.purchases.count)
    let savings = uses.map { ($0.coveredOnDemand - $0.amortized).value }
    let order = savings.indices.sorted { (savings[$0], $0) < (savings[$1], $1) }
    var purchases = plan.commitments
    for index in order where !effort.stop.isStopped && !end.isOver {
      purchases[index] = try least(of: index, in: purchases, plan.actions, whole)
    }
    let kept = purchases.filter { $0.amount > 0 }
    guard kept != plan.commitments else { return plan }
    let revision = try PlanRevision(problem, gap: effort.gap)
    let billed = try trials.trial(kept, plan.actions).measured
    guard
      var revised = revision.plan(kept, plan.actions, plan.certificate, billed: billed)?
        .owned(as: kept)
    else { return plan }
    revised.leftOut = plan.leftOut
    revised.costOfLeavingOut = plan.costOfLeavingOut
    return revised
  }

  /// The purchase with the least amount at which all of them cost no more, and keep the limits.
  private func least(
    of index: Int, in purchases: [Commitment], _ actions: [ChosenAction], _ whole: BillTrial
  ) throws -> Commitment {
    let planned = purchases[index]
    let grid: Double = planned.terms.product.isReservation ? 1 : 0.001
    var (low, high) = (-1, Int((planned.amount / grid).rounded()))
    var step = 1
    while high - low > 1, !end.isOver {
      let middle = step > 0 ? max(low + 1, high - step) : (low + high) / 2
      var trial = purchases
      trial[index] = planned.with(amount: Double(middle) * grid)
      let billed = try trials.trial(trial.filter { $0.amount > 0 }, actions)
      let isEnough =
        billed.measured <= whole.measured + 1e-6 && billed.keepsLimits(asWellAs: whole)
        && problem.policy.isWorthEnough(trial, at: problem.demand.window.start)
      if isEnough { high = middle } else { low = middle }
      step = isEnough ? 2 * step : 0
    }
    return planned.with(amount: Double(high) * grid)
  }
}

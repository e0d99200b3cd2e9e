import Billing
import CloudCosts
import Planning

/// What a plan was made for where that is longer than the window of the outcomes: its objective,
/// bound and gap are of these hours.
package struct PlannedHorizon: Sendable {
  package var window: HourWindow
  /// What was minimised, of the judge's bills.
  package var cost: Money
  /// What the plan buys when 1-year terms end, billed over these hours. None of it is decided
  /// today: on that day the run is made again.
  package var renewals: [JudgedPurchase]
}

/// A plan by what was minimised.
struct CostAsPlanned {
  /// All that it buys, renewals last.
  var purchases: [Commitment]
  var bill: Bill
  /// By the measure of risk, without what is charged behind the hours.
  var cost: Money
  /// Nil where it was made for the window of the outcomes.
  var horizon: PlannedHorizon?
}

extension Plan {
  /// Takes out the purchases that start at a time or later, and names both by their places.
  mutating func takeRenewals(from end: Hour) -> [Purchase] {
    var renewals = purchases.filter { $0.commitment.start >= end }
    guard !renewals.isEmpty else { return [] }
    purchases.removeAll { $0.commitment.start >= end }
    for p in purchases.indices { purchases[p].commitment.id = "buy-\(p + 1)" }
    for r in renewals.indices { renewals[r].commitment.id = "renewal-\(r + 1)" }
    return renewals
  }
}

extension OutcomePlanner {
  /// - Parameters:
  ///   - renewals: what is bought behind the window of the outcomes.
  ///   - bills: the plan's in that window.
  func costAsPlanned(
    _ plan: Plan, _ renewals: [Purchase], _ bills: PathBiller.Result,
    _ distribution: SavingsDistribution?, reference: [Double]?
  ) throws -> CostAsPlanned {
    let purchases = (plan.purchases + renewals).map(\.commitment)
    guard inputs.ahead != nil else {
      return CostAsPlanned(
        purchases: purchases, bill: bills.bill,
        cost: distribution?.riskAdjustedCost ?? bills.bill.cost)
    }
    let all = try planBiller.bills(actions: plan.actions, under: inputs.owned + purchases)
    let measurement = RiskMeasurement(
      inputs.risk ?? RiskSettings(measure: .expected),
      probabilities: planBiller.paths.probabilities, reference: reference)
    let cost = Money(rounding: measurement.value(of: all.costs.map(\.value)))
    return CostAsPlanned(
      purchases: purchases, bill: all.bill, cost: cost,
      horizon: PlannedHorizon(
        window: planBiller.paths.window, cost: cost, renewals: judged(renewals, all.bill)))
  }
}

import Billing
import CloudCosts
import Planning

/// Purchases and actions with what the judge's bills make of them.
struct BillTrial {
  var purchases: [Commitment]
  var actions: [ChosenAction]
  var bills: PathBiller.Result
  /// What is minimised, in currency units: the bill (of several futures, by the measure of risk)
  /// and what is charged behind the window.
  var measured: Double
  var readings: [LimitReading]

  /// By how much limits are missed on the bill.
  var missed: Double { readings.missed }
  /// Whether all limits are kept to the last digit.
  var isKept: Bool { missed == 0 }
  /// Whether all limits are kept within what a limit is kept by.
  var isAccepted: Bool { readings.allSatisfy(\.isKept) }

  /// The purchases (indices), those first that save least on the bill: what they cover at on-demand
  /// prices, less what they cost.
  var leastSaving: [Int] {
    let uses = bills.bill.commitments.suffix(purchases.count)
    let saved = uses.map { ($0.coveredOnDemand - $0.amortized).value }
    guard saved.count == purchases.count else { return Array(purchases.indices) }
    return purchases.indices.sorted { (saved[$0], $0) < (saved[$1], $1) }
  }

  /// Whether limits are missed by no more than another one misses them: who changes a plan that
  /// keeps its limits must not use up what these are kept within, or it undercuts the bound.
  func keepsLimits(asWellAs other: BillTrial) -> Bool { missed <= other.missed + 1e-9 }

  /// What keeps the policy is better than what does not, what misses it by less than what misses it
  /// by more; then the lower bill.
  func isBetter(than other: BillTrial) -> Bool {
    if missed != other.missed { return missed < other.missed - 1e-9 || isKept }
    return measured < other.measured - 1e-9 * abs(other.measured)
  }
}

/// Bills trials of one problem.
struct BillTrials {
  let problem: PlanningProblem
  let limits: BillLimits
  private let biller: PathBiller
  private let measurement: RiskMeasurement
  private let beyond: BeyondHorizon

  /// - Parameter owned: the bill with what is owned alone, and no action.
  init(_ problem: PlanningProblem, _ biller: PathBiller, owned: Bill) {
    self.problem = problem
    self.biller = biller
    limits = BillLimits(problem.policy, owned: biller.owned(problem.owned, untouched: owned))
    measurement = RiskMeasurement(
      problem.risk ?? RiskSettings(measure: .expected),
      probabilities: problem.paths?.probabilities ?? [1], reference: problem.best)
    beyond = BeyondHorizon(problem)
  }

  func trial(_ purchases: [Commitment], _ actions: [ChosenAction]) throws -> BillTrial {
    try trial(
      biller.bills(actions: actions, under: problem.owned + purchases), purchases, actions)
  }

  /// What has been billed before.
  func trial(
    _ bills: PathBiller.Result, _ purchases: [Commitment], _ actions: [ChosenAction]
  ) throws -> BillTrial {
    BillTrial(
      purchases: purchases, actions: actions, bills: bills,
      measured: measurement.value(of: bills.costs.map(\.value)) + beyond.charge(purchases)
        + actions.costOfWork,
      readings: try limits.readings(bills.bill, purchases: purchases.count, actions: actions))
  }
}

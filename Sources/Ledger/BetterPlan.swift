import Billing
import CloudCosts
import Scenarios

/// Looks whether a new plan would save more than what the ledger bought saves.
package struct BetterPlan: Sendable {
  private let scenario: String
  private let threshold: Double

  /// - Parameters:
  ///   - scenario: file or folder, with today's usage and prices.
  ///   - threshold: currency units over the scenario's window.
  package init(scenario: String, threshold: Double) {
    self.scenario = scenario
    self.threshold = threshold
  }

  /// Plans anew, with what was bought as owned.
  package func alerts(
    _ tracking: LedgerTracking, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> [LedgerAlert] {
    let bought = tracking.contents.entries.compactMap { $0.bought() }
    let comparison = try ScenarioRunner(path: scenario, owning: bought).run(progress: progress)
    return comparison.runs.prefix(1).compactMap { run in
      let current = run.outcomes.first { $0.kind == .current }
      let plans = run.outcomes.filter { $0.plan != nil }
      guard let current, let best = plans.min(by: { $0.bill.cost < $1.bill.cost }) else {
        return nil
      }
      let more = current.bill.cost - best.bill.cost
      guard more.value > threshold else { return nil }
      return LedgerAlert(
        kind: .betterPlan, subject: comparison.scenario,
        message:
          "a new plan would save \(more.formatted()) more over its window than what is owned",
        remedy: "Make it: plimsoll run \(scenario) --out NEW; and propose it.")
    }
  }
}

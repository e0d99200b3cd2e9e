import CloudCosts

/// What a history lets one expect, and what to know about it.
package struct Forecast: Hashable, Sendable {
  /// The futures, over the horizon that was asked for.
  package var paths: DemandPaths
  /// What was doubtful in the history, and what became of it.
  package var findings: [Finding]

  /// Groups of the paths that no history has (`ForecastSettings.namesSuccessors`), each with the
  /// group it comes after.
  package var successors: [UsageGroup: UsageGroup]

  /// What was learned from: whole weeks to the end of the history, without gaps and outliers.
  package var baseline: Demand

  package init(
    paths: DemandPaths, findings: [Finding] = [], successors: [UsageGroup: UsageGroup] = [:],
    baseline: Demand
  ) {
    self.paths = paths
    self.baseline = baseline
    self.successors = successors
    self.findings = findings
  }
}

import CloudCosts

/// What a history lets one expect, and what to know about it.
public struct Forecast: Hashable, Sendable {
  /// The futures, over the horizon that was asked for.
  public var paths: DemandPaths
  /// What was doubtful in the history, and what became of it.
  public var findings: [Finding]

  public init(paths: DemandPaths, findings: [Finding] = []) {
    self.paths = paths
    self.findings = findings
  }
}

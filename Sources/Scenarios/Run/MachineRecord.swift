import CloudCosts

/// What pages about machines are made from: how busy each was, and all that could be done with it.
package struct MachineRecord: Sendable {
  package struct Machine: Sendable {
    package var series: UtilizationSeries
    /// All that was offered, done or not.
    package var candidate: RightsizingCandidate
  }

  /// By id; only machines that something can be done with.
  package var machines: [String: Machine]

  init?(_ history: UtilizationHistory, _ run: ScenarioRun, _ candidates: [RightsizingCandidate]) {
    guard !candidates.isEmpty else { return nil }
    let known = Dictionary(
      candidates.map { ($0.resource.id, $0) }, uniquingKeysWith: { first, _ in first })
    machines = [:]
    for series in history.series {
      guard let candidate = known[series.resource.id] else { continue }
      machines[series.resource.id] = Machine(series: series, candidate: candidate)
    }
  }
}

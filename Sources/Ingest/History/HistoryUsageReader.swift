import CloudCosts

/// Reads the usage of a scenario out of a history.
package enum HistoryUsageReader {
  /// - Returns: the history, and with it everything that its import had to tell.
  package static func read(_ file: InputFile, window: HourWindow? = nil) -> Reading<UsageHistory> {
    do throws(FindingsError) {
      let history = try History(path: file.path)
      var findings = try history.findings()
      guard let usage = try history.usage(window: window) else {
        findings.append(
          Finding(
            .error, rule: "usage.none", place: file.name,
            message: "the history has no instance-hours" + (window == nil ? "" : " in the window"),
            remedy: "Import bills with compute usage, or change the scenario's window."))
        return Reading(value: nil, findings: findings)
      }
      if usage.negativeHours > 0 {
        findings.append(
          Finding(
            .warning, rule: "usage.negative-quantity", place: file.name,
            message:
              "in \(usage.negativeHours.grouped) hours of groups corrections took back more than was used;"
              + " they count as 0",
            remedy: "Import the bills that they correct."))
      }
      return Reading(
        value: UsageHistory(
          demand: usage.demand, firstLines: usage.demand.groups.map { _ in 0 }, file: file.name),
        findings: findings)
    } catch {
      return Reading(value: nil, findings: error.findings)
    }
  }
}

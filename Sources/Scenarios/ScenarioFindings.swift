import CloudCosts

/// Collects what is wrong with a scenario file; each finding once, however many scenarios share it.
final class ScenarioFindings {
  /// The file, as its user calls it.
  let file: String
  private(set) var findings: [Finding] = []
  private var known: Set<Finding> = []

  init(file: String) { self.file = file }

  /// - Parameter rule: without `scenario.`.
  func add(
    _ severity: Finding.Severity, _ rule: String, line: Int?, _ message: String, remedy: String
  ) {
    let place = line.map { "\(file):\($0)" } ?? file
    let finding = Finding(
      severity, rule: "scenario.\(rule)", place: place, message: message, remedy: remedy)
    if known.insert(finding).inserted { findings.append(finding) }
  }
}

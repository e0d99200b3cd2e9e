import CloudCosts

/// Collects what is wrong with a scenario file; each finding once, however many scenarios share it.
final class ScenarioFindings {
  /// The file, as its user calls it.
  let file: String
  private var entries: [(line: Int?, finding: Finding)] = []
  private var known: Set<Finding> = []
  /// What is being read, where that is not the file as it is: `scenario 'boom'`. What is wrong
  /// only there says so.
  var context: String?

  init(file: String) { self.file = file }

  /// In the order of the lines, those of the whole file behind them.
  var findings: [Finding] {
    entries.indices
      .sorted { (entries[$0].line ?? .max, $0) < (entries[$1].line ?? .max, $1) }
      .map { entries[$0].finding }
  }

  /// `scenario.yaml:11`; the file alone where there is no line; line 0 is what `--set` says.
  func place(_ line: Int?) -> String {
    line == 0 ? "command line" : line.map { "\(file):\($0)" } ?? file
  }

  /// - Parameter rule: without `scenario.`.
  func add(
    _ severity: Finding.Severity, _ rule: String, line: Int?, _ message: String, remedy: String
  ) {
    var finding = Finding(
      severity, rule: "scenario.\(rule)", place: place(line), message: message, remedy: remedy)
    guard known.insert(finding).inserted else { return }
    if let context { finding.message = "in \(context): \(message)" }
    entries.append((line, finding))
  }
}

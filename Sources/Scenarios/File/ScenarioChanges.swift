import CloudCosts
import Ingest

/// What the command line changes of a scenario file: it wins over the file and its overrides.
package struct ScenarioChanges: Hashable, Sendable {
  /// Only this run of the file; nil: all.
  package var run: String?
  package var preset: Preset?
  /// Only this outcome; nil: those that the file compares.
  package var only: OutcomeKind?
  /// `policy.max_upfront=0`.
  package var sets: [String]

  package init(
    run: String? = nil, preset: Preset? = nil, only: OutcomeKind? = nil, sets: [String] = []
  ) {
    self.run = run
    self.preset = preset
    self.only = only
    self.sets = sets
  }

  static let none = ScenarioChanges()

  /// What is set, as changes of the file's tree; what is no key is a finding.
  func resolved(_ findings: ScenarioFindings) -> [ScenarioOverrides.Change] {
    var changes = sets.compactMap { change($0, findings) }
    if let preset { changes.append(.init(path: ["policy", "preset"], text: preset.rawValue)) }
    if let only { changes.append(.init(path: ["compare"], text: only.rawValue)) }
    return changes
  }

  private func change(
    _ text: String, _ findings: ScenarioFindings
  ) -> ScenarioOverrides.Change? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard parts.count == 2, ScenarioSchema.overridable.contains(parts[0]) else {
      findings.add(
        .error, "unknown-key", line: nil,
        "--set \(text.quoted) names no key that can be set",
        remedy: ScenarioSchema.nearest(to: parts[0])
          .map { "did you mean --set \($0)=…? All keys: plimsoll keys" }
          ?? "write a dot path and a value, such as --set policy.max_upfront=0")
      return nil
    }
    do {
      return ScenarioOverrides.Change(
        path: parts[0].split(separator: ".").map(String.init), line: 0,
        value: try ScenarioTree(yaml: parts[1]).withoutLines)
    } catch {
      findings.add(
        .error, "bad-yaml", line: nil, "--set \(text.quoted): \(error.message)",
        remedy: error.remedy)
      return nil
    }
  }
}

extension ScenarioOverrides.Change {
  fileprivate init(path: [String], text: String) {
    self.init(
      path: path, line: 0,
      value: ScenarioTree(line: 0, content: .scalar(text: text, isPlain: true)))
  }
}

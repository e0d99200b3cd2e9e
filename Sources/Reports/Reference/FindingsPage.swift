import CloudCosts

/// All rules of findings, by what they are about.
enum FindingsPage {
  static var text: String {
    subjects.map { subject in
      "## \(title(subject))\n\n"
        + ReferencePage.table(
          ["rule", "meaning", "what to do"],
          FindingRule.all.filter { $0.subject == subject }.map {
            [ReferencePage.code($0.id), $0.meaning, $0.remedy]
          })
    }.joined(separator: "\n")
  }

  /// In the order of the table.
  private static var subjects: [String] {
    FindingRule.all.map(\.subject).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func title(_ subject: String) -> String {
    subject == "FILE" ? "Any file" : subject
  }
}

/// What `plimsoll findings` prints.
package struct FindingsList: Sendable {
  private let rules: [FindingRule]

  /// - Parameter name: a rule, or what rules are about (`usage`); nil: all.
  /// - Returns: nil where no rule has this name.
  package init?(_ name: String? = nil) {
    guard let name else {
      rules = FindingRule.all
      return
    }
    if let rule = FindingRule.of(name) {
      rules = [rule]
    } else {
      rules = FindingRule.all.filter { $0.subject == name }
      if rules.isEmpty { return nil }
    }
  }

  package var text: String {
    rules.flatMap { rule in
      [rule.id] + Printable.wrapped(rule.meaning, indent: "    ")
        + Printable.wrapped("→ " + rule.remedy, indent: "    ", hanging: "      ")
    }.joined(separator: "\n") + "\n"
  }

  package func json() throws -> String {
    struct Row: Encodable {
      var rule: String
      var meaning: String
      var remedy: String
    }
    struct Document: Encodable { var findings: [Row] }
    return try OrderedJSON.text(
      Document(
        findings: rules.map { Row(rule: $0.id, meaning: $0.meaning, remedy: $0.remedy) }))
  }
}

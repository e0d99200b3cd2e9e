/// What a finding's rule means, and what to do about it: a row of the table that `plimsoll
/// findings` and the documentation print. Identifiers never change.
///
/// An identifier may hold two words in capitals: `FILE` is any kind of table (`usage`, `prices`,
/// …), `COLUMN` one of its columns (`negative-quantity`).
package struct FindingRule: Hashable, Sendable {
  package var id: String
  package var meaning: String
  package var remedy: String

  /// What a rule is about: the part before the dot.
  package var subject: String { String(id.prefix { $0 != "." }) }

  /// Whether a finding's rule is this one: `usage.negative-quantity` is `FILE.negative-COLUMN`.
  package func matches(_ rule: String) -> Bool {
    guard id.contains(where: \.isUppercase) else { return id == rule }
    let mine = id.split(separator: ".", maxSplits: 1).map(String.init)
    let given = rule.split(separator: ".", maxSplits: 1).map(String.init)
    guard mine.count == 2, given.count == 2 else { return false }
    guard mine[0] == "FILE" ? FindingRule.files.contains(given[0]) : mine[0] == given[0] else {
      return false
    }
    guard mine[1].hasSuffix("COLUMN") else { return mine[1] == given[1] }
    let head = mine[1].dropLast("COLUMN".count)
    return given[1].hasPrefix(head) && given[1].count > head.count
  }

  /// The kinds of tables that people write.
  package static let files = [
    "usage", "prices", "owned", "utilization", "resources", "discounts", "recommendation",
    "proposal", "import",
  ]

  /// All rules, in the order of the documentation.
  package static let all: [FindingRule] = [
    fileRules, tableRules, billRules, historyRules, scenarioRules, forecastRules, planRules,
    commandRules, ledgerRules,
  ].flatMap(parsed)

  /// The rule of a finding: the one that names it whole, before those that name a kind.
  package static func of(_ rule: String) -> FindingRule? {
    all.first { $0.id == rule } ?? all.first { $0.matches(rule) }
  }

  /// Blocks of three lines: identifier, meaning, remedy.
  private static func parsed(_ text: String) -> [FindingRule] {
    text.split(separator: "\n\n").compactMap { block in
      let lines = block.split(separator: "\n").map { $0.drop { $0 == " " } }
      guard lines.count == 3 else { return nil }
      return FindingRule(
        id: String(lines[0]), meaning: String(lines[1]), remedy: String(lines[2]))
    }
  }
}

/// Something wrong or doubtful, with its place and its remedy. Findings are collected and reported
/// together; no one has to fix one to see the next.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, Hashable, Comparable, Sendable, Codable {
    /// For the record.
    case note
    /// The result is valid, but may not mean what it seems to.
    case warning
    /// There is no result.
    case error

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .error: 2
      }
    }
    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
  }

  package var severity: Severity
  /// A stable identifier: `usage.negative-quantity`.
  package var rule: String
  /// Where: `usage.csv:17`, or a key of the scenario.
  package var place: String
  package var message: String
  /// What to do about it.
  package var remedy: String

  package init(
    _ severity: Severity, rule: String, place: String, message: String, remedy: String
  ) {
    self.severity = severity
    self.rule = rule
    self.place = place
    self.message = message
    self.remedy = remedy
  }
}

extension Sequence where Element == Finding {
  /// Whether any of them forbids a result.
  package var hasErrors: Bool { contains { $0.severity == .error } }
}

/// The error of work that findings made impossible.
package struct FindingsError: Error, Sendable {
  package var findings: [Finding]

  package init(_ findings: [Finding]) { self.findings = findings }
}

/// Something wrong or doubtful, with its place and its remedy. Findings are collected and reported
/// together; no one has to fix one to see the next.
public struct Finding: Hashable, Sendable {
  public enum Severity: String, Hashable, Comparable, Sendable, Codable {
    /// For the record.
    case note
    /// The result stands, but may not mean what it seems to.
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
    public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
  }

  public var severity: Severity
  /// A stable identifier: `usage.negative-quantity`.
  public var rule: String
  /// Where: `usage.csv:17`, or a key of the scenario.
  public var place: String
  public var message: String
  /// What to do about it.
  public var remedy: String

  public init(
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
  public var hasErrors: Bool { contains { $0.severity == .error } }
}

/// The error of work that findings made impossible.
public struct FindingsError: Error, Sendable {
  public var findings: [Finding]

  public init(_ findings: [Finding]) { self.findings = findings }
}

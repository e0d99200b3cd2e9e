import CloudCosts
import Ledger

/// What is to be done by when: `plimsoll ledger queue`.
public struct LedgerQueueDocument: Hashable, Sendable, Codable {
  public var ledger: String
  /// ISO 8601: the hour that counts as now.
  public var now: String
  public var tasks: [Task]

  public struct Task: Hashable, Sendable, Codable {
    public var by: String
    public var kind: LedgerTask.Kind
    public var purchase: String
    public var what: String
    public var overdue: Bool
  }

  public init(_ contents: LedgerContents, path: String, at now: Hour, within days: Int?) {
    ledger = path
    self.now = now.iso8601
    tasks = contents.queue(at: now, within: days).compactMap { task in
      contents.entry(task.purchase).map { entry in
        Task(
          by: task.by.iso8601, kind: task.kind, purchase: "\(task.purchase)",
          what: LedgerDocument.Purchase(entry).what, overdue: task.isOverdue)
      }
    }
  }

  public func json() throws -> String { try OrderedJSON.text(self) }

  public var text: String {
    guard !tasks.isEmpty else { return "Nothing is to be done.\n" }
    var table = TextTable([
      .init(header: "by", alignsRight: false), .init(header: "", alignsRight: false),
      .init(header: "do", alignsRight: false), .init(header: "", alignsRight: false),
      .init(header: "purchase", alignsRight: false, isFlexible: true),
    ])
    for task in tasks {
      table.append([
        task.by.prefix(16) + "Z", task.overdue ? "overdue" : "", task.kind.words, task.purchase,
        task.what,
      ])
    }
    return table.lines().joined(separator: "\n") + "\n"
  }
}

extension LedgerTask.Kind {
  /// What is to be done, in words.
  var words: String {
    switch self {
    case .approve: "approve or reject"
    case .buy: "buy"
    case .returnBy: "return, or keep"
    case .review: "review its use"
    case .ends: "ends: plan what follows"
    }
  }
}

/// What somebody has to look at now: part of `ledger track`, and all of `ledger alerts`.
public struct LedgerAlertsDocument: Hashable, Sendable, Codable {
  public var alerts: [Alert]

  public struct Alert: Hashable, Sendable, Codable {
    public var kind: LedgerAlert.Kind
    public var subject: String
    public var message: String
    public var remedy: String
  }

  public init(_ alerts: [LedgerAlert]) {
    self.alerts = alerts.map {
      Alert(kind: $0.kind, subject: $0.subject, message: $0.message, remedy: $0.remedy)
    }
  }

  public func json() throws -> String { try OrderedJSON.text(self) }

  public var text: String {
    guard !alerts.isEmpty else { return "No alerts.\n" }
    return alerts.flatMap { alert in
      Printable.wrapped("! \(alert.subject): \(alert.message).", hanging: "  ")
        + Printable.wrapped(alert.remedy, indent: "  ")
    }.joined(separator: "\n") + "\n"
  }
}

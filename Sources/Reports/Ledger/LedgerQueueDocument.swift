import CloudCosts
import Ledger

/// What is to be done by when: `plimsoll ledger queue`.
package struct LedgerQueueDocument: Hashable, Sendable, Codable {
  package var ledger: String
  /// ISO 8601: the hour that counts as now.
  package var now: String
  package var tasks: [Task]

  package struct Task: Hashable, Sendable, Codable {
    package var by: String
    package var kind: LedgerTask.Kind
    package var purchase: String
    package var what: String
    package var overdue: Bool
  }

  package init(_ contents: LedgerContents, path: String, at now: Hour, within days: Int?) {
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

  package func json() throws -> String { try OrderedJSON.text(self) }

  package var text: String {
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
package struct LedgerAlertsDocument: Hashable, Sendable, Codable {
  package var alerts: [Alert]

  package struct Alert: Hashable, Sendable, Codable {
    package var kind: LedgerAlert.Kind
    package var subject: String
    package var message: String
    package var remedy: String
  }

  package init(_ alerts: [LedgerAlert]) {
    self.alerts = alerts.map {
      Alert(kind: $0.kind, subject: $0.subject, message: $0.message, remedy: $0.remedy)
    }
  }

  package func json() throws -> String { try OrderedJSON.text(self) }

  package var text: String {
    guard !alerts.isEmpty else { return "No alerts.\n" }
    return alerts.flatMap { alert in
      Printable.wrapped("! \(alert.subject): \(alert.message).", hanging: "  ")
        + Printable.wrapped(alert.remedy, indent: "  ")
    }.joined(separator: "\n") + "\n"
  }
}

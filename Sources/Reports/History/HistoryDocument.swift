import CloudCosts
import Ingest

/// What `plimsoll history --json` prints: the files that a history holds.
package struct HistoryDocument: Hashable, Sendable, Codable {
  package var history: String
  package var files: [File]

  package struct File: Hashable, Sendable, Codable {
    package var path: String
    package var format: String
    package var rows: Int
    package var currency: String
    package var months: [String]
    package var accounts: Int
    @JSONNumber package var billed: Money
    package var importedAt: String

    private enum CodingKeys: String, CodingKey {
      case path, format, rows, currency, months, accounts, billed
      case importedAt = "imported_at"
    }
  }

  package init(_ history: String, _ contents: [HistoryContent]) {
    self.history = history
    files = contents.map {
      File(
        path: $0.source.path, format: $0.source.format, rows: $0.source.rows,
        currency: $0.source.currency, months: $0.months.map(\.description), accounts: $0.accounts,
        billed: $0.billed, importedAt: $0.importedAt)
    }
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}

/// The same for a terminal.
package struct HistoryTable: Sendable {
  package let text: String

  package init(_ document: HistoryDocument) {
    guard !document.files.isEmpty else {
      text = "\(document.history) is empty.\n"
      return
    }
    var table = TextTable([
      .init(header: "file", alignsRight: false, isFlexible: true),
      .init(header: "format", alignsRight: false), .init(header: "months", alignsRight: false),
      .init(header: "accounts"), .init(header: "rows"), .init(header: "billed"),
    ])
    for file in document.files {
      table.append([
        file.path, file.format, HistoryTable.months(file.months),
        String(file.accounts), AmountText.decimal(Double(file.rows), decimals: 0),
        "\(file.billed.formatted()) \(file.currency)",
      ])
    }
    text = table.lines().joined(separator: "\n") + "\n"
  }

  private static func months(_ months: [String]) -> String {
    guard let first = months.first, let last = months.last, first != last else {
      return months.first ?? "–"
    }
    return "\(first) to \(last)"
  }
}

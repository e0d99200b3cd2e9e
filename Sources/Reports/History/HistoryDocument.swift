import CloudCosts
import Ingest

/// What `plimsoll history --json` prints: the files that a history holds.
public struct HistoryDocument: Hashable, Sendable, Codable {
  public var history: String
  public var files: [File]

  public struct File: Hashable, Sendable, Codable {
    public var path: String
    public var format: String
    public var rows: Int
    public var currency: String
    public var months: [String]
    public var accounts: Int
    @JSONNumber public var billed: Money
    public var importedAt: String

    private enum CodingKeys: String, CodingKey {
      case path, format, rows, currency, months, accounts, billed
      case importedAt = "imported_at"
    }
  }

  public init(_ history: String, _ contents: [HistoryContent]) {
    self.history = history
    files = contents.map {
      File(
        path: $0.source.path, format: $0.source.format, rows: $0.source.rows,
        currency: $0.source.currency, months: $0.months.map(\.description), accounts: $0.accounts,
        billed: $0.billed, importedAt: $0.importedAt)
    }
  }

  public func json() throws -> String { try OrderedJSON.text(self) }
}

/// The same for a terminal.
public struct HistoryTable: Sendable {
  public let text: String

  public init(_ document: HistoryDocument) {
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

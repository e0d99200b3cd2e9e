import CloudCosts
import GRDB

/// A file of a history, in short.
package struct HistoryContent: Hashable, Sendable {
  package var source: HistorySource
  /// When it was imported.
  package var importedAt: String
  package var months: [CalendarMonth]
  /// So many accounts are charged in it.
  package var accounts: Int
  /// All that it bills.
  package var billed: Money
}

extension History {
  /// The files, in the order of their import.
  package func contents() throws(FindingsError) -> [HistoryContent] {
    try read { db in
      try HistoryRows.sources(db).map { id, source in
        let sql = """
          SELECT imported_at, (SELECT SUM(billed) FROM cost WHERE source = id) AS billed,
            (SELECT COUNT(DISTINCT account) FROM cost JOIN subject ON subject.id = cost.subject
              WHERE cost.source = source.id) AS accounts
          FROM source WHERE id = ?
          """
        let row = try db.first(of: "source", sql, [id]) { row in
          (
            importedAt: try row.text("imported_at"), accounts: try row.count("accounts"),
            billed: try row.optional("billed", row.money)
          )
        }
        let days = try db.all(
          of: "cost", "SELECT DISTINCT day FROM cost WHERE source = ?", [id]
        ) { try $0.int("day", in: CheckedRow.days) }
        return HistoryContent(
          source: source, importedAt: row?.importedAt ?? "",
          months: Set(days.map { Hour(sinceEpoch: $0 * 24).month }).sorted(),
          accounts: row?.accounts ?? 0, billed: row?.billed ?? .zero)
      }
    }
  }
}

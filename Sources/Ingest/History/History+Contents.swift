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
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT imported_at, (SELECT SUM(billed) FROM cost WHERE source = id),
              (SELECT COUNT(DISTINCT account) FROM cost JOIN subject ON subject.id = cost.subject
                WHERE cost.source = source.id)
            FROM source WHERE id = ?
            """, arguments: [id])
        let days = try Int.fetchAll(
          db, sql: "SELECT DISTINCT day FROM cost WHERE source = ?", arguments: [id])
        return HistoryContent(
          source: source, importedAt: row?[0] ?? "",
          months: Set(days.map { Hour(sinceEpoch: $0 * 24).month }).sorted(),
          accounts: row?[2] ?? 0, billed: Money(micros: Int128((row?[1] as Int64?) ?? 0)))
      }
    }
  }
}

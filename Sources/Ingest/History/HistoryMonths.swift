import CloudCosts
import Foundation
import GRDB

/// Takes months out of a history.
enum HistoryMonths {
  /// Takes a month of a file out: its costs, hours and totals. A file without any other goes as a
  /// whole.
  static func remove(_ month: CalendarMonth, of source: Int64, _ db: Database) throws {
    let days = month.start.sinceEpoch / 24..<month.next.start.sinceEpoch / 24
    try db.execute(
      sql: "DELETE FROM cost WHERE source = ? AND day >= ? AND day < ?",
      arguments: [source, days.lowerBound, days.upperBound])
    guard db.changesCount > 0 else { return }
    let rest = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM cost WHERE source = ?)", arguments: [source])
    guard rest == true else {
      return try db.execute(sql: "DELETE FROM source WHERE id = ?", arguments: [source])
    }
    try db.execute(
      sql: "DELETE FROM total WHERE source = ? AND month = ?",
      arguments: [source, month.description])
    let hours = month.start.sinceEpoch..<month.next.start.sinceEpoch
    for (table, blob) in [
      ("series", "quantity"), ("series", "uncertain"), ("other_use", "cost"),
    ] {
      try silence(hours, table, blob, source, db)
    }
    // What is left no longer has the contents that were imported: the same file may come again.
    try db.execute(
      sql: "UPDATE source SET fingerprint = fingerprint || ' without ' || ? WHERE id = ?",
      arguments: [month.description, source])
  }

  /// Sets hours of a file's series to 0.
  private static func silence(
    _ hours: Range<Int>, _ table: String, _ blob: String, _ source: Int64, _ db: Database
  ) throws {
    let rows = try db.all(
      of: table,
      """
      SELECT rowid AS place, first_hour, hours, \(blob) FROM \(table)
      WHERE source = ? AND \(blob) IS NOT NULL
      """, [source]
    ) { row -> (place: Int64, lower: Int, upper: Int, data: Data)? in
      let first = try row.hour("first_hour").sinceEpoch
      let count = try row.int("hours", in: 0...CheckedRow.mostHours)
      let lower = max(0, hours.lowerBound - first) * 8
      let upper = min(count, hours.upperBound - first) * 8
      return lower < upper
        ? (try row.int64("place"), lower, upper, try row.series(blob)) : nil
    }
    for case (let place, let lower, let upper, var data)? in rows {
      let start = data.startIndex
      data.replaceSubrange(start + lower..<start + upper, with: Data(count: upper - lower))
      try db.execute(
        sql: "UPDATE \(table) SET \(blob) = ? WHERE rowid = ?", arguments: [data, place])
    }
  }
}

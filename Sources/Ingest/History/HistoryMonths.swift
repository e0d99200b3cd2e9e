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
    let rest = try Int.fetchOne(
      db, sql: "SELECT COUNT(*) FROM cost WHERE source = ?", arguments: [source])
    guard let rest, rest > 0 else {
      return try db.execute(sql: "DELETE FROM source WHERE id = ?", arguments: [source])
    }
    try db.execute(
      sql: "DELETE FROM total WHERE source = ? AND month = ?",
      arguments: [source, month.description])
    let hours = month.start.sinceEpoch..<month.next.start.sinceEpoch
    for (table, key, blobs) in [
      ("series", "usage_group", ["quantity", "uncertain"]), ("other_use", "commitment", ["cost"]),
    ] {
      for blob in blobs { try silence(hours, table, key, blob, source, db) }
    }
    // What is left no longer has the contents that were imported: the same file may come again.
    try db.execute(
      sql: "UPDATE source SET fingerprint = fingerprint || ' without ' || ? WHERE id = ?",
      arguments: [month.description, source])
  }

  /// Sets hours of a file's series to 0.
  private static func silence(
    _ hours: Range<Int>, _ table: String, _ key: String, _ blob: String, _ source: Int64,
    _ db: Database
  ) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT \(key), first_hour, \(blob) FROM \(table)
        WHERE source = ? AND \(blob) IS NOT NULL AND first_hour < ? AND first_hour + hours > ?
        """, arguments: [source, hours.upperBound, hours.lowerBound])
    for row in rows {
      let first: Int = row[1]
      guard var data = row[2] as Data? else { continue }
      let lower = max(0, hours.lowerBound - first) * 8
      let upper = min(data.count, (hours.upperBound - first) * 8)
      guard lower < upper else { continue }
      let start = data.startIndex
      data.replaceSubrange(start + lower..<start + upper, with: Data(count: upper - lower))
      try db.execute(
        sql: "UPDATE \(table) SET \(blob) = ? WHERE source = ? AND \(key) = ?",
        arguments: [data, source, row[0] as DatabaseValue])
    }
  }
}

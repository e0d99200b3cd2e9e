import CloudCosts
import Foundation
import GRDB

/// Files of other names and bytes that hold the same rows: a report exported twice, a month and its days.
///
/// A day of a subject, class and commitment is the same in two files where its rows, instance-hours and costs
/// are (to two millionths: a cell carries what its neighbour's rounding left). Costs of 0 prove nothing. Where such
/// days hold a tenth of a file's rows or more, the file is named.
enum HistoryOverlap {
  static func findings(of id: Int64, _ source: HistorySource, _ db: Database) throws -> [Finding] {
    let days = try Row.fetchOne(
      db, sql: "SELECT MIN(day) AS first, MAX(day) AS last FROM cost WHERE source = ?",
      arguments: [id])
    guard let first: Int = days?["first"], let last: Int = days?["last"] else { return [] }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT other.source AS id, SUM(mine.rows) AS rows
        FROM (SELECT * FROM cost WHERE source = ? AND list <> 0 AND rows > 0) AS mine
        JOIN (SELECT * FROM cost WHERE source <> ? AND day BETWEEN ? AND ?) AS other
          ON other.day = mine.day AND other.subject = mine.subject AND other.class = mine.class
          AND other.commitment = mine.commitment AND other.rows = mine.rows
          AND ABS(other.list - mine.list) <= 2 AND ABS(other.billed - mine.billed) <= 2
          AND ABS(other.effective - mine.effective) <= 2
          AND ABS(other.quantity - mine.quantity) < 1e-9
        GROUP BY other.source
        """, arguments: [id, id, first, last])
    return try rows.compactMap { row in
      let count: Int = row["rows"]
      guard count * 10 >= source.rows else { return nil }
      let other = try String.fetchOne(
        db, sql: "SELECT path FROM source WHERE id = ?", arguments: [row["id"] as Int64])
      return Finding(
        .warning, rule: "import.same-rows", place: source.path,
        message: """
          \(count.grouped) of its \(source.rows.grouped) rows seem to be in \(other?.quoted ?? "another file") \
          too (same days, subjects, numbers and costs): they count twice
          """,
        remedy: "Import only one of the two into a history, unless the bills are really that alike."
      )
    }
  }
}

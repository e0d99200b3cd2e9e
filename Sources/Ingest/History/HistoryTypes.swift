import GRDB

/// Whether every value of a history is of its column's type, and times are times: for files of
/// earlier versions, which carry no checksum.
enum HistoryTypes {
  /// - Throws: `CheckedRow.Damage` with the first column that holds something else.
  static func check(_ db: Database) throws {
    for table in try HistorySchema.tables(db).keys.sorted() where try db.tableExists(table) {
      for column in try db.columns(in: table) {
        guard let types = types(column.type) else { continue }
        var wrong = "typeof(\"\(column.name)\") NOT IN (\(types))"
        if let range = range(column.name) {
          wrong += " OR \"\(column.name)\" NOT BETWEEN \(range.lowerBound) AND \(range.upperBound)"
        }
        let isOptional = !column.isNotNull
        let condition = isOptional ? "\"\(column.name)\" IS NOT NULL AND (\(wrong))" : wrong
        let sql = "SELECT EXISTS (SELECT 1 FROM \"\(table)\" WHERE \(condition))"
        if try Bool.fetchOne(db, sql: sql) == true {
          throw CheckedRow.Damage(table: table, column: column.name)
        }
      }
    }
  }

  private static func types(_ declared: String) -> String? {
    switch declared {
    case "INTEGER": "'integer'"
    case "REAL": "'real', 'integer'"
    case "TEXT": "'text'"
    case "BLOB": "'blob'"
    default: nil
    }
  }

  private static func range(_ column: String) -> ClosedRange<Int>? {
    switch column {
    case "day": CheckedRow.days
    case "first_hour", "start_hour", "end_hour", "seen_first": CheckedRow.hours
    case "hours", "seen_hours": 0...CheckedRow.mostHours
    default: nil
    }
  }
}

import CloudCosts
import GRDB

/// Takes months out of a history.
enum HistoryMonths {
  /// Takes a month of a file out: its costs, hours and totals. A file without any other goes as a
  /// whole.
  static func remove(_ month: CalendarMonth, of source: Int64, _ db: Database) throws {
    let days = Set(month.start.sinceEpoch / 24..<month.next.start.sinceEpoch / 24)
    _ = try HistoryDays.remove(HistoryDays.places(of: source, on: days, db), of: source, db)
  }
}

import CloudCosts
import Foundation
import GRDB

/// A row of a history, each value looked at before it is believed. Which one is wrong is reported
/// by its column; what is in it may be anything, and is not.
struct HistoryRow {
  /// A value that this program never writes.
  struct Damage: Error {
    var table: String
    var column: String
  }

  let row: Row
  let table: String

  /// Hours of the years 1970 to 2199, since 1970-01-01T00:00Z.
  static let hours = 0...230 * 366 * 24
  static let days = 0...230 * 366
  /// A window of twenty years.
  static let mostHours = 20 * 366 * 24
  /// Instance-hours in an hour, and whatever else is counted.
  static let largest = 1e12

  func int64(_ column: String) throws -> Int64 {
    guard case .int64(let value)? = value(column) else { throw damage(column) }
    return value
  }

  func int(_ column: String, in range: ClosedRange<Int>) throws -> Int {
    guard let value = Int(exactly: try int64(column)), range.contains(value) else {
      throw damage(column)
    }
    return value
  }

  func count(_ column: String) throws -> Int { try int(column, in: 0...1 << 53) }

  func hour(_ column: String) throws -> Hour {
    Hour(sinceEpoch: try int(column, in: Self.hours))
  }

  func number(_ column: String) throws -> Double {
    let number: Double
    switch value(column) {
    case .double(let value)?: number = value
    // SQLite keeps a whole number of a REAL column as an integer.
    case .int64(let value)?: number = Double(value)
    default: throw damage(column)
    }
    guard abs(number) <= Self.largest else { throw damage(column) }
    return number
  }

  func text(_ column: String) throws -> String {
    guard case .string(let text)? = value(column) else { throw damage(column) }
    return text
  }

  func data(_ column: String) throws -> Data {
    guard case .blob(let data)? = value(column) else { throw damage(column) }
    return data
  }

  /// One of the names of an enumeration.
  func name<Name: RawRepresentable>(_ column: String) throws -> Name
  where Name.RawValue == String {
    guard let name = Name(rawValue: try text(column)) else { throw damage(column) }
    return name
  }

  /// Millionths of the currency unit.
  func money(_ column: String) throws -> Money { Money(micros: Int128(try int64(column))) }

  /// Nil where the column is empty.
  func optional<Value>(_ column: String, _ read: (String) throws -> Value) throws -> Value? {
    isNull(column) ? nil : try read(column)
  }

  func damage(_ column: String) -> Damage { Damage(table: table, column: column) }

  private func isNull(_ column: String) -> Bool {
    if case .null? = value(column) { return true }
    return value(column) == nil
  }

  private func value(_ column: String) -> DatabaseValue.Storage? {
    (row[column] as DatabaseValue?)?.storage
  }
}

extension Database {
  /// Every row of a query, one at a time.
  func forEach(
    of table: String, _ sql: String, _ arguments: StatementArguments = .init(),
    _ body: (HistoryRow) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(self, sql: sql, arguments: arguments)
    while let row = try rows.next() { try body(HistoryRow(row: row, table: table)) }
  }
}

import CloudCosts
import Foundation
import GRDB

/// A row of one of our databases, each value looked at before it is believed. Which one is wrong is
/// reported by its column; what is in it may be anything, and is not.
package struct CheckedRow {
  /// A value that this program never writes.
  package struct Damage: Error {
    package var table: String
    package var column: String
  }

  let row: Row
  let table: String

  /// Hours of the years 1970 to 2199, since 1970-01-01T00:00Z.
  package static let hours = 0...230 * 366 * 24
  static let days = 0...230 * 366
  /// A window of twenty years.
  package static let mostHours = 20 * 366 * 24
  /// Instance-hours in an hour, and whatever else is counted.
  static let largest = 1e12

  package func int64(_ column: String) throws -> Int64 {
    guard case .int64(let value)? = value(column) else { throw damage(column) }
    return value
  }

  package func int(_ column: String, in range: ClosedRange<Int>) throws -> Int {
    guard let value = Int(exactly: try int64(column)), range.contains(value) else {
      throw damage(column)
    }
    return value
  }

  package func count(_ column: String) throws -> Int { try int(column, in: 0...1 << 53) }

  package func hour(_ column: String) throws -> Hour {
    Hour(sinceEpoch: try int(column, in: Self.hours))
  }

  /// Rows of bills that were added up, those of corrections taken off.
  func rows(_ column: String) throws -> Int { try int(column, in: -1 << 53...1 << 53) }

  package func number(_ column: String) throws -> Double {
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

  package func text(_ column: String) throws -> String {
    guard case .string(let text)? = value(column) else { throw damage(column) }
    return text
  }

  package func data(_ column: String) throws -> Data {
    guard case .blob(let data)? = value(column) else { throw damage(column) }
    return data
  }

  /// The bytes of a `HistoryBlob` with as many numbers as the row has hours.
  func series(_ column: String) throws -> Data {
    let hours = try int("hours", in: 0...Self.mostHours)
    let data = try data(column)
    guard data.count == hours * 8 else { throw damage(column) }
    return data
  }

  /// One of the names of an enumeration.
  package func name<Name: RawRepresentable>(_ column: String) throws -> Name
  where Name.RawValue == String {
    guard let name = Name(rawValue: try text(column)) else { throw damage(column) }
    return name
  }

  /// Millionths of the currency unit.
  package func money(_ column: String) throws -> Money { Money(micros: Int128(try int64(column))) }

  /// Nil where the column is empty.
  package func optional<Value>(_ column: String, _ read: (String) throws -> Value) throws -> Value?
  {
    isNull(column) ? nil : try read(column)
  }

  package func damage(_ column: String) -> Damage { Damage(table: table, column: column) }

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
  package func forEach(
    of table: String, _ sql: String, _ arguments: StatementArguments = .init(),
    _ body: (CheckedRow) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(self, sql: sql, arguments: arguments)
    while let row = try rows.next() { try body(CheckedRow(row: row, table: table)) }
  }

  /// What every row of a query says.
  package func all<Value>(
    of table: String, _ sql: String, _ arguments: StatementArguments = .init(),
    _ body: (CheckedRow) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    try forEach(of: table, sql, arguments) { values.append(try body($0)) }
    return values
  }

  /// What the first row of a query says; nil where there is none.
  package func first<Value>(
    of table: String, _ sql: String, _ arguments: StatementArguments = .init(),
    _ body: (CheckedRow) throws -> Value
  ) throws -> Value? {
    try Row.fetchOne(self, sql: sql, arguments: arguments)
      .map { try body(CheckedRow(row: $0, table: table)) }
  }
}

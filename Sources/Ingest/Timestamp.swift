import CloudCosts

/// Clock hours from ISO 8601 timestamps in UTC.
package enum Timestamp {
  /// Why a text names no clock hour in UTC.
  package enum Problem: Error, Equatable, Sendable {
    /// Not an ISO 8601 date and time, or a date that no calendar has.
    case malformed
    case noZone
    /// A zone other than UTC.
    case otherZone
    case notOnHour
  }

  /// The hour that a text names, in the forms that the files' columns may have.
  package static func parse(_ text: String) throws(Problem) -> Hour {
    var text = text
    let result = text.withUTF8 { bytes in
      Result { () throws(Problem) in
        try parse(Field(trimming: UnsafeRawBufferPointer(bytes)))
      }
    }
    return try result.get()
  }

  /// `2023-02-01T05:00:00Z` and its relatives: a blank for the `T`, `+00:00` for the `Z`, no
  /// seconds, zeros behind the seconds.
  static func parse(_ field: Field) throws(Problem) -> Hour {
    var cursor = Cursor(bytes: field.bytes)
    guard let year = cursor.digits(4), cursor.skip("-"), let month = cursor.digits(2),
      cursor.skip("-"), let day = cursor.digits(2),
      cursor.skip("T") || cursor.skip("t") || cursor.skip(" "), let hour = cursor.digits(2)
    else { throw .malformed }
    var minutesAndSeconds = 0
    for _ in 0..<2 where cursor.skip(":") {
      guard let part = cursor.digits(2), part < 60 else { throw .malformed }
      minutesAndSeconds += part
    }
    if cursor.skip(".") {
      guard let fraction = cursor.fraction() else { throw .malformed }
      minutesAndSeconds += fraction
    }
    guard (1...12).contains(month), day >= 1, hour < 24,
      day <= CalendarMonth(year: year, month: month).days
    else { throw .malformed }
    try zone(&cursor)
    guard minutesAndSeconds == 0 else { throw .notOnHour }
    return Hour(year: year, month: month, day: day, hour: hour)
  }

  private static func zone(_ cursor: inout Cursor) throws(Problem) {
    if cursor.isAtEnd { throw .noZone }
    if !cursor.skip("Z"), !cursor.skip("z") {
      guard cursor.skip("+") || cursor.skip("-"), let hours = cursor.digits(2) else {
        throw .malformed
      }
      var minutes = 0
      if cursor.skip(":") || !cursor.isAtEnd {
        guard let part = cursor.digits(2) else { throw .malformed }
        minutes = part
      }
      guard cursor.isAtEnd else { throw .malformed }
      guard hours == 0, minutes == 0 else { throw .otherZone }
    }
    guard cursor.isAtEnd else { throw .malformed }
  }
}

/// Reads forwards through bytes.
private struct Cursor {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  /// A number of exactly so many digits.
  mutating func digits(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for index in position..<position + count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    position += count
    return value
  }

  /// The sum of the digits behind a point: 0 where all of them are; nil where there are none.
  mutating func fraction() -> Int? {
    var sum = 0
    let first = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 {
      sum += Int(bytes[position] &- UInt8(ascii: "0"))
      position += 1
    }
    return position > first ? sum : nil
  }
}

extension Timestamp.Problem {
  /// The last part of the rule.
  package var rule: String {
    switch self {
    case .malformed: "bad-timestamp"
    case .noZone, .otherZone: "not-utc"
    case .notOnHour: "not-on-hour"
    }
  }

  /// What to say behind the text that was read.
  package var complaint: String {
    switch self {
    case .malformed: "is not an ISO 8601 date and time"
    case .noZone: "has no time zone"
    case .otherZone: "is not in UTC"
    case .notOnHour: "is not on the hour"
    }
  }

  package var remedy: String {
    switch self {
    case .malformed: "write it as 2023-02-01T05:00:00Z"
    case .noZone, .otherZone: "export in UTC and write it as 2023-02-01T05:00:00Z"
    case .notOnHour: "sum or average by hour, and give the start of the hour"
    }
  }
}

/// One clock hour in UTC, counted from 1970-01-01T00:00Z.
package struct Hour: Hashable, Comparable, Sendable {
  package var sinceEpoch: Int

  package init(sinceEpoch: Int) { self.sinceEpoch = sinceEpoch }

  /// The hour that starts at this civil date and hour (proleptic Gregorian calendar, UTC).
  package init(year: Int, month: Int, day: Int, hour: Int = 0) {
    sinceEpoch = CalendarMonth(year: year, month: month).firstDay * 24 + (day - 1) * 24 + hour
  }

  package static func < (a: Hour, b: Hour) -> Bool { a.sinceEpoch < b.sinceEpoch }
  package static func - (a: Hour, b: Hour) -> Int { a.sinceEpoch - b.sinceEpoch }
  package static func + (a: Hour, hours: Int) -> Hour { Hour(sinceEpoch: a.sinceEpoch + hours) }

  /// The calendar month this hour lies in.
  package var month: CalendarMonth {
    CalendarMonth(containingDay: Hour.floorDivide(sinceEpoch, 24))
  }

  /// The same day and hour some calendar months later; the month's last day where it has no such
  /// day.
  package func adding(months: Int) -> Hour {
    let intoMonth = self - month.start
    let count = month.year * 12 + month.month - 1 + months
    let year = Hour.floorDivide(count, 12)
    let target = CalendarMonth(year: year, month: count - year * 12 + 1)
    let day = min(intoMonth / 24, target.days - 1)
    return target.start + (day * 24 + intoMonth % 24)
  }

  /// ISO 8601: `2023-02-01T00:00:00Z`.
  package var iso8601: String {
    let day = Hour.floorDivide(sinceEpoch, 24)
    let month = CalendarMonth(containingDay: day)
    let hour = sinceEpoch - day * 24
    let date = "\(month)-\(CalendarMonth.two(day - month.firstDay + 1))"
    return "\(date)T\(CalendarMonth.two(hour)):00:00Z"
  }

  /// Reads what `iso8601` writes; nil for anything else.
  package init?(iso8601 text: String) {
    let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).map { Int($0) }
    guard parts.count == 6, let year = parts[0], let month = parts[1], let day = parts[2],
      let hour = parts[3], (1...12).contains(month), (1...31).contains(day),
      (0...23).contains(hour)
    else { return nil }
    self.init(year: year, month: month, day: day, hour: hour)
    guard iso8601 == text else { return nil }
  }

  static func floorDivide(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
}

extension Hour: CustomStringConvertible {
  package var description: String { iso8601 }
}

/// A calendar month in UTC: `2023-02`.
package struct CalendarMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var year: Int
  /// 1 to 12.
  package var month: Int

  package init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// The month in which a day (counted from 1970-01-01) lies. Algorithm: H. Hinnant,
  /// "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  init(containingDay day: Int) {
    let z = day + 719_468
    let era = Hour.floorDivide(z, 146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The first day of the month, counted from 1970-01-01 (Hinnant, days_from_civil).
  var firstDay: Int {
    let y = month <= 2 ? year - 1 : year
    let era = Hour.floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  package var start: Hour { Hour(sinceEpoch: firstDay * 24) }
  package var next: CalendarMonth {
    month == 12
      ? CalendarMonth(year: year + 1, month: 1) : CalendarMonth(year: year, month: month + 1)
  }

  /// The number of days: 28 to 31.
  package var days: Int { next.firstDay - firstDay }

  package static func < (a: CalendarMonth, b: CalendarMonth) -> Bool {
    (a.year, a.month) < (b.year, b.month)
  }

  package var description: String {
    let y = String(year)
    return String(repeating: "0", count: max(0, 4 - y.count)) + y + "-" + CalendarMonth.two(month)
  }

  static func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
}

/// A half-open stretch of hours: from `start` (included) to `end` (excluded).
package struct HourWindow: Hashable, Sendable {
  package var start: Hour
  package var hours: Int

  package init(start: Hour, hours: Int) {
    self.start = start
    self.hours = max(0, hours)
  }

  package init(from start: Hour, to end: Hour) { self.init(start: start, hours: end - start) }

  package var end: Hour { start + hours }

  /// The hour indices (0 ..< `hours`) in which something that runs from `start` to `end` is active.
  package func indices(from start: Hour, to end: Hour) -> Range<Int> {
    let lower = min(max(start - self.start, 0), hours)
    return lower..<max(lower, min(end - self.start, hours))
  }

  /// The calendar months the window touches, each with the hour indices that lie in it.
  package var months: [(month: CalendarMonth, hours: Range<Int>)] {
    guard hours > 0 else { return [] }
    var result: [(month: CalendarMonth, hours: Range<Int>)] = []
    var month = start.month
    while month.start < end {
      result.append((month, indices(from: month.start, to: month.next.start)))
      month = month.next
    }
    return result
  }
}

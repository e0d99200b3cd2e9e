import CloudCosts

/// A moment as lists of commitments write it: `2023-02-01T05:12:33.120-08:00`, or a day alone.
struct Moment: Comparable {
  /// In UTC, since 1970-01-01T00:00Z.
  let seconds: Int
  /// Whether only the day was written.
  let isDay: Bool

  /// Nil where the text is no date of the calendar, or has a time without a zone.
  init?(_ text: String) {
    let pattern =
      #/(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?))?/#
    guard let match = text.wholeMatch(of: pattern)?.output,
      let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
      (1...12).contains(month), day >= 1, day <= CalendarMonth(year: year, month: month).days
    else { return nil }
    let hour = match.4.flatMap { Int($0) } ?? 0
    let minute = match.5.flatMap { Int($0) } ?? 0
    let second = match.6.flatMap { Int($0) } ?? 0
    guard hour < 24, minute < 60, second <= 60, let offset = Moment.offset(match.7 ?? "Z") else {
      return nil
    }
    isDay = match.4 == nil
    seconds =
      Hour(year: year, month: month, day: day, hour: hour).sinceEpoch * 3600 + minute * 60 + second
      - offset
  }

  private init(seconds: Int, isDay: Bool) {
    self.seconds = seconds
    self.isDay = isDay
  }

  /// Seconds east of UTC of `-08:00`; nil for no zone of the earth.
  private static func offset(_ zone: Substring) -> Int? {
    let digits = zone.filter(\.isNumber)
    guard !digits.isEmpty else { return 0 }
    guard let hours = Int(digits.prefix(2)), let minutes = Int("0" + digits.dropFirst(2)),
      hours <= 18, minutes < 60
    else { return nil }
    return (zone.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// The clock hour in which it lies.
  var hour: Hour { Hour(sinceEpoch: Moment.floorDivide(seconds, 3600)) }

  /// The first hour in which something that ends at this moment no longer applies: lists write the
  /// last second of a life as well as the one behind it.
  var endHour: Hour { Hour(sinceEpoch: Moment.floorDivide(seconds + 1, 3600)) }

  /// A day alone, at another moment's time of day.
  func atTime(of other: Moment) -> Moment {
    guard isDay else { return self }
    let time = other.seconds - Moment.floorDivide(other.seconds, 86_400) * 86_400
    return Moment(seconds: seconds + time, isDay: other.isDay)
  }

  static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }

  private static func floorDivide(_ a: Int, _ b: Int) -> Int {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }
}

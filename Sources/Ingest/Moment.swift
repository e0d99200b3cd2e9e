import CloudCosts

/// A moment as lists of commitments and metrics write it: `2023-02-01T05:12:33.120-08:00`, or a day
/// alone.
struct Moment: Hashable, Comparable {
  /// In UTC, since 1970-01-01T00:00Z.
  let seconds: Int
  /// Whether only the day was written.
  let isDay: Bool

  /// Nil where the text is no date of the calendar, or has a time without a zone.
  ///
  /// Metrics have millions of them, so the text is read byte by byte.
  init?(_ text: String) {
    var text = text
    let read = text.withUTF8 { Moment.read($0) }
    guard let read else { return nil }
    self = read
  }

  /// Nil where it is no moment of these decades.
  init?(sinceEpoch seconds: Double) {
    guard seconds > 0, seconds < 1e10 else { return nil }
    self.init(seconds: Int(seconds), isDay: false)
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Moment? {
    /// The number that two or four digits make; nil where they are none.
    func digits(_ lower: Int, _ count: Int) -> Int? {
      guard lower + count <= bytes.count else { return nil }
      var value = 0
      for i in lower..<lower + count {
        guard (0x30...0x39).contains(bytes[i]) else { return nil }
        value = value * 10 + Int(bytes[i]) - 0x30
      }
      return value
    }
    func isMark(_ place: Int, _ marks: StaticString) -> Bool {
      guard place < bytes.count else { return false }
      return marks.withUTF8Buffer { $0.contains(bytes[place]) }
    }
    guard let year = digits(0, 4), isMark(4, "-"), let month = digits(5, 2), isMark(7, "-"),
      let day = digits(8, 2), (1...12).contains(month), day >= 1,
      day <= CalendarMonth(year: year, month: month).days
    else { return nil }
    let midnight = Hour(year: year, month: month, day: day).sinceEpoch * 3600
    guard bytes.count > 10 else { return Moment(seconds: midnight, isDay: true) }
    guard isMark(10, "Tt "), let hour = digits(11, 2), isMark(13, ":"),
      let minute = digits(14, 2), hour < 24, minute < 60
    else { return nil }
    var (place, second) = (16, 0)
    if isMark(place, ":") {
      guard let read = digits(place + 1, 2), read <= 60 else { return nil }
      second = read
      place += 3
      if isMark(place, ".") {
        guard digits(place + 1, 1) != nil else { return nil }
        place += 1
        while digits(place, 1) != nil { place += 1 }
      }
    }
    if isMark(place, " ") { place += 1 }
    let zone = String(decoding: bytes.dropFirst(place), as: UTF8.self)
    guard let offset = ZoneOffset.seconds(zone) else { return nil }
    return Moment(seconds: midnight + hour * 3600 + minute * 60 + second - offset, isDay: false)
  }

  init(seconds: Int) { self.init(seconds: seconds, isDay: false) }

  private init(seconds: Int, isDay: Bool) {
    self.seconds = seconds
    self.isDay = isDay
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

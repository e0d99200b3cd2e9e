import CloudCosts
import Foundation

/// The hour that a row of somebody else's table names, in one of the ways in which people and
/// spreadsheets write hours.
///
/// Every part of the text must be understood: a `PM` or a zone that is passed over makes another
/// hour of it.
struct ForeignHour {
  enum DateOrder: String {
    case dayFirst = "Dates such as 31.01.2024 are day, month, year."
    case monthFirst = "Dates such as 01/31/2024 are month, day, year."
  }

  let hour: Hour
  /// Where it is not year, month, day.
  let order: DateOrder?
  /// Whether the calendar's zone was taken, since the text names none.
  let isZoneless: Bool

  /// Nil where the text is not understood, names no whole hour in UTC, or one that a zone's clock
  /// skips.
  init?(_ text: String, in calendar: Calendar) {
    if let hour = try? Timestamp.parse(text) {
      self.init(hour: hour)
    } else if let moment = Moment(text), !moment.isDay {
      guard moment.isWholeHour else { return nil }
      self.init(hour: moment.hour)
    } else {
      self.init(words: text, in: calendar)
    }
  }

  private init(hour: Hour, order: DateOrder? = nil, isZoneless: Bool = false) {
    self.hour = hour
    self.order = order
    self.isZoneless = isZoneless
  }

  /// `31.01.2024 13:00`, `1/31/2024 1:00:00 PM`, `2024-01-31 13 UTC`.
  private init?(words text: String, in calendar: Calendar) {
    var words = text.uppercased().split(separator: " ")
    if let first = words.first, let mark = first.firstIndex(of: "T") {
      words.replaceSubrange(0...0, with: [first[..<mark], first[first.index(after: mark)...]])
    }
    let isUTC = words.last.map { ["Z", "UTC", "GMT"].contains($0) } ?? false
    if isUTC { words.removeLast() }
    let half = words.last.flatMap { ["AM", "PM"].firstIndex(of: $0) }
    if half != nil { words.removeLast() }
    guard words.count == 2, let (date, order) = Self.date(words[0]),
      let hour = Self.hour(words[1], half: half)
    else { return nil }
    var calendar = calendar
    if isUTC { calendar.timeZone = .gmt }
    var parts = date
    parts.hour = hour
    guard parts.isValidDate(in: calendar), let instant = calendar.date(from: parts) else {
      return nil
    }
    let moment = Moment(seconds: Int(instant.timeIntervalSince1970))
    guard moment.isWholeHour else { return nil }
    self.init(hour: moment.hour, order: order, isZoneless: !isUTC)
  }

  private static func date(_ word: Substring) -> (DateComponents, DateOrder?)? {
    let fields = word.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    let numbers = fields.compactMap(number)
    guard fields.count == 3, numbers.count == 3 else { return nil }
    func components(_ year: Int, _ month: Int, _ day: Int) -> DateComponents? {
      fields[year].count == 4
        ? DateComponents(year: numbers[year], month: numbers[month], day: numbers[day]) : nil
    }
    if let components = components(0, 1, 2) { return (components, nil) }
    return word.contains(".")
      ? components(2, 1, 0).map { ($0, .dayFirst) }
      : components(2, 0, 1).map { ($0, .monthFirst) }
  }

  /// - Parameter half: 0 of the day before noon, 1 of the other; nil: hours go to 23.
  private static func hour(_ word: Substring, half: Int?) -> Int? {
    let fields = word.split(omittingEmptySubsequences: false) { ":.".contains($0) }
    let numbers = fields.compactMap(number)
    guard let hour = numbers.first, numbers.count == fields.count, fields[0].count <= 2,
      numbers.dropFirst().allSatisfy({ $0 == 0 })
    else { return nil }
    guard let half else { return hour < 24 ? hour : nil }
    return (1...12).contains(hour) ? hour % 12 + 12 * half : nil
  }

  /// Digits of other scripts are none here.
  private static func number(_ text: Substring) -> Int? {
    text.count <= 4 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}

extension Moment {
  fileprivate var isWholeHour: Bool { seconds == hour.sinceEpoch * 3600 }
}

import CloudCosts
import Testing

@Suite struct HourTests {
  /// Days since 1970-01-01, counted by other means.
  @Test(arguments: [
    (1970, 1, 1, 0), (1972, 2, 29, 789), (1972, 3, 1, 790), (2000, 2, 29, 11_016),
    (2000, 3, 1, 11_017), (2023, 2, 1, 19_389), (2024, 2, 29, 19_782), (2024, 12, 31, 20_088),
    (2100, 2, 28, 47_540), (2100, 3, 1, 47_541), (1969, 12, 31, -1), (1900, 3, 1, -25_508),
  ])
  func daysOfKnownDates(_ year: Int, _ month: Int, _ day: Int, _ days: Int) {
    let hour = Hour(year: year, month: month, day: day, hour: 7)
    #expect(hour.sinceEpoch == days * 24 + 7)
    #expect(hour.month == CalendarMonth(year: year, month: month))
  }

  @Test func writesISO8601() {
    #expect(Hour(year: 2023, month: 2, day: 1).iso8601 == "2023-02-01T00:00:00Z")
    #expect(Hour(year: 2024, month: 12, day: 31, hour: 23).iso8601 == "2024-12-31T23:00:00Z")
    #expect(Hour(sinceEpoch: -1).iso8601 == "1969-12-31T23:00:00Z")
    #expect("\(Hour(sinceEpoch: 0))" == "1970-01-01T00:00:00Z")
  }

  @Test func everyDayOfFourCenturiesComesBack() {
    var month = CalendarMonth(year: 1900, month: 1)
    var hour = month.start
    while month.year < 2301 {
      #expect(hour == month.start)
      let hours = month.days * 24
      #expect((hour + (hours - 1)).month == month)
      hour = hour + hours
      month = month.next
    }
    #expect(hour.month == month)
  }

  @Test(arguments: [(2023, 28), (2024, 29), (1900, 28), (2000, 29)])
  func daysOfFebruary(_ year: Int, _ days: Int) {
    #expect(CalendarMonth(year: year, month: 2).days == days)
  }

  /// From a day and by months, the day it is then.
  @Test(arguments: [
    ((2023, 1, 31), 1, (2023, 2, 28)), ((2024, 1, 31), 1, (2024, 2, 29)),
    ((2023, 3, 31), -1, (2023, 2, 28)), ((2024, 2, 29), 12, (2025, 2, 28)),
    ((2023, 11, 30), 3, (2024, 2, 29)), ((2023, 6, 15), 6, (2023, 12, 15)),
  ])
  func monthsLater(_ from: (Int, Int, Int), _ months: Int, _ to: (Int, Int, Int)) {
    let start = Hour(year: from.0, month: from.1, day: from.2, hour: 5)
    #expect(start.adding(months: months) == Hour(year: to.0, month: to.1, day: to.2, hour: 5))
  }

  @Test func monthsAreOrderedAndNamed() {
    let december = CalendarMonth(year: 2023, month: 12)
    #expect(december.next == CalendarMonth(year: 2024, month: 1))
    #expect(december < december.next)
    #expect("\(december)" == "2023-12")
    #expect("\(CalendarMonth(year: 97, month: 3))" == "0097-03")
  }
}

@Suite struct HourWindowTests {
  private let start = Hour(year: 2024, month: 1, day: 31, hour: 12)

  @Test func isHalfOpen() {
    let window = HourWindow(start: start, hours: 10)
    #expect(window.end == start + 10)
    #expect(window == HourWindow(from: start, to: start + 10))
    #expect(HourWindow(from: start, to: start + -5).hours == 0)
  }

  @Test func indicesAreClamped() {
    let window = HourWindow(start: start, hours: 10)
    #expect(window.indices(from: start + 2, to: start + 4) == 2..<4)
    #expect(window.indices(from: start + -5, to: start + 50) == 0..<10)
    #expect(window.indices(from: start + -5, to: start + -2).isEmpty)
    #expect(window.indices(from: start + 20, to: start + 30).isEmpty)
    #expect(window.indices(from: start + 4, to: start + 2).isEmpty)
  }

  @Test func monthsPartitionTheHours() {
    let window = HourWindow(start: start, hours: 12 + 29 * 24 + 1)
    let months = window.months
    #expect(months.map(\.month.description) == ["2024-01", "2024-02", "2024-03"])
    #expect(months.map(\.hours) == [0..<12, 12..<708, 708..<709])
    #expect(HourWindow(start: start, hours: 0).months.isEmpty)
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Hours in somebody else's table, from which `init` makes a usage file.
@Suite struct ForeignHourTests {
  private static func calendar(_ zone: String) throws -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    return calendar
  }

  /// In New York, five hours behind UTC, where the text names no zone.
  @Test(arguments: [
    ("2024-01-31T13:00:00Z", 13, false), ("2024-01-31 13:00 UTC", 13, false),
    ("2024-01-31 13:00Z", 13, false), ("2024-01-31 13:00 GMT", 13, false),
    ("2024-01-31T13:00:00+02:00", 11, false), ("2024-01-31 13:00:00 -0300", 16, false),
    ("1/31/2024 12:00 PM UTC", 12, false), ("2024-01-31 13:00", 18, true),
    ("2024-01-31 13", 18, true), ("2024/1/31 13:00:00.000", 18, true),
    ("31.01.2024 13:00", 18, true), ("01/31/2024 13:00", 18, true),
    ("1/31/2024 1:00:00 PM", 18, true), ("1/31/2024 01:00 am", 6, true),
    ("1/31/2024 12:00 AM", 5, true), ("01/31/2024 12:00 PM", 17, true),
  ])
  func hours(_ text: String, hour: Int, isZoneless: Bool) throws {
    let read = try #require(ForeignHour(text, in: Self.calendar("America/New_York")))
    #expect(read.hour == Hour(year: 2024, month: 1, day: 31, hour: hour))
    #expect(read.isZoneless == isZoneless)
  }

  @Test(arguments: [
    "", "2024-01-31", "yesterday", "2024-01-31 05:00 EST", "2024-01-31 05:00 CET",
    "2024-01-31 13:00 PM", "2024-01-31 0:00 AM", "2024-01-31 05:30", "2024-01-31 05:00:01",
    "2024-01-31 24:00", "31/01/2024 05:00", "01.31.2024 05:00", "01/31/24 05:00",
    "2024-01-31T05:00:00+99:00", "2024-01-31T05:00:00+05:30", "2024-01-31 05-08",
    "2024-02-30 05:00", "-2024-01-31 05:00", "2024-01-31 05:00 or so",
    "99999999999999999999-01-01 05:00", "2024-99999-01 05:00",
    // Digits of other scripts, and what is a number to Unicode.
    "٢٠٢٤-٠١-٣١ 05:00", "2024-01-31 ٠٥:00", "01/31/2024 ½:00", "２０２４-01-31 05:00",
  ])
  func noHours(_ text: String) throws {
    #expect(try ForeignHour(text, in: Self.calendar("UTC")) == nil)
  }

  /// The clock went from 2 to 3 that night.
  @Test func anHourThatAClockSkips() throws {
    let berlin = try Self.calendar("Europe/Berlin")
    #expect(ForeignHour("2024-03-31 01:00", in: berlin)?.hour.iso8601 == "2024-03-31T00:00:00Z")
    #expect(ForeignHour("2024-03-31 03:00", in: berlin)?.hour.iso8601 == "2024-03-31T01:00:00Z")
    #expect(ForeignHour("2024-03-31 02:00", in: berlin) == nil)
  }

  @Test func whatIsGuessedIsSaid() throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(
      "hour,type,region,count\n31.01.2024 13:00,m5.large,us-east-1,2\n", "usage.csv")
    let mapped = try UsageMapper().mapped(path)
    #expect(mapped.text.contains("2024-01-31T13:00:00Z,aws,,us-east-1,m5.large,Linux,default,2"))
    #expect(mapped.guesses.contains(ForeignHour.DateOrder.dayFirst.rawValue))
    #expect(mapped.guesses.contains { $0.contains("no time zone") })
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// How far from UTC a time may say that its zone is, wherever times are read.
@Suite(.serialized) struct ZoneOffsetTests {
  /// The clocks of Baker Island, Kathmandu, the Chatham Islands in summer, and Kiribati.
  static let real = [
    ("-12:00", -720), ("+05:45", 345), ("+13:45", 825), ("+14:00", 840), ("+1400", 840),
    ("-08", -480), ("Z", 0), ("z", 0), ("-00:00", 0),
  ]
  static let none = [
    "+99:00", "+24:00", "+14:01", "+14:15", "+15:00", "-12:15", "-13:00", "+05:99", "+05:60",
    "+05:07", "+05.5", "+5", "+530", "+05:3", "+05:30:00", "+0530:00", "05:30", "EST", "",
  ]

  @Test(arguments: real) func realOffsets(_ text: String, minutes: Int) {
    #expect(ZoneOffset.seconds(text) == minutes * 60)
  }

  @Test(arguments: none) func noOffsets(_ text: String) {
    #expect(ZoneOffset.seconds(text) == nil)
    #expect(Moment("2024-01-01T05:00:00" + text) == nil)
    #expect(throws: Timestamp.Problem.self) { try Timestamp.parse("2024-01-01T05:00:00" + text) }
  }

  /// The expression that engines get says the same as the function, of every hour and minute.
  @Test func theExpressionIsTheFunction() throws {
    let pattern = try Regex("^\(ZoneOffset.pattern)$")
    for sign in ["+", "-"] {
      for hours in 0...99 {
        for minutes in 0...99 {
          for mark in ["", ":"] {
            let text = sign + String(format: "%02d%@%02d", hours, mark, minutes)
            let isMatched = text.wholeMatch(of: pattern) != nil
            #expect(isMatched == (ZoneOffset.seconds(text) != nil), "\(text)")
          }
        }
      }
    }
  }

  @Test(arguments: ["T00:00:00", "T00:00", " 00:00:00.000"])
  func aBillsStartIsRefused(_ time: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let starts = Self.none.filter { !$0.isEmpty }.map { "2024-01-01\(time)\($0)" }
    let path = try place.write(
      ([Focus.header, Focus.row()] + starts.map { Focus.row($0) }).joined(separator: "\n") + "\n")
    let findings = await place.complaints(path)
    let lines = (3..<3 + starts.count).map { "\(path):\($0)" }
    let places = findings.filter { $0.rule == "import.not-a-time" }.map(\.place)
    #expect(places == lines, "\(findings)")
    #expect(findings.first?.message.contains(starts[0].quoted) == true)
  }

  /// The end of no time leaves a row without usage; its money is kept.
  @Test func aBillsEndIsSetAside() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let summary = try await place.run(
      try place.write(
        Focus.bill(Focus.row(), Focus.row("2024-01-01T01:00:00Z", "2024-01-01T03:00:00+99:00"))))
    let finding = try #require(
      summary.findings.first { $0.rule == "import.end-before-start" })
    #expect(finding.place.hasSuffix("bill.csv:3"))
    #expect(finding.message.contains("+99:00"))
  }

  /// Four spellings of one hour.
  @Test func aBillsOffsetsAreConverted() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let starts = [
      "2024-01-01T14:00:00+14:00", "2023-12-31T12:00-1200", "2024-01-01 05:45:00+05:45",
      "2024-01-01 00:00:00 UTC",
    ]
    let summary = try await place.run(
      try place.write(
        ([Focus.header] + starts.map { Focus.row($0) }).joined(separator: "\n") + "\n"))
    let window = try #require(summary.imported.first?.source.window)
    #expect(window.start == Hour(year: 2024, month: 1, day: 1) && window.end - window.start == 1)
  }
}

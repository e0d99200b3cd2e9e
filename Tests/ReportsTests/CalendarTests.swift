import CloudCosts
import Foundation
import Testing

@testable import Reports

/// Dates as a calendar reads them: RFC 5545, line by line.
@Suite struct CalendarTests {
  static let text = Result {
    PlanCalendar(try RunDocument(SmallFixture.comparison).select(), stamp: "2026-11-29T01:02:03Z")
      .text
  }

  /// Lines put together again, as section 3.1 says.
  static func lines() throws -> [String] {
    try text.get().replacing("\r\n ", with: "").components(separatedBy: "\r\n").dropLast()
  }

  @Test func everyLineIsAProperty() throws {
    let raw = try Self.text.get()
    #expect(raw.hasSuffix("END:VCALENDAR\r\n"))
    #expect(!raw.replacing("\r\n", with: "").contains { $0.isNewline })
    for line in raw.components(separatedBy: "\r\n") { #expect(line.utf8.count <= 75, "\(line)") }
    for line in try Self.lines() {
      #expect(line.wholeMatch(of: /[A-Z-]+(;[A-Z]+=[A-Z-]+)*:.*/) != nil, "\(line)")
    }
    var open: [String] = []
    for line in try Self.lines() {
      if line.hasPrefix("BEGIN:") { open.append(String(line.dropFirst(6))) }
      if line.hasPrefix("END:") { #expect(open.popLast() == String(line.dropFirst(4))) }
    }
    #expect(open.isEmpty)
  }

  @Test func buyReturnReviewAndEnd() throws {
    let lines = try Self.lines()
    let selection = try RunDocument(SmallFixture.comparison).select()
    let purchases = selection.plan.purchases
    for (title, count) in [
      ("Buy: ", purchases.count), ("Ends: ", purchases.count), ("Review: ", purchases.count),
      ("Last hour to return: ", purchases.count { $0.returnable != nil }),
    ] {
      #expect(lines.count { $0.hasPrefix("SUMMARY:\(title)") } == count, "\(title)")
    }
    #expect(lines.contains("DTSTART;VALUE=DATE:20230201"))
    // A plan bought on the first of February may be returned for seven days.
    #expect(lines.contains("DTSTART:20230208T000000Z"))
    #expect(lines.contains("DTSTAMP:20261129T010203Z"))
    let ids = lines.filter { $0.hasPrefix("UID:") }
    #expect(Set(ids).count == ids.count)
    let again = PlanCalendar(selection, stamp: "2027-01-01T00:00:00Z").text
    #expect(ids.allSatisfy { again.contains($0) })
  }

  @Test(arguments: [
    ("a;b,c\\d", "a\\;b\\,c\\\\d"), ("a\nEND:VEVENT", "a\\nEND:VEVENT"),
    ("a\r\nX:y", "a \\nX:y"), ("a\u{2028}b\u{85}c", "a b c"), ("\u{202e}gnp\0", " gnp "),
    ("=cmd()", "=cmd()"), ("<script>\"", "<script>\""),
  ])
  func textsStayTexts(text: String, escaped: String) {
    #expect(CalendarText.escaped(text) == escaped)
  }

  @Test func aCharacterIsNeverCut() {
    let text = String(repeating: "ü€😀", count: 40)
    let folded = CalendarText.folded(text)
    #expect(folded.replacing("\r\n ", with: "") == text)
    #expect(folded.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
  }
}

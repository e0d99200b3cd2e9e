import CloudCosts
import TestSupport
import Testing

@testable import Ingest

@Suite struct ParsingTests {
  private func number(_ text: String) throws -> Double {
    try Array(text.utf8).withUnsafeBytes { try Number.parse(Field(trimming: $0)) }
  }

  @Test func numbersAreTheNearestDoubles() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...20, using: &random)
      var text = ""
      for _ in 0..<digits { text += String(Int.random(in: 0...9, using: &random)) }
      if Bool.random(using: &random) {
        let point = Int.random(in: 0...text.count, using: &random)
        text.insert(".", at: text.index(text.startIndex, offsetBy: point))
      }
      if Bool.random(using: &random) { text = "-" + text }
      if Int.random(in: 0..<4, using: &random) == 0 {
        text += "e\(Int.random(in: -20...20, using: &random))"
      }
      #expect(try number(text) == Double(text), "\(text)")
    }
  }

  @Test(arguments: ["", "-", ".", "1.2.3", "1e", "e5", "1e+", "0x10", "1 2", "1,5", "--1", "١"])
  func malformedNumbers(_ text: String) {
    #expect(throws: Number.Problem.malformed) { try number(text) }
  }

  @Test(arguments: ["nan", "NaN", "-inf", "+Infinity"])
  func infinitiesAreNoNumbers(_ text: String) {
    #expect(throws: Number.Problem.notFinite) { try number(text) }
  }

  @Test(arguments: [
    "2024-02-29T05:00:00Z", "2024-02-29T05:00Z", "2024-02-29T05Z", "2024-02-29 05:00:00z",
    "2024-02-29t05:00:00.000Z", "2024-02-29T05:00:00+00:00", "2024-02-29T05:00:00-0000",
    "2024-02-29T05:00:00+00",
  ])
  func timestamps(_ text: String) throws {
    #expect(try Timestamp.parse(text) == Hour(year: 2024, month: 2, day: 29, hour: 5))
  }

  @Test(arguments: [
    ("2023-02-29T05:00:00Z", Timestamp.Problem.malformed), ("2024-00-01T05:00:00Z", .malformed),
    ("2024-13-01T05:00:00Z", .malformed), ("2024-01-01T24:00:00Z", .malformed),
    ("2024-01-01T05:60:00Z", .malformed), ("2024-01-01", .malformed), ("", .malformed),
    ("2024-01-01T05:00:00Zx", .malformed), ("2024-01-01T05:00:00.Z", .malformed),
    ("2024-01-01T05:00:00+0", .malformed), ("1704085200", .malformed),
    ("2024-01-01T05:00:00", .noZone), ("2024-01-01T05:00:00+01:00", .otherZone),
    ("2024-01-01T05:00:00+00:30", .otherZone), ("2024-01-01T05:00:01Z", .notOnHour),
    ("2024-01-01T05:00:00.5Z", .notOnHour),
  ])
  func badTimestamps(_ text: String, _ problem: Timestamp.Problem) {
    #expect(throws: problem) { try Timestamp.parse(text) }
  }

  @Test func spelling() {
    #expect(
      Spelling.nearest(to: "max_upfrnot", in: ["max_upfront", "min_coverage"]) == "max_upfront")
    #expect(Spelling.nearest(to: "usgae", in: ["name", "usage"]) == "usage")
    #expect(Spelling.nearest(to: "colour", in: ["name", "usage"]) == nil)
    #expect(Spelling.nearest(to: "", in: ["name"]) == nil)
    #expect(Spelling.distance(Array("abcd"), Array("acbd")) == 1)
    #expect(Spelling.distance(Array(""), Array("abc")) == 3)
  }

  @Test func textsForMessagesCannotSpeakToTheTerminal() {
    #expect("a\u{1B}[31mb\n".quoted == "'a\\u{1b}[31mb\\u{a}'")
    let long = String(repeating: "x", count: 61)
    #expect(long.quoted == "'" + long.dropLast() + "…'")
  }
}

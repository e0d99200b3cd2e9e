import CloudCosts
import Foundation
import Testing

@testable import Reports

/// The document comes back as it went, and of a wrong one it is said what is wrong.
@Suite struct RunDocumentTests {
  private let document = RunDocument(SmallFixture.comparison)

  @Test func roundTrip() throws {
    let text = try document.json()
    let back = try RunDocument.read(Data(text.utf8), place: "plan.json")
    var sealed = document
    sealed.checksum = try document.contentsChecksum()
    #expect(back == sealed)
    #expect(try back.json() == text)
  }

  @Test func otherEncodersReadTheSame() throws {
    let data = try JSONEncoder().encode(document)
    #expect(try RunDocument.read(data, place: "plan.json") == document)
  }

  @Test(arguments: [
    (Int128(300_000), "0.3"), (-1, "-0.000001"), (12_500_000, "12.5"), (0, "0"),
    (-1_234_567_000_000, "-1234567"),
    (170_000_000_000_000_000_000_000_000_000, "170000000000000000000000"),
  ])
  func moneyIsExact(micros: Int128, text: String) throws {
    let money = Money(micros: micros)
    #expect(JSONNumber(wrappedValue: money).text == text)
    #expect(JSONNumber.money(from: text) == money)
    let back = try JSONDecoder().decode([JSONNumber].self, from: Data("[\(text)]".utf8))
    #expect(back.map(\.wrappedValue) == [money])
  }

  @Test func moneyBeyondAMillionthIsRounded() {
    #expect(JSONNumber.money(from: "0.0000005") == Money(micros: 1))
    #expect(JSONNumber.money(from: "-0.00000049") == Money(micros: 0))
    #expect(JSONNumber.money(from: String(repeating: "9", count: 60)) == nil)
    #expect(JSONNumber.money(from: "1.2.3") == nil)
    #expect(JSONNumber.money(from: "x") == nil)
  }

  @Test func textsAreEscaped() {
    #expect(OrderedJSON.quoted("a\"b\\c\n\u{1}</é") == "\"a\\\"b\\\\c\\n\\u0001\\u003c/é\"")
  }

  @Test func notJSON() throws {
    let finding = try #require(problem(in: "{\"scenario\": "))
    #expect(finding.rule == "plan.not-json")
    #expect(finding.place == "plan.json")
  }

  @Test func missingKey() throws {
    let text = try document.json().replacing("\"term_years\": 1,", with: "", maxReplacements: 1)
    let finding = try #require(problem(in: text))
    #expect(finding.rule == "plan.missing-key")
    #expect(
      finding.place == "plan.json: runs[0].outcomes[2].plan.purchases[0].term_years")
  }

  @Test func wrongTypeAndValue() throws {
    let text = try document.json()
    let type = problem(in: text.replacing("\"hours\": 1416", with: "\"hours\": \"many\""))
    #expect(type?.rule == "plan.wrong-type")
    #expect(type?.message == "the value is not a number")
    let value = problem(in: text.replacing("\"sp-compute\"", with: "\"sp-lunch\""))
    #expect(value?.rule == "plan.wrong-value")
  }

  /// No plan buys nothing, less, or more than any fleet has.
  @Test(arguments: ["0", "-1", "1000000001"]) func absurdAmounts(_ amount: String) throws {
    let text = try document.json()
    let changed = text.replacing(
      /"hourly_commitment": [0-9.]+/, with: "\"hourly_commitment\": \(amount)"
    )
    .replacing(/"quantity": [0-9.]+/, with: "\"quantity\": \(amount)")
    #expect(changed != text)
    let finding = try #require(problem(in: changed))
    #expect(finding.rule == "plan.wrong-value")
    #expect(finding.message == "what is bought is not more than 0 and at most 1,000,000,000")
    #expect(finding.place.contains("purchases[0]."))
  }

  @Test func noFile() {
    #expect(throws: FindingsError.self) { try RunDocument.read(path: "/nowhere/plan.json") }
  }

  @Test func selection() throws {
    #expect(try document.select().outcome.name == "combined")
    #expect(try document.select(run: "boom").outcome.name == "committed")
    #expect(try document.select(outcome: "committed").run == "base")
    let rules: [(run: String?, outcome: String?, rule: String)] = [
      ("bust", nil, "plan.unknown-run"), (nil, "best", "plan.unknown-outcome"),
      (nil, "current", "plan.unknown-outcome"),
    ]
    for (run, outcome, rule) in rules {
      let error = #expect(throws: FindingsError.self) {
        try document.select(run: run, outcome: outcome)
      }
      #expect(error?.findings.map(\.rule) == [rule])
    }
  }

  private func problem(in text: String) -> Finding? {
    do {
      _ = try RunDocument.read(Data(text.utf8), place: "plan.json")
      return nil
    } catch {
      return error.findings.first
    }
  }
}

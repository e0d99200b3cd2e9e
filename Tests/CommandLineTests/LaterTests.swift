import Foundation
import Testing

/// What a default run leaves for the months to come, through the whole program.
@Suite struct LaterTests {
  private func plan(_ place: Workplace) throws -> JSONValue {
    let ended = try place.run("run", "weeks", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    return try JSONValue(parsing: ended.output)["runs"].list()[0]["outcomes"].list()[1]["plan"]
  }

  /// Usage that grows week by week is not bought ahead: each month asks for more.
  @Test func growthIsBoughtMonthByMonth() throws {
    let place = try Workplace.tenWeeksOnSale { 20 + $0 / 168 * 4 }
    defer { place.close() }
    let plan = try plan(place)
    let later = try plan["later"].list()
    #expect(
      try later.map { try $0["date"].text() } == [
        "2024-04-11T00:00:00Z", "2024-05-11T00:00:00Z", "2024-06-11T00:00:00Z",
      ])
    let lines = try later.flatMap { try $0["purchases"].list() }
    #expect(!lines.isEmpty)
    for line in lines {
      let amount = line["quantity"].isNull ? line["hourly_commitment"] : line["quantity"]
      #expect(try amount.number() > 0)
    }
    // None of it is part of the plan.
    let start = "2024-03-11T00:00:00Z"
    #expect(try plan["purchases"].list().allSatisfy { try $0["start"].text() == start })
    let ended = try place.run("run", "weeks", "--out", "out")
    #expect(ended.output.contains("Next, if usage goes as expected"))
    #expect(ended.output.contains("2024-04-11"))
    let page = try place.text("out/report.html")
    #expect(page.contains("What to buy next"))
  }

  /// All that a default run says of usage that grows, and what it leaves for later.
  @Test func golden() throws {
    // Parts of the search have a share of the time: on a busy machine a minute's can be too little,
    // and then another plan within the gap comes out.
    let place = try Workplace.tenWeeksOnSale("solver: {time_limit: 600}") { 20 + $0 / 168 * 4 }
    defer { place.close() }
    let ended = try place.run("run", "weeks")
    try Golden.expect(ended.transcript(of: ["run", "weeks"]), equals: "later/table")
    let json = try place.run("run", "weeks", "--json").output
    try Golden.expect(Self.list("later", of: json), equals: "later/json")
  }

  /// A list of a JSON text as it is written.
  static func list(_ name: String, of json: String) throws -> String {
    let start = try #require(json.range(of: "\"\(name)\": [")).lowerBound
    var depth = 0
    let list = json[start...].prefix { character in
      depth += character == "[" ? 1 : character == "]" ? -1 : 0
      return depth > 0 || character != "]"
    }
    return list + "]\n"
  }

  @Test func whoIsCoveredBuysNothingNext() throws {
    let place = try Workplace.tenWeeksOnSale { _ in 20 }
    defer { place.close() }
    let later = try plan(place)["later"].list()
    #expect(later.count == 3)
    #expect(try later.allSatisfy { try $0["purchases"].list().isEmpty })
    let ended = try place.run("run", "weeks")
    #expect(ended.output.contains("Next: nothing more is worth buying up to 2024-06-11"))
  }

  /// Who names what to plan for, or when to buy, is answered that.
  @Test func onlyDefaultRunsLookForTheNext() throws {
    for more in [
      "forecast: {method: futures, horizon: 12}", "forecast: {method: hindsight}",
      "ladder: {every: month, count: 3}",
    ] {
      let place = try Workplace.tenWeeksOnSale(more) { 20 + $0 / 168 * 4 }
      defer { place.close() }
      #expect(try plan(place)["later"].isNull, "\(more)")
    }
  }
}

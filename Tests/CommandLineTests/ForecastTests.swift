import Foundation
import Testing

/// `plimsoll forecast`, through the whole program.
@Suite struct ForecastTests {
  /// Ten weeks of two types, of which one rests at weekends, with a month to look ahead.
  private func place(_ forecast: String, more: String = "") throws -> Workplace {
    let place = try Workplace.tenWeeks { $0 % 24 < 12 ? 8 : 12 }
    try place.write(
      """
      provider,region,instance_type,product,term_years,payment,upfront,hourly
      aws,us-east-1,c5.large,on-demand,,,0,0.085
      aws,us-east-1,m5.large,on-demand,,,0,0.1
      aws,us-east-1,m5.large,sp-compute,1,no-upfront,0,0.07
      """, to: "weeks/prices.csv")
    try place.write(
      """
      name: weeks
      usage: usage.csv
      prices: prices.csv
      forecast: \(forecast)
      \(more)
      """, to: "weeks/scenario.yaml")
    return place
  }

  @Test func table() throws {
    let place = try place(
      "{method: bootstrap, horizon: 3, paths: 20, changes: [{change: retirement, family: c5,"
        + " date: 2024-05-01T00:00:00Z}, {change: growth, family: r5, rate: 1,"
        + " date: 2024-05-01T00:00:00Z}]}")
    defer { place.close() }
    let ended = try place.run("forecast", "weeks")
    try Golden.expect(ended.transcript(of: ["forecast", "weeks"]), equals: "forecast/table")
  }

  @Test func jsonTellsEveryDay() throws {
    let place = try place("{method: trend, horizon: 1, growth: 0.5}")
    defer { place.close() }
    let ended = try place.run("forecast", "weeks", "--json", "--out", "page.html")
    #expect(ended.status == 0)
    let document = try JSONValue(parsing: ended.output)
    // From Monday, the 11th of March to the 11th of April.
    #expect(try document["starts"].list().count == 31)
    let groups = try document["groups"].list()
    let weekends = try groups[0]["instances"]["q50"].list().map { try $0.number() }
    #expect(weekends[5] == 0)
    #expect(abs(weekends[0] - 20 * (1 + log(1.5) * 11.5 / 8760)) < 0.001)
    let spend = try document["spend"]["q50"].list().map { try $0.number() }
    #expect(abs(spend[6] - 10 * 0.1 * pow(1.5, 155.5 / 8760)) < 0.001)
    #expect(try place.text("page.html").contains("<svg"))
  }

  @Test func jsonOfSeveralPathsByWeek() throws {
    let place = try place("{method: bootstrap, horizon: 2, paths: 10, seed: 3}")
    defer { place.close() }
    let ended = try place.run("forecast", "weeks", "--json", "--by", "week")
    #expect(ended.status == 0)
    try Golden.expect(ended.output, equals: "forecast/json")
    let document = try JSONValue(parsing: ended.output)
    for quantiles in [document["spend"], document["instances"]] {
      let bands = try ["q10", "q50", "q90"].map { try quantiles[$0].list().map { try $0.number() } }
      // 61 days: eight weeks, and five days that are no week.
      #expect(bands.allSatisfy { $0.count == 8 })
      #expect(zip(bands[0], bands[1]).allSatisfy { $0 <= $1 })
      #expect(zip(bands[1], bands[2]).allSatisfy { $0 <= $1 })
    }
    // A page is by week unless an option says otherwise.
    #expect(try place.run("forecast", "weeks", "--out", "page.html").status == 0)
    let page = try place.text("page.html")
    #expect(page.contains("by week") && page.contains("in four of five futures between"))
    #expect(page.contains("One future in five lies outside the band"))
  }

  /// What a plan over several paths says of them, and that it adds up.
  @Test func runOverSeveralPaths() throws {
    let place = try place(
      "{method: bootstrap, horizon: 2, paths: 6, seed: 3}",
      more: """
        policy: {risk: {measure: cvar, level: 0.8, weight: 0.5}}
        solver: {rivals: [hindsight], gap: 0.000001}
        compare: [current, committed]
        """)
    defer { place.close() }
    let ended = try place.run("run", "weeks", "--json")
    #expect(ended.status == 0)
    let start = try #require(ended.output.range(of: "\"paths\": {"))
    let end = try #require(
      ended.output.range(of: "]", range: start.upperBound..<ended.output.endIndex))
    let last = try #require(
      ended.output.range(of: "}", range: end.upperBound..<ended.output.endIndex))
    let text = ended.output[start.lowerBound..<last.upperBound] + "\n"
    try Golden.expect(String(text), equals: "forecast/run-paths")

    let outcomes = try Outcomes(of: JSONValue(parsing: ended.output)["runs"].list()[0])
    let (committed, current) = (outcomes["committed"], outcomes["current"])
    let paths = committed["paths"]
    let savings = try paths["savings"].list().map { try $0.number() }
    let chances = try paths["probabilities"].list().map { try $0.number() }
    #expect(savings.count == 6)
    let expected = zip(savings, chances).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(try paths["expected_savings"].number() - expected) < 1e-5)
    let difference = try current["cost"].number() - committed["cost"].number()
    #expect(abs(difference - expected) < 1e-4)
    let objective = try committed["plan"]["objective"].number()
    #expect(try committed["plan"]["bound"].number() <= objective + 1e-6)
    #expect(
      try objective <= paths["risk_adjusted_cost"].number()
        + ((try? committed["plan"]["charge_beyond_window"].number()) ?? 0) + 1e-3)
    let rival = try #require(try committed["plan"]["compared"].list().first)
    #expect(try rival["name"].text() == "hindsight" && rival["difference"].number() <= 1e-6)
  }

  @Test func csvByMonth() throws {
    let place = try place("{method: repeat}")
    defer { place.close() }
    let ended = try place.run("forecast", "weeks", "--by", "month", "--out", "months.csv")
    #expect(ended.status == 0)
    let lines = try place.text("months.csv").split(separator: "\r\n")
    // Thirteen calendar months are touched, by two types each.
    #expect(lines.count == 1 + 2 * 13)
    #expect(lines[4] == "2024-04-01T00:00:00Z,aws,,us-east-1,m5.large,Linux,10,10,10")
  }

  @Test func tooShortAHistoryIsRefused() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run("forecast", "two-hours", "--out", "page.html")
    try Golden.expect(
      ended.transcript(of: ["forecast", "two-hours", "--out", "page.html"]),
      equals: "forecast/too-short")
    #expect(!place.exists("page.html"))
  }
}

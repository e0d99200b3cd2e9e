import Foundation
import Testing

/// A price that changes inside the window, through the whole program, with figures that can be
/// checked on paper.
///
/// Two m5.large and one c5.large run for four hours, at $0.10 and $0.085 on demand; from the third
/// hour on m5 costs half. A Reserved Instance costs $0.08 an hour. On demand: 2 × (2 × 0.10 + 2 ×
/// 0.05) + 4 × 0.085 = $0.94; two reserved: 2 × 4 × 0.08 + 0.34 = $0.98, so nothing is bought,
/// where at constant prices ($1.14) two were. At 20 % less it is 2 × (0.20 + 0.16) + 0.34 = $1.06,
/// and two are.
@Suite struct PriceChangeTests {
  private func place(_ changes: String, more: String = "") throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.createDirectory(at: place["hours"], withIntermediateDirectories: true)
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    for hour in 0..<4 {
      usage += "2024-01-01T0\(hour):00:00Z,aws,us-east-1,m5.large,2\n"
      usage += "2024-01-01T0\(hour):00:00Z,aws,us-east-1,c5.large,1\n"
    }
    try place.write(usage, to: "hours/usage.csv")
    try place.write(
      """
      provider,region,instance_type,product,term_years,payment,upfront,hourly
      aws,us-east-1,m5.large,on-demand,,,0,0.1
      aws,us-east-1,c5.large,on-demand,,,0,0.085
      aws,us-east-1,m5.large,ri-standard,1,no-upfront,0,0.08
      aws,us-east-1,m5.large,sp-compute,1,no-upfront,0,0.07
      """, to: "hours/prices.csv")
    try place.write(
      """
      id,provider,product,term_years,payment,hourly_commitment,upfront,hourly,start,end
      held,aws,sp-compute,1,no-upfront,0.14,0,,2023-06-01T00:00:00Z,2024-05-31T00:00:00Z
      """, to: "hours/owned.csv")
    try place.write(
      """
      name: hours
      usage: usage.csv
      prices: prices.csv
      offers: {products: [ri-standard], terms: [1]}
      forecast:
        changes:
          \(changes)
      \(more)
      """, to: "hours/scenario.yaml")
    return place
  }

  private static let halved =
    "- {change: price, family: m5, date: 2024-01-01T02:00:00Z, factor: 0.5}"
  private static let others = """
    overrides:
      gently: {forecast.changes: [{change: price, family: m5, date: 2024-01-01T02:00:00Z, percent: -20}]}
      held: {owned: owned.csv}
      constant: {forecast.changes: []}
    scenarios: {gently: [gently], constant: [constant], held: [held]}
    """

  @Test func figuresOnPaper() throws {
    let place = try place(Self.halved, more: Self.others)
    defer { place.close() }
    let ended = try place.run("run", "hours", "--json", "--out", "out")
    #expect(ended.status == 0, "\(ended.errors)")
    let runs = try JSONValue(parsing: ended.output)["runs"].list()
    let base = try Outcomes(of: runs[0])
    #expect(abs(try base.cost("on-demand") - 0.94) < 1e-9)
    #expect(abs(try base.cost("combined") - 0.94) < 1e-9)
    #expect(try base["combined"]["plan"]["purchases"].list().isEmpty)
    #expect(abs(try base["combined"]["plan"]["objective"].number() - 0.94) < 1e-9)
    let change = try #require(try runs[0]["price_changes"].list().first)
    #expect(try change["date"].text() == "2024-01-01T02:00:00Z")
    #expect(try change["factor"].number() == 0.5)
    #expect(try change["applies_to"].text() == "on-demand")
    #expect(try change["family"].text() == "m5")

    let gently = try Outcomes(of: runs[1])
    #expect(abs(try gently.cost("on-demand") - 1.06) < 1e-9)
    #expect(abs(try gently.cost("combined") - 0.98) < 1e-9)
    let bought = try gently["combined"]["plan"]["purchases"].list()
    #expect(try bought.map { try $0["quantity"].number() } == [2])

    let constant = try Outcomes(of: runs[2])
    #expect(abs(try constant.cost("on-demand") - 1.14) < 1e-9)
    #expect(abs(try constant.cost("combined") - 0.98) < 1e-9)
    #expect(runs[2]["price_changes"].isNull)

    // The plan that is held keeps its rate, 0.07, and covers nothing that costs 0.05 on demand.
    let held = try Outcomes(of: runs[3])
    #expect(abs(try held.cost("current") - (4 * 0.14 + 2 * 2 * 0.05 + 0.34)) < 1e-9)
    for run in runs { try Outcomes(of: run).checkFigures() }

    let verified = try place.run("verify", "out/plan.json", "--json")
    #expect(verified.status == 0, "\(verified.errors)\(verified.output)")
  }

  @Test func explainedAndExported() throws {
    let place = try place(Self.halved, more: Self.others)
    defer { place.close() }
    let hour = try place.run("explain", "hours", "--hour", "2024-01-01T02:00Z", "--run", "held")
    #expect(hour.status == 0)
    #expect(hour.output.contains("held has no rate for it that is below on demand"))
    #expect(try place.run("run", "hours", "--out", "out").status == 0)
    let ended = try place.run(
      "export", "--plan", "out/plan.json", "--format", "focus", "--run", "base", "--per", "hour")
    #expect(ended.status == 0, "\(ended.errors)")
    let prices = ended.output.split(separator: "\r\n").filter { $0.contains("m5.large") }
      .map { $0.contains("on-demand/from-2024-01-01T02:00:00Z") }
    #expect(prices == [false, false, true, true])
    let table = try place.run("run", "hours")
    let words = table.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("prices on demand of m5 change by -50 % on 2024-01-01T02:00:00Z"))
  }

  @Test func changesWithoutEffectAreTold() throws {
    let place = try place(
      """
      - {change: price, family: r5, date: 2024-01-01T02:00:00Z, factor: 0.5}
          - {change: price, family: m5, date: 2024-01-01T00:00:00Z, factor: 0.5}
          - {change: price, family: m5, date: 2024-02-01T00:00:00Z, factor: 0.5}
          - {change: retirement, family: m5, date: 2024-01-01T02:00:00Z}
      """)
    defer { place.close() }
    let ended = try place.run("run", "hours", "--json")
    #expect(ended.status == 0)
    let document = try JSONValue(parsing: ended.output)
    let rules = try document["findings"].list().map { try $0["rule"].text() }
    for rule in [
      "forecast.no-such-usage", "forecast.before-window", "forecast.beyond-window",
      "forecast.needs-horizon",
    ] {
      #expect(rules.contains(rule), "\(rule)")
    }
    #expect(document["runs"].isNull == false)
    #expect(abs(try Outcomes(of: document["runs"].list()[0]).cost("on-demand") - 1.14) < 1e-9)
  }

  /// Usage is the same in a forecast; what it costs is not.
  @Test func forecastAtTheNewPrices() throws {
    let place = try Workplace()
    defer { place.close() }
    try FileManager.default.createDirectory(at: place["weeks"], withIntermediateDirectories: true)
    let formatter = ISO8601DateFormatter()
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    for hour in 0..<5 * 168 {
      let stamp = formatter.string(
        from: Date(timeIntervalSince1970: 1_704_067_200 + Double(hour) * 3600))
      usage += "\(stamp),aws,us-east-1,m5.large,10\n"
    }
    try place.write(usage, to: "weeks/usage.csv")
    try place.write(
      """
      provider,region,instance_type,product,term_years,payment,upfront,hourly
      aws,us-east-1,m5.large,on-demand,,,0,0.1
      """, to: "weeks/prices.csv")
    try place.write(
      """
      name: weeks
      usage: usage.csv
      prices: prices.csv
      forecast: {method: trend, horizon: 2, changes: [{change: price, date: 2024-02-15T00:00:00Z, factor: 0.8}]}
      """, to: "weeks/scenario.yaml")
    let document = try JSONValue(parsing: place.run("forecast", "weeks", "--json").output)
    #expect(try document["groups"].list().count == 1)
    let spend = try document["spend"]["q50"].list().map { try $0.number() }
    let starts = try document["starts"].list().map { try $0.text() }
    for (start, amount) in zip(starts, spend) {
      #expect(abs(amount - (start < "2024-02-15" ? 1 : 0.8)) < 1e-9, "\(start)")
    }
    let run = try Outcomes(
      of: JSONValue(parsing: place.run("run", "weeks", "--json").output)["runs"].list()[0])
    // From 2024-02-05 to 2024-04-05: 240 hours at the old price, 1,200 at the new one.
    #expect(abs(try run.cost("on-demand") - (240 * 1 + 1200 * 0.8)) < 1e-6)
  }
}

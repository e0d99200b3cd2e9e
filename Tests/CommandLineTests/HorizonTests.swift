import Foundation
import Testing

/// A default run is planned for as long as what it buys lives, and billed for a year.
@Suite struct HorizonTests {
  private func document(_ place: Workplace) throws -> JSONValue {
    let ended = try place.run("run", "weeks", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    return try JSONValue(parsing: ended.output)
  }

  private func committed(_ document: JSONValue) throws -> JSONValue {
    try document["runs"].list()[0]["outcomes"].list()[1]
  }

  /// Ten weeks from 2024-01-01 end on 2024-03-11; three years of 365 days behind that hold no 29th
  /// of February.
  @Test func purchasesArePlannedForThreeYearsAndBilledForOne() throws {
    let place = try Workplace.tenWeeksOnSale { _ in 20 }
    defer { place.close() }
    let document = try document(place)
    #expect(try document["window"]["from"].text() == "2024-03-11T00:00:00Z")
    #expect(try document["window"]["to"].text() == "2025-03-11T00:00:00Z")
    let outcome = try committed(document)
    let plan = outcome["plan"]
    let horizon = plan["horizon"]
    #expect(try horizon["from"].text() == "2024-03-11T00:00:00Z")
    #expect(try horizon["to"].text() == "2027-03-11T00:00:00Z")
    let bought = try plan["purchases"].list()
    #expect(!bought.isEmpty)
    #expect(try bought.allSatisfy { try $0["start"].text() == "2024-03-11T00:00:00Z" })
    // Commitments are named by their places in the list that is bought today.
    let ids = try outcome["measures"]["commitments"].list().map { try $0["id"].text() }
    #expect(ids == bought.indices.map { "buy-\($0 + 1)" })
    // What is bought for a year now is bought again, and that is no purchase of the plan.
    let renewals = try horizon["renewals"].list()
    #expect(!renewals.isEmpty)
    let days = ["2025-03-11T00:00:00Z", "2026-03-11T00:00:00Z"]
    #expect(try renewals.allSatisfy { try days.contains($0["start"].text()) })
    // Bound, objective and gap are of the three years.
    let (bound, objective) = (try plan["bound"].number(), try plan["objective"].number())
    let charge = plan["charge_beyond_window"]
    let cost =
      try horizon["cost"].number() + (charge.isNull ? 0 : charge.number())
    #expect(bound > 0 && bound <= objective && objective <= cost + 0.01)
    #expect(abs(try plan["gap"].number() - (cost - bound) / cost) < 1e-6)
    #expect(cost > 2 * (try outcome["cost"].number()))
  }

  /// What limits nothing leaves a default run what it is: planned for three years, under the limits
  /// of preset walk, to a gap that several futures are worth.
  @Test(arguments: [
    [], ["policy.least_worth=0.01"], ["policy.cost_of_capital=0.05", "policy.size_cost=0"],
  ])
  func keysThatLimitNothingKeepTheDefault(set: [String]) throws {
    let place = try Workplace.tenWeeksOnSale { _ in 20 }
    defer { place.close() }
    let ended = try Program.run(
      ["run", "weeks", "--json"] + set.flatMap { ["--set", $0] }, in: place.url)
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try JSONValue(parsing: ended.output)["runs"].list()[0]
    #expect(try run["scenario"]["policy"]["preset"].text() == "walk")
    let plan = try run["outcomes"].list()[1]["plan"]
    #expect(try plan["horizon"]["to"].text() == "2027-03-11T00:00:00Z")
    #expect(try plan["limits"].list().contains { try $0["limit"].text() == "max_coverage" })
    if !set.contains("policy.least_worth=0.01") {
      #expect(try plan["status"].text() == "optimal")
      #expect(try plan["gap"].number() <= 5e-4)
    }
  }

  /// The year's bill is that of what is bought today: who proposes the same pays the same.
  @Test func theYearIsBilledWithTodaysPurchasesAlone() throws {
    let place = try Workplace.tenWeeksOnSale { _ in 20 }
    defer { place.close() }
    let outcome = try committed(document(place))
    let lines = try outcome["plan"]["purchases"].list().flatMap { line in
      let amount =
        line["quantity"].isNull
        ? "\(try line["hourly_commitment"].number())/h" : "\(try line["quantity"].number())"
      let type = line["instance_type"].isNull ? "" : " \(try line["instance_type"].text())"
      let region = line["region"].isNull ? "" : " \(try line["region"].text())"
      return [
        "--buy",
        "\(try line["product"].text()) \(Int(try line["term_years"].number()))y"
          + " \(try line["payment"].text()) \(amount)\(type)\(region)",
      ]
    }
    let ended = try Program.run(["judge", "weeks"] + lines + ["--json"], in: place.url)
    #expect(ended.status == 0, "\(ended.errors)")
    let judged = try JSONValue(parsing: ended.output)
    #expect(
      abs(try judged["proposal"]["cost"].number() - outcome["cost"].number()) < 0.02)
    // The best plan is planned anew, to the same gap.
    let distance = try judged["best"]["distance"].number()
    #expect(distance.magnitude < 0.01 * (try outcome["cost"].number()))
    #expect(try judged["best"]["horizon"]["to"].text() == "2027-03-11T00:00:00Z")
  }

  /// Usage that grows leaves something to buy later, which no check makes again.
  @Test func aDefaultPlanIsVerified() throws {
    let place = try Workplace.tenWeeksOnSale { 20 + $0 / 168 * 4 }
    defer { place.close() }
    #expect(try place.run("run", "weeks", "--out", "out").status == 0)
    let plan = try JSONValue(parsing: place.text("out/plan.json"))
    #expect(try !committed(plan)["plan"]["later"].isNull)
    let ended = try place.run("verify", "out/plan.json")
    #expect(ended.status == 0, "\(ended.output)")
    #expect(ended.output.contains("sound"))
    // Without what is bought again, three years cost more than is claimed.
    let text = try place.text("out/plan.json")
    let list = try LaterTests.list("renewals", of: text).dropLast()
    #expect(list.contains("hourly"))
    try place.write(text.replacing(list, with: #""renewals": []"#), to: "out/plan.json")
    let changed = try place.run("verify", "out/plan.json")
    #expect(changed.status != 0)
    #expect(changed.output.contains("no allocation of its purchases costs"), "\(changed.output)")
  }

  /// Who names for how long, what may be bought or when, is answered that.
  @Test func onlyDefaultRunsLookFurther() throws {
    for more in [
      "forecast: {method: futures, horizon: 12}", "forecast: {horizon: 12}",
      "policy: {max_upfront: 1000}", "policy: {preset: crawl}", "offers: {terms: [1]}",
      "ladder: {every: month, count: 3}",
    ] {
      let place = try Workplace.tenWeeksOnSale(more) { _ in 20 }
      defer { place.close() }
      #expect(try committed(document(place))["plan"]["horizon"].isNull, "\(more)")
    }
  }

  /// Shares of usage say the same of a year and of three: who only moves one gets the same answer
  /// but for that.
  @Test func sharesLeaveTheHorizon() throws {
    let place = try Workplace.tenWeeksOnSale("policy: {preset: walk, max_three_year_share: 0.5}") {
      _ in 20
    }
    defer { place.close() }
    let plan = try committed(document(place))["plan"]
    #expect(try plan["horizon"]["to"].text() == "2027-03-11T00:00:00Z")
    let same = try Workplace.tenWeeksOnSale("policy: {preset: walk}") { _ in 20 }
    let plain = try Workplace.tenWeeksOnSale { _ in 20 }
    defer {
      same.close()
      plain.close()
    }
    // Each to a gap of 1e-4.
    let preset = try committed(document(same))["plan"]["objective"].number()
    let none = try committed(document(plain))["plan"]["objective"].number()
    #expect(abs(preset - none) <= 1e-4 * none)
  }

  /// What is on sale, and how much a loss counts, is the same in one year and in three.
  @Test(arguments: [
    "offers: {payments: [no-upfront]}", "policy: {preset: walk, risk: {measure: loss}}",
  ])
  func offersAndRiskLeaveTheHorizon(more: String) throws {
    let place = try Workplace.tenWeeksOnSale(more) { _ in 20 }
    defer { place.close() }
    let document = try document(place)
    let plan = try committed(document)["plan"]
    #expect(try plan["horizon"]["to"].text() == "2027-03-11T00:00:00Z")
    let stated = try document["runs"].list()[0]["scenario"]["policy"]
    #expect(try stated["preset"].text() == "walk")
  }

  /// Five weeks tell nothing of what comes: nothing for three years, unless asked for.
  @Test func fiveWeeksBuyForOneYear() throws {
    let window = "window: {from: 2024-01-01T00:00:00Z, to: 2024-02-05T00:00:00Z}"
    let place = try Workplace.tenWeeksOnSale(window) { _ in 20 }
    defer { place.close() }
    let bought = try committed(document(place))["plan"]["purchases"].list()
    #expect(!bought.isEmpty)
    #expect(try bought.allSatisfy { try $0["term_years"].number() == 1 })
    let table = try place.run("run", "weeks").output.split(whereSeparator: \.isWhitespace)
    #expect(table.joined(separator: " ").contains("nothing is bought for three years"), "\(table)")
    let asked = try Workplace.tenWeeksOnSale(window + "\nforecast: {method: hindsight}") { _ in 20 }
    defer { asked.close() }
    let best = try committed(document(asked))["plan"]["purchases"].list()
    #expect(try best.contains { try $0["term_years"].number() == 3 })
  }

  /// Half of a history that is shorter than a year and a step is learned from, the rest billed.
  @Test func tenWeeksAreWalkedOver() throws {
    let place = try Workplace.tenWeeksOnSale { _ in 20 }
    defer { place.close() }
    let ended = try place.run("backtest", "weeks")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("backtest.short-window"), "\(ended.output)")
  }
}

import Foundation
import Testing

/// The first hour: from usage or a bill to advice, with nothing but the files at hand.
@Suite struct AdviseTests {
  /// Ten weeks of a few machines, busier by day.
  static func usage(_ provider: String, _ region: String, _ types: [String]) -> String {
    var lines = ["timestamp,provider,account,region,instance_type,quantity"]
    for hour in 0..<70 * 24 {
      let day = hour / 24
      let month = day < 31 ? 1 : day < 60 ? 2 : 3
      let date = day - (month == 1 ? 0 : month == 2 ? 31 : 60) + 1
      let stamp =
        "2024-0\(month)-" + (date < 10 ? "0" : "") + "\(date)T" + (hour % 24 < 10 ? "0" : "")
        + "\(hour % 24):00:00Z"
      for (index, type) in types.enumerated() {
        let quantity = 20 * (index + 1) + (8..<18 ~= hour % 24 ? 10 : 0)
        lines.append("\(stamp),\(provider),a\(index),\(region),\(type),\(quantity)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static let clouds: [(provider: String, region: String, types: [String])] = [
    ("aws", "eu-west-1", ["m5.large", "c5.xlarge"]),
    ("azure", "westeurope", ["Standard_D4s_v5", "Standard_E4s_v5"]),
    ("gcp", "europe-west1", ["n2-standard-4", "e2-standard-8"]),
  ]

  @Test(arguments: clouds.indices)
  func pricesAreFoundForEachCloud(_ index: Int) throws {
    let cloud = Self.clouds[index]
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.usage(cloud.provider, cloud.region, cloud.types), to: "usage.csv")
    let ended = try place.run("advise", "usage.csv", "--into", "out", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let document = try JSONValue(parsing: ended.output)
    let run = try #require(try document["runs"].list().first)
    let committed = try Outcomes(of: run)
    #expect(try committed.cost("committed") < committed.cost("current"))
    let names = try place.listing().filter { $0.hasPrefix("out/") }.sorted()
    #expect(
      names == [
        "out/comparison.csv", "out/plan.json", "out/plan.xlsx", "out/prices.csv",
        "out/recommendations.csv", "out/report.html", "out/scenario.yaml",
      ])
    let prices = try String(contentsOf: place["out/prices.csv"], encoding: .utf8)
    #expect(prices.contains("book of 20"))
    #expect(prices.contains("derived"))
    for name in ["scenario.yaml", "plan.json", "report.html"] {
      #expect(!(try place.text("out/\(name)").contains(place.url.path)), "\(name)")
    }
    // What it wrote can be run again, and is the same.
    let again = try place.run("run", "out", "--json")
    #expect(again.status == 0)
    let other = try Outcomes(
      of: try #require(try JSONValue(parsing: again.output)["runs"].list().first))
    // Where time ends the search on Google's bill, a busy machine may end it elsewhere: no further
    // from what is proven than the plan says.
    let plans = [committed, other].map { $0["committed"]["plan"] }
    let objectives = try plans.map { try $0["objective"].number() }
    let gap = try plans.map { try $0["gap"].number() }.max() ?? 0
    #expect(abs(objectives[0] - objectives[1]) <= max(1e-9, gap) * (objectives.max() ?? 0))
    #expect(try place.run("check", "out").status == 0)
    #expect(try place.run("advise", "usage.csv", "--into", "out").status == 0)
  }

  /// Ten weeks of a FOCUS bill, a row a day: three machines that a commitment covers, or none.
  static func bill(commitment: String, status: String, pricing: String) -> String {
    let header =
      "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,PricingCategory,ProviderName,"
      + "PublisherName,SubAccountId,RegionId,ServiceName,ConsumedQuantity,ConsumedUnit,BilledCost,"
      + "EffectiveCost,ListCost,BillingCurrency,x_UsageType,x_Operation,CommitmentDiscountId,"
      + "CommitmentDiscountStatus"
    let rows = (0..<70).map { day -> String in
      let dates = [day, day + 1].map { day in
        let (month, first) = day < 31 ? (1, 0) : day < 60 ? (2, 31) : (3, 60)
        let date = day - first + 1
        return "2024-0\(month)-\(date < 10 ? "0" : "")\(date)T00:00:00Z"
      }
      let cost = pricing == "Standard" ? "6.912,6.912" : "0,4.32"
      return "\(dates[0]),\(dates[1]),Usage,,\(pricing),AWS,AWS,1,us-east-1,Amazon EC2,72,Hours,"
        + "\(cost),6.912,USD,USE1-BoxUsage:m5.large,RunInstances,\(commitment),\(status)"
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  /// What a bill shows as covered is never bought again, whether its rows name the commitment or
  /// not; the same usage on demand is bought for.
  @Test(arguments: [
    ("ri-1", "Used", "Committed", true), ("", "", "Committed", true), ("", "", "Standard", false),
  ])
  func whatIsOwnedIsNotBoughtAgain(
    commitment: String, status: String, pricing: String, isOwned: Bool
  ) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(
      Self.bill(commitment: commitment, status: status, pricing: pricing), to: "bill.csv")
    let ended = try place.run("advise", "bill.csv", "--into", "out", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try #require(try JSONValue(parsing: ended.output)["runs"].list().first)
    let purchases = try Outcomes(of: run)["committed"]["plan"]["purchases"].list()
    #expect(purchases.isEmpty == isOwned)
    let scenario = try place.text("out/scenario.yaml")
    #expect(scenario.contains("Owned: 1 commitment that the bill shows") == isOwned)
    #expect(scenario.contains("Nothing is owned: the bill names no commitment.") == !isOwned)
  }

  @Test func aChangedScenarioIsNotReplaced() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.usage("aws", "eu-west-1", ["m5.large"]), to: "usage.csv")
    #expect(try place.run("advise", "usage.csv", "--into", "out").status == 0)
    let text = try String(contentsOf: place["out/scenario.yaml"], encoding: .utf8)
    try place.write(
      text.replacing("least_worth: 0.005", with: "least_worth: 0.1"), to: "out/scenario.yaml")
    let ended = try place.run("advise", "usage.csv", "--into", "out")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("advise.changed-scenario"))
    #expect(try String(contentsOf: place["out/scenario.yaml"], encoding: .utf8).contains("0.1 "))
    #expect(try place.run("advise", "usage.csv", "--into", "out", "--force").status == 0)
  }

  @Test func aPriceThatNobodyStatesIsSaid() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.usage("aws", "eu-west-1", ["m99.large", "m5.large"]), to: "usage.csv")
    let ended = try place.run("advise", "usage.csv", "--into", "out")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("m99.large"))
    #expect(ended.errors.contains("--prices FILE"))
    try place.write(
      "provider,region,instance_type,product,hourly\naws,eu-west-1,m99.large,on-demand,0.5\n",
      to: "own.csv")
    let priced = try place.run("advise", "usage.csv", "--into", "out", "--prices", "own.csv")
    #expect(priced.status == 0, "\(priced.errors)")
    #expect(priced.output.contains("1 from the price file"))
  }
}

/// Somebody else's table, or a history, as a scenario.
@Suite struct InitTests {
  /// Not by the name of the copy that is read.
  @Test func findingsNameTheUsersFile() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(
      "hour,type,region,count\n1/31/2199 1:00 PM,m5.large,us-east-1,2\n", to: "table.csv")
    let ended = try place.run("init", "table.csv", "--into", "out")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.errors.contains("table.csv: usage starts at 2199-01-31T13:00:00Z"))
    #expect(try place.run("init", "none.csv", "--into", "out").status == 1)
  }

  /// From the scenario's folder, so that both can be moved together.
  @Test func aHistoryIsNamedFromTheFolder() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(
      AdviseTests.bill(commitment: "", status: "", pricing: "Standard"), to: "bill.csv")
    #expect(try place.run("import", "bill.csv", "--into", "h.db").status == 0)
    #expect(try place.run("init", "h.db", "--into", "a/out").status == 0)
    #expect(try place.text("a/out/scenario.yaml").contains("\nusage: ../../h.db\n"))
    #expect(try place.run("check", "a/out").status == 0)
  }
}

/// Checking, listing keys and changing a scenario from the command line.
@Suite struct ScenarioCommandTests {
  @Test func checkSolvesNothingAndSaysEverything() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let good = try place.run("check", "two-hours")
    #expect(good.status == 0)
    let text = try String(contentsOf: place["two-hours/scenario.yaml"], encoding: .utf8)
    try place.write(text + "\npolicey: {max_upfront: 1}\n", to: "two-hours/scenario.yaml")
    let bad = try place.run("check", "two-hours")
    #expect(bad.status == 1)
    #expect(bad.errors.contains("did you mean 'policy'"))
  }

  @Test func changesOfTheCommandLineWin() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run(
      "run", "two-hours", "--only", "committed", "--set", "policy.max_hourly_commitment=0",
      "--json")
    #expect(ended.status == 0)
    let run = try #require(try JSONValue(parsing: ended.output)["runs"].list().first)
    #expect(try run["outcomes"].list().count == 1)
    #expect(try run["outcomes"].list()[0]["plan"]["purchases"].list().isEmpty)
    let unknown = try place.run("run", "two-hours", "--set", "policy.max_upfrond=0", "--run", "no")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("--set policy.max_upfront=") && unknown.errors.contains("'no'"))
  }

  /// Names of one letter made the program crash.
  @Test func namesOfOneLetter() throws {
    let place = try Workplace()
    defer { place.close() }
    for command in [
      ["run", "z"], ["check", "z"], ["import", "z", "--into", "y"], ["verify", "z"],
    ] {
      let ended = try Program.run(command, in: place.url)
      #expect(ended.status == 1 && !ended.wasKilled, "\(command)")
    }
  }

  @Test func theSchemaInTheRepositoryIsThatOfTheTable() throws {
    let place = try Workplace()
    defer { place.close() }
    let schema = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scenarios/scenario.schema.json")
    let ended = try place.run("keys", "--schema")
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" {
      try ended.output.write(to: schema, atomically: true, encoding: .utf8)
      Issue.record("the schema was recorded, and compared with nothing")
      return
    }
    #expect(try String(contentsOf: schema, encoding: .utf8) == ended.output)
    #expect(try place.run("keys", "policy").output.contains("policy.max_three_year_share"))
    #expect(try place.run("--version").output.hasPrefix("plimsoll "))
  }

  /// Several price files are one; of a price that both state the first counts. A date is its first
  /// hour.
  @Test func severalPriceFilesAndDates() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let before = try place.run("run", "two-hours", "--json")
    let prices = try String(contentsOf: place["two-hours/prices.csv"], encoding: .utf8)
    let lines = prices.split(separator: "\n").map(String.init)
    try place.write(lines.prefix(4).joined(separator: "\n") + "\n", to: "two-hours/a.csv")
    try place.write(prices, to: "two-hours/b.csv")
    let text = try String(contentsOf: place["two-hours/scenario.yaml"], encoding: .utf8)
    try place.write(
      text.replacing("prices: prices.csv", with: "prices: [a.csv, b.csv]"),
      to: "two-hours/scenario.yaml")
    let after = try place.run("run", "two-hours", "--json")
    #expect(after.status == 0)
    // The files differ, and with them what the document says of its inputs; no figure does.
    func costs(_ ended: Program.Ended) throws -> [Double] {
      try JSONValue(parsing: ended.output)["runs"].list().flatMap { run in
        try run["outcomes"].list().map { try $0["cost"].number() }
      }
    }
    #expect(try costs(after) == costs(before))
    let dated = try place.run(
      "check", "two-hours/scenario.yaml")
    #expect(dated.status == 0)
  }
}

import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Imports that are killed, or run out of room.
@Suite(.serialized) struct ImportTests {
  private static let bill = """
    ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,SubAccountId,RegionId,ServiceName,\
    ConsumedQuantity,ConsumedUnit,BilledCost,EffectiveCost,BillingCurrency,x_UsageType
    2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,Usage,AWS,1,us-east-1,EC2,2,Hours,0.2,0.2,USD,BoxUsage:m5.large

    """

  private static let engine =
    "$(command -v duckdb || python3 -c 'import duckdb_cli, os;"
    + " print(os.path.join(os.path.dirname(duckdb_cli.__file__), \"duckdb\"))')"

  @Test(.timeLimit(.minutes(10))) func aKilledImportLeavesTheOldHistory() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.bill, to: "a.csv")
    #expect(try place.run("import", "a.csv", "--into", "h.db").status == 0)
    let before = try Data(contentsOf: place["h.db"])
    // The first file of the second import goes through, and is written; with the other the engine
    // sleeps.
    try place.write(Self.bill.replacing("0.2", with: "0.3"), to: "b.csv")
    try place.write(Self.bill.replacing("0.2", with: "0.4"), to: "c.csv")
    try WrittenProgram.write(
      """
      #!/bin/sh
      if [ "$(readlink bill.csv)" = '\(place["c.csv"].resolvingSymlinksInPath().path)' ]; then
        echo $$ > '\(place["engine"].path).part' && mv '\(place["engine"].path).part' '\(place["engine"].path)'
        exec sleep 60
      fi
      exec "\(Self.engine)" "$@"

      """, to: place["slow"])
    let running = try Program.start(
      Program.url, ["import", "b.csv", "c.csv", "--into", "h.db"], in: place.url,
      environment: ["PLIMSOLL_DUCKDB": place["slow"].path])
    while !place.exists("engine"), running.process.isRunning {
      Thread.sleep(forTimeInterval: 0.02)
    }
    #expect(kill(running.process.processIdentifier, SIGKILL) == 0)
    let text = try place.text("engine").trimmingCharacters(in: .whitespacesAndNewlines)
    kill(try #require(Int32(text)), SIGKILL)
    #expect(try running.end().wasKilled)
    let inform = try place.run("inform", "h.db", "--json")
    #expect(inform.status == 0)
    let history = try JSONValue(parsing: inform.output)
    #expect(try history["total"]["billed"].number() == 0.2)
    #expect(try Data(contentsOf: place["h.db"]) == before)
    // And the next import goes on from there.
    #expect(try place.run("import", "b.csv", "c.csv", "--into", "h.db").status == 0)
  }

  /// In kilobytes: too few for the engine's script, for the rows, for the history.
  @Test(arguments: [2, 24, 60]) func aFullDiskLeavesTheOldHistory(room: Int) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.bill, to: "a.csv")
    #expect(try place.run("import", "a.csv", "--into", "h.db").status == 0)
    let before = try Data(contentsOf: place["h.db"])
    try place.write(Self.bill.replacing("0.2", with: "0.3"), to: "b.csv")
    // Writing beyond the limit fails, as on a full disk; without the trap it would be a signal.
    let command = "trap '' XFSZ; ulimit -f \(room * 2); exec \"$0\" \"$@\""
    for history in ["h.db", "new.db"] {
      let ended = try Program.start(
        URL(filePath: "/bin/sh"),
        ["-c", command, Program.url.path, "import", "b.csv", "--into", history], in: place.url
      ).end()
      #expect(ended.status == 1 && !ended.wasKilled, "\(ended.errors)")
      #expect(ended.errors.hasPrefix("error: "), "\(ended.errors)")
      #expect(ended.output.isEmpty)
    }
    #expect(try Data(contentsOf: place["h.db"]) == before)
    #expect(!place.exists("new.db"))
  }

  @Test func sparkNeedsItsProgram() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.bill, to: "a.csv")
    let ended = try Program.start(
      Program.url,
      [
        "import", "a.csv", "--into", "h.db", "--engine", "spark", "--master", "spark://localhost:1",
      ],
      in: place.url, environment: ["PLIMSOLL_SPARK": "/nonexistent/spark-submit"]
    ).end()
    try Golden.expect(
      ended.transcript(of: ["import", "a.csv", "--engine", "spark"]), equals: "import/no-spark")
    #expect(!place.exists("h.db"))
  }
}

/// What import, inform and prices print, whole.
@Suite struct BillCommandTests {
  /// Two weeks: a machine on demand all day, one in office hours, one that a plan covers, a tax;
  /// the plan's unused part.
  private static func bill() -> String {
    var rows = [
      "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,PricingCategory,ProviderName,PublisherName,SubAccountId,"
        + "RegionId,ServiceName,ConsumedQuantity,ConsumedUnit,ListCost,BilledCost,EffectiveCost,BillingCurrency,"
        + "x_UsageType,CommitmentDiscountId,CommitmentDiscountCategory,CommitmentDiscountType,"
        + "CommitmentDiscountStatus,Tags"
    ]
    func row(
      _ day: Int, _ hour: Int, _ account: String, _ costs: String, type: String,
      category: String = "Usage", plan: String = ",,,", team: String
    ) {
      func time(_ hour: Int) -> String {
        let day = day + hour / 24
        return
          "2024-03-\(day < 10 ? "0" : "")\(day)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00Z"
      }
      rows.append(
        "\(time(hour)),\(time(hour + 1)),\(category),Standard,AWS,AWS,\(account),eu-west-1,Amazon EC2,1,Hours,"
          + "\(costs),USD,\(type),\(plan),\"{\"\"team\"\": \"\"\(team)\"\"}\"")
    }
    for day in 4...17 {
      for hour in 0..<24 {
        row(day, hour, "111", "0.107,0.107,0.107", type: "EU-BoxUsage:m5.large", team: "web")
        if (8..<18).contains(hour) {
          row(day, hour, "111", "0.107,0.107,0.107", type: "EU-BoxUsage:m5.large", team: "web")
        }
        row(
          day, hour, "222", "0.096,0,0.06", type: "EU-BoxUsage:c5.large",
          plan: "sp-1,Spend,Savings Plan,Used", team: "data")
        row(
          day, hour, "222", "0,0,0.02", type: "EU-EC2SP:c5.1yrNoUpfront",
          plan: "sp-1,Spend,Savings Plan,Unused", team: "")
      }
    }
    row(17, 0, "111", "0,5.5,5.5", type: "", category: "Tax", team: "")
    return rows.joined(separator: "\n") + "\n"
  }

  private static let prices = """
    provider,region,instance_type,operating_system,product,term_years,payment,upfront,hourly
    aws,eu-west-1,m5.large,Linux,on-demand,,,,0.107
    aws,eu-west-1,m5.large,Linux,ri-standard,1,no-upfront,0,0.067
    aws,eu-west-1,m5.large,Linux,sp-compute,3,no-upfront,,0.0535

    """

  @Test func importThenInform() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write(Self.bill(), to: "march.csv")
    try place.write(Self.prices, to: "prices.csv")
    func golden(_ name: String, _ arguments: String...) throws {
      let ended = try Program.run(arguments, in: place.url)
      #expect(ended.status == 0)
      // What a JSON says of paths is this machine's.
      let text = ended.transcript(of: arguments)
        .replacing(place.url.resolvingSymlinksInPath().path, with: "/bills")
      try Golden.expect(text, equals: "import/\(name)")
    }
    try golden("import", "import", "march.csv", "--into", "h.db", "--tag", "team")
    try golden("again", "import", "march.csv", "--into", "h.db", "--tag", "team")
    try golden("import-json", "import", "march.csv", "--into", "other.db", "--json")
    try golden("inform", "inform", "h.db", "--by", "account", "tag", "--prices", "prices.csv")
    try golden(
      "inform-json", "inform", "h.db", "--by", "service", "--prices", "prices.csv", "--json")
  }

  @Test func aPriceBookOfPublishedFiles() throws {
    let place = try Workplace()
    defer { place.close() }
    let fixtures = Workplace.scenarios.deletingLastPathComponent()
      .appending(path: "Tests/IngestTests/Fixtures/prices")
    for name in ["aws-ec2-offer.json", "aws-savings-plan.json"] {
      try FileManager.default.copyItem(at: fixtures.appending(path: name), to: place[name])
    }
    let arguments = [
      "prices", "aws-ec2-offer.json", "aws-savings-plan.json", "--into", "prices.csv",
    ]
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 0)
    try Golden.expect(
      ended.transcript(of: arguments) + "--- prices.csv\n" + place.text("prices.csv"),
      equals: "import/prices")
  }

  /// The provider's advice is judged next to ours.
  @Test func theProvidersAdvice() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    try place.write(
      #"""
      {"SavingsPlansPurchaseRecommendation": {"AccountScope": "PAYER", "SavingsPlansType": "COMPUTE_SP",
        "TermInYears": "ONE_YEAR", "PaymentOption": "NO_UPFRONT", "LookbackPeriodInDays": "THIRTY_DAYS",
        "SavingsPlansPurchaseRecommendationDetails": [{"AccountId": "123456789012", "UpfrontCost": "0.0",
          "CurrencyCode": "USD", "HourlyCommitmentToPurchase": "0.5"}]}}
      """#, to: "two-hours/advice.json")
    try Edit.append("scenario.yaml", "recommendations: [advice.json]").apply(
      in: "two-hours", of: place)
    let arguments = ["run", "two-hours"]
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 0)
    #expect(ended.output.contains("provider's advice"))
    try Golden.expect(ended.transcript(of: arguments), equals: "import/advice")
  }
}

import Foundation
import Testing

/// Usage beyond machines through the whole program, against the providers' own examples.
@Suite struct ServiceTests {
  private static let ownedHeader =
    "id,provider,account,region,instance_type,operating_system,product,term_years,payment,quantity,"
    + "hourly_commitment,upfront,hourly,start,end\n"

  /// The JSON of a run over these files.
  private static func run(
    usage: String, prices: String, owned: [String], offers: String = "[sp-compute]",
    compare: String = "[on-demand, current]"
  ) throws -> JSONValue {
    let place = try Workplace()
    defer { place.close() }
    try place.write(usage, to: "usage.csv")
    try place.write(prices, to: "prices.csv")
    try place.write(
      ownedHeader
        + owned.map { "\($0),2024-01-01T00:00:00Z,2024-12-31T00:00:00Z\n" }.joined(),
      to: "owned.csv")
    try place.write(
      """
      name: services
      usage: usage.csv
      forecast: {method: hindsight}
      prices: prices.csv
      owned: owned.csv
      offers: {products: \(offers), terms: [1], payments: [no-upfront]}
      compare: \(compare)
      """, to: "scenario.yaml")
    let ended = try place.run("run", ".", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    return try JSONValue(parsing: ended.output)
  }

  private static func cost(_ document: JSONValue, _ name: String) throws -> Double {
    try Outcomes(of: document["runs"].list()[0]).cost(name)
  }

  // AWS Savings Plans User Guide, "Understanding how Savings Plans apply"; the GB-hour and request
  // rates follow from the page's totals.
  private static let pageUsage = """
    timestamp,provider,account,region,service,unit,instance_type,operating_system,tenancy,quantity
    2024-01-15T00:00:00Z,aws,1,us-east-1,ec2,instance-hour,r5.4xlarge,Linux,default,4
    2024-01-15T00:00:00Z,aws,1,us-east-1,ec2,instance-hour,m5.24xlarge,Windows,dedicated,1
    2024-01-15T00:00:00Z,aws,1,us-east-1,fargate,vCPU-hour,,,,400
    2024-01-15T00:00:00Z,aws,1,us-east-1,fargate,GB-hour,,,,1600
    2024-01-15T00:00:00Z,aws,1,us-east-1,lambda,GB-second,,,,1500000
    2024-01-15T00:00:00Z,aws,1,us-east-1,AWSLambda,request,request,,,1000000

    """
  private static let pagePrices = """
    provider,region,service,unit,instance_type,operating_system,tenancy,product,term_years,payment,hourly
    aws,us-east-1,ec2,,r5.4xlarge,Linux,default,on-demand,,,1.00
    aws,us-east-1,ec2,,m5.24xlarge,Windows,dedicated,on-demand,,,10.00
    aws,us-east-1,fargate,vCPU-hour,,,,on-demand,,,0.04
    aws,us-east-1,fargate,GB-hour,,,,on-demand,,,0.004
    aws,us-east-1,lambda,GB-second,,,,on-demand,,,0.000015
    aws,us-east-1,lambda,request,,,,on-demand,,,0.0000002
    aws,us-east-1,ec2,,r5.4xlarge,Linux,default,sp-compute,1,no-upfront,0.70
    aws,us-east-1,ec2,,m5.24xlarge,Windows,dedicated,sp-compute,1,no-upfront,8.20
    aws,us-east-1,fargate,vCPU-hour,,,,sp-compute,1,no-upfront,0.03
    aws,us-east-1,fargate,GB-hour,,,,sp-compute,1,no-upfront,0.003
    aws,us-east-1,lambda,GB-second,,,,sp-compute,1,no-upfront,0.00001275
    aws,us-east-1,lambda,request,,,,sp-compute,1,no-upfront,0.0000002
    aws,us-east-1,ec2,,r5.4xlarge,Linux,default,sp-ec2-instance,1,no-upfront,0.60
    aws,us-east-1,ec2,,m5.24xlarge,Windows,dedicated,sp-ec2-instance,1,no-upfront,7.80

    """
  private static let reserved =
    "ri,aws,1,us-east-1,r5.4xlarge,Linux,ri-standard,1,no-upfront,2,,0,0.6"
  private static let family =
    "sp,aws,1,us-east-1,r5.4xlarge,,sp-ec2-instance,1,no-upfront,,3.0,,"

  private static func compute(_ hourly: Double) -> String {
    "csp,aws,1,,,,sp-compute,1,no-upfront,,\(hourly),,"
  }

  /// What is paid for commitments, and what is left on demand: both to the cent of the page.
  @Test(
    arguments: [
      ([], 0, 59.10), ([compute(50)], 50, 0), ([compute(2)], 2, 56.24),
      ([compute(18.2), reserved], 19.4, 32.70), ([compute(16.8), family], 19.8, 32.70),
    ] as [([String], Double, Double)])
  func aPlanOverMachinesContainersAndFunctions(
    _ owned: [String], _ committed: Double, _ onDemand: Double
  ) throws {
    let document = try Self.run(usage: Self.pageUsage, prices: Self.pagePrices, owned: owned)
    #expect(try Self.cost(document, "on-demand") == 59.10)
    let cost = try Self.cost(document, "current")
    #expect(abs(cost - committed - onDemand) < 0.005, "\(cost)")
  }

  /// The page's plan is bought where the machines are few: what it covers is worth more than a plan
  /// for each.
  @Test func onePlanIsBoughtForAll() throws {
    let document = try Self.run(
      usage: Self.pageUsage, prices: Self.pagePrices, owned: [],
      compare: "[on-demand, committed]")
    // All but the requests, which no plan makes cheaper: 59.10 − 47.125 = 11.975 saved.
    #expect(abs(try Self.cost(document, "committed") - 47.125) < 0.005)
  }

  // Amazon RDS User Guide, "Size-flexible reserved DB instances".
  private static let databasePrices = """
    provider,region,instance_type,engine,deployment,product,term_years,payment,hourly
    aws,us-east-1,db.r5.large,MySQL,Single-AZ,on-demand,,,0.24
    aws,us-east-1,db.r5.large,MySQL,Multi-AZ,on-demand,,,0.48
    aws,us-east-1,db.r5.xlarge,MySQL,Single-AZ,on-demand,,,0.48
    aws,us-east-1,db.r5.2xlarge,MySQL,Single-AZ,on-demand,,,0.96
    aws,us-east-1,db.r5.large,PostgreSQL,Single-AZ,on-demand,,,0.25

    """

  /// One reserved db.r5.large (4 units), or two: what of the usage is left on demand.
  @Test(
    arguments: [
      // "a db.r5.large … can automatically apply to 50 % of the usage of a db.r5.xlarge".
      ("db.r5.xlarge", "MySQL", "Single-AZ", 1.0, 1, 0.24),
      ("db.r5.large", "MySQL", "Single-AZ", 2, 1, 0.24),
      // A deployment with a standby counts twice.
      ("db.r5.large", "MySQL", "Multi-AZ", 1, 1, 0.24),
      ("db.r5.large", "MySQL", "Multi-AZ", 1, 2, 0),
      ("db.r5.2xlarge", "MySQL", "Single-AZ", 1, 2, 0.48),
      // Reservations are for one engine.
      ("db.r5.large", "PostgreSQL", "Single-AZ", 1, 1, 0.25),
    ] as [(String, String, String, Double, Int, Double)])
  func databaseReservationsFollowSizesOfTheirEngine(
    _ type: String, _ engine: String, _ deployment: String, _ quantity: Double, _ owned: Int,
    _ onDemand: Double
  ) throws {
    let document = try Self.run(
      usage: """
        timestamp,provider,account,region,instance_type,engine,deployment,quantity
        2024-01-15T00:00:00Z,aws,1,us-east-1,\(type),\(engine),\(deployment),\(quantity)

        """, prices: Self.databasePrices,
      owned: ["ri,aws,1,us-east-1,db.r5.large,MySQL,ri-rds,1,no-upfront,\(owned),,0,0.1"])
    #expect(abs(try Self.cost(document, "current") - onDemand - 0.1 * Double(owned)) < 1e-6)
  }

  /// Prices that name no engine stand for each, a standby costs as much again, and both are said.
  @Test func pricesWithoutAnEngineAreSaid() throws {
    let document = try Self.run(
      usage: """
        timestamp,provider,account,region,instance_type,engine,deployment,quantity
        2024-01-15T00:00:00Z,aws,1,us-east-1,db.r6g.large,PostgreSQL,Multi-AZ,1
        2024-01-15T00:00:00Z,aws,1,us-east-1,db.r6g.large,PostgreSQL,,2
        2024-01-15T00:00:00Z,aws,1,us-east-1,db.r6g.large,MySQL,,1

        """,
      prices: """
        provider,region,instance_type,product,term_years,payment,upfront,hourly
        aws,us-east-1,db.r6g.large,on-demand,,,,0.225
        aws,us-east-1,db.r6g.large,ri-standard,1,no-upfront,0,0.15

        """, owned: [], offers: "[ri-standard]", compare: "[on-demand, committed]")
    #expect(try Self.cost(document, "on-demand") == 1.125)
    #expect(abs(try Self.cost(document, "committed") - 0.75) < 1e-6)
    let outcomes = try Outcomes(of: document["runs"].list()[0])
    let bought = try outcomes["committed"]["plan"]["purchases"].list()
    let counts = try bought.map {
      "\(try $0["operating_system"].text()) \(try $0["quantity"].number())"
    }
    #expect(counts.sorted() == ["MySQL 1.0", "PostgreSQL 4.0"])
    #expect(
      try document["findings"].list().contains {
        try $0["rule"].text() == "prices.engine-not-stated"
      })
  }
}

/// What a provider does not sell in a month.
@Suite struct QuotaTests {
  @Test func aPlanBeyondTheQuotaSaysWhatToRaise() throws {
    let place = try Workplace()
    defer { place.close() }
    var usage = "timestamp,provider,account,region,instance_type,quantity\n"
    for hour in 10..<20 {
      usage += "2024-01-15T\(hour):00:00Z,aws,1,us-east-1,m6g.2xlarge,400\n"
    }
    try place.write(usage, to: "usage.csv")
    try place.write(
      """
      provider,region,instance_type,product,term_years,payment,upfront,hourly
      aws,us-east-1,m6g.2xlarge,on-demand,,,,0.308
      aws,us-east-1,m6g.2xlarge,ri-standard,1,no-upfront,0,0.1946

      """, to: "prices.csv")
    try place.write(
      "name: quota\nusage: usage.csv\nprices: prices.csv\nforecast: {method: hindsight}\n"
        + "compare: [on-demand, committed]\n",
      to: "scenario.yaml")
    let findings = try JSONValue(parsing: place.run("run", ".", "--json").output)["findings"].list()
    let found = try findings.filter { try $0["rule"].text() == "plan.quota" }
    try #require(found.count == 1)
    #expect(try found[0]["message"].text().contains("400 reservations of ec2 (us-east-1, 2024-01)"))
    #expect(try found[0]["remedy"].text().contains("limits: {ec2: 400}"))
    try place.write(place.text("scenario.yaml") + "limits: {ec2: 400}\n", to: "scenario.yaml")
    let raised = try JSONValue(parsing: place.run("run", ".", "--json").output)
    #expect(try !raised["findings"].list().contains { try $0["rule"].text() == "plan.quota" })
  }
}

/// What is bought is what runs, in as few instances as that takes.
@Suite struct SizeTests {
  /// Prices of four digits: eight of the smallest size are a hair cheaper than one of the size in
  /// use.
  @Test func theSizeInUseIsBought() throws {
    let place = try Workplace()
    defer { place.close() }
    var usage = "timestamp,provider,account,region,instance_type,quantity\n"
    for hour in 0..<24 {
      let time = "2024-01-15T\(hour < 10 ? "0" : "")\(hour):00:00Z"
      usage += "\(time),aws,1,us-east-1,m6g.2xlarge,400\n\(time),aws,1,us-east-1,m6g.medium,3\n"
    }
    try place.write(usage, to: "usage.csv")
    try place.write(
      """
      provider,region,instance_type,product,term_years,payment,upfront,hourly
      aws,us-east-1,m6g.medium,on-demand,,,,0.0385
      aws,us-east-1,m6g.2xlarge,on-demand,,,,0.308
      aws,us-east-1,m6g.medium,ri-standard,1,no-upfront,0,0.0243
      aws,us-east-1,m6g.2xlarge,ri-standard,1,no-upfront,0,0.1946

      """, to: "prices.csv")
    try place.write(
      "name: sizes\nusage: usage.csv\nprices: prices.csv\nforecast: {method: hindsight}\n"
        + "compare: [on-demand, committed]\n",
      to: "scenario.yaml")
    // As it is, the proof comes first, and what fewer instances would cost is said.
    let asIs = try JSONValue(parsing: place.run("run", ".", "--json").output)
    let said = try asIs["findings"].list().first { try $0["rule"].text() == "plan.sizes" }
    #expect(try #require(said)["message"].text().contains("2800 fewer instances"))
    let cheapest = 24 * 3203 * 0.0243
    #expect(
      abs(try Outcomes(of: asIs["runs"].list()[0]).cost("committed") - cheapest) < 1e-6)
    try place.write(
      place.text("scenario.yaml") + "policy: {size_cost: 0.002}\n", to: "scenario.yaml")
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let document = try JSONValue(parsing: run.output)
    let outcome = try Outcomes(of: document["runs"].list()[0])
    let bought = try outcome["committed"]["plan"]["purchases"].list().map {
      "\(try $0["quantity"].number()) \(try $0["instance_type"].text())"
    }
    #expect(bought.sorted() == ["3.0 m6g.medium", "400.0 m6g.2xlarge"])
    // 24 hours of 400 × (0.1946 − 8 × 0.0243) more than the smallest would cost, and it is said.
    let rules = try document["findings"].list().map { try $0["rule"].text() }
    #expect(rules.contains("plan.sizes"))
    #expect(rules.contains("plan.quota"))
    let expected = 24 * (400 * 0.1946 + 3 * 0.0243)
    #expect(abs(try outcome.cost("committed") - expected) < 1e-6)
    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    // A raised quota is no finding.
    try place.write(
      place.text("scenario.yaml") + "limits: {ec2: 403}\n", to: "scenario.yaml")
    let raised = try JSONValue(parsing: place.run("run", ".", "--json").output)
    #expect(try !raised["findings"].list().contains { try $0["rule"].text() == "plan.quota" })
  }
}

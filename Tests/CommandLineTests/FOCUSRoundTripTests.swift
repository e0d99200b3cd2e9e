import Foundation
import Testing

/// `inform` reads what `export --format focus` writes: the same cost and the same coverage.
@Suite struct FOCUSRoundTripTests {
  @Test(arguments: [("two-hours", "hour"), ("azure", "day")])
  func costAndCoverageComeBack(_ scenario: String, _ period: String) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy(scenario)
    #expect(try place.run("run", scenario, "--run", "base", "--out", "out").status == 0)
    let plan = try JSONValue(parsing: place.text("out/plan.json"))
    let run = try #require(try plan["runs"].list().first)
    let outcomes = try run["outcomes"].list()
    let name =
      try outcomes.contains { try $0["name"].text() == "combined" } ? "combined" : "committed"
    let outcome = try #require(try outcomes.first { try $0["name"].text() == name })

    let exported = try place.run(
      "export", "--plan", "out/plan.json", "--format", "focus", "--per", period, "--outcome", name,
      "--out", "bill.csv")
    #expect(exported.status == 0, "\(exported.errors)")
    let imported = try place.run("import", "bill.csv", "--into", "history.db")
    #expect(imported.status == 0, "\(imported.errors)")
    let informed = try JSONValue(parsing: place.run("inform", "history.db", "--json").output)

    let cost = try outcome["cost"].number()
    #expect(abs(try informed["total"]["effective"].number() - cost) < 1e-4 * cost)
    let coverage = try outcome["coverage"].number()
    #expect(abs(try informed["total"]["coverage"].number() - coverage) < 1e-3)
  }

  /// What no machine is, and what is no plain one, comes back as what it was.
  @Test func servicesAndSystemsComeBack() throws {
    let place = try Workplace()
    defer { place.close() }
    let kinds: [(type: String, system: String, tenancy: String, quantity: Double)] = [
      ("m5.large", "Linux", "default", 1), ("m5.large", "Windows", "dedicated", 2),
      ("m5.large", "Windows with SQL Std", "default", 3),
      ("m5.large", "Windows BYOL", "default", 4),
      ("db.r6g.large", "PostgreSQL", "Multi-AZ", 5), ("rds/ACU", "Aurora MySQL", "default", 6),
      ("cache.r7g.large", "Valkey", "default", 7), ("fargate/vCPU-ARM", "Linux", "default", 8),
      ("lambda/GB-second", "Linux", "default", 9), ("r6g.large.search", "Linux", "default", 10),
      ("ra3.4xlarge", "Linux", "default", 11), ("dynamodb/WCU", "Linux", "default", 12),
      ("ml.m5.xlarge", "Linux", "default", 13), ("documentdb/db.r6g.large", "Linux", "default", 14),
    ]
    var usage = "timestamp,provider,region,instance_type,operating_system,tenancy,quantity\n"
    for hour in 0..<2 {
      for kind in kinds {
        usage +=
          "2024-01-01T0\(hour):00:00Z,aws,us-east-1,\(kind.type),\(kind.system),\(kind.tenancy),"
          + "\(kind.quantity)\n"
      }
    }
    try place.write(usage, to: "usage.csv")
    var prices =
      "provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly\n"
    for kind in kinds {
      prices += "aws,us-east-1,\(kind.type),\(kind.system),\(kind.tenancy),on-demand,,,0,0.1\n"
    }
    try place.write(prices, to: "prices.csv")
    try place.write(
      "name: all\nusage: usage.csv\nprices: prices.csv\ncompare: [on-demand, committed]\n"
        + "forecast: {method: hindsight}\n", to: "scenario.yaml")
    let run = try place.run("run", ".", "--out", "out")
    #expect(run.status == 0, "\(run.errors)")
    let exported = try place.run(
      "export", "--plan", "out/plan.json", "--format", "focus", "--per", "hour", "--out", "bill.csv"
    )
    #expect(exported.status == 0, "\(exported.errors)")
    let imported = try place.run("import", "bill.csv", "--into", "history.db")
    #expect(imported.status == 0, "\(imported.errors)")
    let read = try JSONValue(parsing: place.run("inform", "history.db", "--json").output)
    let found = try read["uncovered"].list().map {
      "\(try $0["instance_type"].text()) \(try $0["operating_system"].text()) "
        + "\(try $0["instance_hours"].number())"
    }
    #expect(found.sorted() == kinds.map { "\($0.type) \($0.system) \(2 * $0.quantity)" }.sorted())
  }
}

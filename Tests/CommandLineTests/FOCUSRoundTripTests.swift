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

  struct Kind: Sendable {
    var type: String
    var system = "Linux"
    var tenancy = "default"
  }

  /// Meters of each provider: fifteen at most, as many as `inform` lists.
  static let kinds: [(provider: String, kinds: [Kind])] = [
    (
      "aws",
      [
        Kind(type: "m5.large"), Kind(type: "m5.large", system: "Windows", tenancy: "dedicated"),
        Kind(type: "m5.large", system: "Windows with SQL Std"),
        Kind(type: "m5.large", system: "Windows BYOL"),
        Kind(type: "db.r6g.large", system: "PostgreSQL", tenancy: "Multi-AZ"),
        Kind(type: "rds/ACU", system: "Aurora MySQL"),
        Kind(type: "cache.r7g.large", system: "Valkey"), Kind(type: "fargate/vCPU-ARM"),
        Kind(type: "lambda/GB-second"), Kind(type: "r6g.large.search"), Kind(type: "ra3.4xlarge"),
        Kind(type: "dynamodb/WCU"), Kind(type: "ml.m5.xlarge"), Kind(type: "dms/4"),
        Kind(type: "documentdb/db.r6g.large"),
      ]
    ),
    (
      "azure",
      [
        Kind(type: "Standard_D2s_v5"), Kind(type: "azure-app-service/P1v3"),
        Kind(type: "azure-app-service/P1v3", system: "Windows"),
        Kind(type: "azure-container-instances/vCPU"), Kind(type: "azure-container-instances/GB"),
        Kind(type: "azure-functions/vCPU"), Kind(type: "azure-sql/GP-Gen5"),
        Kind(type: "azure-sql/MI-BC-Gen5"), Kind(type: "azure-sql/GP-serverless-Gen5"),
        Kind(type: "azure-postgresql/GP-Ddsv5"), Kind(type: "azure-mysql/BC"),
        Kind(type: "azure-cosmos/RU"), Kind(type: "azure-cosmos/RU-autoscale"),
        Kind(type: "azure-redis/P1"), Kind(type: "azure-redis/B10"),
      ]
    ),
    (
      "gcp",
      [
        Kind(type: "e2-standard-4"), Kind(type: "e2-custom-6-20480"),
        Kind(type: "gcp-gpu/TeslaT4"), Kind(type: "gcp-local-ssd/GB"),
        Kind(type: "gke-autopilot/vCPU"), Kind(type: "gke-autopilot/GB-Balanced"),
        Kind(type: "cloud-run/vCPU-second"), Kind(type: "cloud-run/GB-second-instance"),
        Kind(type: "cloud-sql/vCPU", system: "PostgreSQL"),
        Kind(type: "cloud-sql/GB", system: "MySQL", tenancy: "Regional"),
        Kind(type: "alloydb/vCPU"), Kind(type: "spanner/node-enterprise-plus"),
        Kind(type: "memorystore/Standard-M3"), Kind(type: "cloud-sql/vCPU-plus", system: "MySQL"),
        Kind(type: "alloydb/GB"),
      ]
    ),
    (
      "aws",
      [
        Kind(type: "timestream/db.influx.large"),
        Kind(type: "timestream/db.influx.2xlarge", tenancy: "Multi-AZ"),
        Kind(type: "keyspaces/RCU"), Kind(type: "keyspaces/WCU"),
        Kind(type: "keyspaces/read-request"), Kind(type: "neptune/NCU"),
        Kind(type: "redshift/RPU"),
      ]
    ),
    (
      "gcp",
      [
        Kind(type: "memorystore/node-standard-small", system: "Valkey"),
        Kind(type: "memorystore/node-standard-small"),
        Kind(type: "memorystore/vCPU-M1", system: "Memcached"),
        Kind(type: "memorystore/GB-M1", system: "Memcached"),
      ]
    ),
  ]

  private func exported(
    _ provider: String, _ kinds: [Kind], into place: Workplace
  ) throws {
    var usage = "timestamp,provider,region,instance_type,operating_system,tenancy,quantity\n"
    var prices =
      "provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly\n"
    func what(_ kind: Kind) -> String {
      "\(provider),r1,\(kind.type),\(kind.system),\(kind.tenancy)"
    }
    for hour in 0..<2 {
      for (number, kind) in kinds.enumerated() {
        usage += "2024-01-01T0\(hour):00:00Z,\(what(kind)),\(number + 1)\n"
      }
    }
    for kind in kinds { prices += "\(what(kind)),on-demand,,,0,0.1\n" }
    try place.write(usage, to: "usage.csv")
    try place.write(prices, to: "prices.csv")
    try place.write(
      "name: all\nusage: usage.csv\nprices: prices.csv\ncompare: [on-demand, committed]\n"
        + "forecast: {method: hindsight}\n", to: "scenario.yaml")
    for arguments in [
      ["run", ".", "--out", "out"],
      [
        "export", "--plan", "out/plan.json", "--format", "focus", "--per", "hour", "--out",
        "bill.csv",
      ],
      ["import", "bill.csv", "--into", "history.db"],
    ] {
      let run = try Program.run(arguments, in: place.url)
      #expect(run.status == 0, "\(run.errors)")
    }
  }

  /// What no machine is, and what is no plain one, comes back as what it was.
  @Test(arguments: kinds)
  func servicesAndSystemsComeBack(_ provider: String, _ kinds: [Kind]) throws {
    let place = try Workplace()
    defer { place.close() }
    try exported(provider, kinds, into: place)
    let read = try JSONValue(parsing: place.run("inform", "history.db", "--json").output)
    let found = try read["uncovered"].list().map {
      "\(try $0["instance_type"].text()) \(try $0["operating_system"].text()) "
        + "\(try $0["tenancy"].text()) \(try $0["instance_hours"].number())"
    }
    let expected = kinds.enumerated().map {
      "\($1.type) \($1.system) \($1.tenancy) \(Double(2 * ($0 + 1)))"
    }
    #expect(found.sorted() == expected.sorted())
  }

  /// Azure meters a licence apart: the machine comes back as usage, the licence as money that no
  /// commitment pays for. 2 machines of 0.1, 0.06 of it the licence.
  @Test func licencesComeBackApart() throws {
    let place = try Workplace()
    defer { place.close() }
    try exported(
      "azure", [Kind(type: "Standard_D2s_v5"), Kind(type: "Standard_D2s_v5", system: "Windows")],
      into: place)
    let prices = try place.text("prices.csv")
      .replacing("Linux,default,on-demand,,,0,0.1", with: "Linux,default,on-demand,,,0,0.04")
    try place.write(prices, to: "prices.csv")
    for arguments in [
      ["run", ".", "--out", "again"],
      [
        "export", "--plan", "again/plan.json", "--format", "focus", "--per", "hour", "--out",
        "again.csv",
      ],
    ] { #expect(try Program.run(arguments, in: place.url).status == 0) }
    let imported = try JSONValue(
      parsing: place.run("import", "again.csv", "--into", "again.db", "--json").output)
    let rules = try imported["rules"].list().map {
      "\(try $0["rule"].text()) \(try $0["effective"].number())"
    }
    // Two hours: three machines at 0.04; two licences at 0.06.
    #expect(rules.sorted() == ["set-aside.not-committed-to 0.24", "usage.instance-hours 0.24"])
  }
}

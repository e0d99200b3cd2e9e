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
}

import Foundation
import Testing

/// The scenario that is solved on paper, through the whole program.
@Suite struct TwoHoursTests {
  @Test func table() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run("run", "two-hours")
    try Golden.expect(ended.transcript(of: ["run", "two-hours"]), equals: "two-hours/table")
  }

  @Test func aFileIsAsGoodAsItsFolder() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let file = try place.run("run", "two-hours/scenario.yaml")
    #expect(file.status == 0)
    let folder = try place.run("run", "two-hours/")
    #expect(Golden.withoutVarying(file.output) == Golden.withoutVarying(folder.output))
  }

  @Test func json() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run("run", "two-hours", "--json")
    #expect(ended.status == 0)
    #expect(ended.errors.isEmpty)
    try Golden.expect(ended.output, equals: "two-hours/json")

    let document = try JSONValue(parsing: ended.output)
    let outcomes = try Outcomes(of: document["runs"].list()[0])
    try outcomes.checkFigures()
    let expected = try JSONValue(parsing: place.text("two-hours/expected.json"))
    #expect(Set(outcomes.names) == expected.keys)
    for name in outcomes.names {
      #expect(abs(try outcomes.cost(name) - expected[name].number()) < 1e-9, "\(name)")
    }
  }

  /// The keys of the contract are all there; more may be.
  @Test func contract() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let document = try JSONValue(parsing: place.run("run", "two-hours", "--json").output)
    #expect(document.keys.isSuperset(of: ["scenario", "currency", "hours", "runs", "findings"]))
    for finding in try document["findings"].list() {
      #expect(finding.keys == ["severity", "rule", "place", "message", "remedy"])
    }
    for run in try document["runs"].list() {
      #expect(run.keys.isSuperset(of: ["name", "outcomes"]))
      for outcome in try run["outcomes"].list() {
        #expect(
          outcome.keys.isSuperset(of: [
            "name", "cost", "savings", "savings_rate", "coverage", "utilization",
            "effective_savings_rate", "upfront", "monthly", "plan",
          ]))
        if !outcome["plan"].isNull { try checkPlan(outcome["plan"]) }
      }
    }
  }

  private func checkPlan(_ plan: JSONValue) throws {
    #expect(
      plan.keys.isSuperset(of: [
        "status", "objective", "bound", "gap", "billing_gap", "seconds", "purchases", "actions",
      ]))
    for purchase in try plan["purchases"].list() {
      #expect(
        purchase.keys.isSuperset(of: [
          "product", "region", "instance_type", "term_years", "payment", "start", "cost", "savings",
          "break_even_months",
        ]))
      #expect(purchase["quantity"].isNull != purchase["hourly_commitment"].isNull)
    }
    for action in try plan["actions"].list() {
      #expect(action.keys.isSuperset(of: ["resource", "from", "to", "savings"]))
    }
  }

  /// The whole program as LP text, solved by GLPK's own command.
  @Test func linearProgramHasTheSameOptimum() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    #expect(try place.run("run", "two-hours", "--write-lp", "model.lp").status == 0)
    let solver = try Program.start(
      URL(fileURLWithPath: "/usr/bin/env"), ["glpsol", "--lp", "model.lp", "-o", "model.out"],
      in: place.url)
    #expect(try solver.end().status == 0)
    let solution = try place.text("model.out")
    #expect(solution.contains("INTEGER OPTIMAL"))
    let objective = try #require(solution.firstMatch(of: /Objective: .* = ([0-9.e+-]+)/))
    #expect(abs(try #require(Double(objective.1)) - 0.395) < 1e-9)
  }
}

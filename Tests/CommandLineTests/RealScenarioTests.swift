import Foundation
import Testing

/// The scenarios on real data, through the whole program.
@Suite struct RealScenarioTests {
  @Test func bitbrains() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("bitbrains")
    // One of the three does not close its gap, and would be searched for a minute.
    let ended = try place.run("run", "bitbrains", "--set", "solver.time_limit=10", "--json")
    #expect(ended.status == 0)
    let document = try JSONValue(parsing: ended.output)
    #expect(try document["hours"].number() == 672)
    let runs = try document["runs"].list()
    #expect(try runs.map { try $0["name"].text() } == ["base", "careful", "bold"])
    for run in runs {
      let outcomes = try Outcomes(of: run)
      #expect(
        outcomes.names == ["on-demand", "current", "committed", "rightsized", "combined"])
      try outcomes.checkFigures()
      #expect(abs(try outcomes.cost("on-demand") - 7020.37) < 0.005)
      #expect(try outcomes.cost("current") == outcomes.cost("on-demand"))
      try checkOrder(outcomes)
    }
  }

  /// Work on machines costs money once: the plan pays for it, no bill has it, and every number
  /// says whether it is in it.
  @Test func workOnMachinesIsPaidOnce() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("bitbrains")
    let asked = ["run", "bitbrains", "--run", "base", "--set", "rightsizing.hourly_rate=60"]
    let ended = try Program.run(asked + ["--json"], in: place.url)
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try JSONValue(parsing: ended.output)["runs"].list()[0]
    let outcomes = try Outcomes(of: run)
    let plan = outcomes["combined"]["plan"]
    let actions = try plan["actions"].list()
    let work = try actions.map { try $0["one_off_cost"].number() }.reduce(0, +)
    #expect(try work == actions.map { try $0["effort"].number() }.reduce(0, +) * 60 && work > 0)
    // The objective has it; how the provider applies commitments is all that differs.
    let billed = try outcomes.cost("combined") + work
    let objective = try plan["objective"].number()
    #expect(billed >= objective - 0.01 && billed <= objective * 1.003)
    #expect(try plan["bound"].number() >= objective * 0.998, "it is proven")
    let both = try run["rightsizing"]["both"].number()
    #expect(abs(try outcomes.cost("current") - billed - both) < 0.01)
    let text = try Program.run(asked, in: place.url).output
    #expect(text.contains("(and $\(Int(work)) of work on"), "\(text)")
    #expect(text.contains("with $\(Int(work)).00 of work"), "\(text)")
  }

  /// One full year of the large fleet, without the file's other scenarios: those would be more of
  /// the same, and a debug build is slow.
  @Test func shavedIce() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copyShavedIce(edits: [
      // The gap ends it, not the clock of a machine that has other work.
      .replace("scenario.yaml", "time_limit: 60", with: "time_limit: 600")
    ])
    let ended = try place.run("run", "shaved-ice", "--json")
    #expect(ended.status == 0)
    let document = try JSONValue(parsing: ended.output)
    #expect(try document["hours"].number() == 8760)
    let outcomes = try Outcomes(of: document["runs"].list()[0])
    try outcomes.checkFigures()
    try checkOrder(outcomes)
    #expect(abs(try outcomes.cost("on-demand") - 7_854_495.99) < 0.005)
    for name in ["committed", "combined"] {
      #expect(try outcomes[name]["plan"]["gap"].number() <= 1e-4)
      #expect(try outcomes[name]["plan"]["status"].text() == "optimal")
      #expect(try outcomes[name]["upfront"].number() <= 600_000)
    }
    #expect(abs(try outcomes.cost("combined") / 4_791_498 - 1) < 2e-4)
  }

  /// The provider's order takes more than a first search to the gap leaves; a second one closes it.
  @Test func shavedIceWithAPriceCut() throws {
    let place = try Workplace()
    defer { place.close() }
    let change = "{change: price, date: 2023-08-01T00:00:00Z, percent: -20, applies_to: on-demand}"
    try place.copyShavedIce(edits: [
      .replace("scenario.yaml", "time_limit: 60", with: "time_limit: 600"),
      .replace(
        "scenario.yaml", "{method: hindsight}", with: "{method: hindsight, changes: [\(change)]}"),
      .replace(
        "scenario.yaml", "[on-demand, current, committed, rightsized, combined]",
        with: "[committed]"),
    ])
    let ended = try place.run("run", "shaved-ice", "--json")
    #expect(ended.status == 0)
    try place.write(ended.output, to: "plan.json")
    let verified = try place.run("verify", "plan.json", "--scenario", "shaved-ice")
    #expect(verified.status == 0, "\(verified.output)")
    let plan = try Outcomes(of: JSONValue(parsing: ended.output)["runs"].list()[0])["committed"][
      "plan"]
    #expect(try plan["gap"].number() <= 1e-4)
    #expect(try plan["status"].text() == "optimal")
    #expect(try plan["billing_gap"].number() > 0, "there is something to close")
  }

  /// Whoever may decide more does not pay more, up to what the proofs and the provider's order of
  /// applying leave open.
  private func checkOrder(
    _ outcomes: Outcomes, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (free, bound) in [
      ("committed", "current"), ("rightsized", "current"), ("combined", "committed"),
      ("combined", "rightsized"),
    ] {
      let open = try slack(outcomes[free])
      #expect(
        try outcomes.cost(free) <= outcomes.cost(bound) * (1 + open) + 0.01,
        "\(free) costs more than \(bound)", sourceLocation: sourceLocation)
      // And what may decide less cannot be below what was proven for more.
      #expect(
        try outcomes[free]["plan"]["bound"].number() <= outcomes.cost(bound) + 0.01,
        sourceLocation: sourceLocation)
    }
  }

  private func slack(_ outcome: JSONValue) throws -> Double {
    try outcome["plan"]["gap"].number() + outcome["plan"]["billing_gap"].number()
  }
}

extension Workplace {
  /// The large scenario's base, with its data files linked.
  func copyShavedIce(edits: [Edit] = []) throws {
    let source = Workplace.scenarios.appendingPathComponent("shaved-ice")
    try FileManager.default.createDirectory(
      at: self["shaved-ice"], withIntermediateDirectories: true)
    for name in ["usage.csv.gz", "prices.csv.gz", "owned.csv"] {
      try FileManager.default.createSymbolicLink(
        at: self["shaved-ice/\(name)"], withDestinationURL: source.appendingPathComponent(name))
    }
    let yaml = try String(
      contentsOf: source.appendingPathComponent("scenario.yaml"), encoding: .utf8)
    let base = yaml.components(separatedBy: "\noverrides:")[0] + "\n"
    try write(base, to: "shaved-ice/scenario.yaml")
    for edit in edits { try edit.apply(in: "shaved-ice", of: self) }
  }
}

import Foundation
import Testing

/// `plimsoll frontier`, and `run --sensitivity`, through the whole program.
@Suite struct FrontierTests {
  @Test(arguments: ["max_hourly_commitment", "max_upfront", "risk"])
  func table(axis: String) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run("frontier", "two-hours", "--over", axis, "--points", "4")
    try Golden.expect(
      ended.transcript(of: ["frontier", "two-hours", "--over", axis, "--points", "4"]),
      equals: "frontier/\(axis)")
  }

  @Test func jsonEndsAtThePlainRun() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run(
      "frontier", "two-hours", "--over", "max_hourly_commitment", "--points", "3", "--json",
      "--out", "curve.csv")
    #expect(ended.status == 0)
    let points = try JSONValue(parsing: ended.output)["points"].list()
    #expect(points.count == 3)
    // README.md of the scenario: rightsized, and combined.
    #expect(abs(try points[0]["cost"].number() - 0.54) < 1e-9)
    #expect(abs(try points[2]["cost"].number() - 0.395) < 1e-9)
    #expect(try place.text("curve.csv").hasPrefix("scenario,run,over,"))
  }

  @Test func sensitivityIsAddedWhereAskedFor() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    try Edit.replace("scenario.yaml", "policy: {}", with: "policy: {max_hourly_commitment: 0.1}")
      .apply(in: "two-hours", of: place)
    let ended = try place.run("run", "two-hours", "--sensitivity", "--out", "out")
    try Golden.expect(
      ended.transcript(of: ["run", "two-hours", "--sensitivity"]), equals: "frontier/sensitivity")
    #expect(try place.text("out/plan.json").contains("\"sensitivity\""))
    _ = try place.run("run", "two-hours", "--out", "out")
    #expect(try !place.text("out/plan.json").contains("\"sensitivity\""))
  }

  @Test(arguments: [
    ["--over", "luck"], ["--over", "risk", "--points", "1"],
    ["--over", "risk", "--out", "curve.pdf"],
    [],
  ])
  func wrongUsage(_ options: [String]) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try Program.run(["frontier", "two-hours"] + options, in: place.url)
    #expect(ended.status == 2)
    #expect(ended.output.isEmpty)
  }
}

import Foundation
import Testing

/// A plan.json says what it was made from, can be checked from any folder, and compared with the
/// next one.
@Suite struct PlanDocumentTests {
  private static func place() throws -> Workplace {
    let place = try Workplace()
    try place.copy("two-hours")
    let ended = try place.run("run", "two-hours", "--out", "two-hours/out")
    #expect(ended.status == 0, "\(ended.errors)")
    return place
  }

  @Test func saysWhatItWasMadeFrom() throws {
    let place = try Self.place()
    defer { place.close() }
    let plan = try JSONValue(parsing: place.text("two-hours/out/plan.json"))
    #expect(try plan["format"].number() == 3)
    #expect(try plan["version"].text() == "0.9.0")
    #expect(
      try plan["made_at"].text().wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
    #expect(try plan["source"].text() == "..")
    let inputs = try plan["inputs"].list().map { try $0["path"].text() }
    #expect(
      inputs.sorted() == [
        "../owned.csv", "../prices.csv", "../resources.csv", "../scenario.yaml", "../usage.csv",
        "../utilization.csv",
      ])
    for input in try plan["inputs"].list() {
      #expect(try input["sha256"].text().wholeMatch(of: /[0-9a-f]{64}/) != nil)
    }
    let resolved = try plan["runs"].list()[0]["scenario"]
    #expect(try resolved["usage"].text() == "usage.csv")
  }

  @Test func isCheckedFromAnyFolderAndWhereverItIsMoved() throws {
    let place = try Self.place()
    defer { place.close() }
    try FileManager.default.createDirectory(
      at: place["elsewhere"], withIntermediateDirectories: true)
    #expect(try place.run("verify", "two-hours/out/plan.json").status == 0)
    let absolute = place["two-hours/out/plan.json"].path
    let elsewhere = try Program.run(["verify", absolute], in: place["elsewhere"])
    #expect(elsewhere.status == 0, "\(elsewhere.errors)")
    try FileManager.default.moveItem(at: place["two-hours"], to: place["elsewhere/moved"])
    let moved = try Program.run(["verify", "plan.json"], in: place["elsewhere/moved/out"])
    #expect(moved.status == 0, "\(moved.errors)")
  }

  @Test func saysWhichInputsChangedBeforeItSaysWhatIsWrong() throws {
    let place = try Self.place()
    defer { place.close() }
    let usage = try place.text("two-hours/usage.csv")
    try place.write(usage.replacing(",2\n", with: ",3\n"), to: "two-hours/usage.csv")
    #expect(try place.text("two-hours/usage.csv") != usage)
    let ended = try place.run("verify", "two-hours/out/plan.json")
    #expect(ended.status == 1)
    #expect(ended.output.hasPrefix("inputs changed: usage.csv"), "\(ended.output)")
    #expect(!ended.output.contains("WRONG"))
    let json = try JSONValue(
      parsing: place.run("verify", "two-hours/out/plan.json", "--json").output)
    let states = try json["inputs"].list().filter { try $0["state"].text() == "changed" }
    #expect(try states.map { try $0["path"].text() } == ["usage.csv"])
    // Where it can no longer be read at all, that is said first, too.
    try place.write("spoilt", to: "two-hours/usage.csv")
    let spoilt = try place.run("verify", "two-hours/out/plan.json")
    #expect(spoilt.status == 1)
    #expect(spoilt.errors.hasPrefix("error: two-hours/out/plan.json: inputs changed: usage.csv"))
    try FileManager.default.removeItem(at: place["two-hours/usage.csv"])
    let gone = try place.run("verify", "two-hours/out/plan.json")
    #expect(gone.errors.contains("inputs missing: usage.csv"))
  }

  /// What the command line set is part of the plan, and of its check.
  @Test func isCheckedAsItWasSet() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run(
      "run", "two-hours", "--out", "out", "--set", "policy.max_hourly_commitment=0.1")
    #expect(ended.status == 0, "\(ended.errors)")
    let plan = try JSONValue(parsing: place.text("out/plan.json"))
    #expect(
      try plan["runs"].list()[0]["scenario"]["policy"]["max_hourly_commitment"].number() == 0.1)
    let check = try place.run("verify", "out/plan.json")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }

  @Test func theTimeMayBeFixed() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try Program.start(
      Program.url, ["run", "two-hours", "--json"], in: place.url,
      environment: ["SOURCE_DATE_EPOCH": "1700000000"]
    ).end()
    #expect(ended.output.contains("\"made_at\": \"2023-11-14T22:13:20Z\""))
  }

  @Test func tellsWhatChangedBetweenTwoPlansAndWhy() throws {
    let place = try Self.place()
    defer { place.close() }
    try FileManager.default.moveItem(at: place["two-hours/out"], to: place["two-hours/first"])
    let same = try place.run("run", "two-hours", "--out", "two-hours/out")
    #expect(same.status == 0)
    let nothing = try place.run("diff", "two-hours/first/plan.json", "two-hours/out/plan.json")
    #expect(nothing.output.contains("Nothing changed."), "\(nothing.output)")

    let prices = try place.text("two-hours/prices.csv")
    try place.write(prices + "\n", to: "two-hours/prices.csv")
    let usage = try place.text("two-hours/usage.csv")
    try place.write(usage.replacing(",2\n", with: ",3\n"), to: "two-hours/usage.csv")
    _ = try place.run(
      "run", "two-hours", "--out", "two-hours/out", "--set", "policy.max_upfront=0")
    let ended = try place.run("diff", "two-hours/first/plan.json", "two-hours/out/plan.json")
    #expect(ended.status == 0, "\(ended.errors)")
    for text in [
      "Usage changed: usage.csv.", "Prices changed: prices.csv.",
      "The policy or what may be bought changed.", "policy.max_upfront",
    ] { #expect(ended.output.contains(text), "\(ended.output)") }
    let json = try JSONValue(
      parsing: place.run(
        "diff", "two-hours/first/plan.json", "two-hours/out/plan.json", "--json"
      ).output)
    let run = try json["runs"].list()[0]
    let parts = run["parts"]
    let sum = try ["usage_and_prices", "owned", "plan"].map { try parts[$0].number() }.reduce(0, +)
    #expect(abs(sum - (try run["cost"]["difference"].number())) < 1e-9)
  }
}

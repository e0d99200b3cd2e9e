import Foundation
import TestSupport
import Testing

/// `export` hands on what `run --out` wrote.
@Suite struct ExportTests {
  /// A workplace with `out/plan.json` in it.
  private static func planned() throws -> Workplace {
    let place = try Workplace()
    try place.copy("two-hours")
    #expect(try place.run("run", "two-hours", "--out", "out").status == 0)
    return place
  }

  @Test(arguments: ["csv", "json", "commands"])
  func prints(format: String) throws {
    let place = try Self.planned()
    defer { place.close() }
    let arguments = ["export", "--plan", "out/plan.json", "--format", format]
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 0)
    #expect(ended.errors.isEmpty)
    try Golden.expect(ended.output, equals: "export/\(format)")

    let file = try Program.run(arguments + ["--out", "list"], in: place.url)
    #expect(file.status == 0)
    #expect(file.output.isEmpty)
    #expect(try place.text("list") == ended.output)
  }

  @Test func anotherOutcome() throws {
    let place = try Self.planned()
    defer { place.close() }
    let ended = try place.run(
      "export", "--plan", "out/plan.json", "--format", "csv", "--outcome", "committed", "--run",
      "base")
    #expect(ended.status == 0)
    try Golden.expect(ended.output, equals: "export/csv-committed")
  }

  @Test func theScriptIsOneAndBuysNothingUnasked() throws {
    let place = try Self.planned()
    defer { place.close() }
    let export = try place.run(
      "export", "--plan", "out/plan.json", "--format", "commands", "--out", "buy.sh")
    #expect(export.status == 0)
    let shell = URL(fileURLWithPath: "/bin/sh")
    #expect(try Program.start(shell, ["-n", "buy.sh"], in: place.url).end().status == 0)

    // Whatever the script might call notes that it was called.
    try FileManager.default.createDirectory(
      at: place["bin"], withIntermediateDirectories: true)
    try WrittenProgram.write("#!/bin/sh\necho \"$@\" >> \"$CALLS\"\n", to: place["bin/aws"])
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let ended = try Program.start(
      shell, ["buy.sh"], in: place.url,
      environment: [
        "PATH": "\(place["bin"].path):\(path)", "CALLS": place["calls"].path, "PLIMSOLL_BUY": "",
      ]
    ).end()
    #expect(ended.status == 0)
    #expect(!place.exists("calls"))
    try Golden.expect(ended.transcript(of: ["(buy.sh)"]), equals: "export/script-without-asking")
  }

  /// It may have been edited on purpose, but no reader shall buy by it unknowingly.
  @Test func aPlanThatWasChangedIsSaid() throws {
    let place = try Self.planned()
    defer { place.close() }
    let arguments = ["export", "--plan", "out/plan.json", "--format", "commands"]
    #expect(try !Program.run(arguments, in: place.url).errors.contains("export.plan-changed"))
    try Edit.replace("plan.json", "\"quantity\": 2", with: "\"quantity\": 3").apply(
      in: "out", of: place)
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 0 && ended.errors.contains("(export.plan-changed)"))
  }

  /// A plan file that cannot be used, and what is asked of it.
  struct BadPlan: CustomTestStringConvertible {
    /// Also the name of its golden file.
    var name: String
    var edit: Edit?
    var options: [String] = []

    var testDescription: String { name }
  }

  @Test(arguments: [
    BadPlan(name: "not-json", edit: .write("plan.json", "purchases: none\n")),
    BadPlan(name: "empty", edit: .write("plan.json", "")),
    BadPlan(name: "another-object", edit: .write("plan.json", "{\"scenario\": \"x\"}")),
    BadPlan(name: "a-list", edit: .write("plan.json", "[1, 2]")),
    BadPlan(name: "missing-key", edit: .replace("plan.json", "\"currency\": \"USD\",", with: "")),
    BadPlan(
      name: "wrong-type", edit: .replace("plan.json", "\"hours\": 2", with: "\"hours\": \"two\"")),
    BadPlan(name: "missing-file", edit: .remove("plan.json")),
    BadPlan(name: "unknown-run", options: ["--run", "boom"]),
    BadPlan(name: "unknown-outcome", options: ["--outcome", "best"]),
    BadPlan(name: "outcome-without-plan", options: ["--outcome", "current"]),
    BadPlan(
      name: "no-runs",
      edit: .write(
        "plan.json",
        """
        {"scenario": "x", "currency": "USD", "hours": 1, "runs": [], "findings": [],
         "window": {"from": "2024-01-01T00:00:00Z", "to": "2024-01-01T01:00:00Z"}}
        """)),
  ])
  func refusesABadPlan(plan: BadPlan) throws {
    let place = try Self.planned()
    defer { place.close() }
    try plan.edit?.apply(in: "out", of: place)
    let arguments = ["export", "--plan", "out/plan.json", "--format", "csv"] + plan.options
    let ended = try Program.run(arguments + ["--out", "list"], in: place.url)
    #expect(ended.status == 1)
    #expect(ended.output.isEmpty)
    #expect(!place.exists("list"))
    try Golden.expect(ended.transcript(of: arguments), equals: "export/bad-\(plan.name)")
  }
}

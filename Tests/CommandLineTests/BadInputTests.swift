import Testing

/// Every bad input is reported whole, at once, with its remedy; nothing is written.
@Suite struct BadInputTests {
  @Test(arguments: BadInput.all)
  func tellsEverythingAndWritesNothing(input: BadInput) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    for edit in input.edits { try edit.apply(in: "two-hours", of: place) }
    let before = try place.contents()

    // The program is asked for, and is there wherever one could be made.
    let arguments = ["run", "two-hours", "--json", "--out", "out", "--write-lp", "model.lp"]
    let ended = try Program.run(arguments, in: place.url)

    #expect(ended.status == 1)
    #expect(!ended.wasKilled)
    #expect(ended.output.isEmpty)
    #expect(!place.exists("out"))
    var after = try place.contents()
    let program = after.removeValue(forKey: "model.lp")
    #expect((program != nil) == ended.errors.contains("policy.infeasible"))
    #expect(after == before)
    try Golden.expect(ended.transcript(of: arguments), equals: "bad-input/\(input.name)")
  }

  @Test(arguments: [
    ["run"], ["run", "two-hours", "--jsno"], ["run", "two-hours", "more"], ["fly"],
    ["run", "two-hours", "--out"], ["run", "two-hours", "--out", ""],
    ["export", "--format", "csv"],
    ["export", "--plan", "plan.json"],
    ["export", "--plan", "plan.json", "--format", "pdf"],
  ])
  func wrongUsageIsExitCode2(arguments: [String]) throws {
    let place = try Workplace()
    defer { place.close() }
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 2)
    #expect(ended.output.isEmpty)
    let words = arguments.map { $0.filter { $0 != "-" && $0 != "." } }
    try Golden.expect(
      ended.transcript(of: arguments), equals: "usage/\(words.joined(separator: "-"))")
  }

  @Test(arguments: [
    ["--help"], ["run", "--help"], ["export", "--help"], ["help", "run"], [],
    ["backtest", "--help"],
  ])
  func help(arguments: [String]) throws {
    let place = try Workplace()
    defer { place.close() }
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 0)
    #expect(ended.errors.isEmpty)
    let words = arguments.map { $0.filter { $0 != "-" } }
    try Golden.expect(
      ended.transcript(of: arguments),
      equals: "help/\(words.isEmpty ? "nothing" : words.joined(separator: "-"))")
  }
}

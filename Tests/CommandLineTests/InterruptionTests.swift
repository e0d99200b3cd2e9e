import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A run that is stopped: by Ctrl-C it tells what it has, by force it leaves the files as they
/// were.
///
/// They sleep on their thread: a task that sleeps gets its turn only when other tests have had
/// theirs, which may be minutes later.
@Suite struct InterruptionTests {
  /// So small a gap that the run would go on for a minute.
  private static func endless() throws -> Workplace {
    let place = try Workplace()
    try place.copyShavedIce(edits: [
      .replace("scenario.yaml", "gap: 0.0001, time_limit: 60", with: "gap: 1e-9, time_limit: 120")
    ])
    return place
  }

  private static func start(in place: Workplace) throws -> Program.Running {
    try Program.start(
      Program.url, ["run", "shaved-ice", "--json", "--out", "out"], in: place.url)
  }

  @Test(.timeLimit(.minutes(20)), arguments: [(SIGINT, 2.0), (SIGINT, 12.0), (SIGTERM, 8.0)])
  func aSignalBringsThePlanSoFar(signal: Int32, seconds: Double) throws {
    let place = try Self.endless()
    defer { place.close() }
    let running = try Self.start(in: place)
    Thread.sleep(forTimeInterval: seconds)
    #expect(kill(running.process.processIdentifier, signal) == 0)
    let ended = try running.end()
    #expect(!ended.wasKilled)
    #expect(ended.errors.contains("Stopping: the best plans so far will be reported"))
    if ended.status == 0 {
      let document = try JSONValue(parsing: ended.output)
      let outcomes = try Outcomes(of: document["runs"].list()[0])
      try outcomes.checkFigures()
      let plan = outcomes["combined"]["plan"]
      #expect(try plan["stop"].text() == "interrupted")
      #expect(try plan["status"].text() == "feasible")
      #expect(try plan["gap"].number() > 0)
      #expect(
        try document["findings"].list().contains { try $0["rule"].text() == "plan.not-optimal" })
      #expect(place.exists("out/report.html"))
    } else {
      // No plan had been found yet.
      #expect(ended.status == 1)
      #expect(ended.errors.contains("solver.failed"))
      #expect(ended.output.isEmpty)
      #expect(!place.exists("out"))
    }
  }

  @Test func aKilledRunLeavesFilesAsTheyWere() throws {
    let place = try Self.endless()
    defer { place.close() }
    try FileManager.default.createDirectory(at: place["out"], withIntermediateDirectories: true)
    try place.write(
      "{\n  \"format\": 2,\n  \"scenario\": \"of yesterday\"\n}\n", to: "out/plan.json")
    let before = try place.contents()
    let running = try Self.start(in: place)
    Thread.sleep(forTimeInterval: 2)
    #expect(kill(running.process.processIdentifier, SIGKILL) == 0)
    let ended = try running.end()
    #expect(ended.wasKilled)
    #expect(ended.output.isEmpty)
    #expect(try place.contents() == before)
  }
}

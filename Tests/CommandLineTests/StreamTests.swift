import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Streams that are closed, full, or read no further; and children that outlive nothing.
@Suite struct StreamTests {
  private func shell(_ script: String, in place: Workplace) throws -> Program.Ended {
    try Program.start(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, Program.url.path], in: place.url
    ).end()
  }

  @Test(arguments: [
    ("\"$0\" run two-hours >&-; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" run two-hours >/dev/full; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" run nowhere 2>&-; echo \"ended $?\" >&2", "ended 1"),
    ("\"$0\" run two-hours --json --out out >&-; echo \"ended $?\" >&2", "ended 1"),
  ])
  func closedOrFull(script: String, end: String) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let before = try place.contents()
    let ended = try shell(script, in: place)
    #expect(ended.errors.hasSuffix("\(end)\n"))
    #expect(!ended.errors.contains("Fatal error") && !ended.errors.contains("Stack dump"))
    // Nothing of what was to be printed went into a file.
    for (path, data) in before { #expect(try place.contents()[path] == data) }
  }

  @Test func headIsQuiet() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    for signals in ["", "trap '' PIPE; "] {
      let ended = try shell("\(signals)\"$0\" run two-hours --json | head -1", in: place)
      #expect(ended.output == "{\n")
      #expect(ended.errors.isEmpty)
    }
  }

  /// The engine hangs, and the program is killed: the engine ends too, and no history is left.
  @Test func childrenEndWithTheProgram() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.write("#!/bin/sh\necho $$ > \(place["pid"].path)\nexec sleep 600\n", to: "engine")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: place["engine"].path)
    try place.write("BilledCost,ChargePeriodStart\n1,2024-01-01T00:00:00Z\n", to: "bill.csv")
    let running = try Program.start(
      Program.url, ["import", "bill.csv", "--into", "h.db"], in: place.url,
      environment: ["PLIMSOLL_DUCKDB": place["engine"].path])
    var child: pid_t?
    for _ in 0..<300 where child == nil {
      Thread.sleep(forTimeInterval: 0.1)
      let text = try? place.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)
      child = text.flatMap { pid_t($0) }
    }
    let engine = try #require(child)
    #expect(kill(running.process.processIdentifier, SIGKILL) == 0)
    _ = try running.end()
    var isAlive = true
    for _ in 0..<300 where isAlive {
      Thread.sleep(forTimeInterval: 0.1)
      isAlive = kill(engine, 0) == 0
    }
    #expect(!isAlive)
    #expect(!place.exists("h.db"))
  }
}

import Foundation
import TestSupport
import Testing

/// A program that is killed leaves the old file or the new one, never a part.
@Suite struct ExportCrashTests {
  @Test func twoHundredKillsLeaveNoHalfFile() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    #expect(try place.run("run", "two-hours", "--out", "out").status == 0)
    let arguments = ["csv", "json", "calendar", "commands"].map { format in
      ["export", "--plan", "out/plan.json", "--format", format, "--force", "--out", "result"]
    }
    var whole: Set<Data> = []
    for words in arguments where words[4] != "calendar" {
      #expect(try Program.run(words, in: place.url).status == 0)
      whole.insert(try Data(contentsOf: place["result"]))
    }
    var random = SeededGenerator(seed: 7)
    for round in 0..<200 {
      let running = try Program.start(Program.url, arguments[round % 4], in: place.url)
      usleep(UInt32.random(in: 0..<120_000, using: &random))
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.end()
      let left = try Data(contentsOf: place["result"])
      let isCalendar = left.starts(with: Data("BEGIN:VCALENDAR\r\n".utf8))
      // A calendar has the time in it.
      #expect(
        isCalendar ? left.suffix(15) == Data("END:VCALENDAR\r\n".utf8) : whole.contains(left))
    }
    #expect(try Program.run(arguments[0], in: place.url).status == 0)
    #expect(whole.contains(try Data(contentsOf: place["result"])))
  }
}

import Foundation
import Testing

#if os(Linux)
  /// Where memory is limited, the program does what was asked, or says how much was needed.
  @Suite(.serialized) struct MemoryTests {
    @Test(.timeLimit(.minutes(20))) func aLimitIsAnErrorAndNoTrap() throws {
      let place = try Workplace()
      defer { place.close() }
      try place.copy("two-hours")
      var said = 0
      var done = 0
      // In KiB; below some of these the loader itself cannot load the libraries.
      for limit in stride(from: 60_000, through: 240_000, by: 6_000) + [4_000_000] {
        for command in ["run two-hours --json", "check two-hours"] {
          let ended = try Program.start(
            URL(filePath: "/bin/sh"),
            ["-c", "ulimit -v \(limit); exec \"$0\" \(command)", Program.url.path], in: place.url
          ).end()
          #expect(!ended.wasKilled, "\(limit) KiB, \(command): \(ended.errors)")
          #expect([0, 1, 127].contains(ended.status), "\(limit) KiB, \(command)")
          if ended.errors.contains("memory.limit") {
            said += 1
            // What was written before memory ended cannot be taken back; the exit code says so. A
            // thread that only tidies up may lack memory when all was said and done.
            let isWhole = (try? JSONValue(parsing: ended.output)) != nil
            #expect(ended.status == 1 || isWhole, "\(limit) KiB, \(command): \(ended.output)")
            let said = try #require(
              ended.errors.firstMatch(
                of: /at least ([0-9]+) MB are needed, and the limit is ([0-9]+) MB/))
            #expect(try #require(Int(said.1)) > #require(Int(said.2)), "\(said.0)")
          }
          if ended.status == 0 { done += 1 }
        }
      }
      #expect(said > 0 && done > 0, "\(said) limits were said, \(done) commands were done")
    }
  }
#endif

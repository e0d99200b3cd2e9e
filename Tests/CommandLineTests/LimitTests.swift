import Foundation
import Testing

#if os(Linux)
  /// Under the limits that a shell sets the program does what was asked, or says why it cannot;
  /// what was there stays whole.
  @Suite(.serialized) struct LimitTests {
    private static let commands = [
      "run two-hours --out out", "inform h.db --html page.html",
      "import other.csv --into h.db", "ledger propose out/plan.json --by ann --ledger l.db",
      "export --plan out/plan.json --format xlsx --out book.xlsx",
    ]

    private func shell(_ script: String, in place: Workplace) throws -> Program.Ended {
      try Program.start(
        URL(filePath: "/bin/sh"), ["-c", script, Program.url.path], in: place.url
      ).end()
    }

    /// Sizes of files, open files, and stacks.
    @Test(
      .timeLimit(.minutes(20)),
      arguments: ["-f 0", "-f 1", "-f 16", "-f 80", "-n 8", "-n 31", "-s 200", "-s 600"])
    func aLimitIsAnErrorAndNoTrap(limit: String) throws {
      let place = try Workplace()
      defer { place.close() }
      try place.copy("two-hours")
      let bills = Workplace.scenarios.deletingLastPathComponent()
        .appending(path: "Tests/IngestTests/Bills/reported")
      for (name, copy) in [
        ("focus-1.2-skumeter.csv", "bill.csv"), ("times-with-an-offset.csv", "other.csv"),
      ] {
        try FileManager.default.copyItem(
          at: bills.appending(path: name), to: place[copy])
      }
      for words in [
        ["import", "bill.csv", "--into", "h.db"], ["run", "two-hours", "--out", "out"],
      ] {
        #expect(try Program.run(words, in: place.url).status == 0)
      }
      let history = try Data(contentsOf: place["h.db"])
      var failures = 0
      for command in Self.commands {
        let ended = try shell("ulimit \(limit); exec \"$0\" \(command)", in: place)
        #expect(!ended.wasKilled, "\(command): \(ended.errors.suffix(300))")
        #expect([0, 1].contains(ended.status), "\(command): \(ended.errors.suffix(300))")
        failures += ended.status == 1 ? 1 : 0
        #expect(!ended.errors.contains("Domain="), "\(ended.errors)")
        // The streams are files here, which the limit cuts off too.
        if ended.status == 1, !limit.hasPrefix("-f") {
          #expect(ended.errors.contains("remedy: "))
        }
        if command.hasPrefix("import"), ended.status == 1 {
          #expect(try Data(contentsOf: place["h.db"]) == history)
        }
      }
      // All of them can be done with some of these limits, and none with others.
      #expect(failures > 0 || limit == "-f 80" || limit == "-s 600")
      #expect(try Program.run(["inform", "h.db"], in: place.url).status == 0)
      #expect(
        try Program.run(["export", "--plan", "out/plan.json", "--format", "csv"], in: place.url)
          .status == 0)
    }
  }
#endif

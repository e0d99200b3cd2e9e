import CloudCosts
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

/// Programs that die, that write at once, and disks that are full.
@Suite(.serialized) struct LedgerCrashTests {
  /// A writer that runs, with what it acknowledged.
  struct Writer {
    let process: Process
    let output: URL

    static var program: URL? {
      let places = ([Bundle.main] + Bundle.allBundles).flatMap { bundle in
        [
          (bundle.executableURL ?? bundle.bundleURL).deletingLastPathComponent(), bundle.bundleURL,
          bundle.bundleURL.deletingLastPathComponent(),
        ]
      }
      return places.map { $0.appendingPathComponent("ledger-writer") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    init(_ path: String, _ name: String, _ count: Int, in folder: Folder) throws {
      output = folder.url.appendingPathComponent(UUID().uuidString)
      try Data().write(to: output)
      process = Process()
      process.executableURL = Self.program
      process.arguments = [path, name, "\(count)"]
      let handle = try FileHandle(forWritingTo: output)
      process.standardOutput = handle
      process.standardError = FileHandle.nullDevice
      try process.runWithDefaultSignals()
      try handle.close()
    }

    /// What was printed in whole lines.
    var acknowledged: [String] {
      let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
      return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
    }

    func waitForOutput() throws {
      let end = ContinuousClock.now + .seconds(300)
      while acknowledged.isEmpty, process.isRunning {
        guard ContinuousClock.now < end else { throw Process.Endless(seconds: 300) }
        usleep(1000)
      }
    }

    /// It is killed, and the test fails, where it does not end in time.
    func end() throws {
      guard process.ends(within: 300) else { throw Process.Endless(seconds: 300) }
    }
  }

  @Test func everyAcknowledgedEntrySurvivesTwoHundredKills() throws {
    let folder = try Folder()
    let path = folder.path("l.db")
    _ = try Sample.ledger(path)
    var random = SeededGenerator(seed: 18)
    var acknowledged: Set<String> = []
    var killed = 0
    for round in 0..<200 {
      let writer = try Writer(path, "w\(round)", 10_000, in: folder)
      // From before it opens the ledger to in the middle of its entries.
      if !round.isMultiple(of: 4) { try writer.waitForOutput() }
      usleep(UInt32.random(in: 0..<12_000, using: &random))
      kill(writer.process.processIdentifier, SIGKILL)
      try writer.end()
      killed += writer.process.terminationReason == .uncaughtSignal ? 1 : 0
      acknowledged.formUnion(writer.acknowledged.map { "w\(round) \($0)" })
    }
    #expect(killed == 200)
    #expect(acknowledged.count >= 150)
    let notes = try Ledger(path: path).contents().events.filter { $0.kind == .noted }.map(\.why)
    #expect(acknowledged.subtracting(notes).isEmpty)
    // One that was on its way when it was killed may be there too, whole, once each.
    #expect(Set(notes).count == notes.count)
    #expect(notes.count <= acknowledged.count + 200)
  }

  /// A test run that is stopped leaves no writer at work: nothing is written once its parent ended.
  @Test func aWriterEndsWithItsParent() throws {
    let folder = try Folder()
    let path = folder.path("l.db")
    _ = try Sample.ledger(path)
    let output = folder.path("output")
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = [
      "-c", "\"$0\" \"$1\" orphan 100000000 >\"$2\" & echo $! >\"$2.pid\"; sleep 2",
      try #require(Writer.program).path, path, output,
    ]
    try shell.runWithDefaultSignals()
    // The writer has all that it inherits open, the end by which the shell's is noticed among it.
    #expect(shell.ends(within: 60))
    sleep(1)
    let written = try Data(contentsOf: URL(filePath: output)).count
    #expect(written > 0)
    sleep(1)
    #expect(try Data(contentsOf: URL(filePath: output)).count == written)
    let pid = try String(contentsOfFile: "\(output).pid", encoding: .utf8)
    if let pid = Int32(pid.trimmingCharacters(in: .whitespacesAndNewlines)) { kill(pid, SIGKILL) }
  }

  @Test func twoWritersBothSucceed() throws {
    let folder = try Folder()
    let path = folder.path("l.db")
    _ = try Sample.ledger(path)
    let writers = try ["a", "b"].map { try Writer(path, $0, 60, in: folder) }
    for writer in writers { try writer.end() }
    #expect(writers.allSatisfy { $0.process.terminationStatus == 0 })
    let events = try Ledger(path: path).contents().events
    #expect(events.count { $0.by == "a" } == 60 && events.count { $0.by == "b" } == 60)
  }

  @Test func whoWaitsTooLongIsToldWhoWrites() throws {
    let folder = try Folder()
    let path = folder.path("l.db")
    let ledger = try Sample.ledger(path)
    let holder = try Writer(path, "hold", 60, in: folder)
    defer {
      kill(holder.process.processIdentifier, SIGKILL)
      #expect(holder.process.ends(within: 300))
    }
    try holder.waitForOutput()
    let other = try Ledger(path: path, mayCreate: false, patience: 0.1)
    // Reading goes on.
    #expect(try ledger.contents().events.count == 1)
    let error = #expect(throws: FindingsError.self) {
      try other.record([LedgerAct(.approved, .first, by: "bob")])
    }
    let finding = try #require(error?.findings.first)
    #expect(finding.rule == "ledger.busy")
    #expect(finding.message.contains("process \(holder.process.processIdentifier)"))
  }

  /// A file that may grow no more is SQLite's full disk.
  @Test func aFullDiskIsAnErrorAndNoLoss() throws {
    let folder = try Folder()
    let path = folder.path("l.db")
    let ledger = try Sample.ledger(path)
    let pages = try DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0
    }
    try ledger.limit(pages: pages + 2)
    var recorded = 0
    var findings: [Finding] = []
    while findings.isEmpty, recorded < 1000 {
      do {
        let text = String(repeating: "x", count: 900)
        try ledger.record([LedgerAct(.noted, .first, by: "bob", why: text)])
        recorded += 1
      } catch {
        findings = error.findings
      }
    }
    #expect(findings.map(\.rule) == ["ledger.disk-full"])
    #expect(recorded > 0)
    #expect(try ledger.contents().events.count == 1 + recorded)
    let again = try Ledger(path: path)
    #expect(try again.contents().events.count == 1 + recorded)
    try again.record([LedgerAct(.approved, .first, by: "bob")])
    #expect(try again.contents().entry(.first)?.state == .approved)
  }
}

import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Programs that are started and waited for.
@Suite struct ChildTests {
  @Test func exitCodesAndSignals() throws {
    #expect(try Child.run("/bin/sh", ["-c", "exit 0"]) == 0)
    #expect(try Child.run("/bin/sh", ["-c", "exit 7"]) == 7)
    #expect(try Child.run("/bin/sh", ["-c", "kill -TERM $$"]) == 128 + 15)
    #expect(throws: Child.Failure.self) { try Child.run("/no/such/program", []) }
    #expect(throws: Child.Failure.self) {
      try Child.run("/bin/sh", [], in: URL(filePath: "/no/such/folder"))
    }
  }

  @Test func streamsFoldersAndArguments() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data().write(to: file)
    let output = try FileHandle(forWritingTo: file)
    let status = try Child.run(
      "/bin/sh", ["-c", "pwd; echo \"$1\"; cat", "sh", "it's \"quoted\""], in: URL(filePath: "/"),
      output: output)
    #expect(status == 0)
    #expect(try String(contentsOf: file, encoding: .utf8) == "/\nit's \"quoted\"\n")
  }

  #if os(Linux)
    /// A child that does nothing is asked about, and ended; one that computes is not.
    @Test func aSilentChildIsAskedAboutAndEnded() throws {
      var asked: [Int] = []
      var watch = Child.Watch(end: 3)
      watch.ask = 1
      watch.asked = { asked.append($1) }
      let start = ContinuousClock.now
      #expect(throws: Child.Failure.self) { try Child.run("/bin/sleep", ["60"], watch: watch) }
      #expect(asked.starts(with: [1, 2]))
      #expect(ContinuousClock.now - start < .seconds(50))
      asked = []
      let busy = "i=0; while [ $i -lt 3000000 ]; do i=$((i+1)); done"
      #expect(try Child.run("/bin/sh", ["-c", busy], watch: watch) == 0)
      #expect(asked.isEmpty)
    }

    @Test func aSilentEngineIsAFinding() throws {
      let folder = try Scratch()
      defer { folder.remove() }
      let program = "\(folder.path)/duckdb"
      try WrittenProgram.write("#!/bin/sh\nexec sleep 60\n", to: URL(filePath: program))
      var duckdb = DuckDB(program: program)
      duckdb.watch.end = 2
      var findings: [Finding] = []
      do throws(FindingsError) {
        _ = try duckdb.run("select 1;", in: folder)
      } catch { findings = error.findings }
      #expect(findings.map(\.rule) == ["import.engine-silent"], "\(findings.map(\.message))")
    }
  #endif
}

import Foundation
import TestSupport
import Testing

@testable import MIP

/// Programs and our answers, written out for another solver to check;
/// `Tests/Performance/crosscheck` asks for them and asks HiGHS.
@Suite struct ExchangeTests {
  private static let folder = ProcessInfo.processInfo.environment["PLIMSOLL_EXCHANGE"]

  @Test(
    .enabled(if: folder != nil, "Tests/Performance/crosscheck sets PLIMSOLL_EXCHANGE to a folder"),
    arguments: 1...60)
  func write(seed: UInt64) throws {
    let folder = URL(filePath: try #require(Self.folder))
    try write("random-\(seed)", RandomProgram.any(seed: seed), into: folder)
    try write("decades-\(seed)", RandomProgram.any(seed: seed + 1000, decades: 3), into: folder)
    if seed <= 20 {
      try write("knapsack-\(seed)", SearchTests.Knapsack(seed: seed).program, into: folder)
      let fleet = Fleet(
        seed: seed, groups: 2 + Int(seed) % 7, hours: 50 + 5 * Int(seed), decades: -2...1)
      try write("fleet-\(seed)", fleet.program, into: folder)
    }
  }

  /// The LP text, and the answer on one line: the status and the objective, or the error.
  private func write(_ name: String, _ program: Program, into folder: URL) throws {
    var answer: String
    do {
      let result = try Solver(program).solveInteger(SearchOptions(timeLimit: .seconds(20)))
      answer = "\(result.status) \(result.objective)"
    } catch {
      answer = "error \(error)"
    }
    answer += "\n"
    try Data(program.lpText.utf8).write(to: folder.appending(path: "\(name).lp"))
    try Data(answer.utf8).write(to: folder.appending(path: "\(name).answer"))
  }
}

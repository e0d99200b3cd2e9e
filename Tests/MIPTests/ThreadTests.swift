import CGLPK
import Foundation
import Synchronization
import Testing

@testable import MIP

/// GLPK's memory belongs to a thread: several threads at once work, one solver on two does not.
@Suite struct ThreadTests {
  @Test func solversOnThreadsOfTheirOwn() async throws {
    let right = await withTaskGroup(of: Int.self) { group in
      for thread in 0..<4 {
        group.addTask {
          await onAThread {
            (1...25).count { seed in
              let knapsack = SearchTests.Knapsack(seed: UInt64(seed + 100 * thread))
              let found = try? Solver(knapsack.program).solveInteger().objective
              return found?.isClose(to: knapsack.best) ?? false
            }
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(right == 100)
  }

  /// Two at once say, to the last digit, what each says alone; faults of a third disturb neither.
  @Test func twoAtOnceAnswerAsAlone() async throws {
    let seeds: [UInt64] = [5, 6]
    let alone = seeds.map(Self.answers)
    async let disturbance: Void = onAThread {
      for _ in 0..<30 {
        guard let solver = try? Solver(RelaxationTests.textbook().0) else { continue }
        _ = plimsoll_lp_delete_rows(solver.handle, 1, [7])
      }
    }
    async let first = onAThread { Self.answers(seeds[0]) }
    async let second = onAThread { Self.answers(seeds[1]) }
    let together = await [first, second]
    await disturbance
    #expect(together == alone)
    #expect(alone.allSatisfy { $0.count == 12 })
  }

  /// What several programs come to: planning ones and random ones.
  private static func answers(_ seed: UInt64) -> [[Double]] {
    let fleets = (0..<4).map {
      Fleet(seed: seed + 10 * $0, groups: 4, hours: 24, decades: -1...1).program
    }
    let random = (0..<8).map { RandomProgram.any(seed: seed + 100 * $0) }
    return (fleets + random).compactMap { program in
      guard let result = try? Solver(program).solveInteger() else { return nil }
      return [result.objective, result.bound, Double(result.nodes)] + result.values
    }
  }

  @Test func anotherThreadIsRefused() async throws {
    let solver = Carried(try Solver(RelaxationTests.textbook().0))
    let error = await onAThread {
      do {
        _ = try solver.value.solveRelaxation()
        return MIPError?.none
      } catch {
        return error as? MIPError
      }
    }
    #expect(error == .wrongThread)
  }

  /// Lets a solver cross to another thread, which is what it has to refuse.
  private struct Carried: @unchecked Sendable {
    let value: Solver

    init(_ value: Solver) {
      self.value = value
    }
  }
}

/// Runs a block on a thread made for it.
func onAThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    Thread { continuation.resume(returning: body()) }.start()
  }
}

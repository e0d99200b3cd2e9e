import Foundation
import MIP
import Synchronization
import Testing

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

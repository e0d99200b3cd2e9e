import Foundation
import MIP
import TestSupport
import Testing

/// Solves that end early say so, keep what they have, and prove what they say.
@Suite struct LimitTests {
  /// Integer programs with equations between many columns: hours of work for a tree search.
  static func hard(_ columns: Int = 40, rows: Int = 4) -> Program {
    var random = SeededGenerator(seed: 11)
    var program = Program("market split")
    let x = (0..<columns).map { program.addVariable("x[\($0)]", domain: .binary) }
    for row in 0..<rows {
      let weights = x.map { _ in Double(Int.random(in: 0...99, using: &random)) }
      let over = program.addVariable("over[\(row)]", cost: 1)
      let under = program.addVariable("under[\(row)]", cost: 1)
      let half = (weights.reduce(0, +) / 2).rounded(.down)
      program.addRow(
        "split[\(row)]", zip(weights, x).map(Term.init) + [Term(-1, over), Term(1, under)],
        lower: half, upper: half)
    }
    return program
  }

  @Test func timeLimitKeepsTheBestAndItsBound() throws {
    let solver = try Solver(Self.hard())
    let clock = ContinuousClock()
    var result: MIPResult?
    let took = try clock.measure {
      result = try solver.solveInteger(SearchOptions(timeLimit: .milliseconds(200)))
    }
    let found = try #require(result)
    #expect(took < .seconds(3))
    #expect(found.stop == .timeLimit)
    #expect(found.status == .feasible || found.status == .unknown)
    #expect(found.bound >= 0)
    #expect(found.bound <= found.objective)
    #expect(found.nodes > 0)
  }

  @Test func interruptFromAnotherThread() throws {
    let interrupt = Interrupt()
    // A task would begin when a core is free of other tests, which may be minutes from now.
    Thread {
      Thread.sleep(forTimeInterval: 0.1)
      interrupt.raise()
    }.start()
    let result = try Solver(Self.hard()).solveInteger(interrupt: interrupt)
    #expect(result.stop == .interrupted)
    #expect(result.bound <= result.objective)
  }

  @Test func raisedBeforeNothingRuns() throws {
    let interrupt = Interrupt()
    interrupt.raise()
    let solver = try Solver(RelaxationTests.textbook().0)
    let stopped = try solver.solveRelaxation(interrupt: interrupt)
    #expect(stopped.status == .unknown)
    #expect(stopped.stop == .interrupted)
    #expect(stopped.values.count == 2)
    #expect(try solver.solveInteger(interrupt: interrupt).stop == .interrupted)
    interrupt.clear()
    #expect(try solver.solveRelaxation(interrupt: interrupt).status == .optimal)
    let late = try solver.solveRelaxation(timeLimit: .zero)
    #expect(late.stop == .timeLimit)
  }

  @Test func aStartIsTheFirstIncumbent() throws {
    let program = Self.hard()
    var start = [Double](repeating: 0, count: program.variables.count)
    for (row, split) in program.rows.enumerated() { start[40 + 2 * row + 1] = split.lower }
    let worth = start.reduce(0, +)
    let result = try Solver(program).solveInteger(
      SearchOptions(timeLimit: .milliseconds(50)), start: start)
    #expect(result.acceptedStart)
    #expect(result.status == .feasible)
    #expect(result.objective <= worth)
    // No time at all: the start is what there is, and nothing is proven about it.
    let none = try Solver(program).solveInteger(SearchOptions(timeLimit: .zero), start: start)
    #expect(none.status == .feasible)
    #expect(none.stop == .timeLimit)
    #expect(none.objective == worth)
    #expect(none.bound == -.infinity)
  }

  @Test(arguments: 1...10) func theBestAsAStartStaysTheBest(seed: UInt64) throws {
    let knapsack = SearchTests.Knapsack(seed: seed)
    let best = try Solver(knapsack.program).solveInteger()
    var options = SearchOptions(relativeGap: 0.05)
    options.roundingHeuristic = false
    let again = try Solver(knapsack.program).solveInteger(options, start: best.values)
    #expect(again.acceptedStart)
    #expect(again.objective.isClose(to: best.objective))
    #expect(again.nodes <= best.nodes)
  }

  @Test func anInfeasibleStartIsLeftAside() throws {
    let knapsack = SearchTests.Knapsack(seed: 2)
    let solver = try Solver(knapsack.program)
    for value in [1e6, 0.5, -1, .nan] {
      let start = [Double](repeating: value, count: solver.variableCount)
      let result = try solver.solveInteger(start: start)
      #expect(!result.acceptedStart)
      #expect(result.objective.isClose(to: knapsack.best))
    }
  }
}

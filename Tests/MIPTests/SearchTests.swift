import MIP
import TestSupport
import Testing

/// Integer programs small enough to try every combination.
@Suite struct SearchTests {
  /// A knapsack with several capacities: minimise −value, each item at most `most` times.
  struct Knapsack {
    var values: [Double]
    var weights: [[Double]]
    var capacities: [Double]
    var most: Int

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      let items = Int.random(in: 2...7, using: &random)
      most = Int.random(in: 1...2, using: &random)
      values = (0..<items).map { _ in Double(Int.random(in: 1...40, using: &random)) / 4 }
      weights = (0..<2).map { _ in
        (0..<items).map { _ in Double(Int.random(in: 1...20, using: &random)) }
      }
      capacities = weights.map { ($0.reduce(0, +) * Double.random(in: 0.2...0.8, using: &random)) }
    }

    var program: Program {
      var program = Program("knapsack")
      let take = values.enumerated().map {
        program.addVariable(
          "take[\($0)]", upper: Double(most), cost: -$1, domain: most == 1 ? .binary : .integer)
      }
      for (row, capacity) in capacities.enumerated() {
        program.addRow("room", zip(weights[row], take).map(Term.init), upper: capacity)
      }
      return program
    }

    func isFeasible(_ counts: [Double]) -> Bool {
      zip(weights, capacities).allSatisfy { weights, capacity in
        zip(weights, counts).reduce(0) { $0 + $1.0 * $1.1 } <= capacity
      }
    }

    func cost(_ counts: [Double]) -> Double { zip(values, counts).reduce(0) { $0 - $1.0 * $1.1 } }

    /// The least cost, by trying everything.
    var best: Double {
      var best = 0.0
      var counts = [Double](repeating: 0, count: values.count)
      while let place = counts.firstIndex(where: { $0 < Double(most) }) {
        for earlier in 0..<place { counts[earlier] = 0 }
        counts[place] += 1
        if isFeasible(counts) { best = min(best, cost(counts)) }
      }
      return best
    }
  }

  @Test(arguments: 1...60) func knapsackAgainstTryingEverything(seed: UInt64) throws {
    let knapsack = Knapsack(seed: seed)
    let result = try Solver(knapsack.program).solveInteger()
    #expect(result.status == .optimal)
    #expect(result.objective.isClose(to: knapsack.best))
    #expect(result.bound == result.objective)
    #expect(knapsack.isFeasible(result.values))
    #expect(result.values.allSatisfy { $0 == $0.rounded() })
  }

  @Test(arguments: 1...20) func cutsChangeNothing(seed: UInt64) throws {
    let knapsack = Knapsack(seed: seed)
    var options = SearchOptions()
    options.gomoryCuts = true
    options.mirCuts = true
    options.coverCuts = true
    options.roundingHeuristic = false
    let result = try Solver(knapsack.program).solveInteger(options)
    #expect(result.objective.isClose(to: knapsack.best))
  }

  @Test(arguments: 61...80) func gapStopsWithAProvenBound(seed: UInt64) throws {
    let knapsack = Knapsack(seed: seed)
    let result = try Solver(knapsack.program).solveInteger(SearchOptions(relativeGap: 0.2))
    #expect(result.status == .optimal || result.stop == .gapReached)
    #expect(result.gap <= 0.2 + 1e-12)
    #expect(result.bound <= knapsack.best + 1e-9)
    #expect(knapsack.isFeasible(result.values))
  }

  @Test func solvesGoOnAfterASearch() throws {
    let knapsack = Knapsack(seed: 7)
    let solver = try Solver(knapsack.program)
    let before = try solver.solveRelaxation()
    let first = try solver.solveInteger()
    let after = try solver.solveRelaxation()
    #expect(after.objective.isClose(to: before.objective))
    #expect(after.rows.map(\.id) == before.rows.map(\.id))
    let taken = first.values.indices.filter { first.values[$0] > 0 }.map(VariableID.init(index:))
    try solver.addRows([
      Row("not that again", taken.map { Term(1, $0) }, upper: Double(taken.count) - 1)
    ])
    #expect(try solver.solveInteger().objective >= first.objective)
  }

  @Test func fractionalBoundsOnIntegers() throws {
    var program = Program()
    let x = program.addVariable("x", lower: 0.4, upper: 2.7, cost: -1, domain: .integer)
    let solver = try Solver(program)
    #expect(try solver.solveInteger()[x] == 2)
    #expect(try solver.solveRelaxation()[x].isClose(to: 2.7))
    try solver.setBounds(of: [x], lower: [1.2], upper: [1.8])
    #expect(try solver.solveInteger().status == .infeasible)
    #expect(try solver.solveRelaxation()[x].isClose(to: 1.8))
  }

  @Test func integerInfeasibleThoughTheRelaxationIsNot() throws {
    var program = Program()
    let x = program.addVariable("x", upper: 10, cost: 1, domain: .integer)
    program.addRow("odd", [Term(2, x)], lower: 5, upper: 5)
    let result = try Solver(program).solveInteger()
    #expect(result.status == .infeasible)
    #expect(result.bound == .infinity)
    #expect(result.values.isEmpty)
    #expect(result.gap == .infinity)
  }
}

import MIP
import Testing

/// Models whose numbers lie many powers of ten apart end in an answer or an error.
@Suite struct BadNumberTests {
  @Test func millionthsBesideTensOfThousands() throws {
    var program = Program()
    let tiny = program.addVariable("tiny", upper: 1e9, cost: 1e-6)
    let huge = program.addVariable("huge", cost: 1e4)
    let toGo = program.addVariable("theta", cost: 1)
    program.addRow("a", [Term(1e-6, tiny), Term(1e4, huge)], lower: 500)
    program.addRow("b", [Term(1e4, tiny), Term(-1e-6, toGo)], upper: 1e12)
    program.addRow("c", [Term(2e-6, tiny), Term(1, toGo)], lower: 1e3)
    let result = try Solver(program).solveRelaxation()
    // Tiny pays until it fills row b: 1e8 of it cost 100, and leave 400 to huge and 800 to theta.
    #expect(result.status == .optimal)
    #expect(result[tiny].isClose(to: 1e8))
    #expect(result[huge].isClose(to: 0.04))
    #expect(result.objective.isClose(to: 1300))
  }

  /// What is called optimal satisfies the rows and bounds, in the model's own units.
  @Test(arguments: 1...150) func optimalMeansFeasible(seed: UInt64) throws {
    let program = RandomProgram.any(seed: seed, decades: 4)
    let solver = try Solver(program)
    let answer = try? solver.solveRelaxation(timeLimit: .seconds(2))
    guard let result = answer, result.status == .optimal else { return }
    for (state, row) in zip(result.rows, program.rows) {
      let activity = row.terms.reduce(0) { $0 + $1.coefficient * result[$1.variable] }
      let size = row.terms.reduce(1) { $0 + abs($1.coefficient * result[$1.variable]) }
      #expect(activity.isClose(to: state.activity, within: 1e-6 * size))
      #expect(activity >= row.lower - 1e-5 * max(1, abs(row.lower)))
      #expect(activity <= row.upper + 1e-5 * max(1, abs(row.upper)))
    }
    let cost = zip(program.variables, result.values).reduce(0) { $0 + $1.0.cost * $1.1 }
    #expect(cost.isClose(to: result.objective, within: 1e-6))
  }

  /// Strong duality, from what the result says: bounds times duals make the objective.
  @Test(arguments: 1...40) func dualsAddUpToTheObjective(seed: UInt64) throws {
    let program = RandomProgram.any(seed: seed)
    let result = try Solver(program).solveRelaxation()
    guard result.status == .optimal else { return }
    var sum = 0.0
    for (state, row) in zip(result.rows, program.rows) where state.dual != 0 {
      sum += state.dual * (state.dual > 0 ? row.lower : row.upper)
    }
    for (variable, reduced) in zip(program.variables, result.reducedCosts) where reduced != 0 {
      sum += reduced * (reduced > 0 ? variable.lower : variable.upper)
    }
    #expect(sum.isClose(to: result.objective, within: 1e-6))
  }
}

import CGLPK
import TestSupport
import Testing

@testable import MIP

/// What would be hard on any solver ends in an error or in a right answer.
@Suite struct RobustnessTests {
  /// Prices between a millionth and ten thousands in one program.
  @Test(arguments: 1...6) func pricesOfTenDecades(seed: UInt64) throws {
    let fleet = Fleet(seed: seed, groups: 8, hours: 30, decades: -6...4)
    let result = try Solver(fleet.program).solveInteger()
    #expect(result.status == .optimal)
    #expect(result.objective.isClose(to: fleet.best))
  }

  /// An integer solution satisfies rows and bounds in the model's own units, however bad its
  /// numbers.
  @Test(arguments: 1...100) func integerSolutionsAreFeasible(seed: UInt64) throws {
    let program = RandomProgram.any(seed: seed, decades: 4)
    let answer = try? Solver(program).solveInteger(SearchOptions(timeLimit: .seconds(2)))
    guard let result = answer, !result.values.isEmpty else { return }
    #expect(result.bound <= result.objective)
    for (value, variable) in zip(result.values, program.variables) {
      if variable.domain != .continuous { #expect(value == value.rounded()) }
      #expect(value >= variable.lower - 1e-6 * max(1, abs(variable.lower)))
      #expect(value <= variable.upper + 1e-6 * max(1, abs(variable.upper)))
    }
    for row in program.rows {
      let terms = row.terms.map { $0.coefficient * result[$0.variable] }
      let slack = 1e-5 * terms.reduce(1) { max($0, abs($1)) }
      #expect(terms.reduce(0, +) >= row.lower - slack)
      #expect(terms.reduce(0, +) <= row.upper + slack)
    }
  }

  /// Cuts of one point, again and again, differ in their last digits only.
  @Test(arguments: [1e-5, 1e-8, 1e-11, 0]) func nearlyParallelRows(apart: Double) throws {
    var random = SeededGenerator(seed: 17)
    var program = Program("parallel")
    let costs = (0..<12).map { _ in Double.random(in: 1...2, using: &random) }
    let slopes = costs.map { _ in Double.random(in: 1...9, using: &random) }
    let x = costs.enumerated().map { program.addVariable("x[\($0)]", cost: $1) }
    for row in 0..<80 {
      let near = slopes.map { $0 * (1 + Double.random(in: -1...1, using: &random) * apart) }
      program.addRow("cut[\(row)]", zip(near, x).map(Term.init), lower: 1000)
    }
    let result = try Solver(program).solveRelaxation()
    #expect(result.status == .optimal)
    let single = zip(costs, slopes).map { 1000 * $0 / $1 }.min() ?? 0
    #expect(result.objective.isClose(to: single, within: 2 * apart + 1e-9))
    let again = try Solver(program).solveInteger()
    #expect(again.objective.isClose(to: result.objective))
  }

  @Test(arguments: [1e9, 1e12, 1e15, 1e18, 1e300]) func hugeBounds(bound: Double) throws {
    var program = Program("huge")
    let x = program.addVariable("x", lower: -bound, upper: bound, cost: 1)
    let y = program.addVariable("y", upper: bound, cost: 3)
    let n = program.addVariable("n", upper: bound, cost: 2.5, domain: .integer)
    program.addRow("floor", [Term(1, x)], lower: -4)
    program.addRow("need", [Term(1, y), Term(1, n)], lower: 10.5, upper: bound)
    let result = try Solver(program).solveInteger()
    #expect(result.status == .optimal)
    // Ten whole ones, and half of the more expensive one.
    #expect(result.objective.isClose(to: -4 + 25 + 1.5))
  }

  /// Memory runs out at one place or another: an error then, the right answer else, and the thread
  /// goes on.
  @Test func anyMemoryLimit() throws {
    let fleet = Fleet(seed: 3, groups: 8, hours: 100, decades: 0...1)
    let program = fleet.program
    var faults = 0
    for mebibytes in 1...4 {
      switch Result(catching: { try Self.solve(program, mebibytes: mebibytes) }) {
      case .success(let result): #expect(result.objective.isClose(to: fleet.best))
      case .failure(let error):
        #expect("\(error)".contains("memory"))
        faults += 1
      }
    }
    #expect((1...3).contains(faults))
    #expect(try Solver(program).solveInteger().objective.isClose(to: fleet.best))
  }

  private static func solve(_ program: Program, mebibytes: Int) throws -> MIPResult {
    let solver = try Solver()
    try solver.check(plimsoll_lp_limit_memory(solver.handle, Int32(mebibytes)))
    try solver.addVariables(program.variables)
    try solver.addRows(program.rows)
    return try solver.solveInteger()
  }
}

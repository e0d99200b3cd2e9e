import MIP
import Testing

/// Linear programs whose answers can be worked out on paper.
@Suite struct RelaxationTests {
  /// min −3x − 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: the textbook's (2, 6) with −36.
  static func textbook() -> (Program, VariableID, VariableID) {
    var program = Program("textbook")
    let x = program.addVariable("x", cost: -3)
    let y = program.addVariable("y", cost: -5)
    program.addRow("plant 1", [Term(1, x)], upper: 4)
    program.addRow("plant 2", [Term(2, y)], upper: 12)
    program.addRow("plant 3", [Term(3, x), Term(2, y)], upper: 18)
    return (program, x, y)
  }

  @Test func textbookOptimum() throws {
    let (program, x, y) = Self.textbook()
    let result = try Solver(program).solveRelaxation()
    #expect(result.status == .optimal)
    #expect(result.stop == .finished)
    #expect(result.objective.isClose(to: -36))
    #expect(result[x].isClose(to: 2))
    #expect(result[y].isClose(to: 6))
    #expect(result.rows.map(\.isBasic) == [true, false, false])
    #expect(result.rows.map(\.dual).isClose(to: [0, -1.5, -1]))
    #expect(result.rows.map(\.activity).isClose(to: [2, 12, 18]))
    #expect(result.reducedCosts.isClose(to: [0, 0]))
  }

  @Test func boundsAloneDecide() throws {
    var program = Program()
    let x = program.addVariable("x", lower: -2, upper: 7, cost: -1)
    let y = program.addVariable("y", lower: 3, cost: 2)
    let result = try Solver(program).solveRelaxation()
    #expect(result.status == .optimal)
    #expect(result.objective.isClose(to: -1))
    #expect(result[x] == 7)
    #expect(result[y] == 3)
    #expect(result.reducedCosts == [-1, 2])
  }

  @Test func emptyProgram() throws {
    let solver = try Solver()
    #expect(try solver.solveRelaxation().status == .optimal)
    #expect(try solver.solveInteger().status == .optimal)
  }

  @Test func termsOfOneVariableAddUp() throws {
    var program = Program()
    let x = program.addVariable("x", cost: 1)
    program.addRow("twice", [Term(1, x), Term(1, x)], lower: 6)
    #expect(try Solver(program).solveRelaxation()[x].isClose(to: 3))
    #expect(program.rows[0].terms == [Term(2, x)])
    let solver = try Solver(Program())
    let y = try solver.addVariables([Variable("y", cost: 1)])[0]
    try solver.addRows([Row("twice", [Term(1, y), Term(1, y)], lower: 6)])
    #expect(try solver.solveRelaxation()[y].isClose(to: 3))
  }

  @Test func freeFixedAndRangedParts() throws {
    var program = Program()
    let x = program.addVariable("x", lower: -.infinity, cost: 1)
    let y = program.addVariable("y", lower: 4, upper: 4)
    program.addRow("range", [Term(1, x), Term(1, y)], lower: -3, upper: 10)
    program.addRow("equation", [Term(2, y)], lower: 8, upper: 8)
    program.addRow("no bounds", [Term(1, x)])
    let result = try Solver(program).solveRelaxation()
    #expect(result.objective.isClose(to: -7))
  }

  @Test func infeasibleIsSaidSo() throws {
    var program = Program()
    let x = program.addVariable("x", upper: 1, cost: 1)
    let y = program.addVariable("y", upper: 1)
    program.addRow("too much", [Term(1, x), Term(1, y)], lower: 3)
    #expect(try Solver(program).solveRelaxation().status == .infeasible)
    #expect(try Solver(program).solveInteger().status == .infeasible)
  }

  @Test func infeasibleWithoutADualFeasibleStart() throws {
    var program = Program()
    let x = program.addVariable("x", lower: -.infinity, cost: -1)
    let y = program.addVariable("y", cost: -1)
    program.addRow("above", [Term(1, x), Term(-1, y)], lower: 1)
    program.addRow("below", [Term(1, x), Term(-1, y)], upper: 0)
    #expect(try Solver(program).solveRelaxation().status == .infeasible)
  }

  @Test func infeasibleAfterABoundMoved() throws {
    let (program, x, y) = Self.textbook()
    let solver = try Solver(program)
    #expect(try solver.solveRelaxation().status == .optimal)
    try solver.setBounds(of: [x, y], lower: [4, 4], upper: [5, 5])
    #expect(try solver.solveRelaxation().status == .infeasible)
    try solver.setBounds(of: [x, y], lower: [0, 0], upper: [.infinity, .infinity])
    #expect(try solver.solveRelaxation().objective.isClose(to: -36))
  }

  @Test func unboundedIsSaidSo() throws {
    var program = Program()
    let x = program.addVariable("x", cost: -1)
    let y = program.addVariable("y", cost: 1)
    program.addRow("ray", [Term(1, x), Term(-2, y)], upper: 1)
    #expect(try Solver(program).solveRelaxation().status == .unbounded)
    let search = try Solver(program).solveInteger()
    #expect(search.status == .unbounded)
    #expect(search.bound == -.infinity)
  }

  @Test func costsCanChange() throws {
    let (program, x, y) = Self.textbook()
    let solver = try Solver(program)
    _ = try solver.solveRelaxation()
    try solver.setCosts(of: [x, y], [-3, 1])
    let result = try solver.solveRelaxation()
    #expect(result.objective.isClose(to: -12))
    #expect(result[x].isClose(to: 4))
  }
}

extension Double {
  /// Equal but for rounding.
  func isClose(to other: Double, within tolerance: Double = 1e-7) -> Bool {
    abs(self - other) <= tolerance * max(1, abs(other))
  }
}

extension [Double] {
  func isClose(to other: [Double], within tolerance: Double = 1e-7) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.isClose(to: $1, within: tolerance) }
  }
}

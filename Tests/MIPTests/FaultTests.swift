import CGLPK
import Foundation
import Testing

@testable import MIP

/// Faults inside GLPK, which would abort the process, end in errors; the thread goes on.
@Suite struct FaultTests {
  @Test func aFaultIsAnErrorAndANewSolverWorks() throws {
    let (program, x, _) = RelaxationTests.textbook()
    let bystander = try Solver(program)
    let solver = try Solver(program)
    // Past Swift's checks: a row with a column that is not there.
    let status = plimsoll_lp_add_rows(solver.handle, 1, [0], [1], [0, 1], [99], [1])
    #expect(Int(status) == PLIMSOLL_FAULT)
    let said = String(cString: plimsoll_lp_error(solver.handle))
    #expect(said.contains("column index out of range"))
    #expect(error { _ = try solver.solveRelaxation() }?.dead?.contains("glp_set_mat_row") == true)
    #expect(error { try bystander.setCosts(of: [x], [1]) }?.dead?.contains("another") == true)
    #expect(try Solver(program).solveRelaxation().objective.isClose(to: -36))
  }

  @Test func faultsInTheMiddleOfASolveAreErrors() throws {
    let solver = try Solver(RelaxationTests.textbook().0)
    var result = plimsoll_simplex_result()
    // A negative iteration limit is a fault inside glp_simplex.
    let status = plimsoll_lp_simplex(solver.handle, PLIMSOLL_SIMPLEX_DUAL.c, 1000, -1, &result)
    #expect(error { try solver.check(status) }?.fault?.contains("it_lim = -1") == true)
  }

  @Test func faultAfterFaultOnOneThread() throws {
    for _ in 0..<50 {
      let solver = try Solver(RelaxationTests.textbook().0)
      #expect(Int(plimsoll_lp_delete_rows(solver.handle, 1, [7])) == PLIMSOLL_FAULT)
    }
    #expect(try Solver().solveRelaxation().status == .optimal)
  }

  @Test func memoryThatRunsOutIsAnError() throws {
    let solver = try Solver()
    try solver.check(plimsoll_lp_limit_memory(solver.handle, 1))
    let many = (0..<20_000).map { Variable("v\($0)") }
    #expect(error { try solver.addVariables(many) }?.fault?.contains("memory") == true)
    #expect(try Solver().addVariables(many).count == many.count)
  }

  @Test func wrongModelsAreRefusedAndChangeNothing() throws {
    let (program, x, y) = RelaxationTests.textbook()
    let solver = try Solver(program)
    let foreign = VariableID(index: 2)
    #expect(error { try solver.addVariables([Variable("x", lower: 2, upper: 1)]) }?.invalid != nil)
    #expect(error { try solver.addVariables([Variable("x", cost: .nan)]) }?.invalid != nil)
    #expect(error { try solver.addVariables([Variable("x", lower: .nan)]) }?.invalid != nil)
    #expect(error { try solver.addVariables([Variable("x", lower: .infinity)]) }?.invalid != nil)
    #expect(error { try solver.addRows([Row("r", [Term(1, foreign)], upper: 1)]) }?.invalid != nil)
    #expect(
      error { try solver.addRows([Row("r", [Term(.infinity, x)], upper: 1)]) }?.invalid != nil)
    #expect(
      error { try solver.addRows([Row("r", [Term(1, x)], lower: 1, upper: 0)]) }?.invalid != nil)
    #expect(error { try solver.setBounds(of: [x, y], lower: [0], upper: [1, 1]) }?.invalid != nil)
    #expect(
      error { try solver.setBounds(of: [x, foreign], lower: [9, 0], upper: [9, 1]) }?.invalid != nil
    )
    #expect(
      error { try solver.setBounds(of: [RowID(index: 3)], lower: [0], upper: [1]) }?.invalid != nil)
    #expect(error { try solver.setCosts(of: [x], [.infinity]) }?.invalid != nil)
    #expect(error { try solver.setCosts(of: [VariableID(index: -1)], [0]) }?.invalid != nil)
    #expect(error { _ = try solver.solveInteger(start: [1]) }?.invalid != nil)
    #expect(try solver.solveRelaxation().objective.isClose(to: -36))
    #expect(solver.variableCount == 2)
  }

  @Test func version() {
    #expect(Solver.version.hasPrefix("GLPK "))
    #expect(Solver.version.split(separator: " ").last?.contains(".") == true)
  }

  /// What a call throws.
  private func error(_ body: () throws -> Void) -> MIPError? {
    do {
      try body()
      return nil
    } catch {
      return error as? MIPError
    }
  }
}

extension MIPError {
  fileprivate var fault: String? { if case .fault(let said) = self { said } else { nil } }
  fileprivate var dead: String? { if case .dead(let said) = self { said } else { nil } }
  fileprivate var invalid: String? { if case .invalidModel(let what) = self { what } else { nil } }
}

extension Int {
  /// C's enumerations come as Int and go in as Int32.
  fileprivate var c: Int32 { Int32(self) }
}

import MIP
import TestSupport
import Testing

/// Rows, bounds and solves in turn: what a cutting-plane master does to a solver.
@Suite struct WarmStartTests {
  @Test func rowsKeepTheirIdentity() throws {
    let (program, x, y) = RelaxationTests.textbook()
    let solver = try Solver(program)
    let first = try solver.solveRelaxation()
    let slack = first.rows.filter(\.isBasic).map(\.id)
    #expect(slack == [RowID(index: 0)])
    try solver.deleteRows(slack)
    #expect(solver.rowIDs.map(\.index) == [1, 2])
    let cut = try solver.addRows([Row("cut", [Term(1, x), Term(1, y)], upper: 7)])
    #expect(cut == [RowID(index: 3)])
    let second = try solver.solveRelaxation()
    #expect(second.objective.isClose(to: -33))
    #expect(second.rows.map(\.id.index) == [1, 2, 3])
    #expect(second.row(cut[0])?.activity.isClose(to: 7) == true)
    #expect(second.row(slack[0]) == nil)
    try solver.setBounds(of: cut, lower: [-.infinity], upper: [6])
    #expect(try solver.solveRelaxation().objective.isClose(to: -30))
    #expect(throws: MIPError.invalidModel("there is no row 0")) {
      try solver.deleteRows([cut[0], slack[0]])
    }
    try solver.deleteRows(cut)
    #expect(try solver.solveRelaxation().objective.isClose(to: -36))
  }

  @Test func deletingAnActiveRowStartsAgain() throws {
    let (program, _, _) = RelaxationTests.textbook()
    let solver = try Solver(program)
    let active = try solver.solveRelaxation().rows.filter { !$0.isBasic }.map(\.id)
    try solver.deleteRows(active + active)
    let result = try solver.solveRelaxation()
    #expect(result.status == .unbounded)
    #expect(result.rows.map(\.id.index) == [0])
  }

  @Test func aWarmStartIsShorterThanACold() throws {
    var random = SeededGenerator(seed: 3)
    let master = Master(columns: 120, random: &random)
    let solver = try Solver(master.program)
    try solver.addRows((0..<60).map { master.cut($0, &random) })
    let cold = try solver.solveRelaxation()
    try solver.addRows((60..<64).map { master.cut($0, &random) })
    let warm = try solver.solveRelaxation()
    #expect(warm.status == .optimal)
    #expect(warm.iterations * 4 < cold.iterations)
  }

  /// Every round of adding, deleting and moving bounds ends where a solver from nothing ends.
  @Test(arguments: 1...6) func everyRoundAgreesWithAColdStart(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var master = Master(columns: 30, random: &random)
    let solver = try Solver(master.program)
    var rows = Dictionary(uniqueKeysWithValues: zip(solver.rowIDs, master.program.rows))
    for round in 0..<12 {
      let cuts = (0..<5).map { master.cut(round * 5 + $0, &random) }
      for (id, cut) in zip(try solver.addRows(cuts), cuts) { rows[id] = cut }
      let box = master.moveBox(&random)
      try solver.setBounds(
        of: master.columns, lower: box.map(\.lowerBound), upper: box.map(\.upperBound))
      let warm = try solver.solveRelaxation()
      let cold = try Solver(master.program(with: solver.rowIDs.compactMap { rows[$0] }))
        .solveRelaxation()
      #expect(warm.status == cold.status)
      let isSame = warm.objective.isClose(to: cold.objective)
      #expect(warm.status == .infeasible || isSame)
      if round % 2 == 1 { try solver.deleteRows(warm.rows.filter(\.isBasic).map(\.id)) }
    }
  }
}

/// A master problem: purchases in a box, one cost-to-go, and cuts that bound it from below.
private struct Master {
  var program = Program("master")
  let columns: [VariableID]
  let toGo: VariableID

  init(columns count: Int, random: inout SeededGenerator) {
    var columns: [VariableID] = []
    for index in 0..<count {
      columns.append(
        program.addVariable(
          "q[\(index)]", upper: 100, cost: Double.random(in: 1...5, using: &random)))
    }
    self.columns = columns
    toGo = program.addVariable("theta", cost: 1)
    program.addRow("upfront", columns.map { Term(1, $0) }, upper: Double(20 * count))
  }

  func cut(_ index: Int, _ random: inout SeededGenerator) -> Row {
    let slopes = columns.map { Term(Double.random(in: 0...9, using: &random), $0) }
    return Row(
      "cut[\(index)]", slopes + [Term(1, toGo)],
      lower: Double.random(in: 100...3000, using: &random) * Double(columns.count) / 10)
  }

  mutating func moveBox(_ random: inout SeededGenerator) -> [ClosedRange<Double>] {
    columns.map { column in
      let low = Double.random(in: 0...25, using: &random)
      let box = low...(low + Double(Int.random(in: 0...30, using: &random)))
      program[column].lower = box.lowerBound
      program[column].upper = box.upperBound
      return box
    }
  }

  func program(with rows: [Row]) -> Program {
    var fresh = Program()
    for variable in program.variables { fresh.add(variable) }
    for row in rows { fresh.add(row) }
    return fresh
  }
}

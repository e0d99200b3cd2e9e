import Foundation
import TestSupport
import Testing

@testable import MIP

/// What the LP text says, and that GLPK's own reader understands it.
@Suite struct LPTextTests {
  static func everyKind() -> Program {
    var program = Program("every kind of row & bound")
    let q = program.addVariable("q[ri m5.large,2024-01]", upper: 12, cost: 61.32, domain: .integer)
    let z = program.addVariable("z[i-0a1,resize]", cost: -2.5, domain: .binary)
    let held = program.addVariable("held", lower: 1, upper: 1, domain: .binary)
    let free = program.addVariable("η", lower: -.infinity)
    let below = program.addVariable("below", lower: -.infinity, upper: -0.1, cost: 1e-7)
    let above = program.addVariable("free", lower: 3)
    let between = program.addVariable("e1", lower: -1, upper: 1e21)
    program.addVariable("in no row")
    program.addRow(
      "demand[m5,0]", [Term(1, q), Term(-1, z), Term(1.0 / 3, free)], lower: 8760)
    program.addRow("share", [Term(1, q), Term(2, above)], lower: -4, upper: 5)
    program.addRow("one", [Term(1, z), Term(1, held)], lower: 1, upper: 1)
    program.addRow("cap", [Term(-1, between), Term(1, below), Term(-1, free)], upper: 1e-5)
    program.addRow("unused", [Term(1, q)])
    program.addRow("empty", [], upper: 0)
    return program
  }

  @Test func golden() {
    let expected = """
      \\ every kind of row & bound
      Minimize
       obj: 61.32 q(ri_m5.large,2024_01) - 2.5 z(i_0a1,resize) + 1e-07 below + 0 in_no_row
      Subject To
       demand(m5,0): q(ri_m5.large,2024_01) - z(i_0a1,resize) + 0.3333333333333333 _ >= 8760
       share_min: q(ri_m5.large,2024_01) + 2 _free >= -4
       share_max: q(ri_m5.large,2024_01) + 2 _free <= 5
       one: z(i_0a1,resize) + held = 1
       cap: - _e1 + below - _ <= 1e-05
       empty: 0 q(ri_m5.large,2024_01) <= 0
      \\  no bounds: unused
      Bounds
       0 <= q(ri_m5.large,2024_01) <= 12
       held = 1
       _ free
       -inf <= below <= -0.1
       _free >= 3
       -1 <= _e1 <= 1e+21
      General
       q(ri_m5.large,2024_01) held
      Binary
       z(i_0a1,resize)
      End

      """
    #expect(Self.everyKind().lpText == expected)
  }

  @Test func namesAreDifferentAndPlain() {
    let names = [
      "a b", "a_b", "a-b", "", "", "x4", "3rd", ".5", "Inf", "nano", "END", "e", "E12", "edge",
      "obj", "ü", "a_b_2", "st", "s.t.", String(repeating: "n", count: 400),
    ]
    let unique = LPNames(names, fallback: "x").unique
    #expect(
      unique.dropLast() == [
        "a_b", "a_b_2", "a_b_3", "x3", "x4", "x4_2", "_3rd", "_.5", "_Inf", "_nano", "_END", "_e",
        "_E12", "edge", "_obj", "_", "a_b_2_2", "_st", "_s.t.",
      ])
    #expect(unique.allSatisfy { $0.count < 200 })
    #expect(LPNames(names, fallback: "x").unique == unique)
  }

  @Test func manyEqualNamesCostLittle() {
    let unique = LPNames([String](repeating: "cut", count: 100_000), fallback: "x").unique
    #expect(unique.last == "cut_100000")
  }

  @Test func linesStayShort() {
    var program = Program(String(repeating: "long\n", count: 200))
    let many = (0..<200).map { program.addVariable("v\($0)", cost: 1 / Double($0 + 3)) }
    program.addRow("sum", many.map { Term(1.5, $0) }, lower: 1, upper: 2)
    let lines = program.lpText.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.utf8.count < 250 })
    #expect(lines.count > 20)
  }

  @Test func readByGLPK() throws {
    var nothing = Program()
    #expect(try solvedByGLPK(nothing) == 0)
    nothing.addVariable("alone", lower: 2, cost: 3)
    #expect(try solvedByGLPK(nothing) == 6)
    var program = Self.everyKind()
    program[VariableID(index: 0)].upper = 9000
    program[VariableID(index: 3)].lower = -1000
    let ours = try Solver(program).solveInteger()
    let theirs = try solvedByGLPK(program)
    #expect(ours.status == .infeasible)
    #expect(theirs == nil)
  }

  /// Random programs have the same optimum whether GLPK reads our text or gets our calls.
  @Test(arguments: 1...12) func roundTrip(seed: UInt64) throws {
    let program = RandomProgram.any(seed: seed)
    let ours = try Solver(program).solveInteger()
    let theirs = try solvedByGLPK(program)
    #expect(ours.status == (theirs == nil ? .infeasible : .optimal))
    if let theirs { #expect(ours.objective.isClose(to: theirs, within: 1e-6)) }
  }

  /// The optimum that `glpsol` finds in our text, or nil if it finds that there is none.
  private func solvedByGLPK(_ program: Program) throws -> Double? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mip-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let model = folder.appending(path: "model.lp")
    let answer = folder.appending(path: "answer.txt")
    try program.lpText.write(to: model, atomically: false, encoding: .utf8)
    let glpsol = Process()
    glpsol.executableURL = URL(filePath: "/usr/bin/env")
    // GLPK's presolver for integers aborts on some of these programs, the tool just as the library.
    glpsol.arguments = ["glpsol", "--nointopt", "--lp", model.path, "-w", answer.path]
    glpsol.standardOutput = FileHandle.nullDevice
    try glpsol.runToEnd()
    try #require(glpsol.terminationStatus == 0, "glpsol (package glpk-utils) read the text")
    // "s mip <rows> <columns> <status> <objective>", or "s bas <rows> <columns> <f> <f>
    // <objective>".
    let lines = try String(contentsOf: answer, encoding: .utf8).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("s ") }).split(separator: " ")
    return line[4] == "o" || line[4] == "f" ? line.last.flatMap { Double($0) } : nil
  }
}

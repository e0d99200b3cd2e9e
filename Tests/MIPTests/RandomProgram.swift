import MIP
import TestSupport

/// Programs of chance with every kind of row and bound, bounded below, feasible or not.
enum RandomProgram {
  static func any(seed: UInt64, decades: Double = 1) -> Program {
    var random = SeededGenerator(seed: seed)
    var program = Program("random \(seed)")
    for index in 0..<Int.random(in: 2...12, using: &random) {
      program.add(variable("x[\(index)]", &random))
    }
    for index in 0..<Int.random(in: 1...8, using: &random) {
      program.add(row("r[\(index)]", of: program.variables.count, decades, &random))
    }
    return program
  }

  static func variable(_ name: String, _ random: inout SeededGenerator) -> Variable {
    let cost = Double.random(in: 0...10, using: &random)
    switch Int.random(in: 0...5, using: &random) {
    case 0: return Variable(name, lower: -5, cost: cost)
    case 1: return Variable(name, lower: 2, upper: 2, cost: cost)
    case 2: return Variable(name, upper: 9, cost: cost, domain: .integer)
    case 3: return Variable(name, cost: -cost, domain: .binary)
    case 4: return Variable(name, lower: -.infinity, upper: 20, cost: -cost)
    default: return Variable(name, cost: cost)
    }
  }

  /// A row whose coefficients lie within so many powers of ten of one.
  static func row(
    _ name: String, of variables: Int, _ decades: Double, _ random: inout SeededGenerator
  ) -> Row {
    func number(_ random: inout SeededGenerator) -> Double {
      var size = Double.random(in: 1...10, using: &random)
      for _ in 0..<Int(decades) { size *= [0.1, 1, 10][Int.random(in: 0...2, using: &random)] }
      return Bool.random(using: &random) ? size : -size
    }
    var terms: [Term] = []
    for index in 0..<variables where Bool.random(using: &random) {
      terms.append(Term(number(&random), VariableID(index: index)))
    }
    let bound = number(&random) * 3
    switch Int.random(in: 0...4, using: &random) {
    case 0: return Row(name, terms, lower: bound, upper: bound + abs(number(&random)))
    case 1: return Row(name, terms, lower: 0, upper: 0)
    case 2: return Row(name, terms, upper: abs(bound))
    case 3: return Row(name, terms, upper: bound)
    default: return Row(name, terms, lower: bound)
    }
  }
}

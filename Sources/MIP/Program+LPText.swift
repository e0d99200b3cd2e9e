extension Program {
  /// The program in CPLEX's LP format, with its names and every digit of its numbers.
  ///
  /// GLPK, HiGHS, CPLEX and Gurobi read it. We write it ourselves because GLPK's writer renames
  /// what it does not like. A row with two different bounds becomes two rows; a row without bounds
  /// stays as a comment. Equal programs give equal texts.
  package var lpText: String {
    let columns = LPNames(variables.map(\.name), fallback: "x")
    let constraints = LPConstraint.all(of: self)
    let labels = LPNames(constraints.map(\.name), fallback: "r")
    var text = LPWriter()
    text.comment(name)
    text.section("Minimize")
    text.form("obj", objective, columns)
    text.section("Subject To")
    for (constraint, label) in zip(constraints, labels.unique) {
      text.form(label, constraint.terms, columns, constraint.relation)
    }
    for row in rows where row.lower == -.infinity && row.upper == .infinity {
      text.comment(" no bounds: \(row.name)")
    }
    text.section("Bounds")
    for (variable, name) in zip(variables, columns.unique) {
      if let bounds = variable.lpBounds(name) { text.line(bounds) }
    }
    text.list("General", names(columns) { $0.domain != .continuous && !$0.isPlainBinary })
    text.list("Binary", names(columns) { $0.isPlainBinary })
    text.section("End")
    return text.lines.joined(separator: "\n") + "\n"
  }

  /// Costs that are not zero, and with no cost the variables that no row names, so that a reader
  /// meets every variable.
  private var objective: [Term] {
    var named = Set(rows.flatMap { $0.terms.map(\.variable.index) })
    if rows.isEmpty, !variables.isEmpty { named.insert(0) }
    return variables.indices.compactMap { index in
      let cost = variables[index].cost
      return cost == 0 && named.contains(index) ? nil : Term(cost, VariableID(index: index))
    }
  }

  private func names(_ columns: LPNames, where isOne: (Variable) -> Bool) -> [String] {
    zip(variables, columns.unique).filter { isOne($0.0) }.map(\.1)
  }
}

extension Variable {
  /// Whether the section `Binary` alone says all about the bounds.
  fileprivate var isPlainBinary: Bool { domain == .binary && lower == 0 && upper == 1 }

  /// A line of the section `Bounds`, or nil where the format's own bounds, 0 and ∞, hold.
  fileprivate func lpBounds(_ name: String) -> String? {
    if isPlainBinary || (lower == 0 && upper == .infinity) { return nil }
    if lower == upper { return "\(name) = \(lower.lpText)" }
    if lower == -.infinity, upper == .infinity { return "\(name) free" }
    if upper == .infinity { return "\(name) >= \(lower.lpText)" }
    return "\(lower == -.infinity ? "-inf" : lower.lpText) <= \(name) <= \(upper.lpText)"
  }
}

/// A row as the format has it: one relation each.
private struct LPConstraint {
  var name: String
  var terms: [Term]
  var relation: String

  static func all(of program: Program) -> [LPConstraint] {
    // The format knows neither an empty section nor an empty row: zero times something fills it.
    let nothing = [Term(0, VariableID(index: 0))]
    var all: [LPConstraint] = []
    for row in program.rows {
      let terms = row.terms.isEmpty ? nothing : row.terms
      func add(_ suffix: String, _ relation: String, _ bound: Double) {
        all.append(
          LPConstraint(
            name: row.name + suffix, terms: terms, relation: "\(relation) \(bound.lpText)"))
      }
      let isRange = row.lower > -.infinity && row.upper < .infinity
      if row.lower == row.upper {
        add("", "=", row.lower)
        continue
      }
      if row.lower > -.infinity { add(isRange ? "_min" : "", ">=", row.lower) }
      if row.upper < .infinity { add(isRange ? "_max" : "", "<=", row.upper) }
    }
    return all.isEmpty ? [LPConstraint(name: "nothing", terms: nothing, relation: ">= 0")] : all
  }
}

import MIP

/// The master program: purchases, actions, and one cost-to-go per stretch that rests on cuts.
///
///     min   Σ_j cost_j x_j + Σ_s θ_s
///     s.t.  C_c = Σ_{j in c} unit_j x_j                                  link
///           θ_s ≥ constant + Σ_c coefficient_c C_c + Σ_ia coefficient_ia z_ia      cuts
///           Σ_a z_ia ≤ 1                                                 choice
///           policy rows, with Σ_s θ_s for what stays on demand
///
/// Money is scaled so that all eligible usage costs 1e5: GLPK's tolerances are absolute.
final class Master {
  private let model: Model
  private let costToGo: CostToGo
  private let solver: Solver
  /// Currency units of one unit of the master's money.
  private let scale: Double
  private var purchases: [VariableID] = []
  private var capacities: [VariableID] = []
  private var actions: [VariableID] = []
  private var stretches: [VariableID] = []
  private var cutRows: [RowID] = []
  private(set) var cutsAdded = 0
  let variableCount: Int
  let rowCount: Int

  /// The master's answer.
  struct Answer {
    var decision: Decision
    /// Capacity of each of `CostToGo.capacities`, reckoned for the bound.
    var purchased: [Double]
    var costToGo: [Double]
    /// In currency units, without the model's constant; no plan inside the box costs less.
    var value: Double
    /// Whether the box holds the answer back.
    var isBoxed: Bool
  }

  init(_ model: Model, _ costToGo: CostToGo, keeping rows: [PolicyRow]) throws {
    self.model = model
    self.costToGo = costToGo
    scale = max(1e-9, model.eligible) / 1e5
    var program = Program(name: "master")
    for instrument in model.instruments {
      purchases.append(
        program.addVariable(
          "x[\(instrument.label)]", upper: instrument.upper, cost: instrument.cost / scale))
    }
    for (c, capacity) in costToGo.capacities.enumerated() {
      capacities.append(program.addVariable("C[\(c)]"))
      var terms = [Term(capacities[c], -1)]
      for (j, instrument) in model.instruments.enumerated()
      where instrument.pool == capacity.pool && instrument.active == capacity.active {
        terms.append(Term(purchases[j], instrument.unit))
      }
      _ = program.addRow("link[\(c)]", terms, lower: 0, upper: 0)
    }
    for machine in model.machines {
      var choice: [Term] = []
      for a in machine.targets.indices {
        let z = program.addVariable("z[\(machine.candidate.resource.id),\(a)]", upper: 1)
        actions.append(z)
        choice.append(Term(z, 1))
      }
      _ = program.addRow("choice[\(machine.candidate.resource.id)]", choice, upper: 1)
    }
    for s in costToGo.stretches.indices {
      stretches.append(program.addVariable("theta[\(s)]", cost: 1))
    }
    let starts = model.actionStarts
    for row in rows {
      // Rows of money are scaled with it; a share of nothing else changes by that.
      let factor = row.remaining != 0 ? 1 / scale : 1
      var terms = row.instruments.map { Term(purchases[$0.index], $0.coefficient * factor) }
      terms += row.actions.map {
        Term(actions[starts[$0.machine] + $0.action], $0.coefficient * factor)
      }
      if row.remaining != 0 { terms += stretches.map { Term($0, row.remaining) } }
      _ = program.addRow(row.name, terms, lower: row.lower * factor, upper: row.upper * factor)
    }
    variableCount = program.variables.count
    rowCount = program.rows.count
    solver = try Solver(program)
  }

  /// Adds those of an evaluation's cuts that the last answer does not already satisfy.
  func add(_ evaluation: CostToGo.Evaluation, unlessKnownTo answer: Answer?) throws {
    var rows: [Row] = []
    for (s, cut) in evaluation.cuts.enumerated() {
      if let answer, evaluation.values[s] <= answer.costToGo[s] + 1e-9 * abs(evaluation.values[s]) {
        continue
      }
      var terms = [Term(stretches[s], 1)]
      for (c, coefficient) in cut.capacity.enumerated() where coefficient != 0 {
        terms.append(Term(capacities[c], -coefficient / scale))
      }
      for (a, coefficient) in cut.actions.enumerated() where coefficient != 0 {
        terms.append(Term(actions[a], -coefficient / scale))
      }
      rows.append(Row(name: "cut[\(cutsAdded + rows.count)]", terms: terms, lower: cut.constant / scale))
    }
    guard !rows.isEmpty else { return }
    cutRows += try solver.addRows(rows)
    cutsAdded += rows.count
  }

  /// Deletes cuts that the last relaxation does not lean on.
  func purge(_ basic: [RowID: Bool]) throws {
    let slack = cutRows.filter { basic[$0] == true }
    try solver.deleteRows(slack)
    let gone = Set(slack)
    cutRows.removeAll { gone.contains($0) }
  }
}

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
  /// Rows that what stays on demand must stay under.
  private var floors: [(row: RowID, upper: Double)] = []
  private var boxed: [(lower: Double, upper: Double)] = []
  /// More capacity than this is of no use.
  private let largestUse: [Double]
  private var last: LPResult?
  private(set) var cutsAdded = 0
  let variableCount: Int
  let rowCount: Int

  /// The master's answer.
  struct Answer {
    var decision: Decision
    /// Capacity of each of `CostToGo.capacities`, reckoned for the bound.
    var purchased: [Double]
    var costToGo: [Double]
    /// In currency units, without the model's constant.
    var value: Double
    /// No plan (inside the box, where `isBoxed`) costs less than this, without the constant.
    var bound: Double
    /// Whether the box holds the answer back.
    var isBoxed: Bool
    /// What a currency unit less on demand, as the coverage floors ask for, costs here.
    var floorPrice = 0.0
  }

  init(_ model: Model, _ costToGo: CostToGo, keeping rows: [PolicyRow]) throws {
    self.model = model
    self.costToGo = costToGo
    scale = max(1e-9, model.eligible) / 1e5
    largestUse = costToGo.capacities.map { capacity in
      model.instruments.lazy
        .filter { $0.pool == capacity.pool && $0.active == capacity.active }
        .map { $0.upper * $0.unit }.max() ?? 0
    }
    boxed = largestUse.map { _ in (0, .infinity) }
    var program = Program("master")
    for instrument in model.instruments {
      purchases.append(
        program.addVariable(
          "x[\(instrument.label)]", upper: instrument.upper, cost: instrument.cost / scale,
          domain: instrument.grid == 1 ? .integer : .continuous))
    }
    for (c, capacity) in costToGo.capacities.enumerated() {
      capacities.append(program.addVariable("C[\(c)]"))
      var terms = [Term(-1, capacities[c])]
      for (j, instrument) in model.instruments.enumerated()
      where instrument.pool == capacity.pool && instrument.active == capacity.active {
        terms.append(Term(instrument.unit, purchases[j]))
      }
      _ = program.addRow("link[\(c)]", terms, lower: 0, upper: 0)
    }
    for machine in model.machines {
      var choice: [Term] = []
      for a in machine.targets.indices {
        let z = program.addVariable("z[\(machine.candidate.resource.id),\(a)]", domain: .binary)
        actions.append(z)
        choice.append(Term(1, z))
      }
      _ = program.addRow("choice[\(machine.candidate.resource.id)]", choice, upper: 1)
    }
    for s in costToGo.stretches.indices {
      stretches.append(program.addVariable("theta[\(s)]", cost: 1))
    }
    let (purchases, actions, stretches, scale) = (purchases, actions, stretches, scale)
    let starts = model.actionStarts
    for row in rows {
      // Rows of money are scaled with it; a share of nothing else changes by that.
      let factor = row.remaining.isEmpty ? 1 : 1 / scale
      var terms = row.instruments.map { Term($0.coefficient * factor, purchases[$0.index]) }
      terms += row.actions.map {
        Term($0.coefficient * factor, actions[starts[$0.machine] + $0.action])
      }
      if let coefficient = row.remaining.first { terms += stretches.map { Term(coefficient, $0) } }
      let id = program.addRow(
        row.name, terms, lower: row.lower * factor, upper: row.upper * factor)
      if row.isFloor { floors.append((id, row.upper * factor)) }
    }
    variableCount = program.variables.count
    rowCount = program.rows.count
    solver = try Solver(program)
  }

  /// Adds those of an evaluation's cuts that the last answer does not already satisfy.
  func add(_ evaluation: CostToGo.Evaluation, unlessKnownTo answer: Answer?) throws {
    var rows: [Row] = []
    for (s, cut) in evaluation.cuts.enumerated() {
      if let answer,
        evaluation.values[s] <= answer.costToGo[s] + 1e-9 * abs(evaluation.values[s]) + 1e-5 * scale
      {
        continue
      }
      var terms = [Term(1, stretches[s])]
      for (c, coefficient) in cut.capacity.enumerated() where coefficient != 0 {
        terms.append(Term(-coefficient / scale, capacities[c]))
      }
      for (a, coefficient) in cut.actions.enumerated() where coefficient != 0 {
        terms.append(Term(-coefficient / scale, actions[a]))
      }
      rows.append(Row("cut[\(cutsAdded + rows.count)]", terms, lower: cut.constant / scale))
    }
    guard !rows.isEmpty else { return }
    cutRows += try solver.addRows(rows)
    cutsAdded += rows.count
  }

  /// Deletes cuts that the last relaxation does not lean on.
  func purge() throws {
    guard let last else { return }
    let slack = cutRows.filter { last.row($0)?.isBasic == true }
    try solver.deleteRows(slack)
    let gone = Set(slack)
    cutRows.removeAll { gone.contains($0) }
  }

  // MARK: Bounds

  /// Keeps capacities inside a trust region.
  func box(_ region: TrustRegion) throws {
    boxed = capacities.indices.map { (region.lower($0), region.upper($0)) }
    try solver.setBounds(of: capacities, lower: boxed.map(\.lower), upper: boxed.map(\.upper))
  }

  /// Lets capacities be anything.
  private func unbox() throws {
    boxed = capacities.map { _ in (0, .infinity) }
    try solver.setBounds(of: capacities, lower: boxed.map(\.lower), upper: boxed.map(\.upper))
  }

  /// Whether the box holds nothing back.
  var isUnboxed: Bool {
    capacities.indices.allSatisfy { c in
      boxed[c].lower <= 0 && boxed[c].upper >= largestUse[c]
    }
  }

  /// Holds actions and whole units at the values of a decision; nil lets all go.
  func hold(_ decision: Decision?) throws {
    let whole = model.instruments.indices.filter { model.instruments[$0].grid == 1 }
    if !whole.isEmpty {
      try solver.setBounds(
        of: whole.map { purchases[$0] },
        lower: whole.map { decision?.purchases[$0] ?? 0 },
        upper: whole.map { decision?.purchases[$0] ?? model.instruments[$0].upper })
    }
    if !actions.isEmpty {
      try solver.setBounds(
        of: actions, lower: decision?.actions ?? actions.map { _ in 0 },
        upper: decision?.actions ?? actions.map { _ in 1 })
    }
  }

  /// Asks for more than the coverage floors do, by a share of what they leave on demand.
  ///
  /// Cuts lie below the cost-to-go and whole units below the relaxation's, so a plan that just keeps
  /// a floor here misses it by a hair in the end. A bound found meanwhile is no bound.
  func tightenFloors(by margin: Double) throws {
    try solver.setBounds(
      of: floors.map(\.row), lower: floors.map { _ in -.infinity },
      upper: floors.map { $0.upper - margin * abs($0.upper) })
  }

  var hasFloors: Bool { !floors.isEmpty }

  // MARK: Solving

  /// What came of a solve.
  enum Reply {
    case answer(Answer)
    case infeasible
    /// Out of time, or interrupted.
    case stopped
  }

  /// The relaxation inside the box.
  func solve(clock: Stopwatch, effort: PlanningEffort) throws -> Reply {
    let result = try solver.solveRelaxation(
      timeLimit: effort.timeLeft(clock), interrupt: effort.stop.interrupt)
    last = result
    switch result.status {
    case .optimal: break
    case .infeasible: return .infeasible
    // Costs are bounded by the cuts of the first evaluation, so `unbounded` is a fault of numbers.
    case .unbounded: throw MIPError.numericalTrouble("the master program is unbounded")
    case .unknown: return .stopped
    }
    let isHeld = capacities.indices.contains { c in
      let value = result.values[capacities[c].index]
      let slack = 1e-9 * max(1, value)
      let atLower = boxed[c].lower > 0 && value <= boxed[c].lower + slack
      let atUpper = boxed[c].upper < largestUse[c] && value >= boxed[c].upper - slack
      return (atLower || atUpper) && abs(result.reducedCosts[capacities[c].index]) > 1e-9
    }
    var found = answer(
      result.values, value: result.objective, bound: result.objective, isBoxed: isHeld)
    found.floorPrice = floors.reduce(0) { max($0, abs(result.row($1.row)?.dual ?? 0)) }
    return .answer(found)
  }

  /// The master with reservations in whole units and machines in whole actions, without the box.
  ///
  /// Savings plans stay continuous: a thousandth of a currency unit per hour is rounded afterwards.
  func solveInteger(gap: Double, clock: Stopwatch, effort: PlanningEffort) throws -> Reply {
    try unbox()
    // Not all of the time on one tree: other ways may be quicker.
    let share = min(effort.timeLeft(clock), .seconds(max(2, effort.timeLimit / 6)))
    let options = SearchOptions(relativeGap: gap, timeLimit: share)
    let result = try solver.solveInteger(options, interrupt: effort.stop.interrupt)
    if result.status == .infeasible { return .infeasible }
    guard !result.values.isEmpty else { return .stopped }
    return .answer(
      answer(result.values, value: result.objective, bound: result.bound, isBoxed: false))
  }

  private func answer(
    _ values: [Double], value: Double, bound: Double, isBoxed: Bool
  ) -> Answer {
    Answer(
      decision: Decision(
        purchases: purchases.map { max(0, values[$0.index]) },
        actions: actions.map { min(1, max(0, values[$0.index])) }),
      purchased: capacities.map { max(0, values[$0.index]) },
      costToGo: stretches.map { values[$0.index] * scale },
      value: value * scale, bound: bound * scale, isBoxed: isBoxed)
  }
}

import MIP

/// Writes the master program without cuts; see `Master` for the equation.
struct MasterProgram {
  private let model: Model
  private let costToGo: CostToGo
  private let usedPools: [Int]
  private let scale: Double
  private(set) var program = Program("master")
  private(set) var purchases: [VariableID] = []
  private(set) var capacities: [VariableID] = []
  private(set) var switches: [VariableID] = []
  private(set) var actions: [VariableID] = []
  /// Of each machine the row that keeps it from two actions at once.
  private(set) var choices: [RowID] = []
  /// For each slot what its cuts count actions by.
  private(set) var counted: [[CountedActions]] = []
  /// For each flow of usage that several actions make, how many of them are taken in the mean hour.
  private(set) var flows: [(kinds: [(kind: Int, share: Double)], id: RowID)] = []
  private(set) var costs: [VariableID] = []
  private(set) var uses: [VariableID] = []
  private(set) var useRows: [RowID] = []
  /// η and y_ω; empty where risk does not tell paths apart.
  private(set) var risks: [VariableID] = []
  /// s of each of `CostToGo.spendCuts`.
  private(set) var shortfalls: [VariableID] = []
  /// y_ω ≥ θ_ω + s_ω − b_ω − η, one for each path.
  private(set) var riskRows: [RowID] = []

  init(_ model: Model, _ costToGo: CostToGo, usedPools: [Int], scale: Double) {
    self.model = model
    self.costToGo = costToGo
    self.usedPools = usedPools
    self.scale = scale
  }

  /// The program, which is then another's: only where its variables are is kept.
  mutating func close() -> Program {
    defer { program = Program(program.name) }
    return program
  }

  mutating func addPurchases() {
    for instrument in model.instruments {
      purchases.append(
        program.addVariable(
          "x[\(instrument.label)]", upper: instrument.upper, cost: instrument.cost / scale,
          domain: instrument.grid == 1 ? .integer : .continuous))
    }
    capacities = costToGo.capacities.indices.map { program.addVariable("C[\($0)]") }
    var links = capacities.map { [Term(-1, $0)] }
    for (j, instrument) in model.instruments.enumerated() {
      for c in costToGo.filled[j] { links[c].append(Term(instrument.unit, purchases[j])) }
    }
    for (c, terms) in links.enumerated() {
      program.addRow("link[\(c)]", terms, lower: 0, upper: 0)
    }
    for choice in model.switches {
      let instrument = model.instruments[choice.instrument]
      let x = Term(1, purchases[choice.instrument])
      let y = program.addVariable("y[\(instrument.label)]", domain: .binary)
      switches.append(y)
      program.addRow("bought[\(instrument.label)]", [x, Term(-instrument.upper, y)], upper: 0)
      if choice.minimum > 0 {
        program.addRow("least[\(instrument.label)]", [x, Term(-choice.minimum, y)], lower: 0)
      }
    }
  }

  mutating func addActions() {
    for machine in model.machines {
      var choice: [Term] = []
      for a in machine.targets.indices {
        let z = program.addVariable(
          "z[\(machine.candidate.resource.id),\(a)]", cost: machine.costs[a] / scale,
          domain: .binary)
        actions.append(z)
        choice.append(Term(1, z))
      }
      choices.append(
        program.addRow("choice[\(machine.candidate.resource.id)]", choice, upper: 1))
    }
    var sums = ActionSums(costToGo.machines, actions)
    counted = costToGo.machines.classes(in: costToGo.slots.map(\.stretches)).map { classes in
      classes.map { CountedActions(kind: $0[0], variables: sums.variables(of: $0, &program)) }
    }
    for (place, flow) in costToGo.machines.flows.enumerated()
    where sums.count(of: flow.map(\.kind)) > 1 {
      let terms = flow.flatMap { part in
        sums.variables(of: [part.kind], &program).map { Term(part.share, $0) }
      }
      flows.append((flow, program.addRow("flow[\(place)]", terms)))
    }
  }

  mutating func addCostsToGo() {
    // Where two contracts count the same spend, θ must not grow for both of what it costs once.
    let isLimited = model.countsSpendTwice
    for (s, slot) in costToGo.slots.enumerated() {
      let most = isLimited ? costToGo.mostOnDemand(s) / scale : .infinity
      for c in 0..<model.classCount {
        costs.append(
          program.addVariable("theta[\(s),\(c)]", upper: most, cost: costToGo.objective(slot)))
      }
      for k in usedPools {
        let use = program.addVariable("W[\(s),\(k)]")
        uses.append(use)
        var terms = [Term(1, use)]
        let hours = costToGo.hours(of: s)
        for (c, capacity) in costToGo.capacities.enumerated() where capacity.pool == k {
          let active = costToGo.activeHours(capacity, in: s)
          if active > 0 { terms.append(Term(-active / hours, capacities[c])) }
        }
        useRows.append(
          program.addRow(
            "use[\(s),\(k)]", terms, upper: costToGo.ownedHours(of: k, in: s) / hours))
      }
    }
  }

  /// η and y of CVaR: see `PathRisk`.
  mutating func addRisk() {
    let risk = model.risk
    guard risk.isAverse else { return }
    let eta = program.addVariable("eta", lower: -.infinity, cost: risk.weight)
    risks = [eta]
    for (path, probability) in risk.probabilities.enumerated() {
      var terms = [Term(1, eta)]
      for (s, slot) in costToGo.slots.enumerated() where slot.path == path {
        for c in 0..<model.classCount { terms.append(Term(-1, costs[s * model.classCount + c])) }
      }
      terms += zip(costToGo.spendCuts, shortfalls).compactMap { cut, s in
        cut.path == path ? Term(-1, s) : nil
      }
      if risk.tail > 0 {
        let y = program.addVariable("y[\(path)]", cost: risk.weight * probability / risk.tail)
        risks.append(y)
        terms.append(Term(1, y))
      }
      riskRows.append(program.addRow("risk[\(path)]", terms, lower: -risk.shifts[path] / scale))
    }
  }

  /// The rows of `SpendCut`.
  mutating func addSpend() -> [RowID] {
    costToGo.spendCuts.map { cut in
      let missing = program.addVariable(
        "s[\(cut.name)]", cost: (1 - model.risk.weight) * model.risk.probabilities[cut.path])
      shortfalls.append(missing)
      var terms = [Term(1, missing)]
      terms += cut.cash.map { Term($0.coefficient / scale, purchases[$0.index]) }
      for s in cut.slots {
        for c in 0..<model.classCount { terms.append(Term(1, costs[s * model.classCount + c])) }
      }
      return program.addRow(cut.name, terms, lower: cut.amount / scale)
    }
  }

  mutating func add(_ row: PolicyRow) -> (row: PolicyRow, id: RowID, factor: Double) {
    let (terms, factor) = terms(of: row)
    let id = program.addRow(
      row.name, terms, lower: row.lower * factor, upper: row.upper * factor)
    return (row, id, factor)
  }

  /// The terms of a row of the policy, and what they and its limits are multiplied by.
  ///
  /// Rows of money are scaled with it, and rows of use to an hour's; a share of nothing else
  /// changes by that.
  func terms(of row: PolicyRow) -> (terms: [Term], factor: Double) {
    let factor =
      !row.used.isEmpty
      ? 1 / Double(model.pathHours) : row.remaining.isEmpty ? 1 : 1 / scale
    let starts = model.actionStarts
    var terms = row.instruments.map { Term($0.coefficient * factor, purchases[$0.index]) }
    terms += row.switches.map { Term($0.coefficient * factor, switches[$0.index]) }
    terms += row.actions.map {
      Term($0.coefficient * factor, actions[starts[$0.machine] + $0.action])
    }
    for (s, slot) in costToGo.slots.enumerated() {
      for (c, coefficient) in row.remaining.enumerated() where coefficient != 0 {
        terms.append(Term(coefficient * slot.share, costs[s * model.classCount + c]))
      }
      for (k, coefficient) in row.used {
        guard let i = usedPools.firstIndex(of: k) else { continue }
        terms.append(
          Term(
            coefficient * factor * slot.share * costToGo.hours(of: s),
            uses[s * usedPools.count + i]))
      }
    }
    return (terms, factor)
  }
}

import CloudCosts
import MIP

/// The whole ILP, every hour written out: the reference, and what `--write-lp` exports.
///
/// Variable and row names are those of the equation in `Model`. A purchase is an integer number of
/// grid steps, so its column is the count of instances, or of 0.001 currency units per hour.
struct ExtensiveForm {
  private(set) var program: Program
  private let model: Model
  private(set) var purchases: [VariableID] = []
  private(set) var actions: [VariableID] = []
  private var switches: [VariableID] = []

  init(_ model: Model, name: String) {
    self.model = model
    program = Program(name)
    addPurchases()
    addSwitches()
    addActions()
    if model.constant != 0 {
      _ = program.addVariable("constant", lower: 1, upper: 1, cost: model.constant)
    }
    addHours()
  }

  private mutating func addPurchases() {
    for instrument in model.instruments {
      let steps = (instrument.upper / instrument.grid).rounded(.up)
      purchases.append(
        program.addVariable(
          "x[\(instrument.label)]", upper: steps, cost: instrument.cost * instrument.grid,
          domain: .integer))
    }
  }

  /// minimum y ≤ x ≤ upper y, with x in grid steps.
  private mutating func addSwitches() {
    for choice in model.switches {
      let instrument = model.instruments[choice.instrument]
      let x = MIP.Term(1, purchases[choice.instrument])
      let y = program.addVariable("y[\(instrument.label)]", domain: .binary)
      switches.append(y)
      let most = (instrument.upper / instrument.grid).rounded(.up)
      _ = program.addRow("bought[\(instrument.label)]", [x, MIP.Term(-most, y)], upper: 0)
      if choice.minimum > 0 {
        let least = (choice.minimum / instrument.grid).rounded(.up)
        _ = program.addRow("least[\(instrument.label)]", [x, MIP.Term(-least, y)], lower: 0)
      }
    }
  }

  private mutating func addActions() {
    for machine in model.machines {
      var choice: [MIP.Term] = []
      for (a, action) in machine.candidate.actions.enumerated() {
        let z = program.addVariable(
          "z[\(machine.candidate.resource.id),\(action.label)]", cost: machine.costs[a],
          domain: .binary)
        actions.append(z)
        choice.append(MIP.Term(1, z))
      }
      _ = program.addRow("choice[\(machine.candidate.resource.id)]", choice, upper: 1)
    }
  }

  private mutating func addHours() {
    // Where a row counts what is used, usage that is not there must not be covered; where two
    // contracts count the same hours, nothing on demand must be wasted for both: equations then.
    let countsUse = model.rows.contains { !$0.used.isEmpty } || model.countsSpendTwice
    let skuCount = model.skus.count
    var remaining = [[MIP.Term]](repeating: [], count: model.classCount)
    var used = [[MIP.Term]](repeating: [], count: model.pools.count)
    // δ: what each action moves, hour by hour.
    var moves = [[MIP.Term]](repeating: [], count: model.hours * skuCount)
    for (machine, start) in zip(model.machines, model.actionStarts) {
      for a in machine.targets.indices {
        let z = actions[start + a]
        for move in machine.moves[a] {
          for h in model.inAllPaths(machine.hours(of: move, a)) {
            let share = machine.share(h)
            guard share > 0 else { continue }
            moves[h * skuCount + move.from].append(MIP.Term(share, z))
            if let to = move.to { moves[h * skuCount + to].append(MIP.Term(-share, z)) }
          }
        }
      }
    }
    let risk = model.risk
    // y_ω + η ≥ Σ_g p_g od_gh + Σ_y s_yω − b_ω over the hours of path ω.
    var paths = [[MIP.Term]](repeating: [], count: risk.isAverse ? risk.probabilities.count : 0)
    var spent = startSpend(&paths)
    for h in 0..<model.hours {
      let probability = model.probability(h)
      let (t, hour) = (model.windowHour(h), model.label(hour: h))
      var demandRows: [[MIP.Term]] = []
      for g in 0..<skuCount {
        let od = program.addVariable(
          "od[\(model.label(g)),\(hour)]", cost: (1 - risk.weight) * probability * model.price[g])
        if risk.isAverse { paths[h / model.pathHours].append(MIP.Term(-model.price[g], od)) }
        for (y, row) in model.spendRows.enumerated()
        where row.skus.contains(g) && row.hours.contains(t) && model.price[g] > 0 {
          spent[y][h / model.pathHours].append(MIP.Term(model.price[g], od))
        }
        demandRows.append([MIP.Term(1, od)] + moves[h * skuCount + g])
        remaining[model.usageClass(g)].append(MIP.Term(probability * model.price[g], od))
      }
      for (k, pool) in model.pools.enumerated() {
        var capacity: [MIP.Term] = []
        for member in pool.members {
          let cov = program.addVariable("cov[\(k),\(model.label(member.sku)),\(hour)]")
          demandRows[member.sku].append(MIP.Term(1, cov))
          capacity.append(MIP.Term(member.use, cov))
        }
        used[k] += capacity.map { MIP.Term(probability * $0.coefficient, $0.variable) }
        for (j, instrument) in model.instruments.enumerated()
        where instrument.pool == k && instrument.active.contains(t) {
          capacity.append(MIP.Term(-instrument.unit * instrument.grid, purchases[j]))
        }
        let owned = pool.owned.reduce(0) { $0 + ($1.hours.contains(t) ? $1.capacity : 0) }
        _ = program.addRow("capacity[\(k),\(hour)]", capacity, upper: owned)
      }
      for g in 0..<skuCount {
        let demand = model.demand[h, g]
        _ = program.addRow(
          "demand[\(model.label(g)),\(hour)]", demandRows[g], lower: demand,
          upper: countsUse ? demand : .infinity)
      }
    }
    for (row, sums) in zip(model.spendRows, spent) {
      for (path, terms) in sums.enumerated() {
        let name = sums.count > 1 ? "\(row.name) path \(path)" : row.name
        _ = program.addRow(name, terms, lower: row.amount)
      }
    }
    addRisk(paths)
    addPolicy(remaining: remaining, used: used)
  }

  /// s of each contract year and path, and what purchases bill: the beginnings of `SpendRow`s.
  private mutating func startSpend(_ paths: inout [[MIP.Term]]) -> [[[MIP.Term]]] {
    let risk = model.risk
    return model.spendRows.map { row in
      risk.probabilities.enumerated().map { path, probability in
        let label = risk.probabilities.count > 1 ? "\(row.name) path \(path)" : row.name
        let shortfall = program.addVariable(
          "s[\(label)]", cost: (1 - risk.weight) * probability)
        if risk.isAverse { paths[path].append(MIP.Term(-1, shortfall)) }
        return [MIP.Term(1, shortfall)]
          + row.cash.map { j, cash in
            MIP.Term(cash * model.instruments[j].grid, purchases[j])
          }
      }
    }
  }

  /// CVaR by Rockafellar and Uryasev: see `PathRisk`.
  private mutating func addRisk(_ paths: [[MIP.Term]]) {
    let risk = model.risk
    guard risk.isAverse else { return }
    let eta = program.addVariable("eta", lower: -.infinity, cost: risk.weight)
    for (path, terms) in paths.enumerated() {
      var terms = terms + [MIP.Term(1, eta)]
      if risk.tail > 0 {
        let cost = risk.weight * risk.probabilities[path] / risk.tail
        terms.append(MIP.Term(1, program.addVariable("y[\(path)]", cost: cost)))
      }
      _ = program.addRow("risk[\(path)]", terms, lower: -risk.shifts[path])
    }
  }

  private mutating func addPolicy(remaining: [[MIP.Term]], used: [[MIP.Term]]) {
    let starts = model.actionStarts
    for row in model.rows {
      var terms = row.instruments.map { j, coefficient in
        MIP.Term(coefficient * model.instruments[j].grid, purchases[j])
      }
      terms += row.actions.map { MIP.Term($0.coefficient, actions[starts[$0.machine] + $0.action]) }
      terms += row.switches.map { MIP.Term($0.coefficient, switches[$0.index]) }
      for (coefficient, left) in zip(row.remaining, remaining) where coefficient != 0 {
        terms += left.map { MIP.Term(coefficient * $0.coefficient, $0.variable) }
      }
      for (k, coefficient) in row.used {
        terms += used[k].map { MIP.Term(coefficient * $0.coefficient, $0.variable) }
      }
      _ = program.addRow(row.name, terms, lower: row.lower, upper: row.upper)
    }
  }

  /// The same rows with lock-in for the objective, and a limit on the cost.
  func minimizingLockIn(costAtMost limit: Double) -> Program {
    var second = program
    let cost = program.variables.enumerated().compactMap { index, variable in
      variable.cost == 0 ? nil : MIP.Term(variable.cost, VariableID(index: index))
    }
    second.addRow("cost", cost, upper: limit)
    for index in program.variables.indices { second[VariableID(index: index)].cost = 0 }
    for (x, instrument) in zip(purchases, model.instruments) {
      second[x].cost = LockIn.of(instrument) * instrument.grid
    }
    return second
  }

  /// The decision that a solution's values stand for.
  func decision(_ values: [Double]) -> Decision {
    var decision = Decision(
      purchases: zip(purchases, model.instruments).map { values[$0.index].rounded() * $1.grid },
      actions: actions.map { values[$0.index].rounded() })
    // A y of 1e-6 passes for 0 and still lets a few thousandths through: dust, but a line of an
    // order.
    for (choice, y) in zip(model.switches, switches) where values[y.index] < 0.5 {
      decision.purchases[choice.instrument] = 0
    }
    return decision
  }
}

extension Instrument {
  /// What it is called in LP files: `sp-compute_1y_no-upfront`.
  var label: String {
    let terms = offer.terms
    var parts = [terms.product.rawValue]
    switch offer {
    case .reservation(let offer): parts.append(offer.sku.label)
    case .savingsPlan(_, let scope): parts += [scope.region, scope.family].compactMap { $0 }
    }
    parts += ["\(terms.term.years)y", terms.payment.rawValue]
    if active.lowerBound > 0 { parts.append("h\(active.lowerBound)") }
    if let buyer { parts.append("by_\(buyer.account)") }
    if let from = terms.pricedFrom { parts.append("from_\(from.iso8601.prefix(13))") }
    return parts.joined(separator: "_")
  }
}

extension Model {
  /// What an hour is called in LP files: where there are several paths, `2.17` is hour 17 of path
  /// 2.
  func label(hour h: Int) -> String {
    risk.probabilities.count == 1 ? "\(h)" : "\(h / pathHours).\(windowHour(h))"
  }

  /// What a `g` is called in LP files: its SKU, and the account where it is counted apart.
  func label(_ g: Int) -> String {
    let domain = domains.isEmpty || domains[g] == 0 ? nil : "domain\(domains[g])"
    return [skus[g].label, account(g), domain].compactMap { $0 }.joined(separator: "_")
  }
}

extension SKU {
  /// What it is called in LP files: region and type, and what differs from Linux on shared
  /// hardware.
  var label: String {
    var parts = [region, instanceType]
    if operatingSystem != "Linux" { parts.append(operatingSystem) }
    if tenancy != "default" { parts.append(tenancy) }
    if !zone.isEmpty { parts.append(zone) }
    if let pricedFrom { parts.append("from_\(pricedFrom.iso8601.prefix(13))") }
    return parts.joined(separator: "_")
  }
}

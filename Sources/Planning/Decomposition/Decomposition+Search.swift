/// Small steps from a whole decision, for small bills, where whole units are coarse.
extension Decomposition {
  /// Tries one step more and one step less of each purchase, and each machine's other actions, for
  /// as long as that helps.
  func polish() {
    let until = min(clock.seconds + effort.timeLimit / 10, effort.timeLimit)
    var improved = true
    while improved, isShort, let start = best?.decision {
      improved = false
      for decision in neighbours(of: start) where clock.seconds < until && isShort {
        let before = best?.objective
        offer(decision)
        if best?.objective != before {
          improved = true
          break
        }
      }
    }
  }

  /// Walks from a decision that misses the policy towards one that keeps it, always by the step that
  /// leaves least amiss.
  func repair(_ start: Decision) {
    let until = min(clock.seconds + effort.timeLimit / 10, effort.timeLimit)
    var current = start
    var amiss = missed(current)
    while best == nil, !isOutOfTime {
      var next: (decision: Decision, amiss: Double)?
      for decision in neighbours(of: current) {
        if clock.seconds >= until { return }
        let missed = missed(decision)
        if missed < next?.amiss ?? amiss { next = (decision, missed) }
        if offer(decision) { return }
      }
      guard let found = next, found.amiss < amiss * (1 - 1e-6) else { return }
      (current, amiss) = (found.decision, found.amiss)
    }
  }

  /// By how much a decision misses all rows together.
  private func missed(_ decision: Decision) -> Double {
    let allocation = costToGo.allocate(
      purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
    return model.rows.reduce(0) { $0 + model.violation(of: $1, decision, allocation) }
  }

  /// Decisions that differ from one in a single step.
  private func neighbours(of decision: Decision) -> [Decision] {
    var result: [Decision] = []
    for j in model.instruments.indices {
      for moved in steps(from: decision.purchases[j], of: j) {
        var next = decision
        next.purchases[j] = moved
        result.append(next)
      }
    }
    for (machine, start) in zip(model.machines, model.actionStarts) {
      let range = start..<start + machine.targets.count
      for a in range {
        var next = decision
        for other in range { next.actions[other] = 0 }
        next.actions[a] = 1 - decision.actions[a]
        result.append(next)
      }
    }
    return result
  }

  /// One step more and one step less of a purchase (of a plan, whose steps are small, ten, a hundred and a
  /// thousand too), from nothing to the least amount and back, and none of it at all.
  private func steps(from amount: Double, of j: Int) -> [Double] {
    let instrument = model.instruments[j]
    let least = leastSteps[j]
    let steps = (amount / instrument.grid).rounded()
    let most = max(least, (instrument.upper / instrument.grid).rounded(.up))
    var moved: [Double] = []
    for size in instrument.grid == 1 ? [1] : [1.0, 10, 100, 1000] {
      moved.append(max(steps + size, least))
      moved.append(steps - size >= least ? steps - size : 0)
    }
    moved.append(0)
    var seen: Set = [steps]
    return moved.filter { $0 >= 0 && $0 <= most && seen.insert($0).inserted }
      .map { instrument.amount(steps: $0) }
  }

  /// For each instrument the least amount that may be bought, in steps.
  private var leastSteps: [Double] {
    var result = [Double](repeating: 0, count: model.instruments.count)
    for choice in model.switches {
      let j = choice.instrument
      result[j] = (choice.minimum / model.instruments[j].grid).rounded()
    }
    return result
  }
}

extension Instrument {
  /// So many steps. A plan's commitment is a decimal number; thousandths must not become 0.0009999.
  func amount(steps: Double) -> Double { grid == 1 ? steps : steps / (1 / grid).rounded() }
}

/// Small steps from a whole decision, for small bills, where whole units are coarse.
extension Decomposition {
  /// Tries one step more and one step less of each purchase, and each machine's other actions, for
  /// as long as that helps.
  func polish() {
    let until = min(clock.seconds + effort.timeLimit / 10, effort.timeLimit)
    var improved = true
    while improved, isShort, let start = best?.decision {
      improved = false
      for step in steps(from: start) where clock.seconds < until && isShort {
        let before = best?.objective
        offer(step.taken(from: start))
        if best?.objective != before {
          improved = true
          break
        }
      }
    }
  }

  /// Walks from a decision that misses the policy towards one that keeps it, always by the step
  /// that leaves least amiss.
  func repair(_ start: Decision) {
    let until = min(clock.seconds + effort.timeLimit / 10, effort.timeLimit)
    var current = start
    var amiss = missed(current)
    while best == nil, !isOutOfTime {
      var next: (decision: Decision, amiss: Double)?
      for step in steps(from: current) {
        if clock.seconds >= until { return }
        let decision = step.taken(from: current)
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

  /// What a decision may differ in from another one. (Not the decisions themselves: of thousands of
  /// offers there are too many to keep.)
  private enum Step {
    case purchase(Int, amount: Double)
    /// Of a machine's actions, one the other way and the others not.
    case action(Int, of: Range<Int>)

    func taken(from decision: Decision) -> Decision {
      var next = decision
      switch self {
      case .purchase(let j, let amount): next.purchases[j] = amount
      case .action(let a, let range):
        for other in range { next.actions[other] = 0 }
        next.actions[a] = 1 - decision.actions[a]
      }
      return next
    }
  }

  private func steps(from decision: Decision) -> [Step] {
    let least = leastSteps
    var result: [Step] = []
    for j in model.instruments.indices {
      result += steps(from: decision.purchases[j], of: j, least: least[j])
        .map { .purchase(j, amount: $0) }
    }
    for (machine, start) in zip(model.machines, model.actionStarts) {
      let range = start..<start + machine.targets.count
      result += range.map { .action($0, of: range) }
    }
    return result
  }

  /// One step more and one step less of a purchase (of a plan, whose steps are small, ten, a
  /// hundred and a thousand too), from nothing to the least amount and back, and none of it at all.
  private func steps(from amount: Double, of j: Int, least: Double) -> [Double] {
    let instrument = model.instruments[j]
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

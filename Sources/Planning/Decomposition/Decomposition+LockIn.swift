extension Decomposition {
  /// Rounds of the second pass at most: each costs as much as one of the first.
  private static let lockInRounds = 4

  /// Among plans that are as good as was asked for, looks for one that binds less: first by the master with
  /// lock-in for its objective and the cost for a limit, then by leaving out lines that hardly matter.
  ///
  /// Machines' actions stay as they are. The bound is not touched: it bounds the cost.
  func bindLess(than relaxed: Point) throws {
    guard let found = best, gap <= effort.gap, !isOutOfTime, !hasSeveralOutputs else { return }
    let allowed = max(found.objective, bound / (1 - effort.gap))
    // Whole units will cost about as much more than the relaxation as they did before.
    let budget = allowed - 1.2 * max(0, found.objective - relaxed.value)
    if budget > relaxed.value {
      try minimizeLockIn(under: budget, allowed: allowed, from: relaxed)
    }
    leaveOutLines(allowed: allowed)
  }

  private func minimizeLockIn(under budget: Double, allowed: Double, from relaxed: Point) throws {
    guard let found = best else { return }
    try master.holdActions(found.decision.actions)
    let row = try master.minimize(
      model.instruments.map(LockIn.of), costAtMost: budget - model.constant)
    defer {
      try? master.minimizeCost(removing: row)
      try? master.hold(nil)
    }
    try master.unbox()
    for _ in 0..<Self.lockInRounds where !isOutOfTime {
      guard case .answer(let answer) = try master.solve(clock: clock, effort: effort) else {
        return
      }
      let evaluations = evaluate(answer)
      let cost = point(answer, evaluations).value
      if cost <= allowed {
        for decision in Rounding(model).candidates(for: answer.decision) {
          prefer(decision, allowed: allowed)
        }
        return
      }
      try add(evaluations, at: answer)
    }
  }

  /// Makes a decision the incumbent if it binds less, keeps the policy, and costs no more than is allowed.
  @discardableResult
  private func prefer(_ decision: Decision, allowed: Double) -> Bool {
    guard let found = best, LockIn.of(decision, model) < LockIn.of(found.decision, model) else {
      return false
    }
    guard leastCost(of: decision) <= allowed else { return false }
    let allocation = costToGo.allocate(
      purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
    let objective = model.cost(decision, allocation)
    guard objective <= allowed, model.violation(decision, allocation) <= Self.tolerance else {
      return false
    }
    best = Incumbent(decision: decision, objective: objective, allocation: allocation)
    return true
  }

  /// Leaves out as many of the smallest lines as the cost allows.
  private func leaveOutLines(allowed: Double) {
    guard let found = best else { return }
    let lines = found.decision.purchases.indices.filter { found.decision.purchases[$0] > 0 }
    func cost(_ j: Int) -> Double { model.instruments[j].cost * found.decision.purchases[j] }
    // A line that costs a hundred times what there is to give will save more than that.
    let room = max(0, allowed - found.objective)
    let small = lines.sorted { (cost($0), $0) < (cost($1), $1) }.prefix(5)
      .prefix { cost($0) < 100 * room }
    for count in stride(from: small.count, to: 0, by: -1) where !isOutOfTime {
      var decision = found.decision
      for j in small.prefix(count) { decision.purchases[j] = 0 }
      if prefer(decision, allowed: allowed) { return }
    }
  }
}

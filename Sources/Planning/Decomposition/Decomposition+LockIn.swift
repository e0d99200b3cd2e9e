extension Decomposition {
  /// How far from the plan the second pass looks, in standard deviations: anywhere, where a product
  /// may take another's place; then near it, where cuts are true. Each look costs as much as a
  /// round of the first pass.
  private static let lockInRadii = [Double.infinity, 0.1]
  /// Less than this share less of lock-in is not worth a look.
  private static let leastGain = 0.01

  /// Among plans that are as good as was asked for, looks for one that binds less: first by the
  /// master with lock-in for its objective and the cost for a limit, then by leaving out lines that
  /// hardly matter.
  ///
  /// Machines' actions stay as they are. The bound is not touched: it bounds the cost.
  func bindLess(than relaxed: Point) throws {
    guard let found = best, gap <= effort.gap, !isOutOfTime, !hasSeveralOutputs, !effort.isTrial,
      !effort.asksForCost
    else { return }
    let allowed = max(found.objective, bound / (1 - effort.gap))
    // Its own cut tells of most plans near it what they cost at least, without allocating them.
    try learn(at: found.decision)
    // Whole units will cost about as much more than the relaxation as they did before.
    let budget = allowed - 1.2 * max(0, found.objective - relaxed.value)
    if budget > relaxed.value {
      try minimizeLockIn(under: budget, allowed: allowed, from: relaxed)
    }
    leaveOutLines(allowed: allowed)
  }

  private func learn(at decision: Decision) throws {
    let purchased = costToGo.capacity(of: decision.purchases)
    let evaluation = costToGo.evaluate(purchased: purchased, actions: decision.actions)
    let origin = CutOrigin(of: evaluation, purchased: purchased, actions: decision.actions)
    try master.add(evaluation, at: origin, unlessKnownTo: nil)
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
    // Near the plan its cuts are true; far from it the master would believe in plans that cost much
    // more.
    let center =
      costToGo.capacity(of: found.decision.purchases) + master.flows(of: found.decision.actions)
    for radius in Self.lockInRadii where !isOutOfTime {
      try master.box(TrustRegion(center: center, spread: spreads, radius: radius))
      guard case .answer(let answer) = try master.solve(clock: clock, effort: effort) else {
        return
      }
      let least = LockIn.of(answer.decision, model)
      guard least < (1 - Self.leastGain) * LockIn.of(found.decision, model) else { return }
      let evaluations = evaluate(answer)
      let cost = point(answer, evaluations).value
      if cost <= allowed {
        for decision in Rounding(model).candidates(for: answer.decision) {
          prefer(decision, allowed: allowed)
        }
        if let best, LockIn.of(best.decision, model) < LockIn.of(found.decision, model) { return }
      }
      try add(evaluations, at: answer)
    }
  }

  /// Makes a decision the incumbent if it binds less, keeps the policy, and costs no more than is
  /// allowed.
  @discardableResult
  private func prefer(_ decision: Decision, allowed: Double) -> Bool {
    guard let found = best, LockIn.of(decision, model) < LockIn.of(found.decision, model) else {
      return false
    }
    guard model.violationApart(decision) <= Self.tolerance, leastCost(of: decision) <= allowed
    else { return false }
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

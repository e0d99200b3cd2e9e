import MIP

extension Decomposition {
  /// Offers a decision in whole units as the incumbent, if it keeps the policy.
  @discardableResult
  func offer(_ decision: Decision) -> Bool {
    guard model.keepsLimitsApart(decision) else { return false }
    let least = leastCost(of: decision)
    if let best, least >= best.objective { return false }
    // On the way only what ends it is worth the time.
    if lastRounding.isOnTheWay, least > bound / (1 - effort.gap), bound > 0 { return false }
    guard let found = incumbent(decision) else { return false }
    if found.objective < best?.objective ?? .infinity { best = found }
    return true
  }

  /// A decision with the cheapest allocation that keeps the policy; nil where there is none.
  func incumbent(_ decision: Decision) -> Incumbent? {
    var mix = AllocationMix(costToGo, decision)
    return mix.keepingPolicy(guess: weights).map { allocation in
      Incumbent(
        decision: decision, objective: model.cost(decision, allocation),
        allocation: allocation)
    }
  }

  /// What a decision costs by the cuts that are known: what it really costs is no less, and takes a
  /// thousand times as long to find out.
  func leastCost(of decision: Decision) -> Double {
    let purchased = costToGo.capacity(of: decision.purchases, by: \.unit)
    let taken = costToGo.machines.taken(decision.actions)
    var slots = [Double](repeating: 0, count: costToGo.slots.count)
    let plain = CostToGo.Weights.plain(model)
    for known in master.cuts where known.origin.weights == plain {
      let cut = known.cut
      var value = cut.constant
      for c in purchased.indices { value += cut.capacity[c] * purchased[c] }
      for a in cut.actions.indices { value += cut.actions[a] * taken[a] }
      slots[cut.stretch] = max(slots[cut.stretch], value)
    }
    return model.fixedCost(decision) + costToGo.riskValue(slots, decision.purchases)
  }

  func round(_ point: Point) {
    guard
      point.decision.purchases != lastRounding.decision?.purchases
        || point.decision.actions != lastRounding.decision?.actions
    else { return }
    lastRounding.decision = point.decision
    let rounding = Rounding(model)
    let candidates = rounding.candidates(for: point.decision)
    for decision in candidates where gap > effort.gap { offer(decision) }
    guard gap > effort.gap, let nearest = candidates.first,
      let better = roundedByClusters(nearest, rounding)
    else { return }
    offer(better)
  }

  /// What is better for each cluster at the prices of the widest pools: where clusters are many,
  /// each is so small a part that these prices stay as they are.
  private func roundedByClusters(_ nearest: Decision, _ rounding: Rounding) -> Decision? {
    guard let separable, let prices = lastClusters.prices,
      separable.clusters.count >= Self.manyClusters
    else {
      return nil
    }
    var better = nearest
    better.purchases = separable.rounding(at: prices).improved(nearest.purchases)
    rounding.giveWay(&better)
    return better
  }

  private static let manyClusters = 50

  /// Holds the whole units and actions that the relaxation leans to, and solves for the rest again:
  /// first with the units rounded down, so that savings plans can fill in, then nearest.
  func dive(from point: Point, to target: Double) throws {
    let rounding = Rounding(model)
    let actions = rounding.wholeActions(point.decision.actions)
    for rule in [FloatingPointRoundingRule.down, .toNearestOrEven] where isShort {
      let held = Decision(
        purchases: rounding.whole(point.decision.purchases) { _ in rule }, actions: actions)
      let center = capacities(of: held, near: point) + master.flows(of: actions)
      if let settled = try descend(to: target, center: center, holding: held) {
        round(settled)
      }
    }
  }

  /// A point's capacities with the whole units of another decision: a box around the point itself
  /// may hold none of them, and would have to grow until its cuts are no guide.
  private func capacities(of held: Decision, near point: Point) -> [Double] {
    var result = point.purchased
    for (j, instrument) in model.instruments.enumerated() where instrument.grid == 1 {
      let moved = instrument.unit * (held.purchases[j] - point.decision.purchases[j])
      for c in costToGo.filled[j] where moved != 0 { result[c] = max(0, result[c] + moved) }
    }
    return result
  }

  /// Looks for whole units a little above the coverage floors, ever further until they are kept.
  func meetFloors(from point: Point, to target: Double) throws {
    provesBound = false
    defer { provesBound = true }
    for margin in [3e-5, 3e-4, 3e-3, 3e-2] where isShort {
      try master.tightenFloors(by: margin)
      let above = try descend(to: target, center: place(point), holding: nil)
      if let above { try improve(above, to: target) }
      if best != nil { break }
    }
    try master.tightenFloors(by: 0)
  }

  /// Branch and bound on the master, with new cuts at each of its answers.
  func branch() throws {
    var idle = 0
    var lastBound = -Double.infinity
    while isShort {
      let answer: Master.Answer
      do {
        switch try master.solveInteger(gap: effort.gap * 0.3, clock: clock, effort: effort) {
        case .answer(let found): answer = found
        case .infeasible, .stopped: return
        }
      } catch MIPError.numericalTrouble where best != nil {
        // What was found before is still valid, and so is its bound.
        return
      }
      rounds += 1
      let before = best?.objective ?? .infinity
      if provesBound { bound = max(bound, answer.bound + model.constant) }
      let cutsBefore = master.cutsAdded
      try learn(from: answer)
      if cutsBefore == master.cutsAdded, before == best?.objective ?? .infinity { return }
      // Cuts that only scrape off dust may go on without end.
      let dust = 1e-9 * abs(answer.value)
      let isBetter = best.map { $0.objective < before - dust } ?? false
      idle = isBetter || answer.bound > lastBound + dust ? 0 : idle + 1
      lastBound = max(lastBound, answer.bound)
      if idle >= 8 { return }
    }
  }

  /// Adds cuts at an answer in whole units, and rounds it.
  ///
  /// The weights that rows over classes of usage and over use have there are those of the
  /// relaxation with the whole units held.
  private func learn(from answer: Master.Answer) throws {
    let evaluations = evaluate(answer)
    round(point(answer, evaluations))
    try add(evaluations, at: answer)
    guard hasSeveralOutputs else { return }
    keepsCuts = true
    defer { keepsCuts = false }
    let held = Rounding(model).held(answer.decision)
    let center = answer.purchased + master.flows(of: held.actions)
    if let settled = try descend(to: effort.gap * 0.1, center: center, holding: held) {
      round(settled)
    }
  }
}

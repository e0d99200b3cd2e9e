import MIP

extension Decomposition {
  /// Nothing bought; or where the solve before ended, with its cuts.
  func firstPoint(_ warm: WarmStart) throws -> [Double] {
    if let memory = warm.memory, memory.model == WarmStart.Signature(costToGo) {
      try master.add(memory.cuts)
      return memory.center
    }
    if let sampled = try pointOfSample() { return sampled }
    return place(nothingBought())
  }

  /// Where a trust region has a point: its capacities, then the usage that its actions move.
  func place(_ point: Point) -> [Double] {
    point.purchased + master.flows(of: point.decision.actions)
  }

  /// What the next solve of the same demand and prices can use.
  var warmStart: WarmStart {
    var warm = WarmStart()
    guard let center else { return warm }
    warm.memory = WarmStart.Memory(
      model: WarmStart.Signature(costToGo), cuts: master.cuts.map { ($0.cut, $0.origin) },
      center: center)
    return warm
  }

  /// A bound from the cuts that are there, where the time was over before the box let go.
  func proveSomething() throws {
    try master.hold(nil)
    try master.unbox()
    let spare = PlanningEffort(gap: effort.gap, timeLimit: 5)
    guard case .answer(let answer) = try master.solve(clock: Stopwatch(), effort: spare) else {
      return
    }
    bound = answer.value + model.constant
    proving = master.last.map { .relaxation($0, master.cuts, bound: bound) }
  }

  func relax(to target: Double, from start: [Double]) throws -> Point {
    try learn(at: start)
    return try relax(to: target, center: start)
  }

  /// Adds cuts at a place where no master was asked yet.
  func learn(at start: [Double]) throws {
    let nothing = Decision.nothing(model)
    let purchased = Array(start.prefix(costToGo.capacities.count))
    let evaluation = costToGo.evaluate(
      purchased: purchased, actions: nothing.actions, keepsWide: separable != nil,
      isThorough: takesCare
    )
    try master.add(
      evaluation,
      at: CutOrigin(of: evaluation, purchased: purchased, actions: nothing.actions),
      unlessKnownTo: nil)
  }

  func relax(to target: Double, from point: Point) throws -> Point {
    try relax(to: target, center: place(point), known: point)
  }

  func relax(to target: Double, center: [Double], known: Point? = nil) throws -> Point {
    self.center = center
    if let point = try descend(to: target, center: center, holding: nil, known: known) {
      return point
    }
    let probe = feasibilityProbe()
    if let rows = try probe.clash(model, model.rows) { throw try clash(of: rows, probe) }
    // Nothing clashes: numbers failed the solver, which a program without its history may not do.
    let cuts = master.cuts.map { ($0.cut, $0.origin) }
    master = try Master(model, costToGo, keeping: model.rows)
    try master.add(cuts)
    guard let point = try descend(to: target, center: center, holding: nil, known: known) else {
      throw MIPError.numericalTrouble("the master program is infeasible, and no limits clash")
    }
    return point
  }

  /// The box-step method.
  ///
  /// - Parameters:
  ///   - center: the place to begin at.
  ///   - held: what stays as it is: actions and whole units; the bound of the whole is then
  ///     left alone.
  /// - Returns: nil where the policy's rows leave nothing.
  func descend(
    to target: Double, center: [Double], holding held: Decision?, known: Point? = nil
  ) throws -> Point? {
    var region = TrustRegion(center: center, spread: spreads, radius: firstRadius)
    var current = known
    heldBound = -.infinity
    let first = rounds
    try master.hold(held)
    defer { try? master.hold(nil) }
    // Where much is still open, the master's answers need not be its best.
    var allowed = Self.missedShare * model.eligible
    while true {
      try master.box(region)
      let answer: Master.Answer
      switch try masterReply(missing: allowed) {
      case .answer(let found): answer = found
      case .infeasible:
        if master.isUnboxed { return nil }
        region.widen()
        continue
      case .stopped:
        _ = isOutOfTime
        return current ?? nothingBought()
      }
      rounds += 1
      let value = answer.value + model.constant
      let isBound = held == nil && provesBound
      allowed = Self.missedShare * max(0, (current?.value ?? value) - value)
      if !answer.isBoxed, isBound, value > bound {
        bound = value
        proving = master.last.map { .relaxation($0, master.cuts, bound: value) }
      }
      if held == nil, isTimeForClusters(answer, current, target),
        let found = try clusters(
          answer, in: region, tolerance: clusterTolerance(current, target))
      {
        if let probe = try look(near: found), probe.value < current?.value ?? .infinity {
          current = probe
          region.accept(place(probe), wasBoxed: false)
          continue
        }
      }
      let floor = isBound ? bound : max(heldBound, answer.isBoxed ? -.infinity : value)
      if let current {
        let merit = current.merit(floorPrice: answer.floorPrice)
        if isBound, lastRounding.isOnTheWay, isWorthRounding(merit) {
          round(current)
          if gap <= effort.gap { return current }
        }
        if merit - floor <= target * abs(merit) { return current }
        if merit - value <= 0.2 * target * abs(merit), answer.isBoxed {
          region.widen()
          continue
        }
      }
      weights = answer.weights
      if let now = current { current = try lookCloser(at: now, than: value) }
      let evaluations = evaluate(answer)
      let candidate = point(answer, evaluations)
      let merit = candidate.merit(floorPrice: answer.floorPrice)
      if merit < current?.merit(floorPrice: answer.floorPrice) ?? .infinity {
        current = candidate
        region.accept(answer.purchased + answer.flows, wasBoxed: answer.isBoxed)
      } else {
        region.reject()
        // The box is around the best point, where what rests must lie.
        if let current { try master.rest(at: current.decision.actions) }
      }
      let known = master.cutsAdded
      try add(evaluations, at: answer)
      // No cut is missing at the answer, so it is the best inside the box.
      if master.cutsAdded == known {
        if answer.missed > RestingMachines.dust * abs(value) {
          allowed = 0
        } else if !answer.isBoxed {
          return candidate
        } else {
          region.widen()
        }
      }
      if rounds % 5 == 0, !keepsCuts { try master.purge() }
      if isOutOfTime { return current ?? candidate }
      if master.forced != nil, rounds - first >= Self.mostHeldRounds { return current ?? candidate }
      // The cuts can tell no more: the answer is the relaxation's optimum.
      if !answer.isBoxed, merit - value <= 1e-10 * abs(value) { return candidate }
    }
  }

  /// The share of what is open that a master's answer may miss.
  private static let missedShare = 0.02

  /// With some switches on and others off, the best point need not be known exactly.
  private static let mostHeldRounds = 120

  /// The master's reply; where its numbers fail the solver, what was found so far must do.
  private func masterReply(missing allowed: Double) throws -> Master.Reply {
    do {
      return try master.solve(clock: clock, effort: effort, missing: allowed)
    } catch MIPError.numericalTrouble {
      return .stopped
    }
  }

  /// Clusters cost as much as several rounds: they are solved when the master has little left to
  /// tell inside its box, and every so many rounds in any case.
  private func isTimeForClusters(
    _ answer: Master.Answer, _ current: Point?, _ target: Double
  ) -> Bool {
    guard let current, separable != nil else { return false }
    let left = current.value - answer.value - model.constant
    let pause = rounds - lastClusters.round
    return pause >= 4 && left <= 2 * target * abs(current.value) || pause >= 10
  }

  /// Whether whole units near the best point may already be good enough: costs have their kinks at
  /// whole units, so these are often better than the point itself.
  private func isWorthRounding(_ merit: Double) -> Bool {
    let open = merit - bound
    guard open <= effort.gap * abs(merit), open <= 0.75 * lastRounding.open else { return false }
    lastRounding.open = open
    return true
  }

  /// The best point once more, with hours looked at more closely, once what they miss could show in
  /// the gap: nothing would be better than a point that is held to cost too little. Where they do
  /// miss something, all that follows is looked at like this.
  private func lookCloser(at point: Point, than value: Double) throws -> Point {
    let open = point.value - max(bound, value)
    guard !takesCare, costToGo.oracle.tables.scalesSets, !hasSeveralOutputs,
      open <= min(5 * effort.gap * abs(point.value), care.lastOpen / 3)
    else { return point }
    care.lastOpen = open
    let actions = point.decision.actions
    let evaluation = costToGo.evaluate(
      purchased: point.purchased, actions: actions, keepsWide: separable != nil)
    try master.add(
      evaluation,
      at: CutOrigin(of: evaluation, purchased: point.purchased, actions: actions),
      unlessKnownTo: nil)
    let cost =
      model.fixedCost(point.decision)
      + costToGo.riskValue(evaluation.values, point.decision.purchases)
    care.isNeeded = cost - point.value > 0.02 * open
    var closer = point
    closer.value = max(point.value, cost)
    return closer
  }

  /// How exactly clusters are to be solved: to a share of what is still open.
  private func clusterTolerance(_ current: Point?, _ target: Double) -> Double {
    guard let current else { return .infinity }
    let open = bound > -.infinity ? 0.03 * (current.value - bound) : 0
    return max(0.2 * target * abs(current.value), open)
  }

  func nothingBought() -> Point {
    Point(
      decision: .nothing(model), purchased: costToGo.capacities.map { _ in 0 }, value: .infinity,
      excess: 0)
  }

  /// The cost-to-go at an answer by the bill's own weights, and by those that rows over classes of
  /// usage and over use ask for.
  func evaluate(_ answer: Master.Answer) -> [CostToGo.Evaluation] {
    var wanted = [CostToGo.Weights.plain(model)]
    if hasSeveralOutputs {
      if answer.weights != wanted[0] { wanted.append(answer.weights) }
      // Where the master knows no better than that a row costs nothing, the allocations do.
      var mix = AllocationMix(costToGo, answer.decision, purchased: answer.purchased)
      _ = mix.keepingParts(guess: answer.weights)
      if let weights = mix.weights { wanted.append(weights) }
    }
    return wanted.map {
      costToGo.evaluate(
        purchased: answer.purchased, actions: answer.decision.actions, weights: $0,
        keepsWide: separable != nil, isThorough: takesCare)
    }
  }

  func add(_ evaluations: [CostToGo.Evaluation], at answer: Master.Answer) throws {
    for evaluation in evaluations {
      let origin = CutOrigin(
        of: evaluation, purchased: answer.purchased, actions: answer.decision.actions)
      try master.add(evaluation, at: origin, unlessKnownTo: answer)
    }
  }

  /// Whether one figure for what stays on demand is not enough; with one, weights only scale cuts.
  var hasSeveralOutputs: Bool { model.classCount > 1 || !master.usedPools.isEmpty }

  func point(_ answer: Master.Answer, _ evaluations: [CostToGo.Evaluation]) -> Point {
    // Each cut is a lower bound, the older ones too.
    var slots = [Double](repeating: 0, count: costToGo.slots.count)
    for (position, value) in answer.costToGo.enumerated() {
      slots[position / model.classCount] += value
    }
    for evaluation in evaluations {
      for s in evaluation.values.indices {
        slots[s] += max(0, evaluation.values[s] - master.known(answer, s, evaluation.weights))
      }
    }
    // The master's θ may hold what contract years miss: there it costs as much as where it belongs.
    if !costToGo.spendCuts.isEmpty, let plain = evaluations.first { slots = plain.values }
    return Point(
      decision: answer.decision, purchased: answer.purchased,
      value: model.fixedCost(answer.decision)
        + costToGo.riskValue(slots, answer.decision.purchases),
      excess: hasSeveralOutputs
        ? 0 : model.excess(answer.decision, remaining: costToGo.expected(slots)))
  }
}

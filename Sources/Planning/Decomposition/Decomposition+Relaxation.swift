extension Decomposition {
  func firstPoint() -> [Double] {
    [Double](repeating: 0, count: costToGo.capacities.count)
  }

  func relax(to target: Double, from start: [Double]) throws -> Point {
    let nothing = Decision.nothing(model)
    let evaluation = costToGo.evaluate(purchased: start, actions: nothing.actions)
    try master.add(evaluation, unlessKnownTo: nil)
    return try relax(to: target, center: start)
  }

  func relax(to target: Double, from point: Point) throws -> Point {
    try relax(to: target, center: point.purchased, known: point)
  }

  func relax(to target: Double, center: [Double], known: Point? = nil) throws -> Point {
    guard let point = try descend(to: target, center: center, holding: nil, known: known) else {
      throw PlanningError.infeasible(clashing: try clashingRows())
    }
    return point
  }

  /// The box-step method.
  ///
  /// - Parameter held: what stays as it is: actions and whole units; the bound of the whole is then
  ///   left alone.
  /// - Returns: nil where the policy's rows leave nothing.
  func descend(
    to target: Double, center: [Double], holding held: Decision?, known: Point? = nil
  ) throws -> Point? {
    var region = TrustRegion(center: center, spread: costToGo.spreads())
    var current = known
    try master.hold(held)
    defer { try? master.hold(nil) }
    while true {
      try master.box(region)
      let answer: Master.Answer
      switch try master.solve(clock: clock, effort: effort) {
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
      if !answer.isBoxed, isBound { bound = max(bound, value) }
      let floor = isBound ? bound : (answer.isBoxed ? -.infinity : value)
      if let current {
        let merit = current.merit(floorPrice: answer.floorPrice)
        if merit - floor <= target * abs(merit) { return current }
        if merit - value <= 0.2 * target * abs(merit), answer.isBoxed {
          region.widen()
          continue
        }
      }
      let evaluation = costToGo.evaluate(
        purchased: answer.purchased, actions: answer.decision.actions)
      let candidate = point(answer, evaluation)
      let merit = candidate.merit(floorPrice: answer.floorPrice)
      if merit < current?.merit(floorPrice: answer.floorPrice) ?? .infinity {
        current = candidate
        region.accept(answer.purchased, wasBoxed: answer.isBoxed)
      } else {
        region.reject()
      }
      try master.add(evaluation, unlessKnownTo: answer)
      if rounds % 5 == 0 { try master.purge() }
      if isOutOfTime { return current ?? candidate }
      // The cuts can tell no more: the answer is the relaxation's optimum.
      if !answer.isBoxed, merit - value <= 1e-10 * abs(value) { return candidate }
    }
  }

  func nothingBought() -> Point {
    Point(
      decision: .nothing(model), purchased: costToGo.capacities.map { _ in 0 }, value: .infinity,
      excess: 0)
  }

  func point(_ answer: Master.Answer, _ evaluation: CostToGo.Evaluation) -> Point {
    // Each cut is a lower bound, the older ones too.
    let remaining = zip(evaluation.values, answer.costToGo).reduce(0) { $0 + max($1.0, $1.1) }
    return Point(
      decision: answer.decision, purchased: answer.purchased,
      value: model.fixedCost(answer.decision) + remaining,
      excess: model.excess(answer.decision, remaining: remaining))
  }
}

import CloudCosts

extension Decomposition {
  /// With the master's multipliers, clusters solved alone: a bound of the whole, and capacities
  /// that are good for each cluster at the prices that the widest pools ask now.
  ///
  /// The box that the master needs holds its own bound back where pools are many; this one it does
  /// not.
  ///
  /// - Parameters:
  ///   - answer: the master's in this box.
  ///   - tolerance: in currency units.
  /// - Returns: nil where the model does not fall apart.
  func clusters(
    _ answer: Master.Answer, in region: TrustRegion, tolerance: Double
  ) throws -> [Double]? {
    lastClusters.round = rounds
    guard provesBound || master.forced != nil, !hasSeveralOutputs, let separable else {
      return nil
    }
    // What holds the widest pools back would be missing from their prices.
    try master.box(region, except: separable.widest)
    guard case .answer(let free) = try master.solve(clock: clock, effort: effort),
      let last = master.last, let wide = master.meanWidePrices(last)
    else { return nil }
    var multipliers = master.proof(last, master.cuts, bound: free.value)
    var prices = wide
    if !provesBound {
      // What the box holds back shows in the prices of each round, in each in another way.
      if let before = lastClusters.held {
        multipliers.rows = multipliers.rows.mean(before.rows)
        prices = zip(wide, before.wide).map { zip($0, $1).map { ($0 + $1) * 0.5 } }
      }
      lastClusters.held = (multipliers.rows, prices)
    }
    // The widest pools stay where the master has them, the others where they were best the last
    // time.
    var start = lastClusters.purchased ?? answer.purchased
    for c in separable.widest { start[c] = answer.purchased[c] }
    let found = try separable.solve(
      multipliers, wide: prices, from: start, tolerance: tolerance, spreads: spreads,
      allowed: master.forced.map(allowed)
    ) { isOutOfTime }
    guard let found else { return nil }
    lastClusters.purchased = found.purchased
    lastClusters.prices = found.prices
    if !provesBound {
      heldBound = max(heldBound, found.bound)
    } else if found.bound > bound {
      bound = found.bound
      proving = .clusters(found.proof)
    }
    return found.purchased
  }

  /// How much may be bought of each instrument with some switches on and some off.
  private func allowed(_ forced: [Bool?]) -> [ClosedRange<Double>] {
    var result = model.instruments.map { 0...$0.upper }
    for (choice, isOn) in zip(model.switches, forced) {
      let upper = model.instruments[choice.instrument].upper
      switch isOn {
      case true?: result[choice.instrument] = min(choice.minimum, upper)...upper
      case false?: result[choice.instrument] = 0...0
      case nil: break
      }
    }
    return result
  }

  /// The master's answer in a small box around capacities, evaluated.
  func look(near capacities: [Double]) throws -> Point? {
    try master.box(TrustRegion(center: capacities, spread: spreads, radius: 0.01))
    guard case .answer(let answer) = try master.solve(clock: clock, effort: effort) else {
      return nil
    }
    let evaluations = evaluate(answer)
    let found = point(answer, evaluations)
    try add(evaluations, at: answer)
    return found
  }
}

extension [BoundProof.RowMultiplier] {
  /// Half the way to others.
  func mean(_ other: Self) -> Self {
    var values: [String: Double] = [:]
    for row in self + other { values[row.name, default: 0] += row.value / 2 }
    return values.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }
  }
}

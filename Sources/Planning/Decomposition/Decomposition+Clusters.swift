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
    guard provesBound, !hasSeveralOutputs, let separable else { return nil }
    // What holds the widest pools back would be missing from their prices.
    try master.box(region, except: separable.widest)
    guard case .answer(let free) = try master.solve(clock: clock, effort: effort),
      let last = master.last, let wide = master.meanWidePrices(last)
    else { return nil }
    let multipliers = master.proof(last, master.cuts, bound: free.value)
    // The widest pools stay where the master has them, the others where they were best the last
    // time.
    var start = lastClusters.purchased ?? answer.purchased
    for c in separable.widest { start[c] = answer.purchased[c] }
    let found = try separable.solve(
      multipliers, wide: wide, from: start, tolerance: tolerance, spreads: spreads
    ) { isOutOfTime }
    guard let found else { return nil }
    lastClusters.purchased = found.purchased
    lastClusters.prices = found.prices
    if found.bound > bound {
      bound = found.bound
      proving = .clusters(found.proof)
    }
    return found.purchased
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

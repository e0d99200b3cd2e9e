extension Decomposition {
  /// Every so many rounds clusters are solved alone: each of them costs about as much as a round.
  private static let clusterInterval = 4

  /// With the master's multipliers, clusters solved alone: a bound of the whole, and capacities that are
  /// good for each cluster at the prices that the widest pools ask now.
  ///
  /// The box that the master needs holds its own bound back where pools are many; this one it does not.
  ///
  /// - Parameter tolerance: in currency units.
  /// - Returns: nil where it is not its turn, or the model does not fall apart.
  func clusters(_ answer: Master.Answer, tolerance: Double) throws -> [Double]? {
    guard provesBound, rounds % Self.clusterInterval == 0, !hasSeveralOutputs, let separable,
      let last = master.last, let wide = master.meanWidePrices(last)
    else { return nil }
    let multipliers = master.proof(last, master.cuts, bound: answer.value)
    // The widest pools stay where the master has them, the others where they were best the last time.
    var start = lastClusters ?? answer.purchased
    for c in separable.widest { start[c] = answer.purchased[c] }
    let found = try separable.solve(
      multipliers, wide: wide, from: start,
      tolerance: tolerance
    ) { isOutOfTime }
    guard let found else { return nil }
    lastClusters = found.purchased
    if found.bound > bound {
      bound = found.bound
      proving = .clusters(found.proof)
    }
    return found.purchased
  }

  /// The master's answer in a small box around capacities, evaluated.
  func look(near capacities: [Double], _ spreads: [Double]) throws -> Point? {
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

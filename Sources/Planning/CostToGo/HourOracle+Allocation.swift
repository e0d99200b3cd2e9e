extension HourOracle {
  /// Finds a feasible allocation of an hour: the better of the waterfall and one led by λ.
  ///
  /// Where several wide pools compete, the waterfall (which is what the provider does) is not the
  /// cheapest. The other allocation gives each SKU, the clearest cases first, to the pool in which
  /// its reduced worth p_g − a_kg λ_k is largest, and what no longer fits to the next best.
  ///
  /// - Returns: the on-demand cost of what is left.
  func allocate(
    demand: UnsafePointer<Double>, capacity: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) -> Double {
    let greedy = waterfall(demand: demand, capacity: capacity, scratch)
    guard sweeps > 0 else { return greedy }
    let bound = prices(demand: demand, capacity: capacity, scratch)
    guard greedy > bound * (1 + 1e-9) + 1e-12 else { return greedy }
    return min(greedy, guided(demand: demand, capacity: capacity, scratch))
  }

  private func guided(
    demand: UnsafePointer<Double>, capacity: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) -> Double {
    let rest = scratch.rest
    let left = scratch.left
    let lambda = scratch.lambda
    for g in 0..<skuCount { rest[g] = demand[g] }
    for k in 0..<poolCount { left[k] = capacity[k] }
    var order: [(regret: Double, sku: Int)] = []
    order.reserveCapacity(skuCount)
    for g in 0..<skuCount where rest[g] > 0 {
      var best = 0.0
      var second = 0.0
      for c in coverStart[g]..<coverStart[g + 1] {
        let gain = price[g] - coverUse[c] * lambda[Int(coverPool[c])]
        if gain > best {
          second = best
          best = gain
        } else if gain > second {
          second = gain
        }
      }
      order.append(((best - second) / price[g], g))
    }
    order.sort { ($0.regret, $1.sku) > ($1.regret, $0.sku) }
    for (_, g) in order { cover(g, rest, left, lambda, atAnyPrice: false) }
    // λ is not exact: what is still free after all had their say is used by whom it fits.
    for (_, g) in order { cover(g, rest, left, lambda, atAnyPrice: true) }
    var cost = 0.0
    for g in 0..<skuCount { cost += rest[g] * price[g] }
    return cost
  }

  /// Covers as much of a SKU as fits, best reduced worth first.
  private func cover(
    _ g: Int, _ rest: UnsafeMutableBufferPointer<Double>,
    _ left: UnsafeMutableBufferPointer<Double>, _ lambda: UnsafeMutableBufferPointer<Double>,
    atAnyPrice: Bool
  ) {
    while rest[g] > 0 {
      var best = -1
      var bestGain = -Double.infinity
      for c in coverStart[g]..<coverStart[g + 1] where left[Int(coverPool[c])] > 1e-12 {
        let gain = price[g] - coverUse[c] * lambda[Int(coverPool[c])]
        if gain > bestGain {
          bestGain = gain
          best = c
        }
      }
      guard best >= 0 else { return }
      let k = Int(coverPool[best])
      // Capacity with a price is kept for whom it is worth that price.
      if !atAnyPrice, bestGain < -1e-9 * price[g] { return }
      let taken = min(rest[g], left[k] / coverUse[best])
      rest[g] -= taken
      left[k] -= taken * coverUse[best]
      if taken * coverUse[best] < 1e-12 { left[k] = 0 }
    }
  }
}

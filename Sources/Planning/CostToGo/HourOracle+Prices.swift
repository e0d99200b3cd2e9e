extension HourOracle {
  /// Finds μ and π for eight hours; leaves them in the scratch, and in `rest` and `left` what a
  /// waterfall, pool by pool, leaves.
  ///
  /// - Returns: Σ π d − Σ λ Q, a lower bound of what must be paid on demand in each hour.
  func prices(
    demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>, _ charges: borrowing Charges,
    _ scratch: borrowing Scratch
  ) -> Lanes {
    charges.price.withUnsafeBufferPointer { price in
      charges.reward.withUnsafeBufferPointer { reward in
        guard let p = price.baseAddress, let nu = reward.baseAddress else { return .zero }
        stages(demand, capacity, scratch)
        climb(capacity, p, nu, scratch)
        for _ in 0..<sweeps { sweep(demand, capacity, p, nu, scratch) }
        return value(demand, capacity, p, nu, scratch)
      }
    }
  }

  /// The waterfall pool by pool; keeps what each pool found when its turn came, in `staged`.
  private func stages(
    _ demand: UnsafePointer<Lanes>, _ capacity: UnsafePointer<Lanes>, _ scratch: borrowing Scratch
  ) {
    let rest = scratch.rest.start
    let staged = scratch.staged.start
    let left = scratch.left.start
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let (uses, yields) = (tables.memberUse.start, tables.memberYield.start)
    for g in 0..<skuCount { rest[g] = demand[g] }
    for position in 0..<poolCount {
      let k = Int(tables.order.start[position])
      var room = capacity[k]
      let range = Int(starts[k])..<Int(starts[k + 1])
      guard any(room .> 0) else {
        left[k] = .zero
        for m in range { staged[m] = rest[Int(skus[m])] }
        continue
      }
      for m in range {
        let g = Int(skus[m])
        let found = rest[g]
        staged[m] = found
        let need = found * uses[m]
        let fits = need .<= room
        rest[g] = Lanes.most(Lanes(), found - room * yields[m]).replacing(with: 0, where: fits)
        room = (room - need).replacing(with: 0, where: .!fits)
      }
      left[k] = room
    }
  }

  /// Wide to narrow: each pool's μ against the prices that the wider ones have set.
  private func climb(
    _ capacity: UnsafePointer<Lanes>, _ p: UnsafePointer<Double>, _ nu: UnsafePointer<Double>,
    _ scratch: borrowing Scratch
  ) {
    let (worth, weight, ratio) = (scratch.worth.start, scratch.weight.start, scratch.ratio.start)
    let (staged, mu) = (scratch.staged.start, scratch.mu.start)
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let (uses, yields) = (tables.memberUse.start, tables.memberYield.start)
    for g in 0..<skuCount { worth[g] = Lanes(repeating: p[g]) }
    for position in stride(from: poolCount - 1, through: 0, by: -1) {
      let k = Int(tables.order.start[position])
      let start = Int(starts[k])
      let count = Int(starts[k + 1]) - start
      var total = Lanes.zero
      for m in 0..<count {
        weight[m] = staged[start + m] * uses[start + m]
        ratio[m] = worth[Int(skus[start + m])] * yields[start + m]
        total += weight[m]
      }
      mu[k] = search(k, count, total: total, capacity: capacity[k], nu[k], scratch)
      for m in start..<start + count {
        let g = Int(skus[m])
        worth[g] = Lanes.least(worth[g], mu[k] * uses[m])
      }
    }
  }

  /// Each pool's μ once more, against all demand and all other pools.
  private func sweep(
    _ demand: UnsafePointer<Lanes>, _ capacity: UnsafePointer<Lanes>, _ p: UnsafePointer<Double>,
    _ nu: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) {
    let (weight, ratio, mu) = (scratch.weight.start, scratch.ratio.start, scratch.mu.start)
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let (uses, yields) = (tables.memberUse.start, tables.memberYield.start)
    let (coverStarts, coverPools) = (tables.coverStart.start, tables.coverPool.start)
    let coverUses = tables.coverUse.start
    for position in 0..<poolCount {
      let k = Int(tables.order.start[position])
      let start = Int(starts[k])
      let count = Int(starts[k + 1]) - start
      guard count > 1 else { continue }
      var total = Lanes.zero
      for m in 0..<count {
        let g = Int(skus[start + m])
        weight[m] = demand[g] * uses[start + m]
        total += weight[m]
        var least = Lanes(repeating: p[g])
        for c in Int(coverStarts[g])..<Int(coverStarts[g + 1]) {
          let j = Int(coverPools[c])
          if j != k { least = Lanes.least(least, mu[j] * coverUses[c]) }
        }
        ratio[m] = least * yields[start + m]
      }
      mu[k] = search(k, count, total: total, capacity: capacity[k], nu[k], scratch)
    }
  }

  /// The exact maximum along the axis of μ_k, the others held.
  ///
  /// Along μ_k the value is Σ_g d_g min(e_g, a_g μ) − (μ + ν) Q with e_g = min(p_g, min_{j≠k} a_jg μ_j):
  /// concave, with its top where the capacity that is worth more than μ per unit, Σ a_g d_g over
  /// e_g / a_g > μ, falls to Q.
  @inline(__always)
  private func search(
    _ k: Int, _ count: Int, total: Lanes, capacity: Lanes, _ nu: Double,
    _ scratch: borrowing Scratch
  ) -> Lanes {
    let floor = Lanes(repeating: -nu)
    let isScarce = total .> capacity
    guard any(isScarce) else { return floor }
    let ratio = scratch.ratio.start
    guard count > 1 else {
      return floor.replacing(with: Lanes.most(ratio[0], floor), where: isScarce)
    }
    let guess = scratch.guess.start
    let found = WeightedSelection.crossing(
      ratio, scratch.weight.start, count: count, capacity: capacity, wanted: isScarce,
      guess: guess[k])
    guess[k] = found
    return floor.replacing(with: Lanes.most(found, floor), where: isScarce)
  }

  private func value(
    _ demand: UnsafePointer<Lanes>, _ capacity: UnsafePointer<Lanes>, _ p: UnsafePointer<Double>,
    _ nu: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) -> Lanes {
    let (mu, worth) = (scratch.mu.start, scratch.worth.start)
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let uses = tables.memberUse.start
    if sweeps > 0 {
      for g in 0..<skuCount { worth[g] = Lanes(repeating: p[g]) }
      for k in 0..<poolCount {
        for m in Int(starts[k])..<Int(starts[k + 1]) {
          let g = Int(skus[m])
          worth[g] = Lanes.least(worth[g], mu[k] * uses[m])
        }
      }
    }
    var value = Lanes.zero
    for k in 0..<poolCount { value -= (mu[k] + nu[k]) * capacity[k] }
    for g in 0..<skuCount { value += worth[g] * demand[g] }
    return value
  }
}

extension HourOracle {
  /// Finds μ and π for eight hours; leaves them in the scratch.
  ///
  /// - Parameters:
  ///   - isThorough: whether sets of pools are scaled too, where the model has any.
  ///   - isForAllocation: whether the best μ is wanted, whatever cuts it would make. Where several
  ///     are equally good those that `scaleWide` finds make cuts after which the relaxation leans to
  ///     more purchases: under a limit on their number plans came out 1.5 % more expensive.
  ///   - frozen: the μ of the widest pools, where they are given; only the others are sought then.
  /// - Returns: Σ π d − Σ λ Q, a lower bound of what must be paid on demand in each hour.
  func prices(
    demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>, _ charges: borrowing Charges,
    _ scratch: borrowing Scratch, isThorough: Bool = true,
    isForAllocation: Bool = false, frozen: UnsafePointer<Lanes>? = nil
  ) -> Lanes {
    charges.price.withUnsafeBufferPointer { price in
      charges.reward.withUnsafeBufferPointer { reward in
        guard let p = price.baseAddress else { return Lanes() }
        let step = Step(
          demand: demand, capacity: capacity, price: p, reward: reward.baseAddress ?? p,
          hasRewards: reward.contains { $0 != 0 }, isPlain: charges.isPlain,
          frozen: frozen, keepsOpen: isForAllocation)
        subtractLone(step, scratch)
        stages(step, scratch)
        climb(step, scratch)
        if frozen != nil {
          if tables.isNarrowContested { sweep(step, scratch, from: 1) }
        } else if isContested {
          sweep(step, scratch, from: 1)
          if isForAllocation, !tables.isSmall, !tables.sets.isEmpty {
            scaleWide(step, scratch)
          } else if isThorough, tables.scalesSets {
            scaleSets(step, scratch)
          }
        }
        return value(step, scratch)
      }
    }
  }

  /// Eight hours, and what they are charged by.
  struct Step {
    let demand: UnsafePointer<Lanes>
    let capacity: UnsafePointer<Lanes>
    let price: UnsafePointer<Double>
    let reward: UnsafePointer<Double>
    let hasRewards: Bool
    let isPlain: Bool
    var frozen: UnsafePointer<Lanes>?
    /// Whether what narrow pools leave is to be known.
    let keepsOpen: Bool
  }

  /// The μ of a pool that is given.
  @inline(__always) private func given(_ k: Int, _ step: Step) -> Lanes? {
    guard let frozen = step.frozen, tables.wide.start[k] >= 0 else { return nil }
    return frozen[Int(tables.wide.start[k])]
  }

  /// What lone pools leave of the demand, in `net`.
  private func subtractLone(_ step: Step, _ scratch: borrowing Scratch) {
    let net = scratch.net.start
    for g in 0..<skuCount { net[g] = step.demand[g] }
    for position in 0..<tables.lone.count {
      let entry = tables.lone.start[position]
      let room = step.capacity[Int(entry.pool)]
      guard (room .> 0).isAnySet else { continue }
      let found = net[Int(entry.sku)]
      net[Int(entry.sku)] = Lanes.most(Lanes(), found - room * entry.yield).replacing(
        with: 0, where: found * entry.use .<= room)
    }
  }

  /// The waterfall pool by pool; keeps what each pool found when its turn came, in `staged`.
  private func stages(_ step: Step, _ scratch: borrowing Scratch) {
    let (rest, net, staged) = (scratch.rest.start, scratch.net.start, scratch.staged.start)
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let (uses, yields) = (tables.memberUse.start, tables.memberYield.start)
    for g in 0..<skuCount { rest[g] = net[g] }
    for position in 0..<tables.contested.count {
      let k = Int(tables.contested.start[position])
      if step.keepsOpen, position == tables.firstWide {
        for g in 0..<skuCount { scratch.open.start[g] = rest[g] }
      }
      if step.frozen != nil, tables.wide.start[k] >= 0 { continue }
      var room = step.capacity[k]
      let range = Int(starts[k])..<Int(starts[k + 1])
      guard (room .> 0).isAnySet else {
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
    }
  }

  /// Wide to narrow: each pool's μ against the prices that the wider ones have set.
  private func climb(_ step: Step, _ scratch: borrowing Scratch) {
    let guess = scratch.climbed.start + scratch.turn.pointee * poolCount
    scratch.turn.pointee = (scratch.turn.pointee + 1) % Scratch.turns
    climb(step, scratch, guess: guess)
  }

  /// - Parameter guess: of each pool, what was found when it was last sought.
  func climb(
    _ step: Step, _ scratch: borrowing Scratch, guess: UnsafeMutablePointer<Lanes>
  ) {
    let (worth, weight, ratio) = (scratch.worth.start, scratch.weight.start, scratch.ratio.start)
    let (staged, mu) = (scratch.staged.start, scratch.mu.start)
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let (uses, yields) = (tables.memberUse.start, tables.memberYield.start)
    for g in 0..<skuCount { worth[g] = Lanes(repeating: step.price[g]) }
    for position in stride(from: tables.contested.count - 1, through: 0, by: -1) {
      let k = Int(tables.contested.start[position])
      let start = Int(starts[k])
      let count = Int(starts[k + 1]) - start
      if let known = given(k, step) {
        mu[k] = known
      } else if position == tables.contested.count - 1, step.isPlain, !step.hasRewards {
        // Nothing is wider: usage is worth its price, in whose order the members are.
        mu[k] = crossing(of: start..<start + count, capacity: step.capacity[k], step, scratch)
      } else {
        var total = Lanes()
        for m in 0..<count {
          weight[m] = staged[start + m] * uses[start + m]
          ratio[m] = worth[Int(skus[start + m])] * yields[start + m]
          total += weight[m]
        }
        mu[k] = search(k, count, total: total, guess: guess + k, step, scratch)
      }
      for m in start..<start + count {
        let g = Int(skus[m])
        worth[g] = Lanes.least(worth[g], mu[k] * uses[m])
      }
    }
  }

  /// Where staged demand, in the order of its price for a unit of capacity, exceeds a capacity:
  /// that price; 0 where it never does.
  private func crossing(
    of members: Range<Int>, capacity: Lanes, _ step: Step, _ scratch: borrowing Scratch
  ) -> Lanes {
    let staged = scratch.staged.start
    let (skus, uses) = (tables.memberSKU.start, tables.memberUse.start)
    let yields = tables.memberYield.start
    var sum = Lanes()
    var found = Lanes()
    var open = SIMDMask<SIMD8<Int64>>(repeating: true)
    for m in members {
      sum += staged[m] * uses[m]
      let crosses = open .& (sum .> capacity)
      found.replace(with: step.price[Int(skus[m])] * yields[m], where: crosses)
      open = open .& .!crosses
      if m & 15 == 15, !open.isAnySet { break }
    }
    return found
  }

  /// Each pool's μ once more, against all demand and all other pools.
  ///
  /// - Parameter first: 1 right after the climb, which has seen the first pool like this already.
  func sweep(_ step: Step, _ scratch: borrowing Scratch, from first: Int = 0) {
    let positions = first..<tables.contested.count
    sweep(step, scratch, positions, tables.contestedCovers, scratch.net.start)
  }

  /// - Parameters:
  ///   - covers: the pools that compete.
  ///   - demand: what they compete for.
  func sweep(
    _ step: Step, _ scratch: borrowing Scratch, _ positions: Range<Int>, _ covers: Tables.Covers,
    _ demand: UnsafePointer<Lanes>
  ) {
    let (weight, ratio, mu) = (scratch.weight.start, scratch.ratio.start, scratch.mu.start)
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let (uses, yields) = (tables.memberUse.start, tables.memberYield.start)
    let (coverPools, coverUses) = (covers.pool.start, covers.use.start)
    let swept = scratch.swept.start
    for position in positions {
      let k = Int(tables.contested.start[position])
      let start = Int(starts[k])
      let count = Int(starts[k + 1]) - start
      if step.frozen != nil, tables.wide.start[k] >= 0 { continue }
      // What the climb has found is near, where there was anything to find.
      swept[k].replace(with: mu[k], where: mu[k] .> 0)
      var total = Lanes()
      for m in 0..<count {
        let g = Int(skus[start + m])
        weight[m] = demand[g] * uses[start + m]
        total += weight[m]
        var least = Lanes(repeating: step.price[g])
        for c in covers.range(g) {
          let j = Int(coverPools[c])
          if j != k { least = Lanes.least(least, mu[j] * coverUses[c]) }
        }
        ratio[m] = least * yields[start + m]
      }
      mu[k] = search(k, count, total: total, guess: scratch.swept.start + k, step, scratch)
    }
  }

  /// The exact maximum along the axis of μ_k, the others held.
  ///
  /// Along μ_k the value is Σ_g d_g min(e_g, a_g μ) − (μ + ν) Q with e_g = min(p_g, min_{j≠k} a_jg
  /// μ_j): concave, with its top where the capacity that is worth more than μ per unit, Σ a_g d_g
  /// over e_g / a_g > μ, falls to Q.
  @inline(__always)
  private func search(
    _ k: Int, _ count: Int, total: Lanes, guess: UnsafeMutablePointer<Lanes>, _ step: Step,
    _ scratch: borrowing Scratch
  ) -> Lanes {
    let floor = Lanes(repeating: -step.reward[k])
    let isScarce = total .> step.capacity[k]
    guard isScarce.isAnySet else { return floor }
    let found = WeightedSelection.crossing(
      scratch.ratio.start, scratch.weight.start, count: count, total: total,
      capacity: step.capacity[k], wanted: isScarce, guess: guess.pointee, room: scratch.room)
    guess.pointee.replace(with: found, where: isScarce)
    return floor.replacing(with: Lanes.most(found, floor), where: isScarce)
  }

  /// Scales every set of pools. What is at zero has no scale, so it is lifted by a hair first; two
  /// turns, since pools that come up together may have to part.
  private func scaleSets(_ step: Step, _ scratch: borrowing Scratch) {
    for _ in 0..<(tables.isSmall ? 2 : 1) {
      lift(0..<tables.contested.count, step, scratch)
      for set in tables.sets {
        scale(set, step, scratch, tables.contestedCovers, scratch.net.start)
      }
      sweep(step, scratch)
    }
    dropHairs(step, scratch)
  }

  private static let hair = 1e-10

  /// Lifts what is at zero off it.
  func lift(_ positions: Range<Int>, _ step: Step, _ scratch: borrowing Scratch) {
    let mu = scratch.mu.start
    for position in positions {
      let k = Int(tables.contested.start[position])
      let first = Int(tables.memberStart.start[k])
      let most = step.price[Int(tables.memberSKU.start[first])] * tables.memberYield.start[first]
      if step.reward[k] == 0 { mu[k] = Lanes.most(mu[k], Lanes(repeating: Self.hair * most)) }
    }
  }

  /// Puts back to zero what was only lifted off it: the value can lose no more than the hair is
  /// worth.
  func dropHairs(_ step: Step, _ scratch: borrowing Scratch) {
    let mu = scratch.mu.start
    for position in 0..<tables.contested.count {
      let k = Int(tables.contested.start[position])
      guard step.reward[k] == 0 else { continue }
      let first = Int(tables.memberStart.start[k])
      let most = step.price[Int(tables.memberSKU.start[first])] * tables.memberYield.start[first]
      mu[k].replace(with: 0, where: mu[k] .<= Lanes(repeating: 2 * Self.hair * most))
    }
  }

  /// Scales the μ of a set of pools together: where they are tied (two Compute plans that share a
  /// SKU at the margin) none of them can move alone, and all of them can.
  ///
  /// Along the scale t the value is Σ_g d_g min(e_g, t c_g) − t Σ_{k in set} μ_k Q_k with c_g =
  /// min_{k in set} a_kg μ_k and e_g = min(p_g, min_{j not in set} a_jg μ_j): the same search as
  /// for one pool. (A reward only shifts the value, but pools with μ ≤ 0 are left as they are.)
  func scale(
    _ set: Tables.ScaledSet, _ step: Step, _ scratch: borrowing Scratch, _ covers: Tables.Covers,
    _ demand: UnsafePointer<Lanes>
  ) {
    let (weight, ratio, mu) = (scratch.weight.start, scratch.ratio.start, scratch.mu.start)
    let bit = tables.bit.start
    let (coverPools, coverUses) = (covers.pool.start, covers.use.start)
    var room = Lanes()
    var isPositive = SIMDMask<SIMD8<Int64>>(repeating: true)
    for position in 0..<set.pools.count {
      let k = Int(set.pools.start[position])
      room += mu[k] * step.capacity[k]
      isPositive = isPositive .& (mu[k] .> 0)
    }
    guard isPositive.isAnySet else { return }
    var total = Lanes()
    var count = 0
    for place in 0..<set.skus.count {
      let g = Int(set.skus.start[place])
      var inside = Lanes(repeating: .infinity)
      var outside = Lanes(repeating: step.price[g])
      for c in covers.range(g) {
        let j = Int(coverPools[c])
        let worth = mu[j] * coverUses[c]
        if bit[j] & set.bits != 0 {
          inside = Lanes.least(inside, worth)
        } else {
          outside = Lanes.least(outside, worth)
        }
      }
      let counts = isPositive .& (inside .< .infinity)
      guard counts.isAnySet else { continue }
      weight[count] = Lanes().replacing(with: inside * demand[g], where: counts)
      ratio[count] = Lanes().replacing(with: outside / inside, where: counts)
      total += weight[count]
      count += 1
    }
    let moves = isPositive .& (total .> room) .& (room .> 0)
    guard count > 0, moves.isAnySet else { return }
    let t = WeightedSelection.crossing(
      ratio, weight, count: count, total: total, capacity: room, wanted: moves,
      guess: Lanes(repeating: 1), room: scratch.room)
    let factor = Lanes(repeating: 1).replacing(with: t, where: moves .& (t .> 0))
    for position in 0..<set.pools.count { mu[Int(set.pools.start[position])] *= factor }
  }

  /// π, the μ of lone pools, and the value of it all.
  func value(_ step: Step, _ scratch: borrowing Scratch) -> Lanes {
    let (mu, worth) = (scratch.mu.start, scratch.worth.start)
    let (starts, skus) = (tables.memberStart.start, tables.memberSKU.start)
    let uses = tables.memberUse.start
    for g in 0..<skuCount { worth[g] = Lanes(repeating: step.price[g]) }
    for position in 0..<tables.contested.count {
      let k = Int(tables.contested.start[position])
      for m in Int(starts[k])..<Int(starts[k + 1]) {
        let g = Int(skus[m])
        worth[g] = Lanes.least(worth[g], mu[k] * uses[m])
      }
    }
    priceLone(step, scratch)
    var value = Lanes()
    for k in 0..<poolCount { value -= (mu[k] + step.reward[k]) * step.capacity[k] }
    for g in 0..<skuCount { value += worth[g] * step.demand[g] }
    return value
  }

  /// The μ of lone pools: what the other pools ask for their SKU, where its demand is more than
  /// they hold.
  private func priceLone(_ step: Step, _ scratch: borrowing Scratch) {
    let (mu, worth, net) = (scratch.mu.start, scratch.worth.start, scratch.net.start)
    let lone = tables.lone.start
    guard step.hasRewards else {
      for position in 0..<tables.lone.count {
        let entry = lone[position]
        let g = Int(entry.sku)
        let asked = Lanes().replacing(with: worth[g], where: net[g] .> 0)
        worth[g] = asked
        mu[Int(entry.pool)] = asked * entry.yield
      }
      return
    }
    for position in 0..<tables.lone.count {
      let entry = lone[position]
      let (k, g) = (Int(entry.pool), Int(entry.sku))
      let floor = Lanes(repeating: -step.reward[k])
      let full = Lanes.most(worth[g] * entry.yield, floor)
      mu[k] = floor.replacing(with: full, where: net[g] .> 0)
    }
    for position in 0..<tables.lone.count {
      let entry = lone[position]
      let g = Int(entry.sku)
      worth[g] = Lanes.least(worth[g], mu[Int(entry.pool)] * entry.use)
    }
  }
}

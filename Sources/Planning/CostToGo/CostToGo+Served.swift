import CloudCosts

/// What the provider's order makes of purchases, narrow pools first.
extension CostToGo {
  /// What it leaves on demand, and the capacity that each instrument's purchases use, as expected.
  func served(_ decision: Decision) -> (onDemand: Double, used: [Double]) {
    let purchased = capacity(of: decision.purchases)
    let demand = demand.moving(decision.actions, of: machines)
    let turns = turns(decision)
    let parts = perStretch { s in
      var rest = 0.0
      var used = [Double](repeating: 0, count: model.instruments.count)
      forEachUse(of: s, purchased, demand, turns) { scratch, uses in
        for g in 0..<oracle.skuCount { rest += scratch.rest.start[g].sum() * model.price[g] }
        for (j, use) in uses { used[j] += use.sum() }
      }
      return (rest: rest, used: used)
    }
    var (rest, used) = (0.0, [Double](repeating: 0, count: model.instruments.count))
    for (s, part) in parts.enumerated() {
      let weight = model.probability(stretches[s].lowerBound)
      rest += weight * part.rest
      for j in used.indices { used[j] += weight * part.used[j] }
    }
    return (rest, used)
  }

  /// What purchases of an instrument use, hour by hour, in capacity of its pool.
  func hourlyUse(of instrument: Int, _ decision: Decision) -> [Double] {
    let purchased = capacity(of: decision.purchases)
    let demand = demand.moving(decision.actions, of: machines)
    let turns = turns(decision)
    return perStretch { s in
      var hours: [Double] = []
      forEachUse(of: s, purchased, demand, turns) { _, uses in
        let use = uses.first { $0.instrument == instrument }?.use ?? Lanes()
        for lane in use.indices where hours.count < stretches[s].count { hours.append(use[lane]) }
      }
      return hours
    }.flatMap { $0 }
  }

  /// The purchases of a pool in the order in which they are used up.
  private struct Turn {
    var pool: Int
    var instruments: [(index: Int, capacity: Double, active: Range<Int>)]
    /// Whether all of them come before what is owned of the pool; else all come after.
    var isBeforeOwned: Bool
  }

  private func turns(_ decision: Decision) -> [Turn] {
    let bought = model.instruments.indices.filter { decision.purchases[$0] > 0 }
    let byPool = Dictionary(grouping: bought) { model.instruments[$0].pool }
    return byPool.sorted { $0.key < $1.key }.map { pool, bought in
      let owned = model.pools[pool].owned
      return Turn(
        pool: pool,
        instruments: bought.sorted { rank($0) < rank($1) }.map { j in
          let instrument = model.instruments[j]
          return (j, instrument.safeUnit * decision.purchases[j], instrument.active)
        },
        isBeforeOwned: bought.allSatisfy { j in
          owned.allSatisfy { $0.appliesAfter(model.instruments[j], in: model) }
        })
    }
  }

  /// By tier; plans by what they save, reservations by their terms.
  private func rank(_ j: Int) -> (ApplicationTier, Double, Int, String, Int) {
    let instrument = model.instruments[j]
    let terms = instrument.offer.terms
    let price = terms.product.isReservation ? 0 : instrument.hourly / instrument.safeUnit
    return (
      ApplicationTier(of: terms), price, terms.term.years, terms.payment.rawValue, j
    )
  }

  private func forEachUse(
    of s: Int, _ purchased: [Double], _ demand: DemandBlocks, _ turns: [Turn],
    _ body: (
      _ left: borrowing HourOracle.Scratch, _ uses: [(instrument: Int, use: Lanes)]
    ) -> Void
  ) {
    let oracle = oracles[era[s]]
    let scratch = HourOracle.Scratch(oracle)
    let hour = windowHours(s).lowerBound
    let active = turns.map { turn in
      (turn, turn.instruments.filter { $0.active.contains(hour) })
    }
    var uses: [(instrument: Int, use: Lanes)] = []
    forEachBlock(of: s, purchased: purchased, demand) { _, demand, capacity in
      oracle.waterfall(demand: demand, capacity: capacity, scratch)
      uses.removeAll(keepingCapacity: true)
      for (turn, instruments) in active {
        let k = turn.pool
        var left = capacity[k] - scratch.left.start[k]
        if !turn.isBeforeOwned {
          let all = instruments.reduce(0) { $0 + $1.capacity }
          left -= pointwiseMin(left, capacity[k] - Lanes(repeating: all))
        }
        for instrument in instruments {
          let use = pointwiseMin(left, Lanes(repeating: instrument.capacity))
          uses.append((instrument.index, use))
          left -= use
        }
      }
      body(scratch, uses)
    }
  }
}

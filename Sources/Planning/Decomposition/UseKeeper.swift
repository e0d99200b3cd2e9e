import CloudCosts

/// Makes of a decision one whose purchases are all used enough (`min_utilization`) where the
/// provider applies them in its own order, narrow pools first.
///
/// The best allocation of a large program may use purchases for the share asked for in ways in
/// which the bill does not. Purchases of a pool that are used too little are cut to what is used of
/// them over the share, again and again, which ends at the largest amounts that are used enough.
struct UseKeeper {
  private let costToGo: CostToGo
  private let share: Double
  /// What owned commitments use of each pool where nothing is bought.
  private let owned: [Double]

  /// How often purchases are cut.
  private static let rounds = 40

  /// - Parameter floor: the share of each purchase that must be used.
  init(_ costToGo: CostToGo, floor share: Double) {
    self.costToGo = costToGo
    self.share = share
    owned = costToGo.served(.nothing(costToGo.model)).used
  }

  /// A decision that is used enough, and what it costs in the provider's order.
  struct Kept {
    var decision: Decision
    var cost: Double
  }

  /// Nil where cutting does not end.
  func kept(_ start: Decision) -> Kept? {
    let model = costToGo.model
    var decision = start
    for round in 0..<Self.rounds {
      let served = costToGo.served(decision)
      var bought = owned.map { _ in 0.0 }
      for (j, instrument) in model.instruments.enumerated() where decision.purchases[j] > 0 {
        bought[instrument.pool] +=
          instrument.safeUnit * Double(instrument.active.count) * decision.purchases[j]
      }
      var factors = owned.map { _ in 1.0 }
      for k in bought.indices where bought[k] > 0 {
        let used = max(0, served.used[k] - owned[k])
        if used < share * bought[k] * (1 - 1e-9) { factors[k] = used / (share * bought[k]) }
      }
      guard factors.contains(where: { $0 < 1 }) else {
        return Kept(decision: decision, cost: model.fixedCost(decision) + served.onDemand)
      }
      for (j, instrument) in model.instruments.enumerated() where decision.purchases[j] > 0 {
        let factor = factors[instrument.pool]
        guard factor < 1 else { continue }
        // A hair less each time, lest the last steps never end.
        let wanted = decision.purchases[j] * (factor - 1e-4 * Double(round))
        let steps = (wanted / instrument.grid).rounded(.down)
        decision.purchases[j] = max(0, instrument.amount(steps: steps))
      }
    }
    return nil
  }

  // MARK: Search

  /// The best that is found by changing one pool's purchases at a time, with the widest plan as
  /// large as what is left allows.
  func bettered(_ start: Decision, until isOver: () -> Bool) -> Kept? {
    guard var best = kept(start) else { return nil }
    let choices = choices(start)
    var improved = true
    while improved {
      improved = false
      for choice in choices {
        for part in [0, 0.3, 0.5, 0.7, 0.85, 0.93, 1] {
          if isOver() { return best }
          var decision = best.decision
          let amount = part * choice.most
          for other in choice.sharing { decision.purchases[other] = 0 }
          decision.purchases[choice.instrument] = onGrid(amount, choice.instrument)
          for wide in choices where wide.isWide && decision.purchases[wide.instrument] > 0 {
            decision.purchases[wide.instrument] = onGrid(wide.most, wide.instrument)
          }
          guard let found = kept(decision), found.cost < best.cost * (1 - 1e-7) else { continue }
          best = found
          improved = true
        }
      }
    }
    return best
  }

  /// The purchases of one pool, all in one instrument.
  private struct Choice {
    var instrument: Int
    var most: Double
    var isWide: Bool
    /// Instruments of the same pool.
    var sharing: [Int]
  }

  /// For each pool the cheapest instrument, in its smallest units, the largest pools first.
  private func choices(_ start: Decision) -> [Choice] {
    let model = costToGo.model
    var pools: [Int: [Int]] = [:]
    for (j, instrument) in model.instruments.enumerated() {
      pools[instrument.pool, default: []].append(j)
    }
    var result: [(worth: Double, choice: Choice)] = []
    for (k, instruments) in pools.sorted(by: { $0.key < $1.key }) {
      func price(_ j: Int) -> Double {
        let instrument = model.instruments[j]
        return instrument.cost / (instrument.safeUnit * Double(max(1, instrument.active.count)))
      }
      guard
        let cheapest = instruments.min(by: {
          let (a, b) = (price($0), price($1))
          return abs(a - b) > 1e-9 * max(a, b)
            ? a < b : (model.instruments[$0].unit, $0) < (model.instruments[$1].unit, $1)
        })
      else { continue }
      let isWide = model.pools[k].level == .everything
      // Several lists of rates for everything: those that the search of purchases chose.
      let isChosen = instruments.contains { start.purchases[$0] > 0 }
      guard !isWide || isChosen else { continue }
      var alone = Decision.nothing(model)
      alone.purchases[cheapest] = onGrid(model.instruments[cheapest].upper, cheapest)
      guard let kept = kept(alone) else { continue }
      let most = kept.decision.purchases[cheapest]
      guard most > 0 else { continue }
      result.append(
        (
          model.instruments[cheapest].cost * most,
          Choice(instrument: cheapest, most: most, isWide: isWide, sharing: instruments)
        ))
    }
    return result.sorted {
      ($1.worth, $0.choice.instrument) < ($0.worth, $1.choice.instrument)
    }.map(\.choice)
  }

  private func onGrid(_ amount: Double, _ j: Int) -> Double {
    let instrument = costToGo.model.instruments[j]
    return instrument.amount(steps: (amount / instrument.grid + 1e-9).rounded(.down))
  }
}

extension CostToGo {
  /// What the provider's order leaves on demand and uses of each pool, as expected.
  func served(_ decision: Decision) -> (onDemand: Double, used: [Double]) {
    let purchased = capacity(of: decision.purchases)
    let demand = demand.moving(decision.actions, of: machines)
    let parts = perStretch { s in
      let scratch = HourOracle.Scratch(oracle)
      var rest = 0.0
      var used = [Double](repeating: 0, count: oracle.poolCount)
      forEachBlock(of: s, purchased: purchased, demand) { _, demand, capacity in
        oracle.waterfall(demand: demand, capacity: capacity, scratch)
        for g in 0..<oracle.skuCount { rest += scratch.rest.start[g].sum() * model.price[g] }
        for k in 0..<oracle.poolCount where (capacity[k] .> 0).isAnySet {
          used[k] += (capacity[k] - scratch.left.start[k]).sum()
        }
      }
      return (rest: rest, used: used)
    }
    var (rest, used) = (0.0, [Double](repeating: 0, count: oracle.poolCount))
    for (s, part) in parts.enumerated() {
      let weight = model.probability(stretches[s].lowerBound)
      rest += weight * part.rest
      for k in used.indices { used[k] += weight * part.used[k] }
    }
    return (rest, used)
  }
}

import CloudCosts

/// Makes of a decision one whose purchases are all used enough (`min_utilization`) where the
/// provider applies them in its own order, narrow pools first.
///
/// The best allocation of a large program may use purchases for the share asked for in ways in
/// which the bill does not. Purchases that are used too little are cut to what is used of them over
/// the share, again and again, which ends at the largest amounts that are used enough.
struct UseKeeper {
  private let costToGo: CostToGo
  private let share: Double

  /// How often purchases are cut.
  private static let (exact, rounds) = (15, 40)

  /// - Parameter floor: the share of each purchase that must be used.
  init(_ costToGo: CostToGo, floor share: Double) {
    self.costToGo = costToGo
    self.share = share
  }

  /// A decision that is used enough, and what it costs in the provider's order.
  struct Kept {
    var decision: Decision
    var cost: Double
  }

  /// Whether what a decision buys is used enough.
  func keeps(_ decision: Decision) -> Bool {
    kept(decision)?.decision.purchases == decision.purchases
  }

  /// Nil where cutting does not end.
  func kept(_ start: Decision) -> Kept? {
    let model = costToGo.model
    var decision = start
    for round in 0..<Self.rounds {
      let served = costToGo.served(decision)
      var isKept = true
      for (j, instrument) in model.instruments.enumerated() where decision.purchases[j] > 0 {
        let bought =
          instrument.safeUnit * Double(instrument.active.count) * decision.purchases[j]
        guard served.used[j] < share * bought * (1 - 1e-9) else { continue }
        isKept = false
        // At last a hair less each time, lest the last steps never end.
        let hair = 1e-4 * Double(max(0, round - Self.exact))
        let wanted = decision.purchases[j] * (served.used[j] / (share * bought) - hair)
        let steps = (wanted / instrument.grid).rounded(.down)
        decision.purchases[j] = max(0, instrument.amount(steps: steps))
      }
      guard !isKept else {
        return Kept(decision: decision, cost: model.fixedCost(decision) + served.onDemand)
      }
    }
    return nil
  }

  /// The same with as much bought of what covers everything as is used enough.
  func filled(_ start: Decision) -> Kept? {
    let model = costToGo.model
    let wide = model.instruments.indices.filter {
      start.purchases[$0] > 0 && model.pools[model.instruments[$0].pool].level == .everything
    }
    // Of several pools or hours it is not known how much of each is best.
    guard let j = wide.max(by: { start.purchases[$0] < start.purchases[$1] }),
      wide.allSatisfy({ model.instruments[$0].pool == model.instruments[j].pool }),
      model.instruments[j].active.count == model.pathHours
    else { return kept(start) }
    // Narrower purchases are used before.
    let instrument = model.instruments[j]
    var decision = start
    for other in wide { decision.purchases[other] = 0 }
    decision.purchases[j] = onGrid(instrument.upper, j)
    let usage = PoolUsage(
      hours: costToGo.hourlyUse(of: j, decision),
      probabilities: (0..<model.hours).map { model.probability($0) },
      count: Double(model.pathHours))
    decision.purchases[j] = onGrid(
      min(usage.most(share) / instrument.safeUnit, instrument.upper), j)
    return kept(decision)
  }

  // MARK: Search

  /// The best that is found by changing one pool's purchases at a time, with the widest plan as
  /// large as what is left allows.
  ///
  /// - Parameter isAllowed: whether a decision keeps all limits but that on use.
  func bettered(
    _ start: Decision, where isAllowed: (Decision) -> Bool = { _ in true }, until isOver: () -> Bool
  ) -> Kept? {
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
          guard let found = kept(decision), found.cost < best.cost * (1 - 1e-7),
            isAllowed(found.decision)
          else { continue }
          best = found
          improved = true
        }
      }
    }
    return best
  }

  /// The best that is found by small steps of one purchase at a time, with as much bought of what
  /// covers everything as is used enough.
  func polished(_ start: Decision, until isOver: () -> Bool) -> Kept? {
    let model = costToGo.model
    guard var best = filled(start) else { return nil }
    for pool in Set(model.instruments.map(\.pool)).sorted() {
      for decision in inOneInstrument(pool, best.decision) {
        if isOver() { return best }
        guard let found = filled(decision), found.cost < best.cost else { continue }
        best = found
      }
    }
    var improved = true
    while improved {
      improved = false
      for (j, instrument) in model.instruments.enumerated()
      where best.decision.purchases[j] > 0 && model.pools[instrument.pool].level < .everything {
        for part in instrument.grid == 1 ? [0, 1e-3] : [1e-4, 1e-3, 1e-2] {
          for sign in [1.0, -1] {
            if isOver() { return best }
            let amount = best.decision.purchases[j]
            let steps = max(1, (part * amount / instrument.grid).rounded())
            var decision = best.decision
            decision.purchases[j] = max(
              0, instrument.amount(steps: (amount / instrument.grid).rounded() + sign * steps))
            guard let found = filled(decision), found.cost < best.cost * (1 - 1e-8) else {
              continue
            }
            best = found
            improved = true
          }
        }
      }
    }
    return best
  }

  /// The same with all that is bought of a pool in one instrument, each in turn, as much of it as
  /// there was, or a little more that is then cut to what is used enough: of several, the last one
  /// is used less than all together.
  private func inOneInstrument(_ pool: Int, _ decision: Decision) -> [Decision] {
    let model = costToGo.model
    let filling = model.instruments.indices.filter { model.instruments[$0].pool == pool }
    let capacity = filling.reduce(0) {
      $0 + model.instruments[$1].safeUnit * decision.purchases[$1]
    }
    guard capacity > 0, filling.count > 1 else { return [] }
    return filling.map { j in
      var one = decision
      for other in filling { one.purchases[other] = 0 }
      let instrument = model.instruments[j]
      let amount = 1.02 * capacity / instrument.safeUnit
      one.purchases[j] = onGrid(min(amount, instrument.upper), j)
      return one
    }
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

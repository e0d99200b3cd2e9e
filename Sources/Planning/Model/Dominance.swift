import CloudCosts

extension Model {
  /// Removes instruments that another one makes pointless: it covers at least the same usage, costs
  /// no more, and weighs no more in any row of the policy. `dominated` tells which, and why.
  ///
  /// Where `x_j = t x_i` covers all that `x_i` does, `j` dominates `i` if t cost_j ≤ cost_i and,
  /// for every row, t row_j ≤ row_i where it limits from above and t row_j ≥ row_i where it limits
  /// from below. Equal prices (to 1e-7) go to the instrument that locks less. An instrument bought
  /// in whole units may only replace another where `t` keeps to its grid. The usage that is left on
  /// demand stays the same, so rows over it do not mind. Next to that:
  ///
  /// - Rows over used capacity know pools: there `j` must fill the same pool, where use stays as it
  ///   is.
  /// - y_j takes the place of y_i, so its coefficients must be no worse either, unscaled; and the
  ///   least amount of `i` must be enough for `j`: t minimum_i ≥ minimum_j.
  ///
  /// - Parameter exactGrids: also keep plans to their grid of 0.001; for programs that are so small
  ///   that the rounding shows.
  /// - Complexity: each instrument is compared with those of the pools that cover all that its own
  ///   does.
  mutating func removeDominated(exactGrids: Bool) {
    let dominator = Dominance(self, exactGrids: exactGrids).dominators()
    dominated = DominatedOffer.summary(
      of: instruments.indices.compactMap { i in
        // Bought later, the same offers are pointless for the same reason.
        guard instruments[i].active.lowerBound == 0, let best = dominator[i] else { return nil }
        return (instruments[i].offer, instruments[best].offer)
      })
    instruments = instruments.indices.filter { dominator[$0] == nil }.map { instruments[$0] }
    // Pools that nothing fills any more are of no use either.
    let bought = Set(instruments.map(\.pool))
    let filled = pools.indices.filter { !pools[$0].owned.isEmpty || bought.contains($0) }
    let newIndex = Dictionary(uniqueKeysWithValues: filled.enumerated().map { ($1, $0) })
    pools = filled.map { pools[$0] }
    for j in instruments.indices { instruments[j].pool = newIndex[instruments[j].pool] ?? 0 }
  }
}

/// Which instruments are pointless next to which.
private struct Dominance {
  private let instruments: [Instrument]
  private let exactGrids: Bool
  private let weights: Weights
  /// For each pool, the pools that cover all that it does, with the capacity of theirs that one of
  /// its own takes; itself among them.
  private let wider: [[Exchange]]
  private let rigidity: [Int]

  private struct Exchange {
    var pool: Int
    var rate: Double
    /// The rate of the way back; nil where the other pool covers more.
    var back: Double?
  }

  /// What instruments weigh in the rows: coefficients in rows that limit from above, and their
  /// negatives in rows that limit from below; more is worse.
  private struct Weights {
    var rowCount = 0
    /// Per `x`, instrument by instrument.
    var amount: [Double]
    /// For being bought at all.
    var choice: [Double]
    /// The least that is bought.
    var minimum: [Double]

    init(_ model: Model) {
      let limits = model.rows.flatMap { row -> [(row: PolicyRow, sign: Double)] in
        guard !row.instruments.isEmpty || !row.switches.isEmpty else { return [] }
        return (row.upper < .infinity ? [(row, 1.0)] : [])
          + (row.lower > -.infinity ? [(row, -1.0)] : [])
      }
      rowCount = limits.count
      amount = [Double](repeating: 0, count: limits.count * model.instruments.count)
      choice = amount
      minimum = [Double](repeating: 0, count: model.instruments.count)
      for (r, limit) in limits.enumerated() {
        for (j, weight) in limit.row.instruments { amount[j * rowCount + r] = limit.sign * weight }
        for (s, weight) in limit.row.switches {
          choice[model.switches[s].instrument * rowCount + r] = limit.sign * weight
        }
      }
      for choice in model.switches { minimum[choice.instrument] = choice.minimum }
    }

    /// Whether t of `new` weighs no more than one of `old`, in every row.
    func isNoWorse(_ new: Int, _ old: Int, _ t: Double) -> Bool {
      for r in 0..<rowCount {
        let (n, o) = (new * rowCount + r, old * rowCount + r)
        guard Dominance.atMost(t * amount[n], amount[o]), Dominance.atMost(choice[n], choice[o])
        else { return false }
      }
      return minimum[new] <= t * minimum[old] * (1 + 1e-12)
    }
  }

  private struct Key: Hashable {
    var active: Range<Int>
    var pool: Int
  }

  init(_ model: Model, exactGrids: Bool) {
    instruments = model.instruments
    self.exactGrids = exactGrids
    weights = Weights(model)
    let countsUse = model.rows.contains { !$0.used.isEmpty }
    wider = Dominance.widerPools(model.pools, samePoolOnly: countsUse)
    rigidity = model.instruments.map(\.rigidity)
  }

  /// For each instrument one that dominates it and that nothing dominates; nil where none does.
  func dominators() -> [Int?] {
    var members: [Key: [Int]] = [:]
    for (j, instrument) in instruments.enumerated() {
      members[Key(active: instrument.active, pool: instrument.pool), default: []].append(j)
    }
    var result = [Int?](repeating: nil, count: instruments.count)
    for i in instruments.indices {
      result[i] = dominator(of: i, members: members, dominated: result)
    }
    return result.map { first in
      var best = first
      while let next = best.flatMap({ result[$0] }) { best = next }
      return best
    }
  }

  private func dominator(of i: Int, members: [Key: [Int]], dominated: [Int?]) -> Int? {
    let instrument = instruments[i]
    for exchange in wider[instrument.pool] {
      let key = Key(active: instrument.active, pool: exchange.pool)
      for j in members[key] ?? [] where j != i && dominated[j] == nil {
        if dominates(j, i, exchange) { return j }
      }
    }
    return nil
  }

  private func dominates(_ j: Int, _ i: Int, _ exchange: Exchange) -> Bool {
    let a = instruments[i]
    let b = instruments[j]
    let t = exchange.rate * a.unit / b.unit
    guard Dominance.atMost(t * b.cost, a.cost) else { return false }
    if b.grid == 1 || exactGrids {
      let steps = t * a.grid / b.grid
      guard abs(steps - steps.rounded()) <= 1e-9 * max(1, steps), steps >= 0.5 else { return false }
    }
    guard weights.isNoWorse(j, i, t) else { return false }
    let equal =
      Dominance.atMost(a.cost / t, b.cost) && weights.isNoWorse(i, j, 1 / t)
      && exchange.back.map { $0 * exchange.rate <= 1 + 1e-7 } ?? false
    return !equal || (rigidity[j], j) < (rigidity[i], i)
  }

  fileprivate static func atMost(_ left: Double, _ right: Double) -> Bool {
    left <= right + 1e-7 * max(abs(left), abs(right))
  }

  // MARK: Exchange between pools

  private static func widerPools(_ pools: [Pool], samePoolOnly: Bool) -> [[Exchange]] {
    var poolsOfSKU: [Int: [Int]] = [:]
    for (k, pool) in pools.enumerated() {
      for member in pool.members { poolsOfSKU[member.sku, default: []].append(k) }
    }
    return pools.indices.map { k in
      var result = [Exchange(pool: k, rate: 1, back: 1)]
      guard !samePoolOnly, let first = pools[k].members.first else { return result }
      for other in poolsOfSKU[first.sku] ?? [] where other != k {
        guard let rate = exchange(from: pools[k], to: pools[other]) else { continue }
        let back = exchange(from: pools[other], to: pools[k])
        result.append(Exchange(pool: other, rate: rate, back: back))
      }
      return result
    }
  }

  /// The least capacity of pool `to` that covers all that one capacity of pool `from` can; both
  /// list their members in ascending order.
  private static func exchange(from: Pool, to: Pool) -> Double? {
    guard from.members.count <= to.members.count else { return nil }
    var largest = 0.0
    var lower = 0
    for member in from.members {
      // Narrow pools among wide ones: halve what is left of the wide one at each step.
      var upper = to.members.count
      while lower < upper {
        let middle = (lower + upper) / 2
        if to.members[middle].sku < member.sku { lower = middle + 1 } else { upper = middle }
      }
      guard lower < to.members.count, to.members[lower].sku == member.sku else { return nil }
      largest = max(largest, to.members[lower].use / member.use)
    }
    return largest > 0 ? largest : nil
  }
}

extension DominatedOffer {
  /// Offers with what makes each pointless, counted by terms and family.
  static func summary(of pairs: [(offer: InstrumentOffer, by: InstrumentOffer)]) -> [DominatedOffer]
  {
    var counts: [DominatedOffer: Int] = [:]
    for (offer, by) in pairs {
      let kind = DominatedOffer(
        terms: offer.terms, isZonal: offer.isZonal, family: offer.family, by: by.terms, offers: 0)
      counts[kind, default: 0] += 1
    }
    return counts.map { kind, count in
      var summed = kind
      summed.offers = count
      return summed
    }.sorted {
      ($0.terms, $0.by, $0.family ?? "", $0.isZonal ? 1 : 0)
        < ($1.terms, $1.by, $1.family ?? "", $1.isZonal ? 1 : 0)
    }
  }
}

extension InstrumentOffer {
  fileprivate var isZonal: Bool {
    guard case .reservation(let offer) = self else { return false }
    return offer.zone != nil
  }

  /// What it is good for, without the region; nil: anything.
  fileprivate var family: String? {
    switch self {
    case .reservation(let offer): ReservationScope(of: offer.sku).familyOrType
    case .savingsPlan(_, let scope): scope.family
    }
  }
}

extension Instrument {
  /// How much it locks, for ties: term, then product, then cash.
  var rigidity: Int {
    let terms = offer.terms
    let payment =
      switch terms.payment {
      case .noUpfront: 0
      case .partialUpfront: 1
      case .allUpfront: 2
      }
    return terms.term.years * 100 + terms.product.rigidity * 10 + payment
  }
}

import CloudCosts

extension Model {
  /// Removes instruments that another one makes pointless: it covers at least the same usage, costs
  /// no more, and weighs no more in any row of the policy.
  ///
  /// Where `x_j = t x_i` covers all that `x_i` does, `j` dominates `i` if t cost_j ≤ cost_i and, for
  /// every row, t row_j ≤ row_i where it limits from above and t row_j ≥ row_i where it limits from
  /// below. Equal prices (to 1e-7) go to the instrument that locks less. An instrument bought in whole
  /// units may only replace another where `t` keeps to its grid. The usage that is left on demand
  /// stays the same, so rows over it do not mind. Beside that:
  ///
  /// - Rows over used capacity know pools: there `j` must fill the same pool, where use stays as it is.
  /// - y_j takes the place of y_i, so its coefficients must be no worse either, unscaled; and the least
  ///   amount of `i` must be enough for `j`: t minimum_i ≥ minimum_j.
  ///
  /// - Parameter exactGrids: also keep plans to their grid of 0.001; for programs that are so small
  ///   that the rounding shows.
  mutating func removeDominated(exactGrids: Bool) {
    let weights = purchaseWeights()
    var byActive: [Range<Int>: [Int]] = [:]
    for j in instruments.indices { byActive[instruments[j].active, default: []].append(j) }
    var pointless = Set<Int>()
    for candidates in byActive.values {
      for i in candidates {
        for j in candidates where j != i && !pointless.contains(j) {
          if dominates(j, i, weights, exactGrids) {
            pointless.insert(i)
            break
          }
        }
      }
    }
    instruments = instruments.indices.filter { !pointless.contains($0) }.map { instruments[$0] }
    // Pools that nothing fills any more are of no use either.
    let filled = pools.indices.filter { k in
      !pools[k].owned.isEmpty || instruments.contains { $0.pool == k }
    }
    let newIndex = Dictionary(uniqueKeysWithValues: filled.enumerated().map { ($1, $0) })
    pools = filled.map { pools[$0] }
    for j in instruments.indices { instruments[j].pool = newIndex[instruments[j].pool] ?? 0 }
  }

  /// What an instrument weighs in the rows: more is worse.
  private struct Weights {
    /// Per `x`.
    var amount: [Double]
    /// For being bought at all.
    var choice: [Double]
    /// The least that is bought.
    var minimum = 0.0
  }

  /// For each instrument, its coefficients in rows that limit from above, and their negatives in rows
  /// that limit from below.
  private func purchaseWeights() -> [Weights] {
    let limits = rows.flatMap { row -> [(row: PolicyRow, sign: Double)] in
      (row.upper < .infinity ? [(row, 1.0)] : []) + (row.lower > -.infinity ? [(row, -1.0)] : [])
    }
    let none = [Double](repeating: 0, count: limits.count)
    var result = instruments.map { _ in Weights(amount: none, choice: none) }
    for (r, limit) in limits.enumerated() {
      for (j, weight) in limit.row.instruments { result[j].amount[r] = limit.sign * weight }
      for (s, weight) in limit.row.switches {
        result[switches[s].instrument].choice[r] = limit.sign * weight
      }
    }
    for choice in switches { result[choice.instrument].minimum = choice.minimum }
    return result
  }

  private func dominates(_ j: Int, _ i: Int, _ weights: [Weights], _ exactGrids: Bool) -> Bool {
    let a = instruments[i]
    let b = instruments[j]
    let countsUse = rows.contains { !$0.used.isEmpty }
    guard a.pool == b.pool || !countsUse, let exchange = exchange(from: a.pool, to: b.pool) else {
      return false
    }
    let t = exchange * a.unit / b.unit
    if b.grid == 1 || exactGrids {
      let steps = t * a.grid / b.grid
      guard abs(steps - steps.rounded()) <= 1e-9 * max(1, steps), steps >= 0.5 else { return false }
    }
    func atMost(_ left: Double, _ right: Double) -> Bool {
      left <= right + 1e-7 * max(abs(left), abs(right))
    }
    func isNoWorse(_ new: Int, _ old: Int, _ t: Double) -> Bool {
      atMost(t * instruments[new].cost, instruments[old].cost)
        && zip(weights[new].amount, weights[old].amount).allSatisfy { atMost(t * $0, $1) }
        && zip(weights[new].choice, weights[old].choice).allSatisfy { atMost($0, $1) }
        && weights[new].minimum <= t * weights[old].minimum * (1 + 1e-12)
    }
    guard isNoWorse(j, i, t) else { return false }
    let equal =
      isNoWorse(i, j, 1 / t)
      && self.exchange(from: b.pool, to: a.pool).map { $0 * exchange <= 1 + 1e-7 } ?? false
    return !equal || (b.rigidity, j) < (a.rigidity, i)
  }

  /// The least capacity of pool `to` that covers all that one capacity of pool `from` can.
  private func exchange(from: Int, to: Int) -> Double? {
    if from == to { return 1 }
    let uses = Dictionary(uniqueKeysWithValues: pools[to].members.map { ($0.sku, $0.use) })
    var largest = 0.0
    for member in pools[from].members {
      guard let use = uses[member.sku] else { return nil }
      largest = max(largest, use / member.use)
    }
    return largest > 0 ? largest : nil
  }
}

extension Instrument {
  /// How much it locks, for ties: term, then product, then cash.
  fileprivate var rigidity: Int {
    let terms = offer.terms
    let product =
      switch terms.product {
      case .onDemand: 0
      case .computeSavingsPlan, .azureSavingsPlan, .gcpFlexibleCUD: 1
      case .ec2InstanceSavingsPlan: 2
      case .convertibleRI: 3
      case .standardRI, .azureReservation, .gcpResourceCUD: 4
      }
    let payment =
      switch terms.payment {
      case .noUpfront: 0
      case .partialUpfront: 1
      case .allUpfront: 2
      }
    return terms.term.years * 100 + product * 10 + payment
  }
}

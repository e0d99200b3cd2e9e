import CloudCosts

extension Model {
  /// Removes instruments that another one makes pointless: it covers at least the same usage, costs
  /// no more, and weighs no more in any row of the policy.
  ///
  /// Where `x_j = t x_i` covers all that `x_i` does, `j` dominates `i` if t cost_j ≤ cost_i and
  /// t row_j ≤ row_i for every row. Equal prices (to 1e-7) go to the instrument that locks less.
  /// An instrument bought in whole units may only replace another where `t` keeps to its grid.
  ///
  /// - Parameter exactGrids: also keep plans to their grid of 0.001; for programs that are so small
  ///   that the rounding shows.
  mutating func removeDominated(exactGrids: Bool) {
    let coefficients = purchaseCoefficients()
    var byActive: [Range<Int>: [Int]] = [:]
    for j in instruments.indices { byActive[instruments[j].active, default: []].append(j) }
    var pointless = Set<Int>()
    for candidates in byActive.values {
      for i in candidates {
        for j in candidates where j != i && !pointless.contains(j) {
          if dominates(j, i, coefficients, exactGrids) {
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

  /// For each instrument, its coefficients in the rows that limit purchases from above.
  private func purchaseCoefficients() -> [[Double]] {
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: rows.count), count: instruments.count)
    for (r, row) in rows.enumerated() where row.upper < .infinity {
      for (j, coefficient) in row.instruments { result[j][r] = coefficient }
    }
    return result
  }

  private func dominates(
    _ j: Int, _ i: Int, _ coefficients: [[Double]], _ exactGrids: Bool
  ) -> Bool {
    let a = instruments[i]
    let b = instruments[j]
    guard let exchange = exchange(from: a.pool, to: b.pool) else { return false }
    let t = exchange * a.unit / b.unit
    if b.grid == 1 || exactGrids {
      let steps = t * a.grid / b.grid
      guard abs(steps - steps.rounded()) <= 1e-9 * max(1, steps), steps >= 0.5 else { return false }
    }
    func atMost(_ left: Double, _ right: Double) -> Bool {
      left <= right + 1e-7 * max(abs(left), abs(right))
    }
    let noWorse =
      atMost(t * b.cost, a.cost)
      && zip(coefficients[j], coefficients[i]).allSatisfy { atMost(t * $0, $1) }
    guard noWorse else { return false }
    let equal =
      atMost(a.cost, t * b.cost)
      && zip(coefficients[j], coefficients[i]).allSatisfy { atMost($1, t * $0) }
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

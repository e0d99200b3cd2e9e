import CloudCosts

/// `min_utilization`: W_k ≥ u Σ_{j in k} b_j x_j + O_k − Σ_j δ_jk x_j − Σ_ia δ_iak z_ia for every
/// pool k that something on sale fills.
///
/// W_k is the capacity of k that is used, all hours of the window together, b_j = |active_j| unit_j
/// what one x_j brings of it, O_k the least that owned commitments alone use of it, δ the most of
/// O_k that a purchase or an action can take from them.
///
/// The limit itself is on the bill: every purchase is used for at least the share u. What is used
/// of a pool is what its purchases use, at least u Σ b_j x_j, and what owned commitments use: at
/// least O_k, less what comes before them in the provider's order. So every plan that keeps the
/// limit on the bill keeps the row, and the bound holds for it. The row allows more: that one
/// purchase of a pool makes up for another, and that usage is allocated where the provider does not
/// apply it. `PlanningProblem.keepsOwnedUse` is false where commitments do not serve all usage;
/// then O_k is 0.
///
/// In large programs each row over use costs many cuts. There the limit is rows over purchases that
/// are as true of the bill: `UtilizationRows`. (Of small ones those would prove more than the best
/// allocation costs: a bound on the bill alone.)
func utilizationFloor(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  if let share = model.useFloor { return UtilizationRows(model, share).all }
  guard let share = model.leastUse else { return [] }
  return model.pools.indices.compactMap { k in
    guard let first = model.instruments.first(where: { $0.pool == k }) else { return nil }
    let owned = model.countsOwnedUse ? model.leastOwnedUse(of: k) : 0
    let displaced = model.displacement(from: k)
    return PolicyRow(
      name: "min_utilization \(first.label)",
      instruments: model.instruments.indices.compactMap { j in
        let instrument = model.instruments[j]
        // `safeUnit`: what a purchase really brings, where near-proportional pools became one.
        let bought = instrument.pool == k ? share * instrument.hours * instrument.safeUnit : 0
        let coefficient = (owned > 0 ? displaced(instrument) : 0) - bought
        return coefficient == 0 ? nil : (j, coefficient)
      },
      used: [(k, 1)], actions: owned > 0 ? model.actionsDisplacing(from: k) : [], lower: owned)
  }
}

extension Instrument {
  fileprivate var hours: Double { Double(active.count) }
}

extension Model {
  /// O_k: what owned commitments use of a pool at least if nothing is bought and nothing done. All
  /// other owned pools that are no wider may come before it, and take as much of its usage as they
  /// can.
  fileprivate func leastOwnedUse(of k: Int) -> Double {
    guard !pools[k].owned.isEmpty else { return 0 }
    let before = pools.indices.filter {
      $0 != k && pools[$0].level <= pools[k].level && !pools[$0].owned.isEmpty
    }.compactMap { other in mostExchange(from: k, to: other).map { (pool: other, rate: $0) } }
    func usage(_ k: Int, _ h: Int) -> Double {
      pools[k].members.reduce(0) { $0 + $1.use * demand[h, $1.sku] }
    }
    return (0..<hours).reduce(0) { sum, h in
      let capacity = ownedCapacity(of: k, at: h)
      guard capacity > 0 else { return sum }
      let taken = before.reduce(0) {
        $0 + $1.rate * min(ownedCapacity(of: $1.pool, at: h), usage($1.pool, h))
      }
      return sum + probability(h) * min(capacity, max(0, usage(k, h) - taken))
    }
  }

  func ownedCapacity(of k: Int, at h: Int) -> Double {
    let t = windowHour(h)
    return pools[k].owned.reduce(0) { $0 + ($1.hours.contains(t) ? $1.capacity : 0) }
  }

  /// δ_jk: what one `x` of an instrument can take from the owned commitments of a pool.
  fileprivate func displacement(from k: Int) -> (Instrument) -> Double {
    let rates = pools.indices.map { other -> Double in
      if other == k { return 1 }
      return pools[other].level <= pools[k].level ? mostExchange(from: k, to: other) ?? 0 : 0
    }
    let owned = pools[k].owned
    return { instrument in
      let isLater =
        instrument.pool == k && owned.allSatisfy { $0.appliesBefore(instrument, in: self) }
      return isLater ? 0 : rates[instrument.pool] * instrument.hours * instrument.unit
    }
  }

  /// The most capacity of pool `k` that usage takes which takes one of another pool; nil where no
  /// usage is in both.
  private func mostExchange(from k: Int, to other: Int) -> Double? {
    let uses = Dictionary(uniqueKeysWithValues: pools[k].members.map { ($0.sku, $0.use) })
    return pools[other].members.compactMap { member in
      uses[member.sku].map { $0 / member.use }
    }.max()
  }

  /// δ_iak: what an action takes away of the usage of a pool.
  fileprivate func actionsDisplacing(
    from k: Int
  ) -> [(machine: Int, action: Int, coefficient: Double)] {
    machines.enumerated().flatMap { i, machine in
      let use = pools[k].members.first { $0.sku == machine.from }?.use ?? 0
      guard use > 0 else { return [(machine: Int, action: Int, coefficient: Double)]() }
      return machine.targets.indices.map { (i, $0, use * movedHours(machine, $0)) }
    }
  }
}

import CloudCosts

/// `min_utilization`: Σ_h Σ_g a_kg cov_kgh ≥ u Σ_{j in k} |active_j| unit_j x_j for every pool k, and where
/// capacity of k is owned, ≥ u Σ_{j in k} |active_j| unit_j x_j + used_k y_j for every j in k.
///
/// The share of the bought capacity that is used, all hours of the window together; unit_j x_j is
/// capacity, |active_j| the hours of the window in which j is active. A pool is capacity that is
/// interchangeable, so its purchases are counted together. What is owned in the same pool is used
/// first: used_k is the capacity that owned commitments alone would use of it, taken as fixed: before
/// any purchase, before any action, applied in the provider's order. The row asks for nothing where
/// nothing is bought (y_j = 0). What is owned in another pool is not considered, and the allocation is the
/// ILP's: a provider's order may use one purchase less and another more.
func utilizationFloor(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let share = policy.minUtilization, share > 0 else { return [] }
  let owned = model.ownedUse()
  return model.pools.indices.flatMap { k -> [PolicyRow] in
    // `safeUnit`: what a purchase really brings, where near-proportional pools became one.
    let bought = model.weighted(by: { -share * Double($0.active.count) * $0.safeUnit }) {
      $0.pool == k
    }
    func row(_ j: Int, _ switches: [(index: Int, coefficient: Double)]) -> PolicyRow {
      PolicyRow(
        name: "min_utilization \(model.instruments[j].label)", instruments: bought,
        used: [(k, 1)], switches: switches, lower: 0)
    }
    guard let first = bought.first?.index else { return [] }
    guard owned[k] > 0 else { return [row(first, [])] }
    return model.switches.enumerated().compactMap { s, choice in
      model.instruments[choice.instrument].pool == k
        ? row(choice.instrument, [(s, -owned[k])]) : nil
    }
  }
}

extension Model {
  /// Whether a purchase in this pool stands behind owned capacity, so that its row needs a switch.
  func countsOwnedUse(_ policy: Policy, ofPool k: Int) -> Bool {
    (policy.minUtilization ?? 0) > 0 && !pools[k].owned.isEmpty
  }

  /// used_k: the capacity of each pool that is used if nothing is bought and nothing done.
  func ownedUse() -> [Double] {
    var used = [Double](repeating: 0, count: pools.count)
    // The provider's order: what is narrow first.
    func rank(_ k: Int) -> (Pool.Level, Int, Int) { (pools[k].level, pools[k].members.count, k) }
    let order = pools.indices.filter { !pools[$0].owned.isEmpty }.sorted { rank($0) < rank($1) }
    guard !order.isEmpty else { return used }
    let members = pools.map { pool in
      pool.members.sorted { price[$0.sku] * $1.use > price[$1.sku] * $0.use }
    }
    for h in 0..<hours {
      var rest = demand[h * skus.count..<(h + 1) * skus.count]
      for k in order {
        let t = windowHour(h)
        var capacity = pools[k].owned.reduce(0) { $0 + ($1.hours.contains(t) ? $1.capacity : 0) }
        for member in members[k] where capacity > 0 {
          let taken = min(rest[h * skus.count + member.sku], capacity / member.use)
          rest[h * skus.count + member.sku] -= taken
          capacity -= taken * member.use
          used[k] += probability(h) * taken * member.use
        }
      }
    }
    return used
  }
}

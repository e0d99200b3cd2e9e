extension Model {
  /// Makes one pool of pools whose coefficients are proportional: one list of rates at several
  /// payment options, or an EC2 Instance plan and a reservation where a family has one size.
  ///
  /// Published rates are rounded, so proportional means to 1e-6. The bound then allows for the
  /// best ratio (`unit`) and the objective with the worst (`safeUnit`): both stay true. A pool that
  /// holds owned capacity is only merged into another where the ratio is exact.
  mutating func mergeProportionalPools() {
    var kept: [Int] = []
    var byMembers: [[Int]: [Int]] = [:]
    var newIndex = [Int](repeating: 0, count: pools.count)
    var scale = [(best: Double, worst: Double)](repeating: (1, 1), count: pools.count)
    for k in pools.indices.sorted(by: { mergeRank($0) < mergeRank($1) }) {
      let members = pools[k].members.map(\.sku)
      var match: (target: Int, ratio: (best: Double, worst: Double))?
      for target in byMembers[members, default: []] where match == nil {
        match = ratio(of: k, to: kept[target]).map { (target, $0) }
      }
      if let match {
        newIndex[k] = match.target
        scale[k] = match.ratio
        let target = kept[match.target]
        pools[target].level = min(pools[target].level, pools[k].level)
        pools[target].owned += pools[k].owned.map {
          Pool.Owned(
            hours: $0.hours, capacity: $0.capacity * match.ratio.worst, terms: $0.terms,
            start: $0.start)
        }
      } else {
        newIndex[k] = kept.count
        byMembers[members, default: []].append(kept.count)
        kept.append(k)
      }
    }
    pools = kept.map { pools[$0] }
    for j in instruments.indices {
      let old = instruments[j].pool
      instruments[j].pool = newIndex[old]
      instruments[j].unit *= scale[old].best
      instruments[j].safeUnit *= scale[old].worst
    }
  }

  /// Pools with owned capacity first, so that others are merged into them.
  private func mergeRank(_ k: Int) -> Int { pools[k].owned.isEmpty ? k + pools.count : k }

  /// The capacity of `target` that one capacity of `k` is worth, at best and at worst; nil where
  /// the two are not proportional.
  private func ratio(of k: Int, to target: Int) -> (best: Double, worst: Double)? {
    let ratios = zip(pools[k].members, pools[target].members).map { $1.use / $0.use }
    guard let best = ratios.max(), let worst = ratios.min(), worst > 0 else { return nil }
    let tolerance = pools[k].owned.isEmpty ? 1e-6 : 1e-12
    return best / worst - 1 <= tolerance ? (best, worst) : nil
  }
}

import CloudCosts

/// `exclude`: x_j = 0 for every j whose pool holds excluded usage alone; for every other pool k
/// that is narrower than all usage, Σ_{j in k, active at h} unit_j x_j ≤ max_h Σ_{g in k, not
/// excluded} a_kg d_gh, rounded up to the largest a_kg; θ, D and N of coverage are without excluded
/// g.
///
/// Nothing is bought *for* usage of some families, accounts or regions: no offer that could serve
/// nothing else, and of a reservation or a plan of one family that other usage shares (accounts do)
/// no more than that usage takes at its most. A wide plan is bought for all usage at once, and the
/// provider applies it to excluded usage in its own order, whatever a policy says. So that usage is
/// a member of the pools that it may come from: what is covered so lowers the bill, and the bound
/// holds for it.
func exclusions(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard !model.excluded.isEmpty else { return [] }
  return model.pools.indices.flatMap { k -> [PolicyRow] in
    let pool = model.pools[k]
    guard pool.level != .everything,
      pool.members.contains(where: { model.excluded.contains($0.sku) })
    else { return [] }
    let instruments = model.instruments.filter { $0.pool == k }
    // The last one may be used in part.
    let unit = pool.members.map(\.use).max() ?? 1
    let limit = (model.largestIncludedUse(of: pool) / unit).rounded(.up) * unit
    return Set(instruments.map(\.active.lowerBound)).sorted().map { hour in
      PolicyRow(
        name: "exclude \(instruments.first?.label ?? "")" + (hour == 0 ? "" : " at hour \(hour)"),
        instruments: model.weighted(by: \.unit) { $0.pool == k && $0.active.contains(hour) },
        upper: limit)
    }
  }
}

extension Model {
  /// The most that usage which is not excluded takes of a pool in an hour, every machine at its
  /// largest.
  fileprivate func largestIncludedUse(of pool: Pool) -> Double {
    let included = pool.members.filter { !excluded.contains($0.sku) }
    let largest = (0..<hours).reduce(0.0) { most, h in
      max(most, included.reduce(0) { $0 + $1.use * demand[h, $1.sku] })
    }
    let machines = machines.reduce(0.0) { sum, machine in
      sum
        + (machine.targets.compactMap { $0 }.compactMap { target in
          included.first { $0.sku == target }?.use
        }.max() ?? 0)
    }
    return largest + machines
  }
}

extension ModelBuilder {
  /// The usage (indices) that nothing is bought for.
  func excludedUsage() -> Set<Int> {
    let exclusion = problem.policy.exclude
    guard exclusion != UsageExclusion() else { return [] }
    return Set(
      skus.indices.filter {
        exclusion.contains(UsageGroup(account: usages.all[$0].account ?? "", sku: skus[$0]))
      })
  }
}

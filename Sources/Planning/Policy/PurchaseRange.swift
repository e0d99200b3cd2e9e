import CloudCosts

/// The pools that purchases active in the same hours fill, and what usage there is for each.
struct PurchaseRange {
  let active: Range<Int>
  let pools: [Filled]
  /// Families of which it is known what purchases take of their usage.
  let families: [FamilyUse]

  /// A pool that purchases fill.
  struct Filled {
    let pool: Int
    let name: String
    /// What purchases of it and of pools in it can use.
    let usage: PoolUsage
    /// All usage, and in each hour what owned commitments for everything use of it before purchases
    /// of the pool can, if narrower ones leave so much.
    let all: PoolUsage
    let owned: [Double]
    /// For each pool in it, itself included, the least of its capacity that one of those takes.
    let rates: [Int: Double]
    /// Those of them that are as wide.
    let same: [(pool: Int, rate: Double)]
    /// Whether it is one for everything.
    let isWide: Bool
    /// For each family the least of this capacity for one of the family's; nil: not all of the
    /// family is in it.
    let families: [Double?]
  }

  /// With more pools than this below a wide one its hours would take too long.
  private static let mostBelow = 2000

  init(_ model: Model, _ share: Double, _ active: Range<Int>, _ contained: ContainedPools) {
    self.active = active
    let reader = UsageReader(model, active, contained)
    let filled = Set(model.instruments.filter { $0.active == active }.map(\.pool))
    let families = Self.families(filled, reader, share, contained)
    self.families = families
    pools = filled.sorted().compactMap { wide in
      let below = contained.pools(in: wide).filter { filled.contains($0.pool) }
      guard let first = model.instruments.first(where: { $0.pool == wide && $0.active == active })
      else { return nil }
      let same = below.filter { model.pools[$0.pool].level == .everything }
      return Filled(
        pool: wide, name: "min_utilization \(first.label)",
        usage: reader.usage(of: wide, after: Set(below.map(\.pool))),
        all: reader.usage(of: wide),
        owned: reader.owned(withUsageOf: wide, before: Set(same.map(\.pool))),
        rates: Dictionary(below.map { ($0.pool, $0.rate) }, uniquingKeysWith: min),
        same: same.map { ($0.pool, $0.rate) },
        isWide: model.pools[wide].level == .everything,
        families: families.map { contained.rate($0.home, in: wide) })
    }
  }

  /// The narrower pools of which the use of an hour is known: each lies in its family's pool, and
  /// no third pool has a part of their usage; those of a part of the usage are applied first.
  /// Actions change what usage there is, and commitments that do not serve all usage of their pool
  /// may use less: then none.
  private static func families(
    _ filled: Set<Int>, _ reader: UsageReader, _ share: Double, _ contained: ContainedPools
  ) -> [FamilyUse] {
    let model = reader.model
    let narrow = filled.sorted().filter { model.pools[$0].level < .everything }
    guard model.machines.isEmpty, model.countsOwnedUse, narrow.count <= mostBelow,
      filled.contains(where: { model.pools[$0].level == .everything })
    else { return [] }
    let nested = Dictionary(grouping: contained.nested(narrow), by: \.home)
    return nested.sorted { $0.key < $1.key }.map { home, nested in
      // What is owned of the whole must not come before what is bought of a part either.
      let isWhole = nested.allSatisfy(\.isWhole)
      func bought(_ pool: Int, _ rate: Double, _ filled: [(Int, Double)]) -> FamilyUse.Share {
        let usage = reader.usage(of: pool)
        let levels: [Pool.Level] = isWhole || pool != home ? [.reservation, .family] : [.family]
        return FamilyUse.Share(
          pool: pool, rate: rate, usage: usage,
          owned: reader.owned(withUsageOf: pool, levels),
          most: usage.most(share), filled: filled)
      }
      let parts = Dictionary(grouping: nested.filter { !$0.isWhole }) { part in
        contained.same(as: part.pool).map(\.pool).min() ?? part.pool
      }
      return FamilyUse(
        home: home,
        whole: bought(home, 1, nested.filter(\.isWhole).map { ($0.pool, $0.rate) }),
        parts: parts.sorted { $0.key < $1.key }.compactMap { pool, parts in
          contained.rate(pool, in: home).map { rate in
            bought(
              pool, rate,
              parts.compactMap { part in
                contained.rate(part.pool, in: pool).map { (part.pool, $0) }
              })
          }
        })
    }
  }

  /// What owned commitments for everything and families leave of a wide pool's usage at most, hour
  /// by hour, before the part of families that grows with what is bought of them is taken off.
  ///
  /// Where families may leave less than is owned, all that they can take is: what is left then is
  /// never less than nothing.
  func offered(to wide: Filled, _ taken: [FamilyUse.Taken]) -> [Double] {
    var most = wide.owned.map { _ in 0.0 }
    var base = most
    for (f, rate) in wide.families.enumerated() {
      guard let rate else { continue }
      for h in most.indices {
        most[h] += rate * taken[f].most[h]
        base[h] += rate * taken[f].base[h]
      }
    }
    return most.indices.map { h in max(wide.all.hours[h] - wide.owned[h], most[h]) - base[h] }
  }

  /// What is left for purchases of a wide pool, hour by hour, where so much is bought of each pool.
  func left(to wide: Filled, _ bought: [Int: Double], _ taken: [FamilyUse.Taken]) -> [Double] {
    var left = offered(to: wide, taken)
    for (f, family) in families.enumerated() {
      guard let rate = wide.families[f] else { continue }
      for (i, share) in family.shares.enumerated() {
        let each = rate * share.bought(bought)
        guard each > 0 else { continue }
        for h in left.indices { left[h] -= each * taken[f].slopes[i][h] }
      }
    }
    return left.map { max(0, $0) }
  }
}

/// Reads how much usage there is for purchases that are active in some hours.
private struct UsageReader {
  let model: Model
  let active: Range<Int>
  private let contained: ContainedPools
  private let hours: [Int]

  init(_ model: Model, _ active: Range<Int>, _ contained: ContainedPools) {
    self.model = model
    self.contained = contained
    self.active = active
    hours = (0..<model.hours).filter { active.contains(model.windowHour($0)) }
  }

  /// - Parameter bought: the pools of purchases that the usage may come to: what owned commitments
  ///   with the same usage take before all of these is gone. Nil: all usage.
  func usage(of k: Int, after bought: Set<Int>? = nil) -> PoolUsage {
    let before = bought.map { owned(withUsageOf: k, before: $0) }
    let more = usageThatMayCome(to: k)
    return PoolUsage(
      hours: hours.enumerated().map { position, h in
        let usage = model.pools[k].members.reduce(more?[h] ?? 0) {
          $0 + $1.use * model.demand[h, $1.sku]
        }
        return max(0, usage - (before?[position] ?? 0))
      },
      probabilities: hours.map { model.probability($0) }, count: Double(active.count))
  }

  /// What is owned of pools of some levels that have the same usage as one, in its capacity.
  func owned(withUsageOf home: Int, _ levels: [Pool.Level]) -> [Double] {
    capacity(of: contained.same(as: home).filter { levels.contains(model.pools[$0.pool].level) })
  }

  /// What owned commitments with the same usage as a pool take of it before all purchases of some
  /// pools, as long as there is any.
  func owned(withUsageOf k: Int, before bought: Set<Int>) -> [Double] {
    capacity(of: contained.same(as: k).filter { isOwnedFirst(in: $0.pool, bought) })
  }

  private func capacity(of parts: [ContainedPools.Part]) -> [Double] {
    let owned = parts.filter { !model.pools[$0.pool].owned.isEmpty }
    return hours.map { h in
      owned.reduce(0) { $0 + $1.rate * model.ownedCapacity(of: $1.pool, at: h) }
    }
  }

  private func isOwnedFirst(in k: Int, _ bought: Set<Int>) -> Bool {
    guard model.countsOwnedUse, !model.pools[k].owned.isEmpty else { return false }
    return model.instruments.allSatisfy { instrument in
      guard instrument.active == active, bought.contains(instrument.pool),
        model.pools[k].level >= model.pools[instrument.pool].level
      else { return true }
      return model.pools[k].owned.allSatisfy { $0.appliesBefore(instrument, in: model) }
    }
  }

  /// For each hour the most that actions can add to the usage of a pool; nil: there are none.
  private func usageThatMayCome(to k: Int) -> [Double]? {
    guard !model.machines.isEmpty else { return nil }
    var result = [Double](repeating: 0, count: model.hours)
    let uses = Dictionary(uniqueKeysWithValues: model.pools[k].members.map { ($0.sku, $0.use) })
    for machine in model.machines {
      let most = machine.targets.compactMap { $0.flatMap { uses[$0] } }.max() ?? 0
      for h in model.inAllPaths(machine.candidate.runningHours) where most > 0 {
        result[h] += most * machine.share(h)
      }
    }
    return result
  }
}

/// How usage meets the capacity of each pool, hour by hour, in the provider's order: narrow pools
/// first, and within a level the largest saving first.
///
/// One pass over the hours for all purchases; of several paths, the expected sums.
struct PoolLoads {
  /// What comes together over the hours in which a purchase is active.
  struct Load {
    var hours = 0.0
    /// Hours in which usage that the pool can cover is left when its capacity is at its end.
    var short = 0.0
    /// Capacity-hours bought, and those of them that are used after all that is owned.
    var bought = 0.0
    var used = 0.0
    /// Instance-hours that the pool covers of each SKU.
    var covered: [Double]
  }

  /// One for each key asked for.
  private(set) var loads: [CostToGo.Capacity: Load] = [:]

  private struct Entry {
    var pool: Int
    var sku: Int
    var use: Double
  }

  init(_ model: Model, _ decision: Decision) {
    let keys = PoolLoads.keys(model, decision)
    guard !keys.isEmpty else { return }
    let empty = Load(covered: [Double](repeating: 0, count: model.skus.count))
    for key in keys { loads[key] = empty }
    let demand = model.demand(under: decision.actions)
    let entries = PoolLoads.entries(model)
    for segment in PoolLoads.segments(model, decision) {
      let active = keys.filter { $0.active.contains(segment.lowerBound) }
      let capacities = PoolLoads.capacities(model, decision, at: segment.lowerBound)
      for (path, probability) in model.risk.probabilities.enumerated() {
        let first = path * model.pathHours
        walk(
          first + segment.lowerBound..<first + segment.upperBound, model, demand, entries, active,
          capacities, weight: probability)
      }
    }
  }

  /// The hours of a segment in which capacities do not change.
  private mutating func walk(
    _ hours: Range<Int>, _ model: Model, _ demand: ModelDemand, _ entries: [Entry],
    _ keys: [CostToGo.Capacity], _ capacity: (owned: [Double], bought: [Double]),
    weight: Double
  ) {
    let skuCount = model.skus.count
    let all = zip(capacity.owned, capacity.bought).map(+)
    let entries = entries.filter { all[$0.pool] > 0 }
    let pools = Set(keys.map(\.pool))
    var tally = [Load](
      repeating: Load(covered: [Double](repeating: 0, count: skuCount)), count: model.pools.count)
    var covered = [Double](repeating: 0, count: entries.count)
    var rest = [Double](repeating: 0, count: skuCount)
    var left = all
    var isShort = [Bool](repeating: false, count: all.count)
    for h in hours {
      for g in 0..<skuCount { rest[g] = demand[h, g] }
      for k in all.indices {
        left[k] = all[k]
        isShort[k] = false
      }
      for (e, entry) in entries.enumerated() where rest[entry.sku] > 0 {
        let k = entry.pool
        let wanted = rest[entry.sku] * entry.use
        // Floating-point dust is no shortage.
        if wanted > left[k] + 1e-9 * all[k] { isShort[k] = true }
        let taken = min(wanted, left[k])
        left[k] -= taken
        rest[entry.sku] -= taken / entry.use
        covered[e] += taken / entry.use
      }
      for k in pools {
        if isShort[k] { tally[k].short += 1 }
        tally[k].used += max(0, all[k] - left[k] - capacity.owned[k])
      }
    }
    for (e, entry) in entries.enumerated() { tally[entry.pool].covered[entry.sku] += covered[e] }
    for k in pools { tally[k].hours = Double(hours.count) }
    for key in keys {
      add(tally[key.pool], capacity.bought[key.pool] * Double(hours.count), to: key, weight)
    }
  }

  private mutating func add(
    _ load: Load, _ bought: Double, to key: CostToGo.Capacity, _ weight: Double
  ) {
    guard var sum = loads[key] else { return }
    sum.hours += weight * load.hours
    sum.short += weight * load.short
    sum.used += weight * load.used
    sum.bought += weight * bought
    for g in sum.covered.indices { sum.covered[g] += weight * load.covered[g] }
    loads[key] = sum
  }

  // MARK: The order, and the capacities

  private static func keys(_ model: Model, _ decision: Decision) -> [CostToGo.Capacity] {
    let bought = model.instruments.indices.filter { decision.purchases[$0] > 0 }
    return Array(
      Set(
        bought.map {
          CostToGo.Capacity(pool: model.instruments[$0].pool, active: model.instruments[$0].active)
        }))
  }

  private static func entries(_ model: Model) -> [Entry] {
    let all = model.pools.indices.flatMap { k in
      model.pools[k].members.map { Entry(pool: k, sku: $0.sku, use: $0.use) }
    }
    func saving(_ entry: Entry) -> Double { model.price[entry.sku] / entry.use }
    return all.sorted {
      let (a, b) = (model.pools[$0.pool].level, model.pools[$1.pool].level)
      if a != b { return a < b }
      return (saving($1), $0.sku, $0.pool) < (saving($0), $1.sku, $1.pool)
    }
  }

  /// Stretches of hours in which nothing starts or ends.
  private static func segments(_ model: Model, _ decision: Decision) -> [Range<Int>] {
    var bounds: Set = [0, model.pathHours]
    for (j, instrument) in model.instruments.enumerated() where decision.purchases[j] > 0 {
      bounds.formUnion([instrument.active.lowerBound, instrument.active.upperBound])
    }
    for owned in model.pools.flatMap(\.owned) {
      bounds.formUnion([owned.hours.lowerBound, owned.hours.upperBound])
    }
    let sorted = bounds.sorted()
    return zip(sorted, sorted.dropFirst()).map { $0..<$1 }
  }

  private static func capacities(
    _ model: Model, _ decision: Decision, at hour: Int
  ) -> (owned: [Double], bought: [Double]) {
    let owned = model.pools.map { pool in
      pool.owned.reduce(0) { $0 + ($1.hours.contains(hour) ? $1.capacity : 0) }
    }
    var bought = owned.map { _ in 0.0 }
    for (j, instrument) in model.instruments.enumerated()
    where decision.purchases[j] > 0 && instrument.active.contains(hour) {
      bought[instrument.pool] += instrument.safeUnit * decision.purchases[j]
    }
    return (owned, bought)
  }
}

extension Model {
  /// The demand after actions on machines.
  func demand(under actions: [Double]) -> ModelDemand {
    guard actions.contains(where: { $0 != 0 }) else { return demand }
    var result = demand
    for (machine, start) in zip(machines, actionStarts) {
      for a in machine.targets.indices where actions[start + a] != 0 {
        for move in machine.moves[a] {
          for h in inAllPaths(machine.hours(of: move, a)) {
            let share = actions[start + a] * machine.share(h)
            result[h, move.from] -= share
            if let to = move.to { result[h, to] += share }
          }
        }
      }
    }
    // Shares that add up to a machine leave dust.
    result.raiseToZero()
    return result
  }
}

/// What is left on demand in one hour, and what one more capacity of each pool would be worth.
///
/// For capacities Q_k and demand d_g of an hour, the cheapest allocation is a small LP. Its dual:
///
///     max over λ ≥ 0 of   Σ_g π_g d_g − Σ_k λ_k Q_k,     π_g = min(p_g, min_k a_kg λ_k)
///
/// Every λ gives a valid lower bound, so a λ that is found quickly is as good a proof as the best
/// one, only weaker. `prices(…)` finds it in two steps:
///
/// 1. The waterfall: pools narrow to wide, each covering its largest savings first. Then backwards,
///    wide to narrow: λ_k by exact line search on the demand that pool k found when its turn came,
///    against the prices that the wider pools have set. With one pool of several SKUs (and lone ones
///    inside it) this is the optimum.
/// 2. Where several pools compete for the same usage, one turn of coordinate ascent from there.
struct HourOracle: Sendable {
  let skuCount: Int
  let poolCount: Int
  let price: [Double]
  /// (pool, SKU, use) in the order of the waterfall: by level, then by saving.
  let entries: [Entry]
  /// Members of each pool, in the order of `memberStart[k] ..< memberStart[k + 1]`.
  let memberSKU: [Int32]
  let memberUse: [Double]
  let memberStart: [Int]
  /// The pools that cover each SKU, in the order of `coverStart[g] ..< coverStart[g + 1]`.
  let coverPool: [Int32]
  let coverUse: [Double]
  let coverStart: [Int]
  /// Pools, narrow to wide, within a level the largest saving first.
  let order: [Int]
  /// Whether a pool covers one SKU only: then its λ follows from the wider pools'.
  let isLone: [Bool]
  /// Turns of coordinate ascent; none where the waterfall is the optimum.
  let sweeps: Int

  struct Entry: Sendable {
    var pool: Int32
    var sku: Int32
    var use: Double
  }

  init(_ model: Model) {
    skuCount = model.skus.count
    poolCount = model.pools.count
    price = model.price
    isLone = model.pools.map { $0.members.count <= 1 }
    sweeps = isLone.count { !$0 } > 1 ? 1 : 0
    let savings = model.pools.map { pool in
      pool.members.map { model.price[$0.sku] / $0.use }.max() ?? 0
    }
    order = model.pools.indices.sorted {
      let (a, b) = (model.pools[$0].level, model.pools[$1].level)
      return a != b ? a < b : (savings[$1], $0) < (savings[$0], $1)
    }
    var starts = [0]
    var skus: [Int32] = []
    var uses: [Double] = []
    var entries: [(level: Pool.Level, saving: Double, entry: Entry)] = []
    for (k, pool) in model.pools.enumerated() {
      let bySaving = pool.members.sorted {
        model.price[$0.sku] / $0.use > model.price[$1.sku] / $1.use
      }
      for member in bySaving {
        skus.append(Int32(member.sku))
        uses.append(member.use)
        entries.append(
          (
            pool.level, model.price[member.sku] / member.use,
            Entry(pool: Int32(k), sku: Int32(member.sku), use: member.use)
          ))
      }
      starts.append(skus.count)
    }
    memberStart = starts
    memberSKU = skus
    memberUse = uses
    var covers = [[(pool: Int32, use: Double)]](repeating: [], count: model.skus.count)
    for (k, pool) in model.pools.enumerated() {
      for member in pool.members { covers[member.sku].append((Int32(k), member.use)) }
    }
    coverPool = covers.flatMap { $0.map(\.pool) }
    coverUse = covers.flatMap { $0.map(\.use) }
    coverStart = covers.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    self.entries = entries.sorted {
      $0.level != $1.level
        ? $0.level < $1.level
        : $0.saving != $1.saving
          ? $0.saving > $1.saving
          : ($0.entry.sku, $0.entry.pool) < ($1.entry.sku, $1.entry.pool)
    }.map(\.entry)
  }

  /// Room for one hour's work; one for each thread, so that hours allocate nothing.
  struct Scratch: ~Copyable {
    /// Demand that the waterfall has not covered yet.
    let rest: UnsafeMutableBufferPointer<Double>
    /// Capacity that the waterfall has not used yet.
    let left: UnsafeMutableBufferPointer<Double>
    /// λ.
    let lambda: UnsafeMutableBufferPointer<Double>
    /// π.
    let worth: UnsafeMutableBufferPointer<Double>
    /// What each pool found uncovered of each member when its turn came.
    let staged: UnsafeMutableBufferPointer<Double>
    /// Value of each member's capacity in a line search, and the demand for it.
    let ratio: UnsafeMutableBufferPointer<Double>
    let weight: UnsafeMutableBufferPointer<Double>

    init(_ oracle: HourOracle) {
      rest = .allocate(capacity: oracle.skuCount)
      left = .allocate(capacity: oracle.poolCount)
      lambda = .allocate(capacity: oracle.poolCount)
      worth = .allocate(capacity: oracle.skuCount)
      staged = .allocate(capacity: oracle.memberSKU.count)
      ratio = .allocate(capacity: oracle.skuCount)
      weight = .allocate(capacity: oracle.skuCount)
    }

    deinit {
      rest.deallocate()
      left.deallocate()
      lambda.deallocate()
      worth.deallocate()
      staged.deallocate()
      ratio.deallocate()
      weight.deallocate()
    }
  }

  /// Allocates by the waterfall; leaves `rest` and `left` behind.
  ///
  /// - Returns: the on-demand cost of what is left.
  @discardableResult
  func waterfall(
    demand: UnsafePointer<Double>, capacity: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) -> Double {
    let rest = scratch.rest
    let left = scratch.left
    for g in 0..<skuCount { rest[g] = demand[g] }
    for k in 0..<poolCount { left[k] = capacity[k] }
    for entry in entries {
      let room = left[Int(entry.pool)]
      guard room > 0 else { continue }
      let need = rest[Int(entry.sku)] * entry.use
      if need <= room {
        left[Int(entry.pool)] = room - need
        rest[Int(entry.sku)] = 0
      } else {
        left[Int(entry.pool)] = 0
        rest[Int(entry.sku)] -= room / entry.use
      }
    }
    var cost = 0.0
    for g in 0..<skuCount { cost += rest[g] * price[g] }
    return cost
  }

  /// Finds λ and π for an hour; leaves them in the scratch.
  ///
  /// - Returns: Σ π d − Σ λ Q, a lower bound of what must be paid on demand in this hour.
  func prices(
    demand: UnsafePointer<Double>, capacity: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) -> Double {
    let lambda = scratch.lambda
    // `infinity` means: not set yet, so it bounds nothing.
    for k in 0..<poolCount { lambda[k] = .infinity }
    stages(demand: demand, capacity: capacity, scratch)
    for k in order.reversed() {
      let start = memberStart[k]
      let weight = scratch.weight
      for m in start..<memberStart[k + 1] {
        weight[m - start] = scratch.staged[m] * memberUse[m]
      }
      search(k, capacity: capacity[k], scratch)
    }
    for _ in 0..<sweeps {
      for k in order where !isLone[k] {
        let start = memberStart[k]
        let weight = scratch.weight
        for m in start..<memberStart[k + 1] {
          weight[m - start] = demand[Int(memberSKU[m])] * memberUse[m]
        }
        search(k, capacity: capacity[k], scratch)
      }
    }
    return value(demand: demand, capacity: capacity, scratch)
  }

  /// The waterfall pool by pool; keeps what each pool found when its turn came, in `staged`.
  private func stages(
    demand: UnsafePointer<Double>, capacity: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) {
    let rest = scratch.rest
    let staged = scratch.staged
    for g in 0..<skuCount { rest[g] = demand[g] }
    for k in order {
      var room = capacity[k]
      for m in memberStart[k]..<memberStart[k + 1] {
        let g = Int(memberSKU[m])
        staged[m] = rest[g]
        guard room > 0 else { continue }
        let need = rest[g] * memberUse[m]
        if need <= room {
          room -= need
          rest[g] = 0
        } else {
          rest[g] -= room / memberUse[m]
          room = 0
        }
      }
    }
  }

  private func value(
    demand: UnsafePointer<Double>, capacity: UnsafePointer<Double>, _ scratch: borrowing Scratch
  ) -> Double {
    let lambda = scratch.lambda
    let worth = scratch.worth
    for g in 0..<skuCount { worth[g] = price[g] }
    var value = 0.0
    for k in 0..<poolCount {
      // A pool that covers nothing has no price.
      if lambda[k] == .infinity { lambda[k] = 0 }
      value -= lambda[k] * capacity[k]
      for m in memberStart[k]..<memberStart[k + 1] {
        let g = Int(memberSKU[m])
        worth[g] = min(worth[g], memberUse[m] * lambda[k])
      }
    }
    for g in 0..<skuCount { value += worth[g] * demand[g] }
    return value
  }

  /// Sets λ_k to the exact maximum along its own axis, the others held; the demand for its capacity
  /// stands in `weight`.
  ///
  /// Along λ_k the value is Σ_g d_g min(e_g, a_g λ) − λ Q with e_g = min(p_g, min_{j≠k} a_jg λ_j):
  /// concave, with its top where the capacity that is worth more than λ per unit, Σ a_g d_g over
  /// e_g / a_g > λ, falls to Q.
  private func search(_ k: Int, capacity: Double, _ scratch: borrowing Scratch) {
    let start = memberStart[k]
    let count = memberStart[k + 1] - start
    let weight = scratch.weight
    var total = 0.0
    for m in 0..<count { total += weight[m] }
    guard total > capacity else {
      scratch.lambda[k] = 0
      return
    }
    effectivePrices(without: k, scratch)
    let ratio = scratch.ratio
    for m in 0..<count {
      ratio[m] = scratch.worth[Int(memberSKU[start + m])] / memberUse[start + m]
    }
    scratch.lambda[k] = HourOracle.crossing(ratio, weight, count: count, capacity: capacity)
  }

  /// The price of each SKU of `k` that the other pools leave: min(p, min_{j≠k} a_j λ_j), in `worth`.
  private func effectivePrices(without k: Int, _ scratch: borrowing Scratch) {
    let worth = scratch.worth
    let lambda = scratch.lambda
    for m in memberStart[k]..<memberStart[k + 1] {
      let g = Int(memberSKU[m])
      var least = price[g]
      for c in coverStart[g]..<coverStart[g + 1] {
        let j = Int(coverPool[c])
        if j != k { least = min(least, coverUse[c] * lambda[j]) }
      }
      worth[g] = least
    }
  }

  /// The ratio at which the weights above it, largest ratio first, fill the capacity: weighted
  /// selection, expected time linear in `count`. Reorders both arrays.
  static func crossing(
    _ ratio: UnsafeMutableBufferPointer<Double>, _ weight: UnsafeMutableBufferPointer<Double>,
    count: Int, capacity: Double
  ) -> Double {
    var lower = 0
    var upper = count
    var room = capacity
    while upper - lower > 1 {
      let pivot = ratio[lower + (upper - lower) / 2]
      // Three ways: above the pivot, equal to it, below it.
      var above = lower
      var cursor = lower
      var below = upper
      var heavier = 0.0
      var equal = 0.0
      while cursor < below {
        if ratio[cursor] > pivot {
          heavier += weight[cursor]
          ratio.swapAt(cursor, above)
          weight.swapAt(cursor, above)
          above += 1
          cursor += 1
        } else if ratio[cursor] < pivot {
          below -= 1
          ratio.swapAt(cursor, below)
          weight.swapAt(cursor, below)
        } else {
          equal += weight[cursor]
          cursor += 1
        }
      }
      if heavier > room {
        upper = above
      } else if heavier + equal > room {
        return pivot
      } else {
        room -= heavier + equal
        lower = below
        if lower == upper { return 0 }
      }
    }
    return lower < upper ? ratio[lower] : 0
  }
}

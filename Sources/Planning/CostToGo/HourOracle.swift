/// What is left on demand in an hour, and what one more capacity of each pool would be worth; eight
/// hours at a time.
///
/// For capacities Q_k and demand d_g of an hour, the cheapest allocation is a small LP,
///
///     min   Σ_g p_g od_g − Σ_k ν_k Σ_g a_kg cov_kg
///     s.t.  od_g + Σ_k cov_kg  =  d_gh,     Σ_g a_kg cov_kg  ≤  Q_k,     od, cov ≥ 0
///
/// with ν_k a reward for use, 0 unless the policy asks for utilisation. Its dual:
///
///     max over μ ≥ −ν of   Σ_g π_g d_g − Σ_k (μ_k + ν_k) Q_k,     π_g = min(p_g, min_k a_kg μ_k)
///
/// and λ = μ + ν is what one more capacity is worth. Every μ gives a valid lower bound, so a μ that is
/// found quickly is as good a proof as the best one, only weaker. `prices(…)` finds it in two steps:
///
/// 1. The waterfall: pools narrow to wide, each covering its largest savings first. Then backwards,
///    wide to narrow: μ_k by exact line search on the demand that pool k found when its turn came,
///    against the prices that the wider pools have set. With one pool of several SKUs (and lone ones
///    inside it) this is the optimum.
/// 2. Where several pools compete for the same usage, one turn of coordinate ascent from there.
struct HourOracle: Sendable {
  let skuCount: Int
  let poolCount: Int
  /// Turns of coordinate ascent; none where the waterfall is the optimum.
  let sweeps: Int
  let tables: Tables

  /// (pool, SKU, use) in the order of the provider's waterfall: by level, then by saving.
  struct Entry: Sendable, BitwiseCopyable {
    var pool: Int32
    var sku: Int32
    var use: Double
  }

  /// What inner loops read.
  final class Tables: Sendable {
    let entries: Table<Entry>
    /// Pools, narrow to wide, within a level the largest saving first.
    let order: Table<Int32>
    /// Members of each pool, largest saving first, at `memberStart[k] ..< memberStart[k + 1]`.
    let memberStart: Table<Int32>
    let memberSKU: Table<Int32>
    let memberUse: Table<Double>
    /// 1 / use.
    let memberYield: Table<Double>
    /// The pools that cover each SKU, at `coverStart[g] ..< coverStart[g + 1]`.
    let coverStart: Table<Int32>
    let coverPool: Table<Int32>
    let coverUse: Table<Double>

    init(_ model: Model) {
      let price = model.price
      let sorted = model.pools.map { pool in
        pool.members.sorted { price[$0.sku] / $0.use > price[$1.sku] / $1.use }
      }
      let savings = sorted.map { $0.first.map { price[$0.sku] / $0.use } ?? 0 }
      order = Table(
        model.pools.indices.sorted {
          let (a, b) = (model.pools[$0].level, model.pools[$1].level)
          return a != b ? a < b : (savings[$1], $0) < (savings[$0], $1)
        }.map { Int32($0) })
      memberStart = Table(
        sorted.reduce(into: [Int32(0)]) { $0.append($0[$0.count - 1] + Int32($1.count)) })
      memberSKU = Table(sorted.flatMap { $0.map { Int32($0.sku) } })
      memberUse = Table(sorted.flatMap { $0.map(\.use) })
      memberYield = Table(sorted.flatMap { $0.map { 1 / $0.use } })
      var covers = [[(pool: Int32, use: Double)]](repeating: [], count: model.skus.count)
      var entries: [(level: Pool.Level, saving: Double, entry: Entry)] = []
      for (k, members) in sorted.enumerated() {
        for member in members {
          covers[member.sku].append((Int32(k), member.use))
          let entry = Entry(pool: Int32(k), sku: Int32(member.sku), use: member.use)
          entries.append((model.pools[k].level, price[member.sku] / member.use, entry))
        }
      }
      coverStart = Table(
        covers.reduce(into: [Int32(0)]) { $0.append($0[$0.count - 1] + Int32($1.count)) })
      coverPool = Table(covers.flatMap { $0.map(\.pool) })
      coverUse = Table(covers.flatMap { $0.map(\.use) })
      self.entries = Table(
        entries.sorted {
          $0.level != $1.level
            ? $0.level < $1.level
            : $0.saving != $1.saving
              ? $0.saving > $1.saving
              : ($0.entry.sku, $0.entry.pool) < ($1.entry.sku, $1.entry.pool)
        }.map(\.entry))
    }
  }

  /// What an hour is charged by: prices, weighted where rows of the policy count a class of usage
  /// more, and rewards for use.
  struct Charges: Sendable {
    /// p_g.
    var price: [Double]
    /// ν_k.
    var reward: [Double]

    /// The bill itself.
    static func plain(_ model: Model) -> Charges {
      Charges(price: model.price, reward: Array(repeating: 0, count: model.pools.count))
    }
  }

  init(_ model: Model) {
    skuCount = model.skus.count
    poolCount = model.pools.count
    sweeps = model.pools.count { $0.members.count > 1 } > 1 ? 1 : 0
    tables = Tables(model)
  }

  /// Room for eight hours' work; one for each thread, so that hours allocate nothing.
  struct Scratch: ~Copyable {
    /// Demand that the waterfall has not covered yet.
    let rest: LaneBuffer
    /// Capacity that the waterfall has not used yet.
    let left: LaneBuffer
    /// μ, also that of the hours before: a good guess for the next.
    let mu: LaneBuffer
    /// π.
    let worth: LaneBuffer
    /// What each pool found uncovered of each member when its turn came.
    let staged: LaneBuffer
    /// Value of each member's capacity in a line search, and the demand for it.
    let ratio: LaneBuffer
    let weight: LaneBuffer
    let guess: LaneBuffer

    init(_ oracle: HourOracle) {
      let members = oracle.tables.memberSKU.count
      rest = LaneBuffer(oracle.skuCount)
      left = LaneBuffer(oracle.poolCount)
      mu = LaneBuffer(oracle.poolCount)
      worth = LaneBuffer(oracle.skuCount)
      staged = LaneBuffer(members)
      ratio = LaneBuffer(members)
      weight = LaneBuffer(members)
      guess = LaneBuffer(oracle.poolCount)
    }
  }
}

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
/// and λ = μ + ν is what one more capacity is worth. Every μ gives a valid lower bound, so a μ that
/// is found quickly is as good a proof as the best one, only weaker. `prices(…)` finds it in steps:
///
/// 1. Lone pools (of one SKU) first: their capacity fits nothing else, so what they cover is out of
///    the way, and their μ follows from the others' in the end.
/// 2. The waterfall of the other pools, narrow to wide, each covering its largest savings first.
///    Then backwards, wide to narrow: μ_k by exact line search on the demand that pool k found when
///    its turn came, against the prices that the wider pools have set. With one pool this is the
///    optimum.
/// 3. Where several pools compete for the same usage, one turn of coordinate ascent from there.
/// 4. Pools that are tied at the margin can only move together: ascent along common factors of sets
///    of pools. With every set of pools that overlap this reaches the optimum (directions in which
///    the dual is linear are those of scaling a set); large models only try the widest pools, for
///    what narrow ones leave (`scaleWide`).
struct HourOracle: Sendable {
  let skuCount: Int
  let poolCount: Int
  /// Whether pools compete, so that the waterfall need not be the optimum.
  let isContested: Bool
  let tables: Tables

  /// What an hour is charged by: prices, weighted where rows of the policy count a class of usage
  /// more, and rewards for use.
  struct Charges: Sendable {
    /// p_g.
    var price: [Double]
    /// ν_k.
    var reward: [Double]
    /// Whether these are the bill's own prices, in whose order the waterfall serves.
    var isPlain = true

    /// The bill itself.
    static func plain(_ model: Model) -> Charges {
      Charges(price: model.price, reward: Array(repeating: 0, count: model.pools.count))
    }
  }

  /// - Parameter skus: those that have usage in the hours that it is for; nil: any may.
  init(_ model: Model, skus: Set<Int>? = nil) {
    skuCount = model.skus.count
    poolCount = model.pools.count
    tables = Tables(model, skus)
    isContested = tables.contested.count > 1
  }

  /// Room for eight hours' work; one for each thread, so that hours allocate nothing.
  struct Scratch: ~Copyable {
    /// Demand that lone pools leave.
    let net: LaneBuffer
    /// Demand that the waterfall has not covered yet.
    let rest: LaneBuffer
    /// Demand that narrow pools leave to the widest.
    let open: LaneBuffer
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
    /// μ that the climb found in the last three blocks, one after another: that of the day before
    /// is the best guess.
    let climbed: LaneBuffer
    let turn: UnsafeMutablePointer<Int>
    /// μ that a sweep found.
    let swept: LaneBuffer
    /// μ of narrow pools that followed the widest.
    let followed: LaneBuffer
    /// μ before it was sought with more care, and that of the widest.
    let kept: LaneBuffer
    let wide: LaneBuffer
    let room: WeightedSelection.Room
    let guided: GuidedAllocation

    static let turns = 24 / Lanes.scalarCount

    init(_ oracle: HourOracle) {
      let members = max(oracle.tables.memberSKU.count, oracle.skuCount)
      net = LaneBuffer(oracle.skuCount)
      rest = LaneBuffer(oracle.skuCount)
      open = LaneBuffer(oracle.skuCount)
      left = LaneBuffer(oracle.poolCount)
      mu = LaneBuffer(oracle.poolCount)
      worth = LaneBuffer(oracle.skuCount)
      staged = LaneBuffer(members)
      ratio = LaneBuffer(members)
      weight = LaneBuffer(members)
      climbed = LaneBuffer(Self.turns * oracle.poolCount)
      turn = .allocate(capacity: 1)
      turn.initialize(to: 0)
      swept = LaneBuffer(oracle.poolCount)
      followed = LaneBuffer(oracle.poolCount)
      kept = LaneBuffer(oracle.poolCount)
      wide = LaneBuffer(oracle.tables.widest.count)
      room = WeightedSelection.Room(members)
      guided = GuidedAllocation(
        oracle.tables, skuCount: oracle.skuCount, poolCount: oracle.poolCount)
    }

    deinit { turn.deallocate() }
  }
}

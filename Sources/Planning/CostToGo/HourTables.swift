extension HourOracle {
  /// What inner loops read.
  final class Tables: Sendable {
    /// The order of the provider's waterfall: by level, then by saving.
    let entries: Table<Entry>
    /// For each of `entries`, the same pool and SKU in `covers`.
    let entryCover: Table<Int32>
    /// Pools of one SKU.
    let lone: Table<Entry>
    /// The other pools, narrow to wide, within a level the largest saving first.
    let contested: Table<Int32>
    /// For each pool its place among the widest ones, whose μ may be given; -1 for the others.
    let wide: Table<Int32>
    let widest: [Int]
    /// Where the widest begin among `contested`.
    let firstWide: Int
    /// Those of `covers` that are among the widest.
    let wideCovers: Covers
    /// Whether pools compete also where the widest ones' μ is given.
    let isNarrowContested: Bool
    /// Members of each pool, largest saving first, at `memberStart[k] ..< memberStart[k + 1]`.
    let memberStart: Table<Int32>
    let memberSKU: Table<Int32>
    let memberUse: Table<Double>
    /// 1 / use.
    let memberYield: Table<Double>
    /// All pools that cover each SKU.
    let covers: Covers
    /// Those of them that cover others too.
    let contestedCovers: Covers
    /// For each pool, its bit in `sets`; 0 for pools in none.
    let bit: Table<UInt64>
    /// Sets of pools whose μ are scaled together.
    let sets: [ScaledSet]
    /// Whether they are scaled for cuts too.
    let scalesSets: Bool
    /// Whether the model is small enough to solve an hour's allocation where nothing quicker is the
    /// optimum.
    let isSmall: Bool

    /// Pools whose μ are scaled together.
    struct ScaledSet: Sendable {
      var bits: UInt64
      /// In the order of `contested`.
      let pools: Table<Int32>
      /// All that they cover.
      let skus: Table<Int32>
    }

    /// A pool covers a SKU at so much capacity an instance-hour.
    struct Entry: Sendable, BitwiseCopyable {
      var pool: Int32
      var sku: Int32
      var use: Double
      /// 1 / use.
      var yield: Double

      init(_ pool: Int, _ member: Pool.Member) {
        self.pool = Int32(pool)
        sku = Int32(member.sku)
        use = member.use
        yield = 1 / member.use
      }
    }

    /// For each SKU, pools with their use, at `start[g] ..< start[g + 1]`.
    struct Covers: Sendable {
      let start: Table<Int32>
      let pool: Table<Int32>
      let use: Table<Double>

      init(_ members: [[Pool.Member]], of pools: [Int], skuCount: Int) {
        var covers = [[(pool: Int32, use: Double)]](repeating: [], count: skuCount)
        for k in pools {
          for member in members[k] { covers[member.sku].append((Int32(k), member.use)) }
        }
        start = Table(Tables.starts(covers.map(\.count)))
        pool = Table(covers.flatMap { $0.map(\.pool) })
        use = Table(covers.flatMap { $0.map(\.use) })
      }

      @inline(__always) func range(_ g: Int) -> Range<Int> {
        Int(start.start[g])..<Int(start.start[g + 1])
      }
    }

    /// - Parameter used: the SKUs that have usage; nil: all may have.
    init(_ model: Model, _ used: Set<Int>?) {
      let price = model.price
      let members = model.pools.map { pool in
        Tables.members(of: pool, used).sorted { price[$0.sku] / $0.use > price[$1.sku] / $1.use }
      }
      // The widest pools are the same in all hours, since their μ lie next to each other.
      func isShared(_ k: Int) -> Bool {
        model.pools[k].level == .everything
          ? model.pools[k].members.count > 1 : members[k].count > 1
      }
      let savings = members.map { $0.first.map { price[$0.sku] / $0.use } ?? 0 }
      let depths = Tables.depths(model.pools)
      let order = model.pools.indices.sorted {
        let (a, b) = (model.pools[$0].level, model.pools[$1].level)
        return a != b ? a < b : (depths[$0], savings[$1], $0) < (depths[$1], savings[$0], $1)
      }
      let several = order.filter(isShared)
      contested = Table(several.map { Int32($0) })
      lone = Table(
        order.compactMap { k in
          members[k].count == 1 && !isShared(k)
            ? Entry(k, members[k][0]) : nil
        })
      let widest = several.filter { model.pools[$0].level == .everything }
      var places = [Int32](repeating: -1, count: members.count)
      for (place, k) in widest.enumerated() { places[k] = Int32(place) }
      wide = Table(places)
      self.widest = widest
      firstWide = several.count - widest.count
      var seen = Set<Int>()
      isNarrowContested = several.filter { places[$0] < 0 }
        .contains { k in members[k].contains { !seen.insert($0.sku).inserted } }
      memberStart = Table(Tables.starts(members.map(\.count)))
      memberSKU = Table(members.flatMap { $0.map { Int32($0.sku) } })
      memberUse = Table(members.flatMap { $0.map(\.use) })
      memberYield = Table(members.flatMap { $0.map { 1 / $0.use } })
      let count = model.skus.count
      covers = Covers(members, of: Array(members.indices), skuCount: count)
      contestedCovers = Covers(members, of: several, skuCount: count)
      wideCovers = Covers(members, of: widest, skuCount: count)
      let entries = Tables.waterfall(model, members, depths)
      self.entries = Table(entries)
      let (starts, pools) = (covers.start, covers.pool)
      entryCover = Table(
        entries.map { entry in
          var c = starts.start[Int(entry.sku)]
          while pools.start[Int(c)] != entry.pool { c += 1 }
          return c
        })
      let chosen = PoolSets(model, several)
      bit = Table(model.pools.indices.map { chosen.bits[$0] ?? 0 })
      sets = chosen.sets.map { bits in
        let pools = several.filter { (chosen.bits[$0] ?? 0) & bits != 0 }
        return ScaledSet(
          bits: bits, pools: Table(pools.map { Int32($0) }),
          skus: Table(Set(pools.flatMap { members[$0].map { Int32($0.sku) } }).sorted()))
      }
      isSmall = PoolSets.isSmall(model, several)
      scalesSets = !sets.isEmpty && (isSmall || chosen.largestPart <= Self.mostScaled)
    }

    /// What a pool covers of the SKUs that have usage. The widest pools always cover something.
    private static func members(of pool: Pool, _ used: Set<Int>?) -> [Pool.Member] {
      guard let used else { return pool.members }
      let found = pool.members.filter { used.contains($0.sku) }
      return found.isEmpty && pool.level == .everything ? pool.members : found
    }

    /// Of more pools that hang together sets are too many for every cut.
    private static let mostScaled = 3

    private static func starts(_ counts: [Int]) -> [Int32] {
      counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1)) }
    }

    /// For each pool, how many others lie inside it one in the other: reservations of Redis nodes
    /// cover Valkey too, so those of Valkey are used first, since their capacity fits less.
    private static func depths(_ pools: [Pool]) -> [Int] {
      var depths = [Int](repeating: 0, count: pools.count)
      let narrow = pools.indices.filter {
        pools[$0].level == .reservation && pools[$0].members.count > 1
      }
      // For each SKU the pools that were seen, narrow to wide.
      var seen: [Int: [Int]] = [:]
      for k in narrow.sorted(by: { (pools[$0].members.count, $0) < (pools[$1].members.count, $1) })
      {
        for member in pools[k].members {
          for other in seen[member.sku] ?? []
          where pools[other].members.count < pools[k].members.count {
            depths[k] = max(depths[k], depths[other] + 1)
          }
          seen[member.sku, default: []].append(k)
        }
      }
      return depths
    }

    private static func waterfall(
      _ model: Model, _ members: [[Pool.Member]], _ depths: [Int]
    ) -> [Entry] {
      // Lone pools first: their capacity fits nothing else.
      var entries: [(rank: Int, saving: Double, entry: Entry)] = []
      for (k, members) in members.enumerated() {
        let level = model.pools[k].level.rawValue * model.pools.count
        let rank = members.count == 1 ? -1 : level + depths[k]
        for member in members {
          entries.append((rank, model.price[member.sku] / member.use, Entry(k, member)))
        }
      }
      return entries.sorted {
        $0.rank != $1.rank
          ? $0.rank < $1.rank
          : $0.saving != $1.saving
            ? $0.saving > $1.saving
            : ($0.entry.sku, $0.entry.pool) < ($1.entry.sku, $1.entry.pool)
      }.map(\.entry)
    }
  }
}

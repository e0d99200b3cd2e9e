/// Which sets of pools the oracle scales together.
struct PoolSets {
  /// For each pool that is in a set, its bit.
  private(set) var bits: [Int: UInt64] = [:]
  private(set) var sets: [UInt64] = []

  /// Whether every set is tried, in every evaluation; otherwise only those of the widest pools.
  static func isSmall(_ model: Model, _ pools: [Int]) -> Bool {
    pools.count <= 7 && (model.hours * model.skus.count) << pools.count <= 100_000
  }

  /// Up to this many pools every set of them is tried.
  private static let few = 4
  /// More pools than this are not distinguished.
  private static let most = 60

  /// - Parameter pools: those of several SKUs.
  init(_ model: Model, _ pools: [Int]) {
    var pools = pools
    let isSmall = Self.isSmall(model, pools)
    if !isSmall { pools = pools.filter { model.pools[$0].level == .everything } }
    guard pools.count > 1, pools.count <= Self.most else { return }
    for (position, k) in pools.enumerated() { bits[k] = 1 << UInt64(position) }
    let all = (UInt64(1) << UInt64(pools.count)) - 1
    let chosen = isSmall || pools.count <= Self.few ? Array(1...all) : Self.likely(pools, model)
    // The widest sets first: they leave the least to do.
    sets = chosen.filter { $0.nonzeroBitCount > 1 && Self.isConnected($0, pools, model) }
      .sorted { ($1.nonzeroBitCount, $0) < ($0.nonzeroBitCount, $1) }
  }

  /// Where there are too many sets: the unions of groups of pools whose rates are nearly
  /// proportional, as one list of rates at several payment options is, and pairs within a group.
  private static func likely(_ pools: [Int], _ model: Model) -> [UInt64] {
    var groups: [[Int]] = []
    for position in pools.indices {
      let place = groups.firstIndex {
        isNearlyProportional(pools[$0[0]], pools[position], model)
      }
      if let place { groups[place].append(position) } else { groups.append([position]) }
    }
    func set(_ positions: some Sequence<Int>) -> UInt64 {
      positions.reduce(0) { $0 | 1 << UInt64($1) }
    }
    var chosen: Set<UInt64> = [set(pools.indices)]
    for (g, group) in groups.enumerated() {
      chosen.insert(set(group))
      for other in groups[(g + 1)...] { chosen.insert(set(group + other)) }
      for (i, first) in group.enumerated() {
        for second in group[(i + 1)...] { chosen.insert(set([first, second])) }
      }
    }
    return chosen.sorted()
  }

  private static func isNearlyProportional(_ a: Int, _ b: Int, _ model: Model) -> Bool {
    let (first, second) = (model.pools[a].members, model.pools[b].members)
    guard first.map(\.sku) == second.map(\.sku) else { return false }
    let ratios = zip(first, second).map { $0.use / $1.use }
    guard let least = ratios.min(), let largest = ratios.max() else { return false }
    return largest <= 1.01 * least
  }

  /// Whether the pools of a set hang together by SKUs that they share: others scale apart.
  private static func isConnected(_ set: UInt64, _ pools: [Int], _ model: Model) -> Bool {
    var parts = pools.indices.filter { set >> UInt64($0) & 1 == 1 }.map { position in
      Set(model.pools[pools[position]].members.map(\.sku))
    }
    guard !parts.isEmpty else { return false }
    var reached = parts.removeFirst()
    while let next = parts.firstIndex(where: { !$0.isDisjoint(with: reached) }) {
      reached.formUnion(parts.remove(at: next))
    }
    return parts.isEmpty
  }
}

/// Which sets of pools the oracle scales together.
///
/// Pools that share no usage, as those of two providers, scale apart: each part of the pools that
/// hangs together has sets of its own.
struct PoolSets {
  /// For each pool that is in a set, its bit.
  private(set) var bits: [Int: UInt64] = [:]
  private(set) var sets: [UInt64] = []
  /// How many pools the largest part has.
  private(set) var largestPart = 0

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
    let parts = Self.parts(Array(pools.indices), pools, model)
    largestPart = parts.map(\.count).max() ?? 0
    guard pools.count > 1, pools.count <= Self.most else { return }
    for (position, k) in pools.enumerated() { bits[k] = 1 << UInt64(position) }
    let chosen = parts.filter { $0.count > 1 }.flatMap { positions in
      isSmall || positions.count <= Self.few
        ? Self.all(positions) : Self.likely(positions, pools, model)
    }
    // The widest sets first: they leave the least to do.
    sets = chosen.filter { $0.nonzeroBitCount > 1 && Self.isConnected($0, pools, model) }
      .sorted { ($1.nonzeroBitCount, $0) < ($0.nonzeroBitCount, $1) }
  }

  private static func set(_ positions: some Sequence<Int>) -> UInt64 {
    positions.reduce(0) { $0 | 1 << UInt64($1) }
  }

  /// Every set of them.
  private static func all(_ positions: [Int]) -> [UInt64] {
    (1..<1 << positions.count).map { choice in
      set(positions.indices.filter { choice >> $0 & 1 == 1 }.map { positions[$0] })
    }
  }

  /// Where there are too many sets: the unions of groups of pools whose rates are nearly
  /// proportional, as one list of rates at several payment options is, and pairs within a group.
  private static func likely(
    _ positions: [Int], _ pools: [Int], _ model: Model
  ) -> [UInt64] {
    var groups: [[Int]] = []
    for position in positions {
      let place = groups.firstIndex {
        isNearlyProportional(pools[$0[0]], pools[position], model)
      }
      if let place { groups[place].append(position) } else { groups.append([position]) }
    }
    var chosen: Set<UInt64> = [set(positions)]
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
    let positions = pools.indices.filter { set >> UInt64($0) & 1 == 1 }
    return parts(positions, pools, model).count == 1
  }

  /// Pools, by their positions, in parts that share no SKU with each other.
  private static func parts(_ positions: [Int], _ pools: [Int], _ model: Model) -> [[Int]] {
    var parts: [(positions: [Int], skus: Set<Int>)] = []
    for position in positions {
      var joined = (
        positions: [position], skus: Set(model.pools[pools[position]].members.map(\.sku))
      )
      parts.removeAll { part in
        guard !part.skus.isDisjoint(with: joined.skus) else { return false }
        joined.positions += part.positions
        joined.skus.formUnion(part.skus)
        return true
      }
      parts.append(joined)
    }
    return parts.map { $0.positions.sorted() }
  }
}

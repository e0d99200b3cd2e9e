/// A box around the best point so far, in which the next one is sought.
///
/// Cuts are steep far from where they were made; without a box the first answers jump between
/// extremes. The radius is counted in standard deviations of what each pool could be used for.
struct TrustRegion {
  private(set) var center: [Double]
  private let spread: [Double]
  private(set) var radius: Double
  private var rejections = 0

  init(center: [Double], spread: [Double], radius: Double = 0.3) {
    self.center = center
    self.spread = spread
    self.radius = radius
  }

  func lower(_ c: Int) -> Double { max(0, center[c] - radius * spread[c]) }
  func upper(_ c: Int) -> Double { center[c] + radius * spread[c] }

  /// The new point is better: go there, and look further if the box was in the way.
  mutating func accept(_ point: [Double], wasBoxed: Bool) {
    center = point
    rejections = 0
    if wasBoxed { radius = min(radius * 1.5, 1e3) }
  }

  /// The new point is worse: after two in a row, look nearer.
  mutating func reject() {
    rejections += 1
    if rejections >= 2 {
      radius = max(radius * 0.6, 1e-7)
      rejections = 0
    }
  }

  /// Nothing better is inside the box: look further, in the end everywhere.
  mutating func widen() {
    radius = radius < 1e6 ? radius * 4 : .infinity
    rejections = 0
  }
}

extension CostToGo {
  /// For each capacity, the standard deviation over the hours of all that it could be used for.
  func spreads() -> [Double] {
    let model = self.model
    let coming = model.usageThatMayCome
    var byPool: [Int: Double] = [:]
    for k in Set(capacities.map(\.pool)) {
      var mean = 0.0
      var square = 0.0
      for path in model.risk.probabilities.indices {
        var uses = [Double](repeating: 0, count: model.pathHours)
        for member in model.pools[k].members {
          for (h, quantity) in model.demand.column(member.sku, path: path).enumerated() {
            uses[h] += member.use * quantity
          }
        }
        for (h, use) in uses.enumerated() {
          let delta = use - mean
          mean += delta / Double(path * model.pathHours + h + 1)
          square += delta * (use - mean)
        }
      }
      // A flat use still needs room to move, and so does a pool that actions give usage to.
      byPool[k] = max(
        (square / Double(max(1, model.hours))).squareRoot(), 0.05 * mean, 0.2 * coming[k], 1e-6)
    }
    return capacities.map { byPool[$0.pool] ?? 1 }
  }
}

extension Model {
  /// For each pool the most that actions can add to its usage in the mean hour.
  fileprivate var usageThatMayCome: [Double] {
    var result = [Double](repeating: 0, count: pools.count)
    guard !machines.isEmpty, hours > 0 else { return result }
    var covers = [[(pool: Int, use: Double)]](repeating: [], count: skus.count)
    for (k, pool) in pools.enumerated() {
      for member in pool.members { covers[member.sku].append((k, member.use)) }
    }
    for machine in machines {
      var most: [Int: Double] = [:]
      for (a, target) in machine.targets.enumerated() {
        guard let target else { continue }
        let share = Double(machine.hours[a].count) / Double(max(1, pathHours))
        for (k, use) in covers[target] { most[k] = max(most[k] ?? 0, share * use) }
      }
      for (k, use) in most { result[k] += use }
    }
    return result
  }
}

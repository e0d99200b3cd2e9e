/// What clusters cost at least together, where all of them together may make so many purchases.
///
///     min Σ_f cost_f(n_f)   s.t.   Σ_f n_f ≤ limit
struct PurchaseCounts {
  /// For each cluster what it costs with at most `n` purchases, n from 0 on; more purchases than
  /// there are entries cost no less than the last.
  private let costs: [[Double]]
  private let limit: Int
  /// The least of the clusters before `f` with at most `m` purchases.
  private let before: [[Double]]

  /// - Parameter limit: nil: as many as one likes.
  init(_ costs: [[Double]], limit: Int?) {
    let most = costs.reduce(0) { $0 + max(0, $1.count - 1) }
    self.costs = costs
    self.limit = min(limit ?? most, most)
    before = self.limit < 0 ? [] : Self.sums(costs, self.limit)
  }

  /// Infinite where not even nothing is allowed.
  var least: Double { before.last?.last ?? .infinity }

  private static func sums(_ costs: [[Double]], _ limit: Int) -> [[Double]] {
    var sums = [[Double](repeating: 0, count: limit + 1)]
    for cost in costs {
      let last = sums[sums.count - 1]
      var next = [Double](repeating: .infinity, count: limit + 1)
      for (n, value) in cost.enumerated() where n <= limit {
        for m in n...limit { next[m] = min(next[m], last[m - n] + value) }
      }
      sums.append(next)
    }
    return sums
  }

  /// How many purchases of each cluster the least comes from.
  var chosen: [Int] {
    var counts = costs.map { _ in 0 }
    guard limit >= 0 else { return counts }
    var left = limit
    for f in costs.indices.reversed() {
      let fitting = costs[f].indices.prefix(left + 1)
      let n = fitting.min {
        (before[f][left - $0] + costs[f][$0], $0) < (before[f][left - $1] + costs[f][$1], $1)
      }
      counts[f] = n ?? 0
      left -= counts[f]
    }
    return counts
  }
}

/// The weighted mean of the widest pools' μ, stretch by stretch.
///
/// μ at a mean of cuts is worth more than the mean of the cuts: π = min(p, a μ) is concave.
struct WideMean {
  private var sums: [[Lanes]]
  private var weights: [Double]

  init(_ costToGo: CostToGo) {
    let widest = costToGo.oracle.tables.widest.count
    sums = costToGo.layout.blocks.map { Array(repeating: Lanes(), count: $0.count * widest) }
    weights = Array(repeating: 0, count: sums.count)
  }

  mutating func add(_ wide: [Lanes], to s: Int, _ weight: Double) {
    weights[s] += weight
    for i in wide.indices { sums[s][i] += wide[i] * weight }
  }

  /// Zero where nothing was added.
  var values: [[Lanes]] {
    zip(sums, weights).map { sum, weight in
      weight > 0 ? sum.map { $0 * (1 / weight) } : sum
    }
  }
}

/// Whole units for each cluster by what they cost it at the prices that the widest pools ask: the
/// nearest whole number need not be the cheapest, since costs have their kinks at whole units.
///
/// A unit more and a unit less of each purchase are tried, and two purchases the opposite ways; in
/// all clusters at once, as none of them sees another.
struct ClusterRounding {
  let costToGo: CostToGo
  let clusters: Clusters
  let prices: SeparableBound.Prices

  /// Purchases of one cluster that differ from the current ones, by units.
  private typealias Move = [(instrument: Int, units: Double)]

  /// - Parameter start: purchases in whole units.
  func improved(_ start: [Double]) -> [Double] {
    let moves = clusters.instruments.map { self.moves(of: $0, start) }
    var best = costs(start)
    var chosen = [Move](repeating: [], count: clusters.count)
    for m in 0..<(moves.map(\.count).max() ?? 0) {
      var purchases = start
      for f in moves.indices where m < moves[f].count { apply(moves[f][m], to: &purchases) }
      for (f, cost) in costs(purchases).enumerated() where m < moves[f].count && cost < best[f] {
        best[f] = cost
        chosen[f] = moves[f][m]
      }
    }
    var result = start
    for move in chosen { apply(move, to: &result) }
    return result
  }

  private func moves(of instruments: [Int], _ purchases: [Double]) -> [Move] {
    let model = costToGo.model
    let bought = instruments.filter { purchases[$0] > 0 && model.instruments[$0].grid == 1 }
    guard bought.count <= 3 else { return [] }
    let ups = bought.filter { purchases[$0] + 1 <= model.instruments[$0].upper }
    let pairs = ups.flatMap { up in bought.filter { $0 != up }.map { [(up, 1.0), ($0, -1.0)] } }
    return ups.map { [($0, 1)] } + bought.map { [($0, -1)] } + pairs
  }

  private func apply(_ move: Move, to purchases: inout [Double]) {
    for (j, units) in move { purchases[j] += units }
  }

  /// What each cluster costs, in currency units.
  func costs(_ purchases: [Double]) -> [Double] {
    let capacity = costToGo.capacity(of: purchases)
    let cuts = costToGo.clusterCuts(purchased: capacity, wide: prices.wide, clusters)
    var result = cuts.constants
    for (c, slope) in cuts.slopes.enumerated() {
      if let f = clusters.ofPool[costToGo.capacities[c].pool] { result[f] += slope * capacity[c] }
    }
    for f in result.indices {
      result[f] *= prices.weight
      for j in clusters.instruments[f] { result[f] += prices.instruments[j] * purchases[j] }
    }
    return result
  }
}

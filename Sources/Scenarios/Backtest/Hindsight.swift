/// The best purchases at given dates for known usage of one pool, in units.
///
///     min  Σ_m f_m(Q_m)      Q_m = Σ_{k active in m} q_k,   q ≥ 0
///     f_m(Q) = Σ_{h in m} [ Q + A (d_h − Q)⁺ ]                A: the premium
///
/// m are the stretches between dates and ends of terms. Consecutive differences of the rows for Q
/// make the program a circulation on the line of dates: a purchase is an arc from its start to its
/// end, Q_m an arc back over stretch m. So cancelling negative cycles, with steps that halve, is
/// exact for convex f to the last step (Ahuja, Magnanti, Orlin, "Network Flows", 14.5).
struct Hindsight {
  private let nodes: [Int]
  private let arcs: [(from: Int, to: Int)]
  private let costs: [StretchCost]
  private let largest: Double

  /// - Parameters:
  ///   - premium: price on demand over the committed price of 1 a unit-hour.
  ///   - dates: hours of possible purchases, ascending.
  ///   - end: where billing ends.
  init(_ demand: [Double], premium: Double, dates: [Int], term: Int, end: Int) {
    let ends = dates.map { min($0 + term, end) }
    nodes = Set(dates + ends).sorted()
    let places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    arcs = zip(dates, ends).map { (places[$0] ?? 0, places[$1] ?? 0) }
    costs = zip(nodes, nodes.dropFirst()).map { lower, upper in
      StretchCost(demand[lower..<upper], premium: premium)
    }
    largest = costs.map(\.largest).max() ?? 0
  }

  /// Units to buy at each date.
  /// - Parameter resolution: the last step; 1 is exact for whole units.
  func purchases(resolution: Double) -> [Double] {
    var state = State(
      bought: [Double](repeating: 0, count: arcs.count),
      active: [Double](repeating: 0, count: costs.count))
    guard largest > 0, resolution > 0 else { return state.bought }
    var step = resolution
    while step < largest { step *= 2 }
    while step >= resolution {
      while cancel(&state, step: step) {}
      step /= 2
    }
    return state.bought
  }

  private struct State {
    var bought: [Double]
    var active: [Double]
  }

  private struct Edge {
    var from: Int
    var to: Int
    var cost: Double
    var arc: Int
    var isPurchase: Bool
    var sign: Double
  }

  /// Cancels one negative cycle (Bellman and Ford); false where there is none.
  private func cancel(_ state: inout State, step: Double) -> Bool {
    let edges = residual(state, step: step)
    var distance = [Double](repeating: 0, count: nodes.count)
    var last = [Int](repeating: -1, count: nodes.count)
    var touched = -1
    let least = 1e-9 * max(1, step)
    for _ in nodes.indices {
      touched = -1
      for (index, edge) in edges.enumerated()
      where distance[edge.from] + edge.cost < distance[edge.to] - least {
        distance[edge.to] = distance[edge.from] + edge.cost
        last[edge.to] = index
        touched = edge.to
      }
      if touched < 0 { return false }
    }
    for _ in nodes.indices where last[touched] >= 0 { touched = edges[last[touched]].from }
    var cycle: [Int] = []
    var node = touched
    repeat {
      guard last[node] >= 0, cycle.count <= nodes.count else { return false }
      cycle.append(last[node])
      node = edges[last[node]].from
    } while node != touched
    guard cycle.reduce(0, { $0 + edges[$1].cost }) < -least else { return false }
    for index in cycle {
      let edge = edges[index]
      if edge.isPurchase {
        state.bought[edge.arc] += edge.sign * step
      } else {
        state.active[edge.arc] += edge.sign * step
      }
    }
    return true
  }

  private func residual(_ state: State, step: Double) -> [Edge] {
    var edges: [Edge] = []
    for (arc, ends) in arcs.enumerated() where ends.from < ends.to {
      edges.append(
        Edge(from: ends.from, to: ends.to, cost: 0, arc: arc, isPurchase: true, sign: 1))
      if state.bought[arc] >= step {
        edges.append(
          Edge(from: ends.to, to: ends.from, cost: 0, arc: arc, isPurchase: true, sign: -1))
      }
    }
    for (arc, cost) in costs.enumerated() {
      let now = cost.value(state.active[arc])
      edges.append(
        Edge(
          from: arc + 1, to: arc, cost: cost.value(state.active[arc] + step) - now, arc: arc,
          isPurchase: false, sign: 1))
      if state.active[arc] >= step {
        edges.append(
          Edge(
            from: arc, to: arc + 1, cost: cost.value(state.active[arc] - step) - now, arc: arc,
            isPurchase: false, sign: -1))
      }
    }
    return edges
  }

  /// What a stretch of hours costs with Q units active in it.
  private struct StretchCost {
    private let sorted: [Double]
    /// Sums of `sorted` from each place on.
    private let tails: [Double]
    private let premium: Double

    var largest: Double { sorted.last ?? 0 }

    init(_ demand: ArraySlice<Double>, premium: Double) {
      sorted = demand.sorted()
      var tails = [Double](repeating: 0, count: sorted.count + 1)
      for i in sorted.indices.reversed() { tails[i] = tails[i + 1] + sorted[i] }
      self.tails = tails
      self.premium = premium
    }

    func value(_ units: Double) -> Double {
      var lower = 0
      var upper = sorted.count
      while lower < upper {
        let middle = (lower + upper) / 2
        if sorted[middle] > units { upper = middle } else { lower = middle + 1 }
      }
      let above = tails[lower] - units * Double(sorted.count - lower)
      return units * Double(sorted.count) + premium * above
    }
  }
}

extension HourOracle {
  /// Finds feasible allocations for eight hours: of each the better of the waterfall and one led by μ.
  ///
  /// Where several wide pools compete, the waterfall (which is what the provider does) is not the
  /// cheapest. The other allocation gives each SKU, the clearest cases first, to the pool in which
  /// its reduced worth p_g − a_kg μ_k is largest, and what no longer fits to the next best.
  ///
  /// - Parameter orders: nil where no exchange is to be tried.
  ///
  /// Leaves in `rest` what stays on demand and in `left` what is not used.
  func allocate(
    demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>, _ charges: borrowing Charges,
    _ orders: ExchangeOrders?, _ scratch: borrowing Scratch
  ) {
    // Without pools that compete the waterfall is the optimum.
    guard isContested || !charges.isPlain else {
      waterfall(demand: demand, capacity: capacity, scratch)
      return
    }
    let bound = prices(demand: demand, capacity: capacity, charges, scratch)
    waterfall(demand: demand, capacity: capacity, scratch)
    let greedy = cost(charges, capacity, scratch)
    for lane in 0..<Lanes.scalarCount
    where Self.isAbove(greedy[lane], bound[lane]) {
      var guided = Guided(self, charges, scratch, lane: lane)
      let cost = guided.improve(
        demand: demand, capacity: capacity, on: greedy[lane], bound: bound[lane], orders)
      if tables.isSmall, Self.isAbove(cost, bound[lane]) {
        solve(lane, demand: demand, capacity: capacity, charges, scratch)
      }
    }
  }

  private static func isAbove(_ cost: Double, _ bound: Double) -> Bool {
    cost > bound + 1e-9 * abs(bound) + 1e-12
  }

  /// Replaces an hour's allocation in the scratch by the optimum.
  private func solve(
    _ lane: Int, demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>,
    _ charges: borrowing Charges, _ scratch: borrowing Scratch
  ) {
    let capacities = (0..<poolCount).map { capacity[$0][lane] }
    let program = HourProgram(
      demand: (0..<skuCount).map { demand[$0][lane] }, capacity: capacities, copy charges
    ) { g in
      tables.covers.range(g).map {
        (Int(tables.covers.pool.start[$0]), tables.covers.use.start[$0])
      }
    }
    guard let (rest, used) = program.solution() else { return }
    for g in rest.indices { scratch.rest.start[g][lane] = rest[g] }
    for k in used.indices { scratch.left.start[k][lane] = capacities[k] - used[k] }
  }

  /// Allocates by the waterfall; leaves `rest` and `left` behind.
  func waterfall(
    demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>, _ scratch: borrowing Scratch
  ) {
    let (rest, left) = (scratch.rest.start, scratch.left.start)
    for g in 0..<skuCount { rest[g] = demand[g] }
    for k in 0..<poolCount { left[k] = capacity[k] }
    for e in 0..<tables.entries.count {
      let entry = tables.entries.start[e]
      let room = left[Int(entry.pool)]
      guard any(room .> 0) else { continue }
      let found = rest[Int(entry.sku)]
      let need = found * entry.use
      let fits = need .<= room
      left[Int(entry.pool)] = (room - need).replacing(with: 0, where: .!fits)
      let kept = Lanes.most(Lanes(), found - room * entry.yield)
      rest[Int(entry.sku)] = kept.replacing(with: 0, where: fits)
    }
  }

  private func cost(
    _ charges: borrowing Charges, _ capacity: UnsafePointer<Lanes>, _ scratch: borrowing Scratch
  ) -> Lanes {
    var cost = Lanes.zero
    for g in 0..<skuCount { cost += scratch.rest.start[g] * charges.price[g] }
    for k in 0..<poolCount where charges.reward[k] != 0 {
      cost -= (capacity[k] - scratch.left.start[k]) * charges.reward[k]
    }
    return cost
  }

  /// The allocation of one hour that μ leads.
  private struct Guided {
    private let oracle: HourOracle
    private let price: [Double]
    private let reward: [Double]
    private let lane: Int
    private let restLanes: UnsafeMutablePointer<Lanes>
    private let leftLanes: UnsafeMutablePointer<Lanes>
    private let mu: [Double]
    private var rest: [Double] = []
    private var left: [Double] = []
    private var covered: [Double] = []

    init(
      _ oracle: HourOracle, _ charges: borrowing Charges, _ scratch: borrowing Scratch, lane: Int
    ) {
      self.oracle = oracle
      self.lane = lane
      price = charges.price
      reward = charges.reward
      restLanes = scratch.rest.start
      leftLanes = scratch.left.start
      let lanes = scratch.mu.start
      mu = (0..<oracle.poolCount).map { lanes[$0][lane] }
    }

    /// Replaces the hour's allocation in the scratch where this one is cheaper.
    ///
    /// - Returns: what the cheaper one costs.
    mutating func improve(
      demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>, on known: Double,
      bound: Double, _ orders: ExchangeOrders?
    ) -> Double {
      rest = (0..<oracle.skuCount).map { demand[$0][lane] }
      left = (0..<oracle.poolCount).map { capacity[$0][lane] }
      covered = Array(repeating: 0, count: oracle.tables.covers.pool.count)
      let order = byRegret()
      for g in order { cover(g, atAnyPrice: false) }
      // μ is not exact: what is still free after all had their say is used by whom it fits.
      for g in order { cover(g, atAnyPrice: true) }
      var cost = 0.0
      for g in rest.indices { cost += rest[g] * price[g] }
      for k in left.indices { cost -= (capacity[k][lane] - left[k]) * reward[k] }
      if let orders {
        var exchange = Exchange(
          oracle.tables, orders, rest: rest, left: left, covered: covered)
        // A large bill is told to a ten-thousandth; what this leaves is a fiftieth of that.
        let exact = oracle.tables.isSmall
        cost = exchange.run(
          cost: cost, goal: bound + (exact ? 1e-9 : 2e-6) * abs(bound),
          patience: exact ? 0 : 0.1)
        (rest, left) = (exchange.rest, exchange.left)
      }
      guard cost < known else { return known }
      for g in rest.indices { restLanes[g][lane] = rest[g] }
      for k in left.indices { leftLanes[k][lane] = left[k] }
      return cost
    }

    private func covers(_ g: Int) -> Range<Int> {
      oracle.tables.covers.range(g)
    }

    private func gain(_ g: Int, _ c: Int) -> Double {
      let tables = oracle.tables
      return price[g] - tables.covers.use.start[c] * mu[Int(tables.covers.pool.start[c])]
    }

    /// SKUs with demand, those first that lose most if their best pool is full.
    private func byRegret() -> [Int] {
      var order: [(regret: Double, sku: Int)] = []
      for g in rest.indices where rest[g] > 0 {
        var best = 0.0
        var second = 0.0
        for c in covers(g) {
          let gain = gain(g, c)
          if gain > best {
            second = best
            best = gain
          } else if gain > second {
            second = gain
          }
        }
        order.append(((best - second) / price[g], g))
      }
      order.sort { ($0.regret, $1.sku) > ($1.regret, $0.sku) }
      return order.map(\.sku)
    }

    /// Covers as much of a SKU as fits, best reduced worth first.
    private mutating func cover(_ g: Int, atAnyPrice: Bool) {
      let tables = oracle.tables
      while rest[g] > 0 {
        var best = -1
        var bestGain = -Double.infinity
        for c in covers(g) where left[Int(tables.covers.pool.start[c])] > 1e-12 {
          let gain = gain(g, c)
          if gain > bestGain {
            bestGain = gain
            best = c
          }
        }
        guard best >= 0 else { return }
        // Capacity with a price is kept for whom it is worth that price.
        if !atAnyPrice, bestGain < -1e-9 * price[g] { return }
        let k = Int(tables.covers.pool.start[best])
        let use = tables.covers.use.start[best]
        let taken = min(rest[g], left[k] / use)
        rest[g] -= taken
        left[k] -= taken * use
        covered[best] += taken
        if taken * use < 1e-12 { left[k] = 0 }
      }
    }
  }
}

extension HourOracle {
  /// The orders of exchanges under these charges; nil where none are to be tried.
  func exchangeOrders(_ charges: Charges) -> ExchangeOrders? {
    guard tables.widest.count > 1, charges.reward.allSatisfy({ $0 == 0 }) else { return nil }
    return ExchangeOrders(tables, price: charges.price)
  }

  /// Finds feasible allocations for eight hours: of each the better of the waterfall and one led by
  /// μ.
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
    let bound = prices(
      demand: demand, capacity: capacity, charges, scratch, isForAllocation: true)
    waterfall(demand: demand, capacity: capacity, scratch)
    let greedy = cost(charges, capacity, scratch)
    for lane in 0..<Lanes.scalarCount
    where Self.isAbove(greedy[lane], bound[lane]) {
      let cost = scratch.guided.improve(
        lane, demand: demand, capacity: capacity, charges, scratch, on: greedy[lane],
        bound: bound[lane], orders)
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
      guard (room .> 0).isAnySet else { continue }
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
}

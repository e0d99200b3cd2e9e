/// The allocation of one hour that μ leads: each SKU, the clearest cases first, goes to the pool in
/// which its reduced worth p_g − a_kg μ_k is largest, and what no longer fits to the next best;
/// then exchanges.
///
/// It owns the room that it works in, so that hours allocate nothing.
struct GuidedAllocation: ~Copyable {
  private let tables: HourOracle.Tables
  private let skuCount: Int
  private let poolCount: Int
  private let rest: UnsafeMutablePointer<Double>
  private let left: UnsafeMutablePointer<Double>
  private let mu: UnsafeMutablePointer<Double>
  /// Instance-hours covered, for each entry of `covers`.
  private let covered: UnsafeMutablePointer<Double>
  private let order: UnsafeMutablePointer<Turn>
  private let cursors: UnsafeMutablePointer<Int>

  private struct Turn {
    var regret: Double
    var sku: Int
  }

  init(_ tables: HourOracle.Tables, skuCount: Int, poolCount: Int) {
    self.tables = tables
    self.skuCount = skuCount
    self.poolCount = poolCount
    rest = .allocate(capacity: max(1, skuCount))
    left = .allocate(capacity: max(1, poolCount))
    mu = .allocate(capacity: max(1, poolCount))
    covered = .allocate(capacity: max(1, tables.covers.pool.count))
    order = .allocate(capacity: max(1, skuCount))
    cursors = .allocate(capacity: max(1, Exchange.cursorCount(tables.widest.count)))
  }

  deinit {
    rest.deallocate()
    left.deallocate()
    mu.deallocate()
    covered.deallocate()
    order.deallocate()
    cursors.deallocate()
  }

  /// Replaces the hour's allocation in the scratch where this one is cheaper.
  ///
  /// Where exchanges are to be tried, first the waterfall, bettered by them: it fills narrow pools
  /// before wide ones, as is best where they compete for the same usage. What μ says of them is the
  /// same then (all are worth the same at the margin), and no order of SKUs follows from it.
  ///
  /// - Returns: what the cheaper one costs.
  func improve(
    _ lane: Int, demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>,
    _ charges: borrowing HourOracle.Charges, _ scratch: borrowing HourOracle.Scratch,
    on known: Double, bound: Double, _ orders: ExchangeOrders?
  ) -> Double {
    // A large bill is reported to a ten-thousandth; what this leaves is a fiftieth of that.
    let goal = bound + (tables.isSmall ? 1e-9 : 2e-6) * abs(bound)
    var known = known
    if let orders {
      start(lane, demand, capacity, scratch)
      pour()
      let cost = exchanged(orders, charges, from: cost(lane, capacity, charges), to: goal)
      known = keep(cost, lane, scratch, ifBelow: known)
      if known <= goal { return known }
    }
    start(lane, demand, capacity, scratch)
    charges.price.withUnsafeBufferPointer { price in
      let turns = byRegret(price)
      for turn in turns { cover(turn.sku, price, atAnyPrice: false) }
      // μ is not exact: what is still free after all had their say is used by whom it fits.
      for turn in turns { cover(turn.sku, price, atAnyPrice: true) }
    }
    var cost = cost(lane, capacity, charges)
    if let orders { cost = exchanged(orders, charges, from: cost, to: goal) }
    return keep(cost, lane, scratch, ifBelow: known)
  }

  private func start(
    _ lane: Int, _ demand: UnsafePointer<Lanes>, _ capacity: UnsafePointer<Lanes>,
    _ scratch: borrowing HourOracle.Scratch
  ) {
    for g in 0..<skuCount { rest[g] = demand[g][lane] }
    for k in 0..<poolCount {
      left[k] = capacity[k][lane]
      mu[k] = scratch.mu.start[k][lane]
    }
    covered.initialize(repeating: 0, count: tables.covers.pool.count)
  }

  /// The waterfall.
  private func pour() {
    for e in 0..<tables.entries.count {
      let entry = tables.entries.start[e]
      let (k, g) = (Int(entry.pool), Int(entry.sku))
      guard left[k] > 0, rest[g] > 0 else { continue }
      let need = rest[g] * entry.use
      let taken = need <= left[k] ? rest[g] : left[k] * entry.yield
      rest[g] = need <= left[k] ? 0 : max(0, rest[g] - taken)
      left[k] = need <= left[k] ? left[k] - need : 0
      covered[Int(tables.entryCover.start[e])] += taken
    }
  }

  private func cost(
    _ lane: Int, _ capacity: UnsafePointer<Lanes>, _ charges: borrowing HourOracle.Charges
  ) -> Double {
    var cost = 0.0
    for g in 0..<skuCount { cost += rest[g] * charges.price[g] }
    for k in 0..<poolCount { cost -= (capacity[k][lane] - left[k]) * charges.reward[k] }
    return cost
  }

  private func exchanged(
    _ orders: ExchangeOrders, _ charges: borrowing HourOracle.Charges, from cost: Double,
    to goal: Double
  ) -> Double {
    let exchange = Exchange(
      orders, use: UnsafePointer(tables.covers.use.start), rest: rest, left: left,
      covered: covered, cursors: cursors)
    return exchange.run(cost: cost, goal: goal)
  }

  /// Writes the allocation to the scratch if it costs less than what is there.
  private func keep(
    _ cost: Double, _ lane: Int, _ scratch: borrowing HourOracle.Scratch, ifBelow known: Double
  ) -> Double {
    guard cost < known else { return known }
    for g in 0..<skuCount { scratch.rest.start[g][lane] = rest[g] }
    for k in 0..<poolCount { scratch.left.start[k][lane] = left[k] }
    return cost
  }

  @inline(__always)
  private func gain(_ g: Int, _ c: Int, _ price: UnsafeBufferPointer<Double>) -> Double {
    price[g] - tables.covers.use.start[c] * mu[Int(tables.covers.pool.start[c])]
  }

  /// SKUs with demand, those first that lose most if their best pool is full.
  private func byRegret(_ price: UnsafeBufferPointer<Double>) -> UnsafeMutableBufferPointer<Turn> {
    var count = 0
    for g in 0..<skuCount where rest[g] > 0 {
      var best = 0.0
      var second = 0.0
      for c in tables.covers.range(g) {
        let gain = gain(g, c, price)
        if gain > best {
          second = best
          best = gain
        } else if gain > second {
          second = gain
        }
      }
      order.advanced(by: count).initialize(
        to: Turn(regret: (best - second) / price[g], sku: g))
      count += 1
    }
    var turns = UnsafeMutableBufferPointer(start: order, count: count)
    turns.sort { ($0.regret, $1.sku) > ($1.regret, $0.sku) }
    return turns
  }

  /// Covers as much of a SKU as fits, best reduced worth first.
  private func cover(_ g: Int, _ price: UnsafeBufferPointer<Double>, atAnyPrice: Bool) {
    let (pools, uses) = (tables.covers.pool.start, tables.covers.use.start)
    let range = tables.covers.range(g)
    while rest[g] > 0 {
      var best = -1
      var bestGain = -Double.infinity
      for c in range where left[Int(pools[c])] > 1e-12 {
        let gain = gain(g, c, price)
        if gain > bestGain {
          bestGain = gain
          best = c
        }
      }
      guard best >= 0 else { return }
      // Capacity with a price is kept for whom it is worth that price.
      if !atAnyPrice, bestGain < -1e-9 * price[g] { return }
      let k = Int(pools[best])
      let taken = min(rest[g], left[k] / uses[best])
      rest[g] -= taken
      left[k] -= taken * uses[best]
      covered[best] += taken
      if taken * uses[best] < 1e-12 { left[k] = 0 }
    }
  }
}

/// Betters an hour's allocation by exchange between the widest pools.
///
/// Let r = a_jg / a_ig: how much capacity of pool j a SKU frees per capacity of pool i when it
/// moves from j to i. Capacity of i comes from what is left over, from a SKU that moves the other
/// way at a smaller ratio, or from a SKU that goes back on demand; what is freed of j covers the
/// SKU on demand that is worth most. Each step takes the best such exchange as far as it goes,
/// until none gains. Then chains through more pools than two: a unit of free capacity of i is worth
///
///     V_i = max( what most wants in at i,  max_j r_ij V_j )
///
/// and comes from what is left over, or from a SKU that goes back on demand.
struct Exchange {
  private let orders: ExchangeOrders
  private let count: Int
  private let use: UnsafePointer<Double>
  private let rest: UnsafeMutablePointer<Double>
  private let left: UnsafeMutablePointer<Double>
  /// Instance-hours covered, for each entry of `covers`.
  private let covered: UnsafeMutablePointer<Double>
  /// How far down each order the first lies that can still be taken. What becomes possible again
  /// moves its cursors back, so that a step looks at few SKUs, however many there are.
  private let cursors: UnsafeMutablePointer<Int>

  /// Steps at most: each takes a SKU or a capacity to its end.
  private static let steps = 200
  /// Hours and capacities below this are none: exchanges leave crumbs, and one of a crumb would be
  /// the best of all, and gain nothing.
  private static let dust = 1e-7

  /// - Parameters:
  ///   - rest: demand of each SKU that stays on demand; changed.
  ///   - left: capacity of each pool that is not used; changed.
  ///   - cursors: room for `cursorCount`.
  init(
    _ orders: ExchangeOrders, use: UnsafePointer<Double>, rest: UnsafeMutablePointer<Double>,
    left: UnsafeMutablePointer<Double>, covered: UnsafeMutablePointer<Double>,
    cursors: UnsafeMutablePointer<Int>
  ) {
    self.orders = orders
    count = orders.pools.count
    self.use = use
    self.rest = rest
    self.left = left
    self.covered = covered
    self.cursors = cursors
    cursors.initialize(repeating: 0, count: Self.cursorCount(count))
  }

  /// - Parameter pools: how many are the widest.
  static func cursorCount(_ pools: Int) -> Int { 2 * pools * (pools + 1) }

  /// A figure for each of the widest pools.
  private typealias Pools = SIMD8<Double>

  private var wanting: Int { 0 }
  private var leaving: Int { count }
  private var forth: Int { 2 * count }
  private var back: Int { 2 * count + count * count }

  /// The first of an order that can still be taken.
  @inline(__always) private func item(_ order: Int) -> ExchangeOrders.Item? {
    let items = orders.lists.start[order]
    return cursors[order] < items.count ? items.start[cursors[order]] : nil
  }

  /// Moves a cursor on to what is possible.
  @inline(__always)
  private func advance(_ order: Int, to isPossible: (ExchangeOrders.Item) -> Bool) {
    let items = orders.lists.start[order]
    var cursor = cursors[order]
    while cursor < items.count, !isPossible(items.start[cursor]) { cursor += 1 }
    cursors[order] = cursor
  }

  @inline(__always) private func rewind(_ order: Int, to sku: Int) {
    cursors[order] = min(cursors[order], orders.lists.start[order].rank[sku])
  }

  /// Exchanges until `goal` is reached, or until no step gains.
  func run(cost: Double, goal: Double) -> Double {
    var cost = cost
    for _ in 1...Self.steps where cost > goal {
      let gained = step()
      guard gained > 0 else { break }
      cost -= gained
    }
    return cost
  }

  /// One exchange; what it gains in currency units.
  private func step() -> Double {
    for j in 0..<count {
      advance(wanting + j) { rest[$0.sku] > Self.dust }
      advance(leaving + j) { covered[$0.entry] > Self.dust }
    }
    for pair in 0..<count * count {
      advance(forth + pair) { covered[$0.entry] > Self.dust }
      advance(back + pair) { covered[$0.entry] > Self.dust }
    }
    let gained = take()
    return gained > 0 ? gained : chain()
  }

  /// Makes the best exchange through a chain of pools; what it gains in currency units.
  private func chain() -> Double {
    guard count > 2, count <= Pools.scalarCount else { return 0 }
    var worth = Pools()
    var next = SIMD8<Int>(repeating: -1)
    for j in 0..<count { worth[j] = item(wanting + j)?.value ?? 0 }
    for _ in 1..<count {
      for i in 0..<count {
        for j in 0..<count where j != i && worth[j] > 0 {
          guard let mover = item(forth + i * count + j) else { continue }
          let through = mover.value * worth[j]
          if through > worth[i] * (1 + 1e-12) { (worth[i], next[i]) = (through, j) }
        }
      }
    }
    var best = (gain: 1e-9, first: -1, isLeftover: true)
    for i in 0..<count {
      if left[orders.pools.start[i]] > Self.dust, worth[i] > best.gain {
        best = (worth[i], i, true)
      }
      if let leaver = item(leaving + i), worth[i] - leaver.value > best.gain {
        best = (worth[i] - leaver.value, i, false)
      }
    }
    guard best.first >= 0 else { return 0 }
    let leaver = best.isLeftover ? nil : item(leaving + best.first)
    var amount = left[orders.pools.start[best.first]]
    if let leaver { amount = covered[leaver.entry] * use[leaver.entry] }
    // In capacity of the first pool: what one unit of it has become on the way.
    var factor = 1.0
    var (i, length) = (best.first, 0)
    while next[i] >= 0 {
      guard let mover = item(forth + i * count + next[i]) else { return 0 }
      amount = min(amount, covered[mover.entry] * use[mover.other] / factor)
      factor *= mover.value
      i = next[i]
      length += 1
      // Around a circle there is no end.
      if length > count { return 0 }
    }
    guard let wanted = item(wanting + i) else { return 0 }
    amount = min(amount, rest[wanted.sku] * use[wanted.entry] / factor)
    guard amount > 0 else { return 0 }
    pass(amount, from: best.first, along: next, leaver, to: wanted)
    return amount * best.gain
  }

  /// Carries capacity along a chain.
  private func pass(
    _ amount: Double, from first: Int, along next: SIMD8<Int>, _ leaver: ExchangeOrders.Item?,
    to wanted: ExchangeOrders.Item
  ) {
    if let leaver {
      putBack(leaver, by: amount / use[leaver.entry])
    } else {
      left[orders.pools.start[first]] -= amount
    }
    var (i, room) = (first, amount)
    // A chain takes what its cursors are at, which moves must not change before all are made.
    var moves: [(hours: Double, item: ExchangeOrders.Item)] = []
    while next[i] >= 0 {
      guard let mover = item(forth + i * count + next[i]) else { break }
      moves.append((room / use[mover.other], mover))
      room *= mover.value
      i = next[i]
    }
    for step in moves { move(step.hours, step.item) }
    enter(wanted, by: room / use[wanted.entry])
  }

  private func putBack(_ leaver: ExchangeOrders.Item, by hours: Double) {
    cover(leaver.entry, leaver.sku, by: -hours)
    rest[leaver.sku] += hours
    for j in 0..<count { rewind(wanting + j, to: leaver.sku) }
  }

  private func enter(_ wanted: ExchangeOrders.Item, by hours: Double) {
    cover(wanted.entry, wanted.sku, by: hours)
    rest[wanted.sku] = max(0, rest[wanted.sku] - hours)
  }

  /// Makes the best exchange between these ends; what it gains in currency units.
  private func take() -> Double {
    enum Source { case leftover, back, onDemand }
    var best = (gain: 0.0, i: -1, j: -1, source: Source.leftover)
    for i in 0..<count {
      let leaver = item(leaving + i)
      for j in 0..<count where j != i {
        let pair = i * count + j
        guard let wanted = item(wanting + j),
          let mover = item(forth + pair)
        else { continue }
        let freed = mover.value * wanted.value
        if left[orders.pools.start[i]] > Self.dust, freed > best.gain {
          best = (freed, i, j, .leftover)
        }
        if let other = item(back + pair) {
          let gain = freed - other.value * wanted.value
          if gain > best.gain { best = (gain, i, j, .back) }
        }
        if let leaver, freed - leaver.value > best.gain {
          best = (freed - leaver.value, i, j, .onDemand)
        }
      }
    }
    guard best.i >= 0 else { return 0 }
    let pair = best.i * count + best.j
    guard best.gain > 1e-9, let wanted = item(wanting + best.j),
      let mover = item(forth + pair)
    else { return 0 }
    // In capacity of i.
    var amount = covered[mover.entry] * use[mover.other]
    var net = mover.value
    let other = item(back + pair)
    let leaver = item(leaving + best.i)
    switch best.source {
    case .leftover: amount = min(amount, left[orders.pools.start[best.i]])
    case .back:
      guard let other else { return 0 }
      amount = min(amount, covered[other.entry] * use[other.entry])
      net -= other.value
    case .onDemand:
      guard let leaver else { return 0 }
      amount = min(amount, covered[leaver.entry] * use[leaver.entry])
    }
    amount = min(amount, rest[wanted.sku] * use[wanted.entry] / max(net, 1e-300))
    guard amount > 0 else { return 0 }
    move(amount / use[mover.other], mover)
    switch best.source {
    case .leftover: left[orders.pools.start[best.i]] -= amount
    case .back: if let other { move(amount / use[other.entry], other) }
    case .onDemand:
      if let leaver { putBack(leaver, by: amount / use[leaver.entry]) }
    }
    enter(wanted, by: amount * net / use[wanted.entry])
    return amount * best.gain
  }

  private func move(_ hours: Double, _ item: ExchangeOrders.Item) {
    cover(item.entry, item.sku, by: -hours)
    cover(item.other, item.sku, by: hours)
  }

  private func cover(_ entry: Int, _ sku: Int, by hours: Double) {
    let wasNone = covered[entry] <= Self.dust
    covered[entry] = max(0, covered[entry] + hours)
    guard wasNone, covered[entry] > Self.dust else { return }
    let k = orders.place.start[entry]
    rewind(leaving + k, to: sku)
    for other in 0..<count where other != k {
      rewind(forth + other * count + k, to: sku)
      rewind(back + k * count + other, to: sku)
    }
  }
}

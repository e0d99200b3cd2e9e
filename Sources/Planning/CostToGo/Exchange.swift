/// Betters an hour's allocation by exchange between the widest pools.
///
/// Let r = a_jg / a_ig: how much capacity of pool j a SKU frees per capacity of pool i when it moves from j
/// to i. Capacity of i comes from what is left over, from a SKU that moves the other way at a smaller ratio,
/// or from a SKU that goes back on demand; what is freed of j covers the SKU on demand that is worth most.
/// Each step takes the best such exchange as far as it goes, until none gains.
struct Exchange {
  private let orders: ExchangeOrders
  private let use: UnsafePointer<Double>
  private(set) var rest: [Double]
  private(set) var left: [Double]
  /// Instance-hours covered, for each entry of `covers`.
  private var covered: [Double]
  /// How far down each order the first lies that can still be taken. What becomes possible again
  /// moves its cursors back, so that a step looks at few SKUs, however many there are.
  private var forth: [Int]
  private var back: [Int]
  private var wanting: [Int]
  private var leaving: [Int]

  /// Steps at most: each takes a SKU or a capacity to its end.
  private static let steps = 200
  /// Hours and capacities below this are none.
  private static let dust = 1e-12

  init(
    _ tables: HourOracle.Tables, _ orders: ExchangeOrders, rest: [Double], left: [Double],
    covered: [Double]
  ) {
    self.orders = orders
    use = UnsafePointer(tables.covers.use.start)
    self.rest = rest
    self.left = left
    self.covered = covered
    let count = orders.pools.count
    forth = [Int](repeating: 0, count: count * count)
    back = forth
    wanting = [Int](repeating: 0, count: count)
    leaving = wanting
  }

  /// Exchanges until `goal` is reached, or until steps gain no more than dust.
  ///
  /// - Parameter patience: the share of the way to the goal that each eight steps must go; what is
  ///   slower would not arrive within the steps that there are.
  mutating func run(cost: Double, goal: Double, patience: Double) -> Double {
    var cost = cost
    var before = cost
    for step in 1...Self.steps where cost > goal {
      let gained = self.step()
      guard gained > 1e-12 else { break }
      cost -= gained
      guard step % 8 == 0 else { continue }
      if before - cost < patience * (before - goal) { break }
      before = cost
    }
    return cost
  }

  /// One exchange; what it gains in currency units.
  private mutating func step() -> Double {
    let count = orders.pools.count
    for j in 0..<count {
      orders.wanting[j].advance(&wanting[j]) { rest[$0.sku] > Self.dust }
      orders.leaving[j].advance(&leaving[j]) { covered[$0.entry] > Self.dust }
    }
    for pair in 0..<count * count {
      orders.forth[pair].advance(&forth[pair]) { covered[$0.entry] > Self.dust }
      orders.back[pair].advance(&back[pair]) { covered[$0.entry] > Self.dust }
    }
    return take()
  }

  /// Makes the best exchange between these ends; what it gains in currency units.
  private mutating func take() -> Double {
    enum Source { case leftover, back, onDemand }
    let count = orders.pools.count
    var best = (gain: 0.0, i: -1, j: -1, source: Source.leftover)
    for i in 0..<count {
      let leaver = orders.leaving[i].item(leaving[i])
      for j in 0..<count where j != i {
        let pair = i * count + j
        guard let wanted = orders.wanting[j].item(wanting[j]),
          let mover = orders.forth[pair].item(forth[pair])
        else { continue }
        let freed = mover.value * wanted.value
        if left[orders.pools[i]] > Self.dust, freed > best.gain { best = (freed, i, j, .leftover) }
        if let other = orders.back[pair].item(back[pair]) {
          let gain = freed - other.value * wanted.value
          if gain > best.gain { best = (gain, i, j, .back) }
        }
        if let leaver, freed - leaver.value > best.gain {
          best = (freed - leaver.value, i, j, .onDemand)
        }
      }
    }
    let pair = best.i * count + best.j
    guard best.i >= 0, best.gain > 1e-9, let wanted = orders.wanting[best.j].item(wanting[best.j]),
      let mover = orders.forth[pair].item(forth[pair])
    else { return 0 }
    // In capacity of i.
    var amount = covered[mover.entry] * use[mover.other]
    var net = mover.value
    let other = orders.back[pair].item(back[pair])
    let leaver = orders.leaving[best.i].item(leaving[best.i])
    switch best.source {
    case .leftover: amount = min(amount, left[orders.pools[best.i]])
    case .back:
      guard let other else { return 0 }
      amount = min(amount, covered[other.entry] * use[other.entry])
      net -= other.value
    case .onDemand:
      guard let leaver else { return 0 }
      amount = min(amount, covered[leaver.entry] * use[leaver.entry])
    }
    amount = min(amount, rest[wanted.sku] * use[wanted.entry] / max(net, 1e-300))
    guard amount > Self.dust else { return 0 }
    move(amount / use[mover.other], mover)
    switch best.source {
    case .leftover: left[orders.pools[best.i]] -= amount
    case .back: if let other { move(amount / use[other.entry], other) }
    case .onDemand:
      if let leaver {
        let hours = amount / use[leaver.entry]
        cover(leaver.entry, leaver.sku, by: -hours)
        rest[leaver.sku] += hours
        for j in 0..<count { orders.wanting[j].rewind(&wanting[j], to: leaver.sku) }
      }
    }
    let entered = amount * net / use[wanted.entry]
    cover(wanted.entry, wanted.sku, by: entered)
    rest[wanted.sku] = max(0, rest[wanted.sku] - entered)
    return amount * best.gain
  }

  private mutating func move(_ hours: Double, _ item: ExchangeOrders.Item) {
    cover(item.entry, item.sku, by: -hours)
    cover(item.other, item.sku, by: hours)
  }

  private mutating func cover(_ entry: Int, _ sku: Int, by hours: Double) {
    let wasNone = covered[entry] <= Self.dust
    covered[entry] = max(0, covered[entry] + hours)
    guard wasNone, covered[entry] > Self.dust else { return }
    let count = orders.pools.count
    let k = orders.place[entry]
    orders.leaving[k].rewind(&leaving[k], to: sku)
    for other in 0..<count where other != k {
      orders.forth[other * count + k].rewind(&forth[other * count + k], to: sku)
      orders.back[k * count + other].rewind(&back[k * count + other], to: sku)
    }
  }
}

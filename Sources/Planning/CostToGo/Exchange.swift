/// Betters an hour's allocation by exchange between the widest pools.
///
/// Let r = a_jg / a_ig: how much capacity of pool j a SKU frees per capacity of pool i when it moves from j
/// to i. Capacity of i comes from what is left over, from a SKU that moves the other way at a smaller ratio,
/// or from a SKU that goes back on demand; what is freed of j covers the SKU on demand that is worth most.
/// Each step takes the best such exchange as far as it goes, until none gains.
struct Exchange {
  private let price: [Double]
  private let covers: HourOracle.Tables.Covers
  private let wide: UnsafePointer<Int32>
  private let count: Int
  private(set) var rest: [Double]
  private(set) var left: [Double]
  /// Instance-hours covered, for each entry of `covers`.
  private var covered: [Double]
  /// For each widest pool, its index among all pools.
  private let pools: [Int]

  /// Steps at most: each takes a SKU or a capacity to its end.
  private static let steps = 200

  init(
    _ tables: HourOracle.Tables, price: [Double], rest: [Double], left: [Double],
    covered: [Double]
  ) {
    self.price = price
    covers = tables.covers
    wide = UnsafePointer(tables.wide.start)
    count = tables.widest.count
    pools = tables.widest
    self.rest = rest
    self.left = left
    self.covered = covered
  }

  /// The best ends of an exchange between two pools.
  private struct Ends {
    /// Largest ratio among SKUs that can move from j to i, and where its two entries are.
    var forth = (ratio: 0.0, from: -1, to: -1)
    /// Smallest ratio among SKUs that can move from i to j.
    var back = (ratio: Double.infinity, from: -1, to: -1)
  }

  /// Exchanges until nothing gains, or `goal` is reached.
  mutating func run(cost: Double, goal: Double) -> Double {
    var cost = cost
    for _ in 0..<Self.steps where cost > goal {
      let gained = step()
      guard gained > 1e-12 else { break }
      cost -= gained
    }
    return cost
  }

  /// One exchange; what it gains in currency units.
  private mutating func step() -> Double {
    var ends = [Ends](repeating: Ends(), count: count * count)
    // What most wants into each pool, and what most easily leaves it for on demand.
    var wanting = [(worth: Double, entry: Int, sku: Int)](repeating: (0, -1, -1), count: count)
    var leaving = [(worth: Double, entry: Int, sku: Int)](
      repeating: (.infinity, -1, -1), count: count)
    for g in price.indices {
      let range = covers.range(g)
      for c in range {
        let j = Int(wide[Int(covers.pool.start[c])])
        guard j >= 0 else { continue }
        let worth = price[g] / covers.use.start[c]
        if rest[g] > 1e-12, worth > wanting[j].worth { wanting[j] = (worth, c, g) }
        if covered[c] > 1e-12, worth < leaving[j].worth { leaving[j] = (worth, c, g) }
        for d in range where d != c {
          let i = Int(wide[Int(covers.pool.start[d])])
          guard i >= 0 else { continue }
          let ratio = covers.use.start[c] / covers.use.start[d]
          let pair = i * count + j
          if covered[c] > 1e-12, ratio > ends[pair].forth.ratio {
            ends[pair].forth = (ratio, c, d)
          }
          if covered[d] > 1e-12, ratio < ends[pair].back.ratio { ends[pair].back = (ratio, d, c) }
        }
      }
    }
    return take(ends, wanting, leaving)
  }

  private mutating func take(
    _ ends: [Ends], _ wanting: [(worth: Double, entry: Int, sku: Int)],
    _ leaving: [(worth: Double, entry: Int, sku: Int)]
  ) -> Double {
    enum Source { case leftover, back, onDemand }
    var best = (gain: 0.0, i: -1, j: -1, source: Source.leftover)
    for i in 0..<count {
      for j in 0..<count where j != i && wanting[j].entry >= 0 {
        let pair = ends[i * count + j]
        guard pair.forth.from >= 0 else { continue }
        let freed = pair.forth.ratio * wanting[j].worth
        var offers: [(Double, Source)] = []
        if left[pools[i]] > 1e-12 { offers.append((freed, .leftover)) }
        if pair.back.from >= 0 {
          offers.append((freed - pair.back.ratio * wanting[j].worth, .back))
        }
        if leaving[i].entry >= 0 { offers.append((freed - leaving[i].worth, .onDemand)) }
        for (gain, source) in offers where gain > best.gain { best = (gain, i, j, source) }
      }
    }
    guard best.i >= 0, best.gain > 1e-9 else { return 0 }
    let pair = ends[best.i * count + best.j]
    let (forth, back) = (pair.forth, pair.back)
    let use = covers.use.start
    // In capacity of i.
    var amount = covered[forth.from] * use[forth.to]
    var net = forth.ratio
    switch best.source {
    case .leftover: amount = min(amount, left[pools[best.i]])
    case .back:
      amount = min(amount, covered[back.from] * use[back.from])
      net -= back.ratio
    case .onDemand:
      amount = min(amount, covered[leaving[best.i].entry] * use[leaving[best.i].entry])
    }
    let (entry, sku) = (wanting[best.j].entry, wanting[best.j].sku)
    amount = min(amount, rest[sku] * use[entry] / max(net, 1e-300))
    guard amount > 1e-12 else { return 0 }
    move(amount / use[forth.to], from: forth.from, to: forth.to)
    switch best.source {
    case .leftover: left[pools[best.i]] -= amount
    case .back: move(amount / use[back.from], from: back.from, to: back.to)
    case .onDemand:
      let leaver = leaving[best.i]
      covered[leaver.entry] = max(0, covered[leaver.entry] - amount / use[leaver.entry])
      rest[leaver.sku] += amount / use[leaver.entry]
    }
    let entered = amount * net / use[entry]
    covered[entry] += entered
    rest[sku] = max(0, rest[sku] - entered)
    return amount * best.gain
  }

  private mutating func move(_ hours: Double, from: Int, to: Int) {
    covered[from] = max(0, covered[from] - hours)
    covered[to] += hours
  }
}

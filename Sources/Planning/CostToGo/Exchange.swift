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
  /// For each pair of widest pools, of the step at hand.
  private var ends: [Ends]
  /// What most wants into each pool.
  private var wanting: [Candidate]
  /// What most easily leaves it for on demand.
  private var leaving: [Candidate]

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
    ends = [Ends](repeating: Ends(), count: count * count)
    wanting = [Candidate](repeating: .wanting, count: count)
    leaving = [Candidate](repeating: .leaving, count: count)
  }

  /// The best ends of an exchange between two pools.
  private struct Ends {
    /// Largest ratio among SKUs that can move from j to i, and where its two entries are.
    var forth = (ratio: 0.0, from: -1, to: -1)
    /// Smallest ratio among SKUs that can move from i to j.
    var back = (ratio: Double.infinity, from: -1, to: -1)
  }

  /// A SKU that may enter a pool or leave it, and what an hour's capacity is worth to it there.
  private struct Candidate {
    var worth: Double
    var entry = -1
    var sku = -1

    static let wanting = Candidate(worth: 0)
    static let leaving = Candidate(worth: .infinity)
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
    for pair in ends.indices { ends[pair] = Ends() }
    for j in 0..<count { (wanting[j], leaving[j]) = (.wanting, .leaving) }
    for g in price.indices {
      let range = covers.range(g)
      for c in range {
        let j = Int(wide[Int(covers.pool.start[c])])
        guard j >= 0 else { continue }
        let worth = price[g] / covers.use.start[c]
        if rest[g] > 1e-12, worth > wanting[j].worth {
          wanting[j] = Candidate(worth: worth, entry: c, sku: g)
        }
        if covered[c] > 1e-12, worth < leaving[j].worth {
          leaving[j] = Candidate(worth: worth, entry: c, sku: g)
        }
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
    return take()
  }

  /// Makes the best exchange between these ends; what it gains in currency units.
  private mutating func take() -> Double {
    enum Source { case leftover, back, onDemand }
    var best = (gain: 0.0, i: -1, j: -1, source: Source.leftover)
    for i in 0..<count {
      for j in 0..<count where j != i && wanting[j].entry >= 0 {
        let pair = ends[i * count + j]
        guard pair.forth.from >= 0 else { continue }
        let freed = pair.forth.ratio * wanting[j].worth
        if left[pools[i]] > 1e-12, freed > best.gain { best = (freed, i, j, .leftover) }
        let back = freed - pair.back.ratio * wanting[j].worth
        if pair.back.from >= 0, back > best.gain { best = (back, i, j, .back) }
        let onDemand = freed - leaving[i].worth
        if leaving[i].entry >= 0, onDemand > best.gain { best = (onDemand, i, j, .onDemand) }
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

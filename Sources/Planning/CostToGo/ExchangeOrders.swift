/// The orders in which exchanges between the widest pools are tried: they follow from prices and uses
/// alone, so they are the same in all hours.
struct ExchangeOrders: Sendable {
  /// For each widest pool, its index among all pools.
  let pools: [Int]
  /// For each entry of `covers`, the place of its pool among the widest; -1 for other pools.
  let place: [Int]
  /// For each pair (i, j): what can move from j to i, largest ratio first.
  let forth: [Order]
  /// For each pair (i, j): what can move from i to j, smallest ratio first.
  let back: [Order]
  /// For each pool, what most wants in.
  let wanting: [Order]
  /// For each pool, what most easily leaves it for on demand.
  let leaving: [Order]

  /// A SKU that may move, enter or leave.
  struct Item: Sendable {
    /// Its ratio, or what an hour's capacity is worth to it.
    var value: Double
    /// Its entry of `covers` in the pool that it leaves or enters.
    var entry: Int
    /// The entry that it moves to.
    var other = -1
    var sku: Int
  }

  /// SKUs in an order, equals by their number.
  struct Order: Sendable {
    let items: [Item]
    /// For each SKU its place among the items; past the end for those that are not there.
    private let rank: [Int]

    init(_ items: [Item], skuCount: Int, by isBefore: (Double, Double) -> Bool) {
      self.items = items.sorted {
        $0.value != $1.value ? isBefore($0.value, $1.value) : $0.sku < $1.sku
      }
      var rank = [Int](repeating: items.count, count: skuCount)
      for (place, item) in self.items.enumerated() { rank[item.sku] = place }
      self.rank = rank
    }

    @inline(__always) func item(_ cursor: Int) -> Item? {
      cursor < items.count ? items[cursor] : nil
    }

    @inline(__always) func advance(_ cursor: inout Int, to isPossible: (Item) -> Bool) {
      while cursor < items.count, !isPossible(items[cursor]) { cursor += 1 }
    }

    @inline(__always) func rewind(_ cursor: inout Int, to sku: Int) {
      cursor = min(cursor, rank[sku])
    }
  }

  init(_ tables: HourOracle.Tables, price: [Double]) {
    let covers = tables.covers
    let count = tables.widest.count
    var place = [Int](repeating: -1, count: covers.pool.count)
    var items = (0..<3).map { _ in [[Item]](repeating: [], count: count * count) }
    for g in price.indices {
      for c in covers.range(g) {
        let j = Int(tables.wide.start[Int(covers.pool.start[c])])
        place[c] = j
        guard j >= 0 else { continue }
        let use = covers.use.start[c]
        items[0][j].append(Item(value: price[g] / use, entry: c, sku: g))
        for d in covers.range(g) where d != c {
          let i = Int(tables.wide.start[Int(covers.pool.start[d])])
          guard i >= 0 else { continue }
          let ratio = use / covers.use.start[d]
          items[1][i * count + j].append(Item(value: ratio, entry: c, other: d, sku: g))
          items[2][i * count + j].append(Item(value: ratio, entry: d, other: c, sku: g))
        }
      }
    }
    let skuCount = price.count
    pools = tables.widest
    self.place = place
    wanting = items[0].prefix(count).map { Order($0, skuCount: skuCount, by: >) }
    leaving = items[0].prefix(count).map { Order($0, skuCount: skuCount, by: <) }
    forth = items[1].map { Order($0, skuCount: skuCount, by: >) }
    back = items[2].map { Order($0, skuCount: skuCount, by: <) }
  }
}

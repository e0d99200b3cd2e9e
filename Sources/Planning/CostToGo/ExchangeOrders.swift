/// The orders in which exchanges between the widest pools are tried: they follow from prices and
/// uses alone, so they are the same in all hours.
final class ExchangeOrders: @unchecked Sendable {
  /// For each widest pool, its index among all pools.
  let pools: Table<Int>
  /// For each entry of `covers`, the place of its pool among the widest; -1 for other pools.
  let place: Table<Int>
  /// For each pool what most wants in; for each what most easily leaves it for on demand; for each
  /// pair (i, j) what can move from j to i, largest ratio first; for each what can move from i to
  /// j, smallest ratio first.
  let lists: Table<List>
  private let items: Table<Item>
  private let ranks: Table<Int>

  /// A SKU that may move, enter or leave.
  struct Item: Sendable, BitwiseCopyable {
    /// Its ratio, or what an hour's capacity is worth to it.
    var value: Double
    /// Its entry of `covers` in the pool that it leaves or enters.
    var entry: Int
    /// The entry that it moves to.
    var other = -1
    var sku: Int
  }

  /// SKUs in an order, equals by their number.
  struct List: @unchecked Sendable, BitwiseCopyable {
    let start: UnsafePointer<Item>
    let count: Int
    /// For each SKU its place in the list; past the end for those that are not there.
    let rank: UnsafePointer<Int>
  }

  init(_ tables: HourOracle.Tables, price: [Double]) {
    let covers = tables.covers
    let count = tables.widest.count
    var place = [Int](repeating: -1, count: covers.pool.count)
    var wanting = [[Item]](repeating: [], count: count)
    var forth = [[Item]](repeating: [], count: count * count)
    var back = forth
    for g in price.indices {
      for c in covers.range(g) {
        let j = Int(tables.wide.start[Int(covers.pool.start[c])])
        place[c] = j
        guard j >= 0 else { continue }
        let use = covers.use.start[c]
        wanting[j].append(Item(value: price[g] / use, entry: c, sku: g))
        for d in covers.range(g) where d != c {
          let i = Int(tables.wide.start[Int(covers.pool.start[d])])
          guard i >= 0 else { continue }
          let ratio = use / covers.use.start[d]
          forth[i * count + j].append(Item(value: ratio, entry: c, other: d, sku: g))
          back[i * count + j].append(Item(value: ratio, entry: d, other: c, sku: g))
        }
      }
    }
    func sorted(_ items: [Item], by isBefore: (Double, Double) -> Bool) -> [Item] {
      items.sorted { $0.value != $1.value ? isBefore($0.value, $1.value) : $0.sku < $1.sku }
    }
    let all =
      wanting.map { sorted($0, by: >) } + wanting.map { sorted($0, by: <) }
      + forth.map { sorted($0, by: >) } + back.map { sorted($0, by: <) }
    items = Table(all.flatMap { $0 })
    ranks = Table(
      all.flatMap { list in
        var rank = [Int](repeating: list.count, count: price.count)
        for (place, item) in list.enumerated() { rank[item.sku] = place }
        return rank
      })
    var lists: [List] = []
    var next = items.start
    for (position, list) in all.enumerated() {
      lists.append(
        List(
          start: UnsafePointer(next), count: list.count,
          rank: UnsafePointer(ranks.start + position * price.count)))
      next += list.count
    }
    self.lists = Table(lists)
    pools = Table(tables.widest)
    self.place = Table(place)
  }
}

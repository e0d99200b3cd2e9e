/// Which pools lie in which: those whose SKUs another one covers too.
struct ContainedPools {
  struct Part {
    var pool: Int
    /// The least capacity of the wider pool for one of this that a SKU takes.
    var rate: Double
  }

  private let model: Model
  private let uses: [[Int: Double]]

  init(_ model: Model) {
    self.model = model
    uses = model.pools.map { pool in
      Dictionary(pool.members.map { ($0.sku, $0.use) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The pools in one that come no later in the provider's order, itself included.
  func pools(in wide: Int) -> [Part] {
    model.pools.indices.compactMap { k in
      guard model.pools[k].level <= model.pools[wide].level else { return nil }
      return rate(k, in: wide).map { Part(pool: k, rate: $0) }
    }
  }

  func rate(_ k: Int, in wide: Int) -> Double? {
    guard uses[k].count <= uses[wide].count, !uses[k].isEmpty else { return nil }
    var least = Double.infinity
    for (sku, use) in uses[k] {
      guard let wider = uses[wide][sku], use > 0 else { return nil }
      least = min(least, wider / use)
    }
    return least
  }

  /// The pools that have the same usage as one, itself included.
  func same(as home: Int) -> [Part] {
    model.pools.indices.compactMap { k in
      guard uses[k].count == uses[home].count else { return nil }
      return rate(k, in: home).map { Part(pool: k, rate: $0) }
    }
  }

  /// A pool in the widest of the narrow ones that it lies in.
  struct Nested {
    var pool: Int
    var home: Int
    /// Whether both have the same SKUs.
    var isWhole: Bool
    /// The least capacity of `home` for one of `pool` that a SKU takes.
    var rate: Double
  }

  /// Whether the provider applies what is bought of a pool before what is bought of others.
  private func isFirst(_ k: Int, _ others: Set<Int>) -> Bool {
    others.allSatisfy { model.pools[k].level < model.pools[$0].level }
  }

  /// Of narrow pools those whose usage no other one has a part of, but for pools of the same SKUs
  /// and of their home's.
  func nested(_ narrow: [Int]) -> [Nested] {
    var sharing: [Int: [Int]] = [:]
    for k in narrow { for sku in uses[k].keys { sharing[sku, default: []].append(k) } }
    func neighbours(_ k: Int) -> Set<Int> { Set(uses[k].keys.flatMap { sharing[$0] ?? [] }) }
    func isSame(_ a: Int, _ b: Int) -> Bool {
      uses[a].count == uses[b].count && rate(a, in: b) != nil
    }
    return narrow.compactMap { k in
      let near = neighbours(k)
      let containing = near.filter { rate(k, in: $0) != nil }
      guard
        let home = containing.min(by: { (-uses[$0].count, $0) < (-uses[$1].count, $1) }),
        let rate = rate(k, in: home),
        near.allSatisfy({ isSame($0, home) || isSame($0, k) || isSame(k, home) }),
        neighbours(home).allSatisfy({ self.rate($0, in: home) != nil }),
        isSame(k, home) || isFirst(k, near.filter { isSame($0, home) })
      else { return nil }
      return Nested(pool: k, home: home, isWhole: isSame(k, home), rate: rate)
    }
  }
}

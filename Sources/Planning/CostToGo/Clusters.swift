/// What hangs together once the μ of the widest pools is given: SKUs and pools that overlap,
/// families as a rule. Each cluster can then be looked at alone.
struct Clusters: Sendable {
  let count: Int
  /// For each SKU its cluster; nil where only the widest pools cover it.
  let ofSKU: [Int?]
  /// For each pool its cluster; nil for the widest ones.
  let ofPool: [Int?]
  /// For each cluster, its instruments.
  let instruments: [[Int]]

  init(_ model: Model, widest: [Int]) {
    let narrow = Set(model.pools.indices).subtracting(widest).sorted()
    // Union by the smallest pool that a SKU is reached from.
    var parent = Array(model.pools.indices)
    func root(_ k: Int) -> Int {
      var k = k
      while parent[k] != k { k = parent[k] }
      return k
    }
    var first = [Int?](repeating: nil, count: model.skus.count)
    for k in narrow {
      for member in model.pools[k].members {
        if let other = first[member.sku] {
          let (a, b) = (root(k), root(other))
          parent[max(a, b)] = min(a, b)
        } else {
          first[member.sku] = k
        }
      }
    }
    var numbers: [Int: Int] = [:]
    var pools = [Int?](repeating: nil, count: model.pools.count)
    for k in narrow {
      let r = root(k)
      if numbers[r] == nil { numbers[r] = numbers.count }
      pools[k] = numbers[r]
    }
    count = numbers.count
    ofPool = pools
    ofSKU = first.map { $0.flatMap { pools[$0] } }
    var instruments = [[Int]](repeating: [], count: count)
    for (j, instrument) in model.instruments.enumerated() {
      if let f = pools[instrument.pool] { instruments[f].append(j) }
    }
    self.instruments = instruments
  }
}

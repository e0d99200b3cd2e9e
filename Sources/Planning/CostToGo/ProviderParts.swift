import CloudCosts

/// The usage of each provider whose contract years are rows of the program, and all other usage.
///
/// No commitment covers two providers' usage, so the cost-to-go is a sum over these parts, and so
/// are its cuts. A contract year counts its provider's part alone.
struct ProviderParts: Sendable {
  let count: Int
  /// The part of each SKU, of each pool.
  private let skus: [Int]
  private let pools: [Int]

  init(_ model: Model) {
    var providers: [Provider] = []
    for row in model.spendRows where !providers.contains(row.provider) {
      providers.append(row.provider)
    }
    let parts = model.skus.map { sku in
      providers.firstIndex { $0 == sku.provider } ?? providers.count
    }
    // Rows over the use of pools count hours of slots, and machines' actions are no part's.
    guard Set(parts).count > 1, model.machines.isEmpty,
      model.rows.allSatisfy(\.used.isEmpty)
    else {
      (count, skus, pools) = (1, model.skus.map { _ in 0 }, model.pools.map { _ in 0 })
      return
    }
    count = providers.count + 1
    skus = parts
    pools = model.pools.map { $0.members.first.map { parts[$0.sku] } ?? 0 }
  }

  /// The part that a row's usage is; nil where there is one for all.
  func part(of row: SpendRow) -> Int? {
    count == 1 ? nil : row.skus.first.map { skus[$0] }
  }

  func contains(sku: Int, in part: Int?) -> Bool { part == nil || skus[sku] == part }

  func contains(pool: Int, in part: Int?) -> Bool { part == nil || pools[pool] == part }

  /// Adds what each part of eight hours costs at the prices that were found for them.
  func add(
    to values: inout [Double], demand: UnsafePointer<Lanes>, capacity: UnsafePointer<Lanes>,
    worth: UnsafePointer<Lanes>, prices: (Int) -> Lanes
  ) {
    guard count > 1 else { return }
    for (g, part) in skus.enumerated() { values[part] += (worth[g] * demand[g]).sum() }
    for (k, part) in pools.enumerated() { values[part] -= (prices(k) * capacity[k]).sum() }
  }
}

/// Usage and purchases that nothing ties to the rest of a model: a program of its own.
struct ModelPart: Sendable {
  var model: Model
  /// Its instruments among those of the whole.
  let instruments: [Int]
}

extension Model {
  /// The programs that it falls apart into; none where it does not.
  ///
  /// What no pool, no limit and no measure of risk ties together costs the sum of what its parts
  /// cost, and so do bounds. Usage that hangs together by a pool that covers everything of its kind
  /// (a provider's machines, databases) is a part; all other usage is one together, as its families
  /// are solved side by side anyhow.
  var parts: [ModelPart] {
    guard rows.isEmpty, switches.isEmpty, spendRows.isEmpty, machines.isEmpty, !risk.isAverse,
      classCount == 1
    else { return [] }
    let clusters = Clusters(self, widest: [])
    // Of each cluster its part.
    var part = [Int?](repeating: nil, count: clusters.count)
    var count = 0
    for (k, pool) in pools.enumerated() where pool.level == .everything && pool.members.count > 1 {
      guard let f = clusters.ofPool[k], part[f] == nil else { continue }
      part[f] = count
      count += 1
    }
    guard count > 0, count + (part.contains(nil) ? 1 : 0) > 1 else { return [] }
    let last = part.contains(nil) ? count : count - 1
    let ofSKU = clusters.ofSKU.map { $0.flatMap { part[$0] } ?? last }
    let ofPool = clusters.ofPool.map { $0.flatMap { part[$0] } ?? last }
    return (0...last).map { keeping(part: $0, ofSKU, ofPool) }
  }

  private func keeping(part: Int, _ ofSKU: [Int], _ ofPool: [Int]) -> ModelPart {
    func kept(_ places: [Int]) -> [Int] { places.indices.filter { places[$0] == part } }
    func numbered(_ kept: [Int]) -> [Int: Int] {
      Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    }
    let (skus, pools) = (kept(ofSKU), kept(ofPool))
    let (newSKU, newPool) = (numbered(skus), numbered(pools))
    let instruments = self.instruments.indices.filter { ofPool[self.instruments[$0].pool] == part }
    var model = self
    model.skus = skus.map { self.skus[$0] }
    model.price = skus.map { price[$0] }
    if !worths.isEmpty { model.worths = skus.map { worths[$0] } }
    if !accounts.isEmpty { model.accounts = skus.map { accounts[$0] } }
    if !domains.isEmpty { model.domains = skus.map { domains[$0] } }
    if !classes.isEmpty { model.classes = skus.map { classes[$0] } }
    model.demand = demand.keeping(skus: skus)
    model.ineligibleSKUs = Set(ineligibleSKUs.compactMap { newSKU[$0] })
    model.excluded = Set(excluded.compactMap { newSKU[$0] })
    model.pools = pools.map { k in
      var pool = self.pools[k]
      pool.members = pool.members.compactMap { member in
        newSKU[member.sku].map { Pool.Member(sku: $0, use: member.use) }
      }
      return pool
    }
    model.instruments = instruments.map { j in
      var instrument = self.instruments[j]
      instrument.pool = newPool[instrument.pool] ?? 0
      return instrument
    }
    (model.dominated, model.leftOut) = ([], [])
    model.constant = part == 0 ? constant : 0
    let costs = skus.map { listCosts[$0] }
    model.listCosts = costs
    model.ineligible = costs.indices.reduce(0) {
      model.ineligibleSKUs.contains($1) ? $0 + costs[$1] : $0
    }
    model.eligible = costs.reduce(-model.ineligible, +)
    return ModelPart(model: model, instruments: instruments)
  }
}

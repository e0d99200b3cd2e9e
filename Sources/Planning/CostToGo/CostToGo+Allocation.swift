extension CostToGo {
  /// What a feasible allocation leaves on demand, and what it uses: an upper bound of the
  /// cost-to-go.
  func allocate(
    purchased: [Double], actions: [Double], weights: Weights? = nil
  ) -> Allocation {
    let demand = self.demand.moving(actions, of: machines)
    let charges = self.charges(weights ?? .plain(model))
    let orders = oracles.map { $0.exchangeOrders(charges) }
    let parts = perStretch {
      self.allocation(
        stretch: $0, purchased: purchased, demand, charges, orders[era[$0]])
    }
    var sum = Allocation(
      onDemand: Array(repeating: 0, count: model.classCount),
      used: Array(repeating: 0, count: oracle.poolCount),
      paths: model.risk.probabilities.map { _ in 0 },
      spent: model.spendRows.map { _ in model.risk.probabilities.map { _ in 0 } })
    for (s, part) in parts.enumerated() {
      let path = stretches[s].lowerBound / model.pathHours
      let weight = model.risk.probabilities[path]
      sum.paths[path] += part.total
      for (y, spent) in part.spent.enumerated() { sum.spent[y][path] += spent[0] }
      for c in sum.onDemand.indices { sum.onDemand[c] += weight * part.onDemand[c] }
      for k in sum.used.indices { sum.used[k] += weight * part.used[k] }
    }
    return sum
  }

  private func allocation(
    stretch s: Int, purchased: [Double], _ demand: DemandBlocks, _ charges: HourOracle.Charges,
    _ orders: ExchangeOrders?
  ) -> Allocation {
    let oracle = oracles[era[s]]
    let scratch = HourOracle.Scratch(oracle)
    let rest = LaneBuffer(oracle.skuCount)
    let used = LaneBuffer(oracle.poolCount)
    forEachBlock(of: s, purchased: purchased, demand) { _, demand, capacity in
      oracle.allocate(demand: demand, capacity: capacity, charges, orders, scratch)
      for g in 0..<oracle.skuCount { rest.start[g] += scratch.rest.start[g] }
      for k in 0..<oracle.poolCount { used.start[k] += capacity[k] - scratch.left.start[k] }
    }
    // Lanes behind the end of the stretch have capacity and no demand: nothing of it is used.
    var onDemand = [Double](repeating: 0, count: model.classCount)
    for g in 0..<oracle.skuCount {
      onDemand[model.usageClass(g)] += rest.start[g].sum() * model.price[g]
    }
    let hour = model.windowHour(stretches[s].lowerBound)
    let spent = model.spendRows.map { row -> [Double] in
      guard row.hours.contains(hour) else { return [0] }
      return [row.skus.reduce(0) { $0 + rest.start[$1].sum() * model.price[$1] }]
    }
    return Allocation(
      onDemand: onDemand, used: (0..<oracle.poolCount).map { used.start[$0].sum() }, spent: spent)
  }
}

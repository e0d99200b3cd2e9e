extension CostToGo {
  /// Lower bounds of what each cluster costs on demand, given the μ of the widest pools: linear in
  /// the capacities of the cluster.
  struct ClusterCuts: Sendable {
    /// For each cluster, with no capacity bought.
    var constants: [Double]
    /// For each of `capacities`; those of the widest pools hold −Σ_h μ.
    var slopes: [Double]
    /// What belongs to no cluster: SKUs that only the widest pools cover, and those pools' owned
    /// capacity.
    var rest: Double
  }

  /// Cuts of all clusters at a point, with the μ of the widest pools given.
  ///
  /// - Parameter wide: μ stretch by stretch, as `Evaluation.wide` holds it.
  func clusterCuts(purchased: [Double], wide: [[Lanes]], _ clusters: Clusters) -> ClusterCuts {
    let charges = self.charges(.plain(model))
    let parts = perStretch { self.clusterCuts(stretch: $0, purchased, wide[$0], clusters, charges) }
    var sum = ClusterCuts(
      constants: Array(repeating: 0, count: clusters.count),
      slopes: Array(repeating: 0, count: capacities.count), rest: 0)
    for part in parts {
      for f in sum.constants.indices { sum.constants[f] += part.constants[f] }
      for c in sum.slopes.indices { sum.slopes[c] += part.slopes[c] }
      sum.rest += part.rest
    }
    return sum
  }

  private func clusterCuts(
    stretch s: Int, _ purchased: [Double], _ wide: [Lanes], _ clusters: Clusters,
    _ charges: HourOracle.Charges
  ) -> ClusterCuts {
    let oracle = oracles[era[s]]
    let scratch = HourOracle.Scratch(oracle)
    let lambda = LaneBuffer(oracle.poolCount)
    let owned = LaneBuffer(oracle.poolCount)
    let worth = LaneBuffer(oracle.skuCount)
    let widest = oracle.tables.widest.count
    wide.withUnsafeBufferPointer { wide in
      let empty = LaneBuffer(1)
      forEachBlock(of: s, purchased: purchased, demand) { block, demand, capacity in
        let frozen =
          wide.baseAddress.map { $0 + (block - layout.blocks[s].lowerBound) * widest }
          ?? UnsafePointer(empty.start)
        _ = oracle.prices(
          demand: demand, capacity: capacity, charges, scratch, frozen: frozen)
        for k in 0..<oracle.poolCount {
          lambda.start[k] += scratch.mu.start[k]
          owned.start[k] += scratch.mu.start[k] * capacity[k]
        }
        for g in 0..<oracle.skuCount { worth.start[g] += scratch.worth.start[g] * demand[g] }
      }
    }
    var result = ClusterCuts(
      constants: Array(repeating: 0, count: clusters.count),
      slopes: Array(repeating: 0, count: capacities.count), rest: 0)
    func add(_ value: Double, to cluster: Int?) {
      if let cluster { result.constants[cluster] += value } else { result.rest += value }
    }
    for g in 0..<oracle.skuCount { add(worth.start[g].sum(), to: clusters.ofSKU[g]) }
    for k in 0..<oracle.poolCount { add(-owned.start[k].sum(), to: clusters.ofPool[k]) }
    for c in activeCapacities[s] {
      let k = capacities[c].pool
      result.slopes[c] = -lambda.start[k].sum()
      // All capacity was counted as if it were there anyhow; what is bought is the slope's.
      add(-result.slopes[c] * purchased[c], to: clusters.ofPool[k])
    }
    return result
  }
}

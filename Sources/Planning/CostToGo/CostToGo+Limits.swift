extension CostToGo {
  /// Owned capacity of a pool in a stretch, hour by hour added up.
  func ownedHours(of pool: Int, in s: Int) -> Double {
    model.pools[pool].owned.reduce(0) {
      $0 + Double($1.hours.clamped(to: stretches[s]).count) * $1.capacity
    }
  }

  /// What a stretch costs on demand at most, every machine at its dearest.
  func mostOnDemand(_ s: Int) -> Double {
    usage(in: s) { model.price[$0] }
  }

  /// What can be used of a pool in a stretch at most, every machine at its largest.
  func mostUse(of pool: Int, in s: Int) -> Double {
    let use = Dictionary(uniqueKeysWithValues: model.pools[pool].members.map { ($0.sku, $0.use) })
    return usage(in: s) { use[$0] ?? 0 }
  }

  private func usage(in s: Int, of weight: (Int) -> Double) -> Double {
    let count = model.skus.count
    var total = 0.0
    for h in stretches[s] {
      for g in 0..<count { total += weight(g) * model.demand[h * count + g] }
    }
    for machine in model.machines {
      let most = machine.targets.compactMap { $0.map(weight) }.max() ?? 0
      total += most * Double(machine.candidate.runningHours.count { stretches[s].contains($0) })
    }
    return total
  }
}

extension CostToGo {
  /// Owned capacity of a pool in a slot, hour by hour added up.
  func ownedHours(of pool: Int, in slot: Int) -> Double {
    weighted(slot) { s in
      let hours = windowHours(s)
      return model.pools[pool].owned.reduce(0) {
        $0 + Double($1.hours.clamped(to: hours).count) * $1.capacity
      }
    }
  }

  /// The hours of a slot, each by its weight; at least a hair.
  func hours(of slot: Int) -> Double {
    max(1e-9, weighted(slot) { Double(stretches[$0].count) })
  }

  /// What a slot costs on demand at most, every machine at its most expensive.
  func mostOnDemand(_ slot: Int) -> Double {
    let part = slots[slot].part
    return weighted(slot) {
      usage(in: $0) { parts.contains(sku: $0, in: part) ? model.price[$0] : 0 }
    }
  }

  /// What can be used of a pool in a slot at most, every machine at its largest.
  func mostUse(of pool: Int, in slot: Int) -> Double {
    let use = Dictionary(uniqueKeysWithValues: model.pools[pool].members.map { ($0.sku, $0.use) })
    return weighted(slot) { usage(in: $0) { use[$0] ?? 0 } }
  }

  /// Hours of a slot in which a capacity is active, each by its weight.
  func activeHours(_ capacity: Capacity, in slot: Int) -> Double {
    weighted(slot) {
      let hours = windowHours($0)
      return capacity.active.contains(hours.lowerBound) ? Double(hours.count) : 0
    }
  }

  private func weighted(_ slot: Int, _ body: (Int) -> Double) -> Double {
    zip(slots[slot].stretches, slots[slot].weights).reduce(0) { $0 + $1.1 * body($1.0) }
  }

  /// The hours of a stretch as hours of the window.
  func windowHours(_ s: Int) -> Range<Int> {
    let lower = model.windowHour(stretches[s].lowerBound)
    return lower..<lower + stretches[s].count
  }

  private func usage(in s: Int, of weight: (Int) -> Double) -> Double {
    let count = model.skus.count
    var total = 0.0
    for h in stretches[s] {
      for g in 0..<count { total += weight(g) * model.demand[h, g] }
    }
    for machine in model.machines {
      let hours = windowHours(s)
      let running = Double(machine.candidate.runningHours.count { hours.contains($0) })
      total +=
        machine.targets.indices.map { a in
          machine.moves[a].reduce(0) { sum, move in
            let count = move.hours.map { Double($0.count { hours.contains($0) }) } ?? running
            return sum + (move.to.map(weight) ?? 0) * count
          }
        }.max() ?? 0
    }
    return total
  }
}

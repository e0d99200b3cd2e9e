/// What one unit more of each purchase would take off the on-demand bill, and what one fewer would
/// add.
///
/// Exactly, by allocating anew a grid step up and a step down, where there is little to allocate.
/// Otherwise by two evaluations for all purchases together, with each capacity half a step up and
/// half a step down: what a capacity is worth in the middle of a step is what the step brings, as
/// long as purchases do not get in each other's way within one step.
struct MarginalValues {
  /// For each instrument that is bought, in currency units over the window per `x` of it.
  private(set) var saved: [Int: Double] = [:]
  private(set) var lost: [Int: Double] = [:]

  /// Pool members times hours that may be gone through again for exact figures: some tens of
  /// milliseconds.
  static let patience = 4_000_000

  init(
    _ model: Model, _ costToGo: CostToGo, _ decision: Decision, patience: Int = patience
  ) {
    let bought = model.instruments.indices.filter { decision.purchases[$0] > 0 }
    guard !bought.isEmpty else { return }
    let size = model.hours * (model.skus.count + model.pools.reduce(0) { $0 + $1.members.count })
    let work = (2 * bought.count + 1) * size
    if work <= patience {
      allocate(model, costToGo, decision, bought)
    } else {
      evaluate(model, costToGo, decision, bought)
    }
  }

  private mutating func allocate(
    _ model: Model, _ costToGo: CostToGo, _ decision: Decision, _ bought: [Int]
  ) {
    func remaining(_ purchases: [Double]) -> Double {
      let allocation = costToGo.allocate(
        purchased: costToGo.capacity(of: purchases), actions: decision.actions)
      return model.risk.isAverse ? model.risk.value(allocation.paths) : allocation.total
    }
    let base = remaining(decision.purchases)
    for j in bought {
      let step = model.instruments[j].grid
      var moved = decision.purchases
      moved[j] = decision.purchases[j] + step
      saved[j] = max(0, base - remaining(moved)) / step
      moved[j] = max(0, decision.purchases[j] - step)
      lost[j] = max(0, remaining(moved) - base) / step
    }
  }

  private mutating func evaluate(
    _ model: Model, _ costToGo: CostToGo, _ decision: Decision, _ bought: [Int]
  ) {
    var half = [Double](repeating: .infinity, count: costToGo.capacities.count)
    for j in bought {
      let instrument = model.instruments[j]
      for c in costToGo.filled[j] {
        half[c] = min(half[c], instrument.grid * instrument.safeUnit / 2)
      }
    }
    let purchased = costToGo.capacity(of: decision.purchases)
    func worth(_ side: Double) -> [Double] {
      let point = purchased.indices.map { c in
        half[c] < .infinity ? max(0, purchased[c] + side * half[c]) : purchased[c]
      }
      let evaluation = costToGo.evaluate(purchased: point, actions: decision.actions)
      let paths = model.risk.pathWeights(costToGo.pathSums(evaluation.values))
      let weights = costToGo.slots.map { $0.path.map { paths[$0] } ?? 1 }
      return point.indices.map { c in
        zip(evaluation.cuts, weights).reduce(0) { $0 - $1.1 * $1.0.capacity[c] }
      }
    }
    let up = worth(1)
    let down = worth(-1)
    for j in bought {
      let unit = model.instruments[j].safeUnit
      saved[j] = costToGo.filled[j].reduce(0) { $0 + up[$1] * unit }
      lost[j] = costToGo.filled[j].reduce(0) { $0 + down[$1] * unit }
    }
  }
}

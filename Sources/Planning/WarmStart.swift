/// What one solve leaves for the next on the same demand and prices: cuts of the cost-to-go, and
/// where the best plan lies.
///
/// The cost-to-go does not depend on the policy, so its cuts hold under any policy. What was kept
/// is left aside where the next model has other pools or capacities.
package struct WarmStart: Sendable {
  var memory: Memory?
  /// Of the programs that a model fell apart into.
  var parts: [WarmStart] = []
  /// False where no solve follows: telling models apart takes a look at all usage.
  var isKept = true

  struct Memory: Sendable {
    var model: Signature
    var cuts: [(cut: CostToGo.Cut, origin: CutOrigin)]
    /// Where the relaxation ended: see `Decomposition.place`.
    var center: [Double]
  }

  /// What a model must have in common with another for cuts to hold in both.
  struct Signature: Hashable, Sendable {
    private let capacities: [CostToGo.Capacity]
    private let pools: Int
    private let demand: Int
    private let actions: [Int]

    init(_ costToGo: CostToGo) {
      let model = costToGo.model
      capacities = costToGo.capacities
      var hasher = Hasher()
      for pool in model.pools {
        for member in pool.members {
          hasher.combine(member.sku)
          hasher.combine(member.use)
        }
        for owned in pool.owned {
          hasher.combine(owned.hours)
          hasher.combine(owned.capacity)
        }
      }
      hasher.combine(model.price)
      pools = hasher.finalize()
      var usage = Hasher()
      usage.combine(model.risk.probabilities)
      usage.combine(model.tellsPathsApart)
      usage.combine(costToGo.parts.count)
      for row in model.spendRows { usage.combine(row.hours) }
      model.demand.combine(into: &usage)
      usage.combine(model.classes)
      for machine in model.machines {
        usage.combine(machine.from)
        usage.combine(machine.targets)
      }
      demand = usage.finalize()
      actions = costToGo.machines.kinds
    }
  }

  package init() {}

  init(isKept: Bool) { self.isKept = isKept }
}

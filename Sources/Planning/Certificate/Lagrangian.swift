import CloudCosts

/// The cost less multiplied rows: linear in every decision.
struct Lagrangian {
  private let model: Model
  private let costToGo: CostToGo
  private var constant: Double
  /// Cost of each x_j, of each switch, of each capacity, of each action.
  private var purchases: [Double]
  private var switches: [Double]
  private var capacities: [Double]
  private var actions: [Double]
  /// Cost of each θ_sc and of each W_sk.
  private var costs: [Double]
  /// Cost of s of each of `CostToGo.spendCuts`.
  private var shortfalls: [Double]
  /// What the policy's rows make of all that stays on demand; 1 is the bill's own weight.
  private(set) var weight = 1.0
  private var uses: [Double]

  /// With r the paths' weights, ρ(θ) ≥ Σ_ω ((1 − w) prob_ω + w r_ω) θ_ω − w Σ_ω r_ω b_ω.
  init(_ model: Model, _ costToGo: CostToGo, pathWeights: [Double]) {
    self.model = model
    self.costToGo = costToGo
    let risk = model.risk
    let r = risk.isAverse ? risk.allowed(pathWeights) : []
    constant = r.indices.reduce(model.constant) { $0 - risk.weight * r[$1] * risk.shifts[$1] }
    purchases = model.instruments.map(\.cost)
    switches = model.switches.map { _ in 0 }
    capacities = costToGo.capacities.map { _ in 0 }
    actions = model.actionCosts
    let weights = risk.weights(r)
    costs = costToGo.slots.flatMap { slot in
      Array(repeating: slot.path.map { weights[$0] } ?? 1, count: model.classCount)
    }
    shortfalls = costToGo.spendCuts.map { weights[$0.path] }
    uses = Array(repeating: 0, count: costToGo.slots.count * model.pools.count)
  }

  /// Rows by their names; false where there is no such row, or the multiplier leans on a bound that
  /// it does not have.
  mutating func subtract(_ multipliers: [BoundProof.RowMultiplier]) -> Bool {
    multipliers.allSatisfy { multiplier in
      if let row = model.rows.first(where: { $0.name == multiplier.name }) {
        return subtract(row, multiplier.value)
      }
      guard let y = costToGo.spendCuts.firstIndex(where: { $0.name == multiplier.name }),
        multiplier.value >= 0
      else { return false }
      subtract(year: y, multiplier.value)
      return true
    }
  }

  /// A row of the policy; false where the multiplier leans on a bound that the row does not have.
  mutating func subtract(_ row: PolicyRow, _ y: Double) -> Bool {
    guard y != 0 else { return true }
    let bound = y > 0 ? row.lower : row.upper
    guard bound.isFinite else { return false }
    constant += y * bound
    for (j, coefficient) in row.instruments { purchases[j] -= y * coefficient }
    for (s, coefficient) in row.switches { switches[s] -= y * coefficient }
    let starts = model.actionStarts
    for (machine, action, coefficient) in row.actions {
      actions[starts[machine] + action] -= y * coefficient
    }
    for (s, slot) in costToGo.slots.enumerated() {
      for (c, coefficient) in row.remaining.enumerated() {
        costs[s * model.classCount + c] -= y * coefficient * slot.share
      }
      for (k, coefficient) in row.used {
        uses[s * model.pools.count + k] -= y * coefficient * slot.share
      }
    }
    return true
  }

  /// A contract year.
  private mutating func subtract(year: Int, _ y: Double) {
    let cut = costToGo.spendCuts[year]
    shortfalls[year] -= y
    constant += y * cut.amount
    for (j, coefficient) in cut.cash { purchases[j] -= y * coefficient }
    for s in cut.slots {
      for c in 0..<model.classCount { costs[s * model.classCount + c] -= y }
    }
  }

  /// W_sk ≤ Σ_{h in s} Q_kh.
  mutating func subtract(_ use: BoundProof.UseMultiplier) {
    uses[use.stretch * model.pools.count + use.pool] -= use.value
    constant += use.value * costToGo.ownedHours(of: use.pool, in: use.stretch)
    for (c, capacity) in costToGo.capacities.enumerated() where capacity.pool == use.pool {
      capacities[c] += use.value * costToGo.activeHours(capacity, in: use.stretch)
    }
  }

  mutating func subtract(_ cut: CostToGo.Cut, _ weights: CostToGo.Weights, _ mu: Double) {
    constant += mu * cut.constant
    for (c, coefficient) in cut.capacity.enumerated() { capacities[c] += mu * coefficient }
    for (a, kind) in costToGo.machines.kinds.enumerated() {
      actions[a] += mu * cut.actions[kind]
    }
    for (c, weight) in weights.classes.enumerated() {
      costs[cut.stretch * model.classCount + c] -= mu * weight
    }
    for (k, reward) in weights.rewards.enumerated() {
      uses[cut.stretch * model.pools.count + k] += mu * reward
    }
  }

  /// From here on θ is for clusters instead of stretches.
  mutating func forgetStretches(_ clusterCount: Int) {
    weight = costs.first ?? 1
    costs = Array(repeating: weight, count: clusterCount)
  }

  mutating func subtract(
    _ cuts: CostToGo.ClusterCuts, _ clusters: Clusters, _ f: Int, _ mu: Double
  ) {
    constant += mu * cuts.constants[f]
    for (c, capacity) in costToGo.capacities.enumerated()
    where clusters.ofPool[capacity.pool] == f {
      capacities[c] += mu * cuts.slopes[c]
    }
    costs[f] -= mu
  }

  /// The widest pools, and what only they cover.
  mutating func subtractRest(_ cuts: CostToGo.ClusterCuts, _ clusters: Clusters) {
    constant += weight * cuts.rest
    for (c, capacity) in costToGo.capacities.enumerated()
    where clusters.ofPool[capacity.pool] == nil {
      capacities[c] += weight * cuts.slopes[c]
    }
  }

  /// Its least value, with one θ for each cluster.
  func leastOfClusters(_ clusters: Clusters) -> Double {
    let most = costToGo.slots.indices.reduce(0) { $0 + costToGo.mostOnDemand($1) }
    return constant + leastPurchases + costs.reduce(0) { $0 + min(0, $1) * most }
  }

  /// Its least value over all decisions.
  var least: Double {
    constant + leastPurchases + leastActions + leastRest
  }

  private var leastPurchases: Double {
    let isSwitched = Dictionary(
      uniqueKeysWithValues: model.switches.enumerated().map { ($1.instrument, $0) })
    return model.instruments.enumerated().reduce(0) { sum, entry in
      let (j, instrument) = entry
      let cost = costToGo.filled[j].reduce(purchases[j]) {
        $0 + capacities[$1] * instrument.unit
      }
      guard let s = isSwitched[j] else { return sum + min(0, cost * instrument.upper) }
      let bought = cost * (cost < 0 ? instrument.upper : model.switches[s].minimum)
      return sum + min(0, switches[s] + bought)
    }
  }

  private var leastActions: Double {
    zip(model.machines, model.actionStarts).reduce(0) { sum, entry in
      let (machine, start) = entry
      return sum + min(0, actions[start..<start + machine.targets.count].min() ?? 0)
    }
  }

  /// What θ, s and W can still take off, at the most that they can be.
  private var leastRest: Double {
    var sum = zip(costToGo.spendCuts, shortfalls).reduce(0) {
      $0 + min(0, $1.1) * max(0, $1.0.amount)
    }
    for s in costToGo.slots.indices {
      for c in 0..<model.classCount {
        sum += min(0, costs[s * model.classCount + c]) * costToGo.mostOnDemand(s)
      }
      for k in model.pools.indices where uses[s * model.pools.count + k] < 0 {
        sum += uses[s * model.pools.count + k] * costToGo.mostUse(of: k, in: s)
      }
    }
    return sum
  }
}

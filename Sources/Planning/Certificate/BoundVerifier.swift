import CloudCosts

/// Reckons what a proof proves, from prices and demand alone: no solver is asked.
///
/// With μ_r the multipliers of cuts, y_i those of the policy's rows and u_sk those of the limits of
/// use, no plan costs less than
///
///     constant + Σ_r μ_r constant_r + Σ_i y_i b_i + Σ_sk u_sk owned_sk
///       + Σ_j min over what x_j may be of ( r_j x_j + q_j [x_j > 0] )
///       + Σ_machines min(0, min_a r_a) + Σ θ's and W's rest
///
/// where r are the costs that remain once the multiplied rows are taken off. The rest of θ and W is
/// nothing but rounding: their costs vanish, and what is left counts at its worst.
struct BoundVerifier {
  private let model: Model
  private let costToGo: CostToGo

  init(_ model: Model) {
    self.init(model, CostToGo(model))
  }

  init(_ model: Model, _ costToGo: CostToGo) {
    self.model = model
    self.costToGo = costToGo
  }

  /// The bound in currency units; nil where the proof is not one of this model.
  func bound(_ proof: BoundProof) -> Double? {
    guard fits(proof) else { return nil }
    var sum = Lagrangian(model, costToGo, pathWeights: proof.pathWeights)
    for row in proof.rows {
      if let known = model.rows.first(where: { $0.name == row.name }) {
        guard sum.subtract(known, row.value) else { return nil }
      } else if let cut = costToGo.spendCuts.first(where: { $0.name == row.name }), row.value >= 0 {
        sum.subtract(cut, row.value)
      } else {
        return nil
      }
    }
    guard proof.clusterPoints.isEmpty else { return separate(proof, sum) }
    for use in proof.uses { sum.subtract(use) }
    for point in proof.points {
      let origin = CutOrigin(point, model, costToGo)
      let evaluation = costToGo.evaluate(
        purchased: origin.purchased, actions: origin.actions, weights: origin.weights,
        isThorough: origin.isThorough)
      for (s, multiplier) in zip(point.stretches, point.multipliers) {
        sum.subtract(evaluation.cuts[s], origin.weights, multiplier)
      }
    }
    return sum.least
  }

  /// The bound where the μ of the widest pools is given, and clusters stand alone.
  private func separate(_ proof: BoundProof, _ sum: Lagrangian) -> Double? {
    let clusters = Clusters(model, widest: costToGo.oracle.tables.widest)
    var sum = sum
    sum.forgetStretches(clusters.count)
    guard proof.uses.isEmpty, model.machines.isEmpty, model.classCount == 1,
      model.risk.probabilities.count == 1,
      proof.clusterPoints.allSatisfy({ fits($0, clusters) }), sum.weight > 0
    else { return nil }
    let wide = meanPrices(proof)
    var rest: Double?
    for point in proof.clusterPoints {
      let cuts = costToGo.clusterCuts(purchased: point.purchased, wide: wide, clusters)
      for (f, multiplier) in zip(point.clusters, point.multipliers) {
        sum.subtract(cuts, clusters, f, multiplier)
      }
      if rest == nil {
        sum.subtractRest(cuts, clusters)
        rest = cuts.rest
      }
    }
    return sum.leastOfClusters(clusters)
  }

  /// μ of the widest pools: the mean of those at the proof's points.
  private func meanPrices(_ proof: BoundProof) -> [[Lanes]] {
    var mean = WideMean(costToGo)
    for point in proof.points {
      let origin = CutOrigin(point, model, costToGo)
      let wide = costToGo.evaluate(
        purchased: origin.purchased, actions: origin.actions, keepsWide: true,
        isThorough: origin.isThorough
      ).wide
      for (s, multiplier) in zip(point.stretches, point.multipliers) {
        mean.add(wide[s], to: s, multiplier)
      }
    }
    return mean.values
  }

  private func fits(_ point: BoundProof.ClusterPoint, _ clusters: Clusters) -> Bool {
    point.purchased.count == costToGo.capacities.count
      && point.clusters.count == point.multipliers.count
      && point.clusters.allSatisfy { (0..<clusters.count).contains($0) }
      && point.multipliers.allSatisfy { $0 >= 0 && $0.isFinite }
      && point.purchased.allSatisfy { $0 >= 0 && $0.isFinite }
  }

  /// Whether the proof's numbers are as many as the model has, and none of them makes nonsense.
  private func fits(_ proof: BoundProof) -> Bool {
    let stretches = costToGo.slots.indices
    let numbers = proof.points.allSatisfy { point in
      point.purchased.count == costToGo.capacities.count
        && (point.actions.isEmpty || point.actions.count == costToGo.machines.actionCount)
        && point.classWeights.count == model.classCount
        && (point.rewards.isEmpty || point.rewards.count == model.pools.count)
        && point.stretches.count == point.multipliers.count
        && point.stretches.allSatisfy(stretches.contains)
        && point.multipliers.allSatisfy { $0 >= 0 && $0.isFinite }
        && point.purchased.allSatisfy { $0 >= 0 && $0.isFinite }
        && point.actions.allSatisfy { (0...1).contains($0) }
        && (point.classWeights + point.rewards).allSatisfy { $0 >= 0 && $0.isFinite }
    }
    return numbers
      && proof.uses.allSatisfy {
        stretches.contains($0.stretch) && model.pools.indices.contains($0.pool) && $0.value <= 0
          && $0.value.isFinite
      } && proof.rows.allSatisfy(\.value.isFinite)
  }
}

extension CutOrigin {
  convenience init(_ point: BoundProof.Point, _ model: Model, _ costToGo: CostToGo) {
    self.init(
      purchased: point.purchased,
      actions: point.actions.isEmpty
        ? Array(repeating: 0, count: costToGo.machines.actionCount) : point.actions,
      weights: CostToGo.Weights(
        classes: point.classWeights,
        rewards: point.rewards.isEmpty
          ? Array(repeating: 0, count: model.pools.count) : point.rewards),
      isThorough: point.isThorough)
  }
}

/// The cost less multiplied rows: linear in every decision.
private struct Lagrangian {
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
    costs = costToGo.slots.flatMap { slot in
      let averse = slot.path.map { r.isEmpty ? 0 : risk.weight * r[$0] } ?? 0
      return Array(repeating: costToGo.objective(slot) + averse, count: model.classCount)
    }
    uses = Array(repeating: 0, count: costToGo.slots.count * model.pools.count)
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
  mutating func subtract(_ cut: SpendCut, _ y: Double) {
    constant += y * cut.amount
    for (j, coefficient) in cut.cash { purchases[j] -= y * coefficient }
    for (s, share) in cut.slots {
      for c in 0..<model.classCount { costs[s * model.classCount + c] -= y * share }
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

  /// From here on θ stands for clusters instead of stretches.
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

  /// What θ and W can still take off, at the most that they can be.
  private var leastRest: Double {
    var sum = 0.0
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

extension BoundProof {
  /// Where nothing can be decided, the cost-to-go itself is the bound.
  static func nothingToDecide(
    _ costToGo: CostToGo, _ evaluation: CostToGo.Evaluation
  ) -> BoundProof {
    let r = costToGo.model.risk.worst(costToGo.pathSums(evaluation.values))
    return BoundProof(
      rows: [], uses: [],
      points: [
        Point(
          purchased: costToGo.capacities.map { _ in 0 }, actions: [],
          classWeights: Array(repeating: 1, count: costToGo.model.classCount), rewards: [],
          stretches: Array(costToGo.slots.indices),
          multipliers: costToGo.slots.map { slot in
            costToGo.objective(slot)
              + (slot.path.map { r.isEmpty ? 0 : costToGo.model.risk.weight * r[$0] } ?? 0)
          })
      ], pathWeights: r,
      bound: costToGo.model.constant + costToGo.riskValue(evaluation.values))
  }
}

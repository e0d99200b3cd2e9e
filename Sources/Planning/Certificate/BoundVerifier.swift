import CloudCosts

/// Computes what a proof proves, from prices and demand alone: no solver is asked.
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
  let model: Model
  let costToGo: CostToGo

  init(_ model: Model) {
    self.init(model, CostToGo(model))
  }

  init(_ model: Model, _ costToGo: CostToGo) {
    self.model = model
    self.costToGo = costToGo
  }

  /// The bound in currency units; nil where the proof is not one of this model.
  func bound(_ proof: BoundProof) -> Double? {
    if !proof.parts.isEmpty { return sum(of: proof.parts) }
    guard fits(proof) else { return nil }
    if let branching = proof.branching { return least(branching, proof) }
    if let switching = proof.switching { return least(switching, proof) }
    var sum = Lagrangian(model, costToGo, pathWeights: proof.pathWeights)
    guard sum.subtract(proof.rows) else { return nil }
    guard proof.clusterPoints.isEmpty else { return separate(proof, sum) }
    for use in proof.uses { sum.subtract(use) }
    for point in proof.points {
      let (origin, evaluation) = evaluated(point)
      for (s, multiplier) in zip(point.stretches, point.multipliers) {
        sum.subtract(evaluation.cuts[s], origin.weights, multiplier)
      }
    }
    return sum.least
  }

  /// The bound where programs that nothing ties together are proven apart.
  private func sum(of proofs: [BoundProof]) -> Double? {
    let parts = model.parts
    guard parts.count == proofs.count, proofs.allSatisfy(\.parts.isEmpty) else { return nil }
    var sum = 0.0
    for (part, proof) in zip(parts, proofs) {
      guard let bound = BoundVerifier(part.model).bound(proof) else { return nil }
      sum += bound
    }
    return sum
  }

  func evaluated(_ point: BoundProof.Point) -> (CutOrigin, CostToGo.Evaluation) {
    let origin = CutOrigin(point, model, costToGo)
    return (
      origin,
      costToGo.evaluate(
        purchased: origin.purchased, actions: origin.actions, weights: origin.weights,
        isThorough: origin.isThorough)
    )
  }

  /// The bound where the μ of the widest pools is given, and clusters are alone.
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
      && fits(proof.uses) && proof.rows.allSatisfy(\.value.isFinite)
  }

  func fits(_ uses: [BoundProof.UseMultiplier]) -> Bool {
    uses.allSatisfy {
      costToGo.slots.indices.contains($0.stretch) && model.pools.indices.contains($0.pool)
        && $0.value <= 0 && $0.value.isFinite
    }
  }
}

extension BoundProof.Point {
  /// A point without multipliers.
  init(_ origin: CutOrigin) {
    self.init(
      purchased: origin.purchased,
      actions: origin.actions.contains { $0 != 0 } ? origin.actions : [],
      classWeights: origin.weights.classes,
      rewards: origin.weights.rewards.contains { $0 != 0 } ? origin.weights.rewards : [],
      isThorough: origin.isThorough, stretches: [], multipliers: [])
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

extension BoundProof {
  /// Where nothing can be decided, the cost-to-go itself is the bound, and what contract years miss
  /// more than that.
  static func nothingToDecide(
    _ costToGo: CostToGo, _ evaluation: CostToGo.Evaluation
  ) -> BoundProof {
    let model = costToGo.model
    let short = costToGo.spendCuts.filter { $0.shortfall(evaluation.values, []) > 0 }
    let r = model.risk.worst(costToGo.pathCosts(evaluation.values, []))
    let weights = model.risk.weights(r)
    var multipliers = costToGo.slots.map { $0.path.map { weights[$0] } ?? 1 }
    let rows = short.map { cut in
      let weight = weights[cut.path]
      for slot in cut.slots { multipliers[slot] = max(0, multipliers[slot] - weight) }
      return RowMultiplier(name: cut.name, value: weight)
    }
    var proof = BoundProof(
      rows: rows, uses: [],
      points: [
        Point(
          purchased: costToGo.capacities.map { _ in 0 }, actions: [],
          classWeights: Array(repeating: 1, count: model.classCount), rewards: [],
          stretches: Array(costToGo.slots.indices), multipliers: multipliers)
      ], pathWeights: r, bound: model.constant + costToGo.riskValue(evaluation.values, []))
    proof.bound = BoundVerifier(model, costToGo).bound(proof) ?? proof.bound
    return proof
  }
}

import MIP

/// The cheapest allocation of a decision's capacity that keeps rows over classes of usage and over
/// use.
///
/// The allocation of least cost may leave a class uncovered that a floor asks for, although another
/// one would cover it. What allocations come to is convex, so a mix of those that are cheapest
/// under different weights is one too:
///
///     min   Σ_i a_i total_i  +  Σ_r M e_r
///     s.t.  lower_r ≤ Σ_i a_i row_r(allocation_i) ± e_r ≤ upper_r,     Σ_i a_i = 1,     a, e ≥ 0
///
/// with allocations i added for as long as the rows' duals, as weights, lead to one that helps.
struct AllocationMix {
  private let costToGo: CostToGo
  private let decision: Decision
  private let purchased: [Double]
  private var found: [Allocation] = []
  /// What rows make of classes of usage and of use, by the last program; nil where there was none.
  private(set) var weights: CostToGo.Weights?

  init(_ costToGo: CostToGo, _ decision: Decision, purchased: [Double]? = nil) {
    self.costToGo = costToGo
    self.decision = decision
    self.purchased = purchased ?? costToGo.capacity(of: decision.purchases)
  }

  /// Nil where no mix keeps the policy.
  mutating func keepingPolicy(guess: CostToGo.Weights? = nil) -> Allocation? {
    guard costToGo.model.keepsLimitsApart(decision) else { return nil }
    return keepingParts(allocate(nil), guess)
  }

  /// The same for a decision that may be anything else: nothing but rows over allocations is looked
  /// at.
  mutating func keepingParts(guess: CostToGo.Weights? = nil) -> Allocation? {
    keepingParts(allocate(nil), guess)
  }

  private mutating func keepingParts(
    _ plain: Allocation, _ guess: CostToGo.Weights?
  ) -> Allocation? {
    if missed(plain) <= Decomposition.tolerance { return plain }
    guard costToGo.model.countsParts else { return nil }
    found = [plain]
    if let guess { found.append(allocate(guess)) }
    for _ in 0..<12 {
      guard let (mix, weights) = cheapest() else { return nil }
      self.weights = weights
      if missed(mix) <= Decomposition.tolerance { return mix }
      let next = allocate(weights)
      if found.contains(where: { $0.isNear(next) }) { return nil }
      found.append(next)
    }
    return nil
  }

  /// By how much an allocation misses rows over allocations.
  private func missed(_ allocation: Allocation) -> Double {
    let model = costToGo.model
    return model.rows.reduce(0) { most, row in
      row.countsParts ? max(most, model.violation(of: row, decision, allocation)) : most
    }
  }

  private func allocate(_ weights: CostToGo.Weights?) -> Allocation {
    // A price of nothing has no order among prices.
    var weights = weights
    if let classes = weights?.classes { weights?.classes = classes.map { max($0, 1e-6) } }
    return costToGo.allocate(purchased: purchased, actions: decision.actions, weights: weights)
  }

  /// The best mix of what was found, and the weights that its rows' duals stand for.
  private func cheapest() -> (Allocation, CostToGo.Weights)? {
    let model = costToGo.model
    let scale = max(1e-9, model.eligible)
    var program = Program("mix")
    let shares = found.map { program.addVariable("a", cost: $0.total / scale) }
    program.addRow("one", shares.map { Term(1, $0) }, lower: 1, upper: 1)
    var ids: [(row: PolicyRow, size: Double, id: RowID)] = []
    for row in model.rows where row.countsParts {
      let values = found.map { model.activity(of: row, decision, $0) }
      let size = max(values.map { abs($0) }.max() ?? 0, 1e-9)
      var terms = zip(values, shares).map { Term($0 / size, $1) }
      if row.upper < .infinity { terms.append(Term(-1, program.addVariable("e", cost: 100))) }
      if row.lower > -.infinity { terms.append(Term(1, program.addVariable("e", cost: 100))) }
      let id = program.addRow(
        row.name, terms, lower: row.lower / size, upper: row.upper / size)
      ids.append((row, size, id))
    }
    guard let solver = try? Solver(program), let result = try? solver.solveRelaxation(),
      result.status == .optimal
    else { return nil }
    var weights = CostToGo.Weights.plain(model)
    for (row, size, id) in ids {
      guard let dual = result.row(id)?.dual, dual != 0 else { continue }
      for (c, coefficient) in row.remaining.enumerated() {
        weights.classes[c] -= dual * scale / size * coefficient
      }
      for (k, coefficient) in row.used { weights.rewards[k] += dual * scale / size * coefficient }
    }
    weights.classes = weights.classes.map { max(0, $0) }
    weights.rewards = weights.rewards.map { max(0, $0) }
    return (mix(shares.map { result[$0] }), weights)
  }

  private func mix(_ shares: [Double]) -> Allocation {
    var sum = Allocation(
      onDemand: found[0].onDemand.map { _ in 0 }, used: found[0].used.map { _ in 0 },
      paths: found[0].paths.map { _ in 0 }, spent: found[0].spent.map { $0.map { _ in 0 } })
    for (share, allocation) in zip(shares, found) where share > 0 {
      for c in sum.onDemand.indices { sum.onDemand[c] += share * allocation.onDemand[c] }
      for k in sum.used.indices { sum.used[k] += share * allocation.used[k] }
      for path in sum.paths.indices {
        sum.paths[path] += share * allocation.paths[path]
        for y in sum.spent.indices { sum.spent[y][path] += share * allocation.spent[y][path] }
      }
    }
    return sum
  }
}

extension PolicyRow {
  /// Whether it limits what an allocation comes to.
  var countsParts: Bool { !remaining.isEmpty || !used.isEmpty }
}

extension Model {
  /// Whether rows tell parts of an allocation apart: classes of usage, or the use of pools.
  var countsParts: Bool { classCount > 1 || rows.contains { !$0.used.isEmpty } }

  /// Whether some row asks for usage that stays on demand.
  var hasCaps: Bool {
    rows.contains { $0.lower > -.infinity && $0.remaining.contains { $0 > 0 } }
  }
}

extension Allocation {
  /// Whether another one comes to the same.
  fileprivate func isNear(_ other: Allocation) -> Bool {
    zip(onDemand + used, other.onDemand + other.used).allSatisfy {
      abs($0 - $1) <= 1e-9 * max(1e-9, abs($0), abs($1))
    }
  }
}

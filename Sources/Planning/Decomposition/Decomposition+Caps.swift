/// Plans that really keep a cap on coverage where contract years are promised.
///
/// A cap asks for V(x) ≥ R of what stays on demand, and V is convex, so its points are no convex
/// set; the master asks θ ≥ R and relies on θ costing money. Where a contract year misses more than
/// θ adds, θ costs nothing, and the relaxation's point keeps the cap on paper only.
///
/// The convex-concave procedure (A. Yuille, A. Rangarajan, The Concave-Convex Procedure, Neural
/// Computation 15, 2003): at a plan x̄ that keeps the cap, V is replaced by its tangent. What keeps
/// the tangent's row keeps the cap, and the best of that is at least as good as x̄.
extension Decomposition {
  /// What it takes to be worth another tangent, as a share of the cost.
  private static let leastProgress = 1e-4
  private static let mostTangents = 6

  /// Offers the plans that the procedure finds, from nothing bought on.
  func keepCapsUnderContracts() throws {
    guard !model.spendRows.isEmpty, model.hasCaps, model.classCount == 1 else { return }
    var memory = warmStart
    var point = Decision.nothing(model)
    var last = Double.infinity
    for _ in 0..<Self.mostTangents where isShort {
      var inner = effort
      inner.isTrial = true
      inner.timeLimit = max(1, (effort.timeLimit - clock.seconds) / 4)
      let tangent = try Decomposition(withTangents(at: point), effort: inner, clock: Stopwatch())
      do { try tangent.run(from: memory) } catch is PlanningError { return }
      guard let found = tangent.best, found.objective < last * (1 - Self.leastProgress) else {
        return
      }
      (point, last) = (found.decision, found.objective)
      memory = tangent.warmStart
      offer(point)
    }
  }

  /// The model with the tangents of what stays on demand at a decision in place of that itself, in
  /// the rows that limit it from below.
  private func withTangents(at point: Decision) -> Model {
    let purchased = costToGo.capacity(of: point.purchases)
    let cuts = costToGo.evaluate(purchased: purchased, actions: point.actions).cuts
    let shares = costToGo.slots.map(\.share)
    let constant = zip(cuts, shares).reduce(0) { $0 + $1.0.constant * $1.1 }
    let capacity = costToGo.capacities.indices.map { c in
      zip(cuts, shares).reduce(0) { $0 + $1.0.capacity[c] * $1.1 }
    }
    let kinds = costToGo.machines.kinds
    var tangents = model
    tangents.rows = model.rows.map { row in
      guard let weight = row.remaining.first, weight > 0, row.lower > -.infinity, !row.isFloor
      else { return row }
      var flat = row
      flat.remaining = []
      flat.lower -= weight * constant
      var instruments = [Double](repeating: 0, count: model.instruments.count)
      for (j, coefficient) in row.instruments { instruments[j] += coefficient }
      for (j, instrument) in model.instruments.enumerated() {
        instruments[j] += costToGo.filled[j].reduce(0) {
          $0 + weight * capacity[$1] * instrument.unit
        }
      }
      flat.instruments = instruments.indices.filter { instruments[$0] != 0 }
        .map { ($0, instruments[$0]) }
      for (i, (machine, start)) in zip(model.machines, model.actionStarts).enumerated() {
        for a in machine.targets.indices {
          let moved = zip(cuts, shares).reduce(0) { $0 + $1.0.actions[kinds[start + a]] * $1.1 }
          if moved != 0 { flat.actions.append((i, a, weight * moved)) }
        }
      }
      return flat
    }
    return tangents
  }
}

extension Decomposition {
  /// A smallest set of policy rows that no plan satisfies together: rows are dropped one by one, and
  /// stay dropped while the rest still clashes.
  func clashingRows() throws -> [String] {
    var kept = model.rows
    for row in model.rows {
      let rest = kept.filter { $0.name != row.name }
      if try !isFeasible(rest) { kept = rest }
    }
    return kept.map(\.name)
  }

  /// Whether some purchases satisfy these rows, integrality aside.
  func isFeasible(_ rows: [PolicyRow]) throws -> Bool {
    let probe = try Master(model, costToGo, keeping: rows)
    for _ in 0..<60 {
      let found: Master.Answer
      switch try probe.solve(clock: clock, effort: effort) {
      case .answer(let answer): found = answer
      case .infeasible: return false
      case .stopped: return true
      }
      let before = probe.cutsAdded
      for weights in [CostToGo.Weights.plain(model), found.weights] {
        let evaluation = costToGo.evaluate(
          purchased: found.purchased, actions: found.decision.actions, weights: weights)
        let origin = CutOrigin(
          of: evaluation, purchased: found.purchased, actions: found.decision.actions)
        try probe.add(evaluation, at: origin, unlessKnownTo: found)
      }
      let allocation = costToGo.allocate(
        purchased: found.purchased, actions: found.decision.actions)
      let missed = rows.map { model.violation(of: $0, found.decision, allocation) }
      if probe.cutsAdded == before || (missed.max() ?? 0) <= Self.tolerance { return true }
    }
    return true
  }
}

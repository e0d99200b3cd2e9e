extension Decomposition {
  /// A smallest set of policy rows that no plan satisfies together: rows are dropped one by one,
  /// and stay dropped while the rest still clashes.
  func clashingRows() throws -> [String] {
    let plain = CostToGo.Weights.plain(model)
    let probe = FeasibilityProbe(
      model, costToGo, effort: effort, clock: clock,
      cuts: master.cuts.filter { $0.origin.weights == plain }.map { ($0.cut, $0.origin) })
    var kept = model.rows
    for row in model.rows {
      let rest = kept.filter { $0.name != row.name }
      if try !probe.isRelaxationKept(model, rest) { kept = rest }
    }
    return kept.map(\.name)
  }
}

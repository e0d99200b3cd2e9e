extension Decomposition {
  /// Throws where no plan keeps the policy.
  func refuseClash() throws {
    let probe = feasibilityProbe()
    if let rows = try probe.clash(model, model.rows) { throw try clash(of: rows, probe) }
  }

  /// What says that no plan keeps the policy: a smallest set of rows that no plan satisfies
  /// together. Rows are dropped one by one, and stay dropped while the rest still clashes.
  func clash(of rows: [PolicyRow], _ probe: FeasibilityProbe) throws -> PlanningError {
    var kept = rows
    for limit in rows.map(\.limit).uniqued() where kept.contains(where: { $0.limit == limit }) {
      let rest = kept.filter { $0.limit != limit }
      if let fewer = try probe.clash(model, rest) { kept = fewer }
    }
    return .infeasible(clashing: kept.map(\.limit).uniqued().map { ClashingLimit(row: $0) })
  }

  /// A probe that knows what this search has learned.
  func feasibilityProbe() -> FeasibilityProbe {
    let plain = CostToGo.Weights.plain(model)
    return FeasibilityProbe(
      model, costToGo, effort: effort, clock: clock,
      cuts: master.cuts.filter { $0.origin.weights == plain }.map { ($0.cut, $0.origin) })
  }
}

import MIP

extension Model {
  /// A smallest set of limits that no plan keeps together, by the names of their rows: limits are
  /// dropped one by one, and stay dropped while the rest still clashes.
  ///
  /// - Parameter isInfeasible: whether no plan keeps a model's limits; false where that is not
  ///   known.
  func clashingLimits(_ isInfeasible: (Model) throws -> Bool) rethrows -> [String] {
    var kept = self
    for limit in limits {
      var rest = kept
      rest.rows.removeAll { $0.limit == limit }
      if try isInfeasible(rest) { kept = rest }
    }
    var names = kept.limits
    if switches.contains(where: { $0.minimum > 0 }) {
      var rest = kept
      for s in rest.switches.indices { rest.switches[s].minimum = 0 }
      if try !isInfeasible(rest) { names.append(PolicyFamily.minPurchase.rawValue) }
    }
    return names
  }

  /// The limits that rows are parts of, each once.
  private var limits: [String] { rows.map(\.limit).uniqued() }

  /// All limits of the policy that purchases must keep, by the names of their rows.
  var limitNames: [String] {
    let asksForLeast = switches.contains { $0.minimum > 0 }
    return limits + (asksForLeast ? [PolicyFamily.minPurchase.rawValue] : [])
  }
}

extension ExtensiveForm {
  /// Whether its search ends without any plan, proven. A plan of any cost will do.
  func isInfeasible(timeLimit: Duration, interrupt: Interrupt) throws -> Bool {
    let options = SearchOptions(relativeGap: 0.9, timeLimit: timeLimit)
    return try Solver(program).solveInteger(options, interrupt: interrupt).status == .infeasible
  }
}

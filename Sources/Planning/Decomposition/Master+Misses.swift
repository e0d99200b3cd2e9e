import MIP

/// By how little a policy can be missed, in place of what a plan that keeps it costs.
///
///     min  t + Σ_r 1000 e_r     s.t.  row_r ≤ limit_r + |limit_r| t      of rows that may give way
///                                     row_r ≤ limit_r + |limit_r| e_r    of all others
///                                     t ≥ −1,  e ≥ 0,  cuts
///
/// t may be below 0: what keeps rows by a margin is found sooner than what just keeps them, since
/// cuts lie below what stays on demand.
extension Master {
  /// Minimises misses from now on.
  ///
  /// Rows that were asked for before are let go and stay in the program: the next solve starts from
  /// its basis.
  ///
  /// - Parameter givesWay: which rows share t.
  func minimizeMisses(of rows: [PolicyRow], givesWay: (PolicyRow) -> Bool) throws {
    try solver.setBounds(
      of: policyRows.map(\.id), lower: policyRows.map { _ in -.infinity },
      upper: policyRows.map { _ in .infinity })
    let priced = purchases + actions + objective.map(\.variable) + misses
    try solver.setCosts(of: priced, priced.map { _ in 0 })
    let shared = try solver.addVariables([Variable("t", lower: -1, cost: 1)])[0]
    misses = [shared]
    policyRows = try rows.map { row in
      let (terms, factor) = draft.terms(of: row)
      let size = row.sizeOfLimit * factor
      let miss =
        givesWay(row)
        ? shared
        : try solver.addVariables([Variable("e[\(row.name)]", cost: PolicyRow.priceOfMissing)])[0]
      if miss != shared { misses.append(miss) }
      let above = row.upper < .infinity ? [Term(-size, miss)] : []
      let below = row.lower > -.infinity ? [Term(size, miss)] : []
      let id = try solver.addRows([
        Row(
          row.name, terms + above + below, lower: row.lower * factor, upper: row.upper * factor)
      ])[0]
      return (row, id, factor)
    }
  }

  /// The rows whose misses have a price at the last answer: with the cuts, they alone prove that
  /// something is missed.
  var pricedRows: [PolicyRow] {
    policyRows.filter { (last?.row($0.id)?.dual ?? 0) != 0 }.map(\.row)
  }

  /// What the last answer comes to; 0 where a plan's cost is minimised.
  var leastMiss: Double { misses.isEmpty ? 0 : last?.objective ?? 0 }
}

extension PolicyRow {
  /// What it costs to miss all of the limit of a row that may not give way.
  static let priceOfMissing = 1e3

  /// What misses are shares of; of a limit of 0, one of its units.
  fileprivate var sizeOfLimit: Double {
    let limit = abs(upper < .infinity ? upper : lower)
    return limit > 0 ? limit : 1
  }

  /// By how much a sum misses the row, as a share of its limit; below 0 where it keeps it.
  func miss(_ activity: Double) -> Double {
    max(activity - upper, lower - activity) / sizeOfLimit
  }
}

extension [PolicyRow] {
  /// What is minimised, of a decision under an allocation.
  func misses(
    of model: Model, _ decision: Decision, _ allocation: Allocation,
    givesWay: (PolicyRow) -> Bool
  ) -> Double {
    var shared = -1.0
    var others = 0.0
    for row in self {
      let miss = row.miss(model.activity(of: row, decision, allocation))
      if givesWay(row) { shared = Swift.max(shared, miss) } else { others += Swift.max(0, miss) }
    }
    return shared + PolicyRow.priceOfMissing * others
  }
}

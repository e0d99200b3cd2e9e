import CloudCosts
import MIP

/// Rows that hold for a part of all decisions only: what is bought of families lies within limits.
extension Master {
  /// A row that says between which values an amount lies.
  ///
  /// No decision may be within a case's limits. A miss is allowed at a high price then, so that
  /// what proves the bound of such a case are multipliers as of any other.
  func addHeld(_ row: PolicyRow) throws -> RowID {
    let price = Self.priceOfMissing / max(1, row.upper)
    let missing = try solver.addVariables([Variable("missing[\(row.name)]", cost: price)])
    return try solver.addRows([
      Row(row.name, terms(row) + [Term(1, missing[0])], lower: 0, upper: row.upper)
    ])[0]
  }

  /// What it costs to miss all of an amount: ten times what all usage costs.
  private static let priceOfMissing = 1e6

  func add(_ row: PolicyRow) throws -> RowID {
    try solver.addRows([Row(row.name, terms(row), upper: row.upper)])[0]
  }

  private func terms(_ row: PolicyRow) -> [MIP.Term] {
    row.instruments.map { Term($0.coefficient, purchases[$0.index]) }
  }

  func hold(_ rows: [RowID], between lower: [Double], _ upper: [Double]) throws {
    try solver.setBounds(of: rows, lower: lower, upper: upper)
  }

  /// Lets a row go without deleting it: its basis stays feasible for the dual simplex.
  func limit(_ ids: [RowID], to upper: [Double]) throws {
    try solver.setBounds(of: ids, lower: ids.map { _ in -.infinity }, upper: upper)
  }

  /// Deletes rows of which the last solve makes no use; those that it does are returned.
  func deleteIdle(_ ids: [RowID]) throws -> [RowID] {
    let idle = Set(ids.filter { last?.row($0)?.isBasic == true })
    try solver.deleteRows(Array(idle))
    return ids.filter { !idle.contains($0) }
  }

  /// The multiplier of a row, in currency units.
  func multiplier(_ id: RowID) -> Double { (last?.row(id)?.dual ?? 0) * scale }
}

/// Why a solver stopped.
package enum StopReason: Hashable, Sendable {
  /// There was nothing left to do.
  case finished
  /// The asked-for gap was reached.
  case gapReached
  case timeLimit
  case interrupted
  /// The search broke off on the model's numbers; what it has is still right.
  case numericalTrouble
}

/// How a linear relaxation came out: why the solver stopped, and what it has.
package struct LPResult: Sendable {
  package enum Status: Hashable, Sendable {
    case optimal
    /// No values satisfy all rows and bounds; both simplex methods say so.
    case infeasible
    /// Costs can fall without end.
    case unbounded
    /// Stopped before anything was known. Values are those of the last basis.
    case unknown
  }

  /// A row at the solution.
  package struct RowState: Hashable, Sendable {
    package let id: RowID
    /// The value of the row's sum.
    package let activity: Double
    /// What the objective gains when the row's active bound rises by one: not below zero at a lower
    /// bound, not above zero at an upper one, zero in a basic row.
    package let dual: Double
    /// Basic rows have slack (or are degenerate) and can be deleted without losing the warm start.
    package let isBasic: Bool
  }

  package let status: Status
  package let stop: StopReason
  package let objective: Double
  /// The value of each variable, by index.
  package let values: [Double]
  /// Cost less Σ row dual × coefficient, by variable index.
  package let reducedCosts: [Double]
  /// The rows that are there, oldest first.
  package let rows: [RowState]
  /// Simplex iterations of this solve.
  package let iterations: Int

  /// The value of a variable.
  ///
  /// - Precondition: the variable was there when this was solved.
  package subscript(_ variable: VariableID) -> Double { values[variable.index] }

  /// The state of a row, or nil if it was not there when this was solved. O(log rows).
  package func row(_ id: RowID) -> RowState? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].id.index < id.index { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].id == id ? rows[low] : nil
  }
}

/// How an integer search came out: why it stopped, and what it has.
package struct MIPResult: Sendable {
  package enum Status: Hashable, Sendable {
    /// The best there is, within GLPK's pruning tolerance of 1e-7 of the objective.
    case optimal
    /// A solution; `bound` says how far from the best it can be.
    case feasible
    case infeasible
    /// The relaxation's costs fall without end.
    case unbounded
    /// Stopped without a solution.
    case unknown
  }

  package let status: Status
  package let stop: StopReason
  /// The cost of `values`; +∞ without a solution.
  package let objective: Double
  /// No solution costs less: proven, also when the search was cut short; +∞ when infeasible.
  package let bound: Double
  /// The best solution's values by variable index, integers exact; empty without a solution.
  package let values: [Double]
  /// Nodes of the search tree that were looked at.
  package let nodes: Int
  /// Whether the start that was given is feasible; an infeasible one is left aside.
  package let acceptedStart: Bool

  /// (objective − bound) / |objective|; +∞ without a solution.
  package var gap: Double {
    guard objective.isFinite else { return .infinity }
    return objective == bound ? 0 : (objective - bound) / abs(objective)
  }

  /// The value of a variable.
  ///
  /// - Precondition: there is a solution, and the variable was there when this was solved.
  package subscript(_ variable: VariableID) -> Double { values[variable.index] }
}

/// What an integer search may use.
package struct SearchOptions: Hashable, Sendable {
  /// Stop when (objective − bound) / |objective| is not above this; 0 asks for the optimum.
  package var relativeGap = 0.0
  package var timeLimit: Duration?
  /// Rounds each node's relaxation; cheap, and often right.
  package var roundingHeuristic = true
  package var feasibilityPump = false
  package var gomoryCuts = false
  package var mirCuts = false
  package var coverCuts = false

  package init(relativeGap: Double = 0, timeLimit: Duration? = nil) {
    self.relativeGap = relativeGap
    self.timeLimit = timeLimit
  }
}

internal import CGLPK

extension Solver {
  /// Searches for the cheapest values that are integers where they have to be.
  ///
  /// - Parameters:
  ///   - start: Values for all variables, by index. If they are feasible the search begins with
  ///     them as the best known, and never answers with worse; if not, they are left aside.
  ///   - interrupt: Stops the search at its next node, with what it has.
  /// - Throws: `invalidModel` when the start has another number of values.
  package func solveInteger(
    _ options: SearchOptions = SearchOptions(), start: [Double]? = nil, interrupt: Interrupt? = nil
  ) throws(MIPError) -> MIPResult {
    if let start, start.count != variableCount {
      throw .invalidModel("a start of \(start.count) values for \(variableCount) variables")
    }
    let deadline = Deadline(options.timeLimit)
    let relaxation = try solveRelaxation(timeLimit: options.timeLimit, interrupt: interrupt)
    switch relaxation.status {
    case .optimal: return try search(options, deadline, start, interrupt ?? Interrupt())
    case .infeasible: return .none(.infeasible, relaxation.stop, bound: .infinity)
    case .unbounded: return .none(.unbounded, relaxation.stop, bound: -.infinity)
    case .unknown:
      return try search(options, deadline, start, interrupt ?? Interrupt(), stop: relaxation.stop)
    }
  }

  private func search(
    _ options: SearchOptions, _ deadline: Deadline, _ start: [Double]?, _ interrupt: Interrupt,
    stop early: StopReason? = nil
  ) throws(MIPError) -> MIPResult {
    var parameters = plimsoll_search_options(
      relative_gap: max(0, options.relativeGap), milliseconds: deadline.slice(),
      rounding_heuristic: options.roundingHeuristic, feasibility_pump: options.feasibilityPump,
      gomory_cuts: options.gomoryCuts, mir_cuts: options.mirCuts, cover_cuts: options.coverCuts)
    var found = plimsoll_search_result()
    var values = [Double](repeating: 0, count: variableCount)
    try check(
      plimsoll_lp_search(handle, &parameters, start, interrupt.flag, &found, &values))
    let stop = early ?? StopReason(code: Int(found.stop))
    guard let status = MIPResult.Status(code: Int(found.status)) else {
      if stop == .numericalTrouble {
        throw .numericalTrouble("a relaxation inside the integer search could not be solved")
      }
      return .none(.unknown, stop, bound: found.bound)
    }
    if status == .infeasible { return .none(.infeasible, stop, bound: found.bound) }
    return MIPResult(
      status: status, stop: stop, objective: found.objective, bound: found.bound, values: values,
      nodes: Int(found.nodes), acceptedStart: found.start_accepted)
  }
}

extension MIPResult {
  /// A result without a solution.
  static func none(_ status: Status, _ stop: StopReason, bound: Double) -> MIPResult {
    MIPResult(
      status: status, stop: stop, objective: .infinity, bound: bound, values: [], nodes: 0,
      acceptedStart: false)
  }
}

extension MIPResult.Status {
  fileprivate init?(code: Int) {
    switch code {
    case PLIMSOLL_OPTIMAL: self = .optimal
    case PLIMSOLL_FEASIBLE: self = .feasible
    case PLIMSOLL_NONE_EXISTS: self = .infeasible
    default: return nil
    }
  }
}

extension StopReason {
  fileprivate init(code: Int) {
    switch code {
    case PLIMSOLL_STOP_FINISHED: self = .finished
    case PLIMSOLL_STOP_GAP: self = .gapReached
    case PLIMSOLL_STOP_TIME: self = .timeLimit
    case PLIMSOLL_STOP_FLAG: self = .interrupted
    default: self = .numericalTrouble
    }
  }
}

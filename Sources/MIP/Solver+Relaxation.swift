internal import CGLPK

extension Solver {
  /// Solves the program as if no variable had to be an integer, from where the last solve ended.
  ///
  /// The dual simplex goes first, since added rows and moved bounds leave its basis feasible. What
  /// it cannot do, or calls infeasible, the primal simplex has to do or confirm.
  ///
  /// - Parameter size: how many variables and rows may change, where most are known not to; a
  ///   method that takes far more iterations gives way to the next. Nil: all.
  /// - Throws: `numericalTrouble` when no method gives an answer that satisfies the rows.
  package func solveRelaxation(
    timeLimit: Duration? = nil, interrupt: Interrupt? = nil, size: Int? = nil
  ) throws(MIPError) -> LPResult {
    var run = SimplexRun(
      size: size ?? variableCount + rowIDs.count, isPart: size != nil,
      until: Deadline(timeLimit), interrupt: interrupt)
    while true {
      if let stop = run.stop { return try result(.unknown, stop, run) }
      try step(&run)
      switch try verdict(run) {
      case .goOn: try run.resume()
      case .tryNext: try run.fallBack()
      case .confirm: run.confirm()
      case .known(let status): return try result(status, .finished, run)
      }
    }
  }

  private func step(_ run: inout SimplexRun) throws(MIPError) {
    if run.isNew { try prepare(run.attempt) }
    var result = plimsoll_simplex_result()
    try check(
      plimsoll_lp_simplex(
        handle, Int32(run.attempt.method), run.milliseconds, run.iterationLimit, &result))
    run.note(result)
  }

  private func prepare(_ attempt: SimplexRun.Attempt) throws(MIPError) {
    switch attempt.scaling {
    case .off:
      try check(plimsoll_lp_scale(handle, false))
      rowsUntilScaling = 0
    case .present where rowsUntilScaling > 0: break
    case .present, .anew:
      try check(plimsoll_lp_scale(handle, true))
      rowsUntilScaling = max(20, rowIDs.count)
    }
    if attempt.basis != .present {
      try check(plimsoll_lp_reset_basis(handle, attempt.basis == .triangular))
    }
  }

  private enum Verdict {
    case goOn, tryNext, confirm
    case known(LPResult.Status)
  }

  private func verdict(_ run: SimplexRun) throws(MIPError) -> Verdict {
    switch Int(run.last.stop) {
    case PLIMSOLL_STOP_TIME: return .goOn
    case PLIMSOLL_STOP_FINISHED: break
    default: return .tryNext
    }
    let wasPrimal = run.attempt.isPrimal
    switch (Int(run.last.primal), Int(run.last.dual)) {
    case (PLIMSOLL_FEASIBLE, PLIMSOLL_FEASIBLE):
      return try isAccurate() ? .known(.optimal) : .tryNext
    case (PLIMSOLL_NONE_EXISTS, _): return wasPrimal ? .known(.infeasible) : .confirm
    case (PLIMSOLL_FEASIBLE, PLIMSOLL_NONE_EXISTS) where wasPrimal:
      return try isBounded() ? .tryNext : .known(.unbounded)
    case (_, PLIMSOLL_NONE_EXISTS): return wasPrimal ? .tryNext : .confirm
    default: return .tryNext
    }
  }

  /// GLPK's tolerances are for scaled values; this asks in the model's own units.
  private func isAccurate() throws(MIPError) -> Bool {
    var primal = 0.0
    var dual = 0.0
    try check(plimsoll_lp_violation(handle, &primal, &dual))
    return primal <= 1e-6 && dual <= 1e-6
  }

  /// Whether the bounds of the variables alone keep costs from falling without end: then a solver
  /// that says they do has lost itself in numbers.
  private func isBounded() throws(MIPError) -> Bool {
    var bounded = false
    try check(plimsoll_lp_is_bounded(handle, &bounded))
    return bounded
  }

  private func result(
    _ status: LPResult.Status, _ stop: StopReason, _ run: SimplexRun
  ) throws(MIPError) -> LPResult {
    let ids = rowIDs
    var values = [Double](repeating: 0, count: variableCount)
    var reducedCosts = values
    var activities = [Double](repeating: 0, count: ids.count)
    var duals = activities
    var basic = [UInt8](repeating: 0, count: ids.count)
    try check(
      plimsoll_lp_solution(handle, &values, &reducedCosts, &activities, &duals, &basic))
    let rows = ids.indices.map {
      LPResult.RowState(
        id: ids[$0], activity: activities[$0], dual: duals[$0], isBasic: basic[$0] != 0)
    }
    return LPResult(
      status: status, stop: stop, objective: run.last.objective, values: values,
      reducedCosts: reducedCosts, rows: rows, iterations: run.iterations)
  }
}

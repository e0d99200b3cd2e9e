import CloudCosts
import MIP

/// Finds by how much each of some clashing limits would have to give way for a plan to exist, the
/// others staying as they are, and what the plan costs then.
///
/// The least slack of one limit, by bisection on its value: each trial asks the model itself whether
/// there is a plan (in whole units where the model is small, else integrality aside). A slack with a
/// price in the row would find the same in one solve, but only for limits that are linear in their value.
struct Relaxation {
  let problem: PlanningProblem
  let effort: PlanningEffort
  let clock: Stopwatch
  /// Solves with another policy.
  let solve: (PlanningProblem) throws -> Plan

  /// The same limits, with what is found out before the time is over.
  func explained(_ clashing: [ClashingLimit]) -> [ClashingLimit] {
    var known: [PolicyLimit: ClashingLimit] = [:]
    return clashing.map { limit in
      guard let key = PolicyLimit(row: limit.row), let value = problem.policy[key] else {
        return limit
      }
      var result = known[key] ?? limit
      result.row = limit.row
      result.value = value
      if known[key] == nil, let nearest = try? nearest(key, from: value) {
        (result.nearest, result.cost) = (nearest, nil)
        settle(key, &result)
      }
      known[key] = result
      return result
    }
  }

  // MARK: The nearest value

  /// Nil where no value will do, or there is no time to find out.
  private func nearest(_ key: PolicyLimit, from value: Double) throws -> Double? {
    guard var kept = try loosest(key, from: value) else { return nil }
    var broken = value
    // A trial on a year of usage takes a second: there a ten-thousandth must do.
    let isSmall = problem.demand.quantities.count <= 1500
    let precision =
      key.isShare ? (isSmall ? 1e-5 : 1e-4) : (isSmall ? 1e-7 : 1e-4) * max(abs(kept), 1e-3)
    while abs(kept - broken) > precision, !isOutOfTime {
      let middle = (kept + broken) / 2
      if try isKept(key, middle) { kept = middle } else { broken = middle }
    }
    return told(key, kept)
  }

  /// Some value that is loose enough: the end of the scale, or for amounts the first of ever larger.
  private func loosest(_ key: PolicyLimit, from value: Double) throws -> Double? {
    if key.isFloor { return try isKept(key, 0) ? 0 : nil }
    if key.isShare { return try isKept(key, 1) ? 1 : nil }
    var trial = max(2 * value, 1)
    for _ in 0..<50 where !isOutOfTime {
      if try isKept(key, trial) { return trial }
      trial *= 4
    }
    return nil
  }

  /// Rounded to what a person would write, to the looser side.
  private func told(_ key: PolicyLimit, _ value: Double) -> Double {
    let scale = key.isShare ? 1e4 : 1e3
    // What is a round number but for dust stays it.
    let dust = key.isShare ? 2e-5 : 1e-6 * max(1, abs(value))
    let rounded =
      key.isFloor
      ? ((value + dust) * scale).rounded(.down) / scale
      : ((value - dust) * scale).rounded(.up) / scale
    return key.isShare ? min(1, max(0, rounded)) : rounded
  }

  private func isKept(_ key: PolicyLimit, _ value: Double) throws -> Bool {
    var problem = problem
    problem.policy[key] = value
    var builder = ModelBuilder(problem)
    let model = try builder.build()
    if model.isSmall {
      return try !ExtensiveForm(model, name: "relaxed")
        .isInfeasible(timeLimit: .seconds(2), interrupt: effort.stop.interrupt)
    }
    return try Decomposition(model, effort: effort, clock: clock).isFeasible(model.rows)
  }

  private var isOutOfTime: Bool { effort.stop.isStopped || clock.seconds > effort.timeLimit }

  // MARK: What it costs there

  /// Solves with the value found; where whole units do not fit it, with values a little looser.
  private func settle(_ key: PolicyLimit, _ limit: inout ClashingLimit) {
    guard let nearest = limit.nearest else { return }
    // GLPK counts 2.99999 as whole: an amount may be short by that much.
    var step = key.isShare ? 1e-4 : max(1e-3, 2e-5 * abs(nearest))
    var value = nearest
    for _ in 0..<8 where !isOutOfTime {
      var problem = problem
      problem.policy[key] = value
      if let plan = try? solve(problem) {
        limit.nearest = value
        limit.cost = plan.certificate.objective
        return
      }
      value = told(key, key.isFloor ? value - step : value + step)
      step *= 3
    }
  }
}

import CloudCosts

/// Finds the way out of limits that clash: for each of them, all others as they are, a value with
/// which a plan was found, and what that plan costs.
///
/// Of a large program, purchases that need little of the limit are sought. Otherwise the plan
/// without the limit is: where there is none, giving way does not help. Its own value is one that
/// suffices, and between that and the policy's the nearest is found by bisection. A value counts
/// only once a plan was found with it.
struct Relaxation {
  let problem: PlanningProblem
  let effort: PlanningEffort
  let clock: Stopwatch
  /// Solves with another policy, in so many seconds at most.
  let solve: (PlanningProblem, Double) throws -> Plan

  /// Seconds that all of it takes, from the start of the search that found the clash; where that
  /// search took longer itself, so many times as long. And seconds that a plan may take.
  private static let seconds = 6.0
  private static let timesTheSearch = 2.5
  private static let secondsPerPlan = 4.0

  /// The limits that clash, the cheapest way out first, then those that give no way out alone.
  ///
  /// - Parameters:
  ///   - clashing: limits that no plan keeps together.
  ///   - isSmallest: whether a plan exists without any one of them.
  func explained(_ clashing: [ClashingLimit], isSmallest: Bool) -> [ClashingLimit] {
    let passed = clock.seconds
    let wanted = max(Self.seconds, passed * (1 + Self.timesTheSearch))
    // Where the time is over, a tenth more.
    let until = max(min(wanted, effort.timeLimit), min(wanted, passed + 0.1 * effort.timeLimit))
    var rows = clashing.uniquedByKnob
    if !isSmallest { rows = smallest(rows, until: clock.seconds + 0.4 * (until - clock.seconds)) }
    let searches = try? ValueSearches(problem, effort, clock, until: until)
    var ways: [ClashingLimit] = []
    for (position, limit) in rows.enumerated() {
      let share = (until - clock.seconds) / Double(rows.count - position)
      ways.append(wayOut(limit, searches, until: clock.seconds + share))
    }
    return ways.enumerated().sorted {
      ($0.element.cost ?? .infinity, $0.offset) < ($1.element.cost ?? .infinity, $1.offset)
    }.map(\.element)
  }

  /// Leaves out limits without which there is still no plan.
  private func smallest(_ limits: [ClashingLimit], until end: Double) -> [ClashingLimit] {
    var kept = limits
    var rest = problem
    for limit in limits where clock.seconds < end {
      guard let knob = limit.knob else { continue }
      var without = rest
      without.policy[knob] = nil
      if plan(without, until: end) == nil, clock.seconds < end {
        rest = without
        kept.removeAll { $0.knob == knob }
      }
    }
    return kept.isEmpty ? limits : kept
  }

  private func wayOut(
    _ limit: ClashingLimit, _ searches: ValueSearches?, until end: Double
  ) -> ClashingLimit {
    guard let knob = limit.knob, let value = problem.policy[knob] else { return limit }
    var result = limit
    result.value = value
    guard let search = searches?.search(knob, from: value, until: end) else { return result }
    if let found = search.near() {
      (result.nearest, result.cost) = (found.value, found.cost)
      return result
    }
    var free = problem
    free.policy[knob] = nil
    guard let loosest = plan(free, until: end), let reach = search.reach(of: loosest)
    else { return result }
    for trial in search.between(reach) {
      guard let found = plan(trial, knob, until: end) else { continue }
      (result.nearest, result.cost) = (trial, found.certificate.objective)
      return result
    }
    // The plan without the limit keeps what it comes to, though the search may need longer to find
    // it again.
    (result.nearest, result.cost) = (reach, loosest.certificate.objective)
    return result
  }

  private func plan(_ value: Double, _ knob: PolicyKnob, until end: Double) -> Plan? {
    var relaxed = problem
    relaxed.policy[knob] = value
    return plan(relaxed, until: end)
  }

  private func plan(_ problem: PlanningProblem, until end: Double) -> Plan? {
    let left = min(Self.secondsPerPlan, end - clock.seconds)
    guard left > 0, !effort.stop.isStopped else { return nil }
    return try? solve(problem, left)
  }
}

extension [ClashingLimit] {
  /// One of each number that can give way, and every row that is about none.
  fileprivate var uniquedByKnob: [ClashingLimit] {
    var seen = Set<PolicyKnob>()
    return filter { limit in limit.knob.map { seen.insert($0).inserted } ?? true }
  }
}

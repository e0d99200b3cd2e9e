import CloudCosts

/// Finds the way out of limits that clash: for each of them, all others as they are, a value with
/// which a plan was found, and what that plan costs.
///
/// First the plan without the limit: where there is none, giving way does not help. Its own value
/// is one that suffices. Between that and the policy's, the nearest that keeps the relaxation is
/// found by bisection; a value counts only once a plan was found with it.
struct Relaxation {
  let problem: PlanningProblem
  let effort: PlanningEffort
  let clock: Stopwatch
  /// Solves with another policy, in so many seconds at most.
  let solve: (PlanningProblem, Double) throws -> Plan

  /// Seconds that all of it takes, from the start of the search that found the clash; where that
  /// search took longer itself, so many times as long. And seconds that a plan may take.
  private static let seconds = 4.5
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
    var ways: [ClashingLimit] = []
    for (position, limit) in rows.enumerated() {
      let share = (until - clock.seconds) / Double(rows.count - position)
      ways.append(wayOut(limit, until: clock.seconds + share))
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

  private func wayOut(_ limit: ClashingLimit, until end: Double) -> ClashingLimit {
    guard let knob = limit.knob, let value = problem.policy[knob] else { return limit }
    var result = limit
    result.value = value
    var free = problem
    free.policy[knob] = nil
    guard let loosest = plan(free, until: end),
      let search = try? ValueSearch(knob, from: value, problem, loosest, effort, clock, until: end)
    else { return result }
    for trial in search.trials() {
      guard let found = plan(trial, knob, until: end) else { continue }
      (result.nearest, result.cost) = (trial, found.certificate.objective)
      return result
    }
    // The plan without the limit keeps what it comes to, though the search may need longer to find
    // it again.
    if let reach = search.reach {
      (result.nearest, result.cost) = (reach, loosest.certificate.objective)
    }
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

/// Looks for the value of one limit that lets a plan through, between the policy's and that of a
/// plan without it.
private struct ValueSearch {
  private let knob: PolicyKnob
  private let value: Double
  private let problem: PlanningProblem
  private let probe: FeasibilityProbe
  private let clock: Stopwatch
  private let end: Double
  /// What the plan without the limit comes to, rounded to the looser side; nil where that is not
  /// known.
  let reach: Double?

  init(
    _ knob: PolicyKnob, from value: Double, _ problem: PlanningProblem, _ loosest: Plan,
    _ effort: PlanningEffort, _ clock: Stopwatch, until end: Double
  ) throws {
    self.knob = knob
    self.value = value
    self.problem = problem
    self.clock = clock
    self.end = end
    var brief = effort
    brief.timeLimit = end
    let check = try PlanValue(problem, loosest)
    probe = FeasibilityProbe(check.model, check.costToGo, effort: brief, clock: clock)
    reach = check.tightest(knob, from: value).map { ValueSearch.rounded($0, knob, dust: 1e-9) }
  }

  /// Values to try, the nearest first, ever looser.
  func trials() -> [Double] {
    guard let reach else { return [] }
    let nearest = nearest(reach)
    // A round number but for the bisection's dust is that number; where it does not suffice, what
    // was found.
    let round = ValueSearch.rounded(nearest, knob, dust: knob.isShare ? 2e-5 : 1e-6)
    let steps = [0, 0.002, 0.01, 0.05, 0.2, 1].map {
      ValueSearch.rounded(nearest + $0 * (reach - nearest), knob, dust: 1e-9)
    }
    return ([round] + steps).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The nearest that the relaxation keeps.
  private func nearest(_ reach: Double) -> Double {
    var (kept, broken) = (reach, value)
    let precision = knob.isShare ? 1e-5 : 1e-6 * max(abs(reach), 1e-3)
    // The trials that follow need time, too.
    let until = clock.seconds + 0.5 * max(0, end - clock.seconds)
    while abs(kept - broken) > precision, clock.seconds < until {
      let middle = (kept + broken) / 2
      var policy = problem.policy
      policy[knob] = middle
      guard let isKept = try? probe.isKept(policy) else { break }
      if isKept { kept = middle } else { broken = middle }
    }
    return kept
  }

  /// To what a person would write, to the looser side.
  ///
  /// - Parameter dust: what is a round number but for this share of it stays that.
  static func rounded(_ value: Double, _ knob: PolicyKnob, dust: Double) -> Double {
    let scale = knob.isWhole ? 1 : knob.isShare ? 1e4 : 1e3
    let dust = dust * max(1, abs(value))
    let rounded =
      knob.isFloor
      ? ((value + dust) * scale).rounded(.down) / scale
      : ((value - dust) * scale).rounded(.up) / scale
    return knob.isShare ? min(1, max(0, rounded)) : max(0, rounded)
  }
}

/// What a plan comes to by a limit.
private struct PlanValue {
  private let problem: PlanningProblem
  let model: Model
  let costToGo: CostToGo
  private let decision: Decision
  private let allocation: Allocation

  init(_ problem: PlanningProblem, _ plan: Plan) throws {
    self.problem = problem
    var builder = ModelBuilder(problem)
    model = try builder.build()
    var decision = Decision.nothing(model)
    for purchase in plan.purchases {
      _ = decision.add(purchase.commitment, model, problem.demand.window.start)
    }
    for action in plan.actions {
      _ = decision.add(action, model)
    }
    self.decision = decision
    costToGo = CostToGo(model)
    var mix = AllocationMix(costToGo, decision)
    allocation =
      mix.keepingPolicy()
      ?? costToGo.allocate(
        purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
  }

  /// The tightest value that the plan keeps; nil where it keeps none.
  func tightest(_ knob: PolicyKnob, from value: Double) -> Double? {
    guard var kept = loosest(knob, from: value) else { return nil }
    var broken = value
    for _ in 0..<60 where abs(kept - broken) > 1e-9 * max(1, abs(kept)) {
      let middle = (kept + broken) / 2
      if keeps(knob, middle) { kept = middle } else { broken = middle }
    }
    return kept
  }

  private func loosest(_ knob: PolicyKnob, from value: Double) -> Double? {
    let candidates =
      knob.isFloor
      ? [0] : knob.isShare ? [1] : (0..<40).map { max(2 * value, 1) * Double(1 << $0) }
    return candidates.first { keeps(knob, $0) }
  }

  private func keeps(_ knob: PolicyKnob, _ value: Double) -> Bool {
    var policy = problem.policy
    policy[knob] = value
    var asked = model
    asked.apply(policy)
    // Less than what solvers let pass, so that none refuses it.
    return asked.violation(decision, allocation) <= 1e-9
  }
}

extension PlanningProblem {
  /// What a plan comes to by a limit: the tightest value of it that the plan keeps.
  ///
  /// - Parameter tightest: a value that is as tight as any: 0 of a cap, the most of a floor.
  /// - Returns: nil where the plan keeps no value of it.
  package func reach(of plan: Plan, by knob: PolicyKnob, from tightest: Double) throws -> Double? {
    try PlanValue(self, plan).tightest(knob, from: tightest)
  }
}

extension [ClashingLimit] {
  /// One of each number that can give way, and every row that is about none.
  fileprivate var uniquedByKnob: [ClashingLimit] {
    var seen = Set<PolicyKnob>()
    return filter { limit in limit.knob.map { seen.insert($0).inserted } ?? true }
  }
}

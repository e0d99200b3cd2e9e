import CloudCosts

/// What searches for values of all limits have in common: one program, and what its cuts know.
struct ValueSearches {
  let problem: PlanningProblem
  fileprivate let model: Model
  fileprivate let costToGo: CostToGo
  fileprivate let probe: FeasibilityProbe
  fileprivate let clock: Stopwatch

  init(
    _ problem: PlanningProblem, _ effort: PlanningEffort, _ clock: Stopwatch, until end: Double
  ) throws {
    self.problem = problem
    self.clock = clock
    var builder = ModelBuilder(problem)
    model = try builder.build()
    costToGo = CostToGo(model)
    var brief = effort
    brief.timeLimit = end
    probe = FeasibilityProbe(model, costToGo, effort: brief, clock: clock)
  }

  func search(_ knob: PolicyKnob, from value: Double, until end: Double) -> ValueSearch {
    ValueSearch(knob: knob, value: value, end: end, common: self)
  }
}

/// Looks for the value of one limit that lets a plan through, the nearest to the policy's.
struct ValueSearch {
  fileprivate let knob: PolicyKnob
  fileprivate let value: Double
  fileprivate let end: Double
  fileprivate let common: ValueSearches

  /// What a plan without the limit comes to, rounded to the looser side; nil where that is not
  /// known.
  func reach(of plan: Plan) -> Double? {
    PlanValue(common.problem, plan, common.model, common.costToGo).tightest(knob, from: value)
      .map { Self.rounded($0, knob, dust: 1e-9) }
  }

  /// Purchases that need little of the limit, and what they cost; nil where none are found soon.
  func near() -> (value: Double, cost: Double)? {
    let policy = common.problem.policy
    guard let found = try? common.probe.nearest(knob, in: policy, until: share(0.85))
    else { return nil }
    return (Self.rounded(found.value, knob, dust: 1e-9), found.cost)
  }

  /// Values between the nearest that keeps the relaxation and that of a plan, ever looser.
  func between(_ reach: Double) -> [Double] {
    let nearest = nearest(reach)
    return trials([0, 0.002, 0.01, 0.05, 0.2, 1].map { nearest + $0 * (reach - nearest) })
  }

  private func trials(_ values: [Double]) -> [Double] {
    guard let first = values.first else { return [] }
    // A round number but for the search's dust is that number; where it does not suffice, what was
    // found.
    let round = Self.rounded(first, knob, dust: knob.isShare ? 2e-5 : 1e-6)
    let all = [round] + values.map { Self.rounded($0, knob, dust: 1e-9) }
    return all.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The nearest that the relaxation keeps.
  private func nearest(_ reach: Double) -> Double {
    var (kept, broken) = (reach, value)
    let precision = knob.isShare ? 1e-5 : 1e-6 * max(abs(reach), 1e-3)
    // The trials that follow need time, too.
    let until = share(0.5)
    while abs(kept - broken) > precision, common.clock.seconds < until {
      let middle = (kept + broken) / 2
      var policy = common.problem.policy
      policy[knob] = middle
      guard let isKept = try? common.probe.isKept(policy) else { break }
      if isKept { kept = middle } else { broken = middle }
    }
    return kept
  }

  /// When a share of the time that is left will have passed.
  private func share(_ share: Double) -> Double {
    common.clock.seconds + share * max(0, end - common.clock.seconds)
  }

  /// To what a person would write, to the looser side.
  ///
  /// - Parameter dust: what is a round number but for this share of it stays that.
  private static func rounded(_ value: Double, _ knob: PolicyKnob, dust: Double) -> Double {
    let scale = knob.isWhole ? 1 : knob.isShare ? 1e4 : 1e3
    let dust = dust * max(1, abs(value))
    let rounded =
      knob.isFloor
      ? ((value + dust) * scale).rounded(.down) / scale
      : ((value - dust) * scale).rounded(.up) / scale
    return knob.isShare ? min(1, max(0, rounded)) : max(0, rounded)
  }
}

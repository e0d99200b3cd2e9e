import CloudCosts

/// What purchases come to by a limit.
struct PlanValue {
  private let policy: Policy
  private let model: Model
  private let decision: Decision
  private let allocation: Allocation
  /// By how much a row may be missed: less than what solvers let pass, so that none refuses the
  /// plan.
  private static let tolerance = 1e-9

  init(_ problem: PlanningProblem, _ plan: Plan) throws {
    var builder = ModelBuilder(problem)
    let model = try builder.build()
    self.init(problem, plan, model, CostToGo(model))
  }

  init(_ problem: PlanningProblem, _ plan: Plan, _ model: Model, _ costToGo: CostToGo) {
    policy = problem.policy
    self.model = model
    var decision = Decision.nothing(model)
    for purchase in plan.purchases {
      _ = decision.add(purchase.commitment, model, problem.demand.window.start)
    }
    for action in plan.actions {
      _ = decision.add(action, model)
    }
    self.decision = decision
    var mix = AllocationMix(costToGo, decision)
    allocation =
      mix.keepingPolicy()
      ?? costToGo.allocate(
        purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
  }

  init(_ policy: Policy, _ model: Model, _ decision: Decision, _ allocation: Allocation) {
    self.policy = policy
    self.model = model
    self.decision = decision
    self.allocation = allocation
  }

  /// The tightest value that is kept; nil where none is, or where it is no tighter than one that is
  /// known.
  func tightest(_ knob: PolicyKnob, from value: Double, than known: Double? = nil) -> Double? {
    // What all other limits ask for is the same whatever the value.
    var free = policy
    free[knob] = nil
    guard keeps(free), known.map({ keeps(knob, $0) }) ?? true,
      var kept = known ?? loosest(knob, from: value)
    else { return nil }
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

  /// Whether the limit alone is kept: rows of others take a look at all usage each.
  private func keeps(_ knob: PolicyKnob, _ value: Double) -> Bool {
    var alone = Policy()
    alone[knob] = value
    return keeps(alone)
  }

  private func keeps(_ policy: Policy) -> Bool {
    var asked = model
    asked.apply(policy)
    return asked.violation(decision, allocation) <= Self.tolerance
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

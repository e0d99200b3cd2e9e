import CloudCosts

/// Other amounts of what a plan buys: whether they keep the policy, and the plan that they make.
///
/// For a search that looks at what this module must not see, the provider's bill.
public struct PlanRevision {
  private let problem: PlanningProblem
  private let plan: Plan
  private let model: Model
  private let costToGo: CostToGo
  private let gap: Double

  /// - Parameter gap: up to which a plan is called optimal.
  /// - Throws: `FindingsError` where a price is missing.
  public init(_ problem: PlanningProblem, of plan: Plan, gap: Double) throws {
    self.problem = problem
    self.plan = plan
    self.gap = gap
    var builder = ModelBuilder(problem)
    model = try builder.build()
    costToGo = CostToGo(model)
  }

  /// The same actions with other purchases; nil where they miss the policy, or are not on offer.
  public func revised(_ purchases: [Commitment]) -> Plan? {
    var decision = Decision.nothing(model)
    for purchase in purchases
    where !decision.add(purchase, model, problem.demand.window.start) { return nil }
    for action in plan.actions
    where !decision.add((action.resource.id, action.action.target), model) { return nil }
    var mix = AllocationMix(costToGo, decision)
    guard let allocation = mix.keepingPolicy() else { return nil }
    var certificate = plan.certificate
    certificate.objective = max(
      certificate.bound, model.fixedCost(decision) + allocation.total)
    return Planner(problem).plan(
      model, decision, certificate.settled(gap: gap), known: (costToGo, allocation))
  }
}

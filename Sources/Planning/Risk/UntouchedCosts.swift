import CloudCosts

extension Planner {
  /// What each path costs with nothing new bought, in currency units over the window: what is
  /// owned, at its best.
  package static func untouched(_ problem: PlanningProblem) throws -> [Double] {
    var idle = problem
    idle.mayBuy = false
    idle.candidates = []
    idle.policy = Policy(costOfCapital: problem.policy.costOfCapital)
    idle.risk = nil
    idle.best = nil
    var builder = ModelBuilder(idle)
    let model = try builder.build()
    let left = CostToGo(model).allocate(purchased: [], actions: [])
    return zip(left.paths, model.shortfalls(.nothing(model), left)).map { model.constant + $0 + $1 }
  }

  /// What the measure of risk compares each path's cost with; nil where it compares with nothing.
  static func reference(_ problem: PlanningProblem, effort: PlanningEffort) throws -> [Double]? {
    guard problem.paths != nil else { return nil }
    switch problem.risk?.measure {
    case .regret: return try best(problem, effort: effort).costs
    case .loss: return try untouched(problem)
    case .cvar, .expected, .worst, nil: return nil
    }
  }
}

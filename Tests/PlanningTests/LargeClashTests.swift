import CloudCosts
import Testing

@testable import Planning

/// Limits that clash in programs which only cuts can solve: which they are, and how far each would
/// have to give way.
@Suite struct LargeClashTests {
  private static func problem(_ policy: Policy) -> PlanningProblem {
    var problem = ManyClustersTests.problem(families: 30, hours: 60)
    problem.policy = policy
    return problem
  }

  private static func clashing(_ policy: Policy) throws -> [ClashingLimit] {
    do {
      _ = try Planner(problem(policy), effort: PlanningEffort(gap: 1e-3, timeLimit: 60)).plan()
      return []
    } catch PlanningError.infeasible(let clashing) {
      return clashing
    }
  }

  @Test(arguments: [
    Policy(maxHourlyCommitment: 20, minCoverage: 0.8),
    // Two of three clash, and the third is kept by what the others would come to.
    Policy(maxUpfront: 1e6, maxHourlyCommitment: 5, minCoverage: 0.6),
    Policy(maxHourlyCommitment: 40, maxThreeYearShare: 0.2, minCoverage: 0.75),
  ])
  func whatSufficesDoes(_ policy: Policy) throws {
    let clashing = try Self.clashing(policy)
    #expect(
      Set(clashing.map(\.key)).isSuperset(of: ["max_hourly_commitment", "min_coverage"]))
    #expect(!clashing.contains { $0.key == "max_upfront" })
    let costs = clashing.map { $0.cost ?? .infinity }
    #expect(costs == costs.sorted())
    let model = try AgreementTests.model(Self.problem(policy))
    let probe = FeasibilityProbe(
      model, CostToGo(model), effort: PlanningEffort(timeLimit: 60), clock: Stopwatch())
    #expect(try !probe.isKept(policy))
    for limit in clashing where limit.key != "max_three_year_share" {
      let knob = try #require(limit.knob)
      let nearest = try #require(limit.nearest, "\(limit.row)")
      let cost = try #require(limit.cost)
      var relaxed = policy
      relaxed[knob] = nearest
      #expect(try probe.isKept(relaxed), "\(limit.row) \(nearest)")
      // What was found is a plan of that policy, so that the best one costs no more.
      let plan = try Planner(Self.problem(relaxed), effort: PlanningEffort(gap: 1e-3)).plan()
      #expect(plan.certificate.bound <= cost * (1 + 1e-9), "\(limit.row) \(nearest)")
      // Near means near: a tenth of the way back there is none. (Whole units are coarse here.)
      var tighter = policy
      tighter[knob] = nearest + 0.1 * ((limit.value ?? 0) - nearest)
      #expect(try !probe.isKept(tighter), "\(limit.row) \(nearest)")
    }
  }
}

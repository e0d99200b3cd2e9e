import CloudCosts
import Planning
import Testing

@testable import Scenarios

/// What knowing each path before buying comes to, by the plan's own measure of risk.
///
/// One instance runs on a path of probability 3/4, three on one of 1/4, for ten hours, at 1 on
/// demand and 0.6 reserved. Who knows the path reserves one or three: 6 or 18. Who does not
/// reserves one: 6 or 26, 11 in the mean.
@Suite struct HindsightRivalTests {
  private static func paths() -> DemandPaths {
    DemandPaths(
      paths: [1.0, 3].map { Small.demand([Small.large: Array(repeating: $0, count: 10)]) },
      probabilities: [0.75, 0.25])
  }

  @Test(arguments: [
    (RiskSettings(measure: .expected), 9.0, 11.0),
    // 0.6 × 9 + 0.4 × 18, and 0.6 × 11 + 0.4 × 26.
    (RiskSettings(measure: .worst, weight: 0.4), 12.6, 17),
    // The more expensive half is a quarter of each: (18 + 6) / 2 and (26 + 6) / 2.
    (RiskSettings(measure: .cvar, level: 0.5, weight: 0.4), 10.2, 13),
    // Hindsight regrets nothing. 0.6 × 11 + 0.4 × (9 + 8).
    (RiskSettings(measure: .regret, level: 1, weight: 0.4), 9, 13.4),
  ])
  func isMeasuredAsThePlanIs(risk: RiskSettings, hindsight: Double, objective: Double) throws {
    var problem = PlanningProblem(
      paths: Self.paths(), risk: risk,
      prices: PriceBook(rows: [
        Small.onDemand(Small.large, 1), Small.reservation(Small.large, 0.6),
      ]))
    let effort = PlanningEffort(gap: 1e-9, timeLimit: 20)
    if risk.measure == .regret { problem.best = try Planner.best(problem, effort: effort).costs }
    let plan = try Planner(problem, effort: effort).plan()
    #expect(isNear(plan.certificate.objective, objective, 1e-6))
    let rivals = try RivalPlanner(problem: problem, effort: effort).run(plan) { _ in }
    let rival = try #require(rivals.first { $0.kind == .hindsight })
    #expect(isNear(rival.objective, hindsight, 1e-6))
    #expect(isNear(rival.difference, hindsight - objective, 1e-6))
    // Nothing flexible is on sale, so nothing else is compared.
    #expect(rivals.count == 1)
  }

  @Test func onlyWhatIsAskedForIsSolved() throws {
    let problem = PlanningProblem(
      paths: Self.paths(),
      prices: PriceBook(rows: [
        Small.onDemand(Small.large, 1), Small.reservation(Small.large, 0.6),
      ]))
    let plan = try Planner(problem, effort: PlanningEffort()).plan()
    let rivals = try RivalPlanner(
      problem: problem, effort: PlanningEffort(), kinds: [.buyOnce, .narrowOnly]
    ).run(plan) { _ in }
    #expect(rivals.isEmpty)
  }
}

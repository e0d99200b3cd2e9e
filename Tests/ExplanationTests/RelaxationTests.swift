import CloudCosts
import Testing

@testable import Planning

/// How far a limit that clashes would have to give way: enough, and no more than enough.
@Suite struct RelaxationTests {
  static let rows = [
    Small.onDemand(Small.large, 1), Small.onDemand(Small.other, 1),
    Small.reservation(Small.large, 0.5),
    Small.reservation(Small.large, 0.3, term: .threeYears),
    Small.reservation(Small.other, 0.3, payment: .allUpfront, upfront: 4000),
  ]
  static let use = [Small.large: [4.0, 4, 2, 2], Small.other: [1.0, 3, 3, 1]]

  static func clashing(_ policy: Policy) throws -> [ClashingLimit] {
    do {
      _ = try Planner(Small.problem(use, rows, policy)).plan()
      return []
    } catch PlanningError.infeasible(let clashing) {
      return clashing
    }
  }

  static func isKept(_ policy: Policy) throws -> Bool { try clashing(policy).isEmpty }

  @Test(arguments: [
    // 20 instance-hours at 1.00; 2.00 an hour buy four instances of m5.large or fewer.
    Policy(maxHourlyCommitment: 1, minCoverage: 0.9),
    Policy(maxUpfront: 3000, minCoverage: 0.95),
    Policy(maxHourlyCommitment: 0.8, maxThreeYearShare: 0.1, minCoverage: 0.5),
  ])
  func toldLimitsAreTheNearest(_ policy: Policy) throws {
    let clashing = try Self.clashing(policy)
    #expect(clashing.count >= 2)
    for limit in clashing {
      let key = try #require(PolicyLimit(row: limit.row))
      let nearest = try #require(limit.nearest)
      #expect(limit.value == policy[key])
      var relaxed = policy
      relaxed[key] = nearest
      let plan = try Planner(Small.problem(Self.use, Self.rows, relaxed)).plan()
      #expect(isNear(limit.cost, plan.certificate.objective))
      var tighter = policy
      let step = key.isShare ? 2.5e-4 : max(3e-3, 6e-5 * nearest)
      tighter[key] = key.isFloor ? nearest + step : nearest - step
      #expect(try !Self.isKept(tighter), "\(limit.row) \(nearest)")
    }
  }

  /// A floor that nothing on sale reaches falls to what the best purchase covers.
  @Test func aFloorAlone() throws {
    let rows = [
      Small.onDemand(Small.large, 1), Small.plan(Small.other, 0.5), Small.onDemand(Small.other, 1),
      Small.reservation(Small.large, 0.5),
    ]
    let problem = Small.problem(
      [Small.large: [2, 2], Small.other: [1, 1]], rows,
      Policy(maxHourlyCommitment: 1, minCoverage: 1))
    let error = #expect(throws: PlanningError.self) { try Planner(problem).plan() }
    guard case .infeasible(let clashing) = error else { return }
    let floor = try #require(clashing.first { $0.key == "min_coverage" })
    // One currency unit an hour buys two of three instances: m5.large or c5.large at 0.5 each.
    #expect(isNear(floor.nearest, 0.6666))
  }

  /// Every kind of number gives way, and the cheapest way out comes first.
  @Test(
    arguments: [
      { $0.maxPurchases = 1 },
      {
        $0.minCoverageBy.families["m5"] = 0.95; $0.maxHourlyCommitment = 0.5
      },
      {
        $0.maxCoverageBy.families["m5"] = 0.1; $0.minCoverage = 0.8
      },
      {
        $0.minCoverageBy.families["c5"] = 0.9; $0.maxUpfront = 100
      },
    ] as [@Sendable (inout Policy) -> Void])
  func everyNumberGivesWay(_ change: @Sendable (inout Policy) -> Void) throws {
    var policy = Policy(minCoverage: 0.9)
    change(&policy)
    let clashing = try Self.clashing(policy)
    #expect(clashing.count >= 2)
    let costs = clashing.map { $0.cost ?? .infinity }
    #expect(costs == costs.sorted() && costs[0] < .infinity)
    for limit in clashing {
      guard let knob = limit.knob, let nearest = limit.nearest else { continue }
      var relaxed = policy
      relaxed[knob] = nearest
      #expect(try Self.isKept(relaxed), "\(limit.row) \(nearest)")
    }
  }

  @Test func notAskedFor() throws {
    var effort = PlanningEffort()
    effort.relaxesClashes = false
    let policy = Policy(maxHourlyCommitment: 1, minCoverage: 0.9)
    let planner = Planner(Small.problem(Self.use, Self.rows, policy), effort: effort)
    let error = #expect(throws: PlanningError.self) { try planner.plan() }
    guard case .infeasible(let clashing) = error else { return }
    #expect(clashing.allSatisfy { $0.nearest == nil })
  }
}

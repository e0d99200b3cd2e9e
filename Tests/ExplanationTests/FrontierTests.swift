import Billing
import CloudCosts
import Foundation
import Planning
import Testing

@testable import Reports
@testable import Scenarios

/// Plans along a limit.
@Suite struct FrontierTests {
  static func inputs(_ policy: Policy = Policy()) -> ScenarioInputs {
    let problem = Small.problem(
      [Small.large: [5, 4, 3, 4, 6, 2], Small.other: [2, 3, 1, 2, 2, 2]],
      [
        Small.onDemand(Small.large, 1), Small.onDemand(Small.other, 0.8),
        Small.reservation(Small.large, 0.55),
        Small.reservation(Small.large, 0.1, term: .threeYears, payment: .allUpfront, upfront: 6000),
        Small.reservation(Small.other, 0.2, payment: .partialUpfront, upfront: 2000),
        Small.plan(Small.large, 0.7), Small.plan(Small.other, 0.6),
      ])
    return ScenarioInputs(
      name: "base", demand: problem.demand, prices: problem.prices, owned: [], candidates: [],
      offers: OfferFilter(), policy: policy, effort: PlanningEffort(), compare: [])
  }

  static func objective(_ inputs: ScenarioInputs) throws -> Double {
    try Planner(OutcomePlanner.problem(inputs, mayBuy: true, mayResize: true)).plan()
      .certificate.objective
  }

  /// Every limit of the policy, with the same sample: the loosest point is the plain plan, the
  /// tightest that of a policy which says so, and giving way never costs.
  @Test(arguments: FrontierAxis.allCases)
  func isMonotoneAndEndsAtPlainRuns(_ axis: FrontierAxis) throws {
    let inputs = Self.inputs()
    var trace = FrontierTrace(inputs, over: axis)
    let frontier = try trace.run(named: "small", points: 7) { _ in }
    let points = frontier.points
    let isFloor = axis.limit.isFloor
    #expect(isFloor || frontier.infeasible.isEmpty)
    #expect(points.count + frontier.infeasible.count <= 7)
    if axis.limit.unit == .money || axis == .risk { #expect(points.count == 7) }
    for (before, after) in zip(points, points.dropFirst()) {
      #expect(before.limit < after.limit)
      let (tight, loose) = isFloor ? (after, before) : (before, after)
      #expect(tight.objective >= loose.objective)
      // Money is rounded to millionths, bounds are not.
      #expect(before.bound <= before.objective + 1e-6)
    }
    let free = try Self.objective(inputs)
    let loosest = isFloor ? points.first : points.last
    #expect(isNear(loosest?.objective, free, 1e-4))
    #expect(isNear(loosest?.cost.value, free, 1e-3))
    let tightest = try #require(isFloor ? points.last : points.first)
    if !isFloor { #expect(tightest.limit == (axis == .limit(.maxBreakEvenMonths) ? 1 : 0)) }
    var closed = inputs
    closed.policy[axis.limit] = tightest.limit
    #expect(isNear(tightest.objective, try Self.objective(closed), 1e-4))
    #expect(!FrontierDocument(frontier).answer.isEmpty)
  }

  /// `min_coverage_by.family.m5` is a limit, too; what is none has no axis.
  @Test func keysOfLimits() {
    for axis in FrontierAxis.allCases { #expect(FrontierAxis(rawValue: axis.rawValue) == axis) }
    let family = FrontierAxis(rawValue: "max_coverage_by.family.m5")
    #expect(
      family == .limit(.cap(.family("m5"))) && family?.rawValue == "max_coverage_by.family.m5")
    for text in ["max_upfrond", "max_upfront.a.b", "min_coverage_by.team.m5", "exclude", ""] {
      #expect(FrontierAxis(rawValue: text) == nil, "\(text)")
    }
  }

  @Test func theDownsideIsTheBillOfFallenUsage() throws {
    let inputs = Self.inputs()
    var trace = FrontierTrace(inputs, over: .risk)
    let frontier = try trace.run(named: "small", points: 3) { _ in }
    let plan = try Planner(OutcomePlanner.problem(inputs, mayBuy: true, mayResize: true)).plan()
    let last = try #require(frontier.points.last)
    for downside in last.downside {
      var fallen = inputs.demand
      fallen.quantities = fallen.quantities.map { $0 * (1 - downside.drop) }
      let judge = Judge(prices: inputs.prices)
      let bill = try judge.bill(fallen, under: plan.purchases.map(\.commitment))
      let without = try judge.bill(fallen, under: [])
      #expect(downside.cost == bill.cost)
      #expect(downside.savings == without.cost - bill.cost)
    }
    #expect(last.downside.map(\.drop) == Frontier.drops)
  }

  @Test func documentsRoundTripAndAllFormsAreWritten() throws {
    var trace = FrontierTrace(
      Self.inputs(Policy(minCoverage: 0.3)), over: .limit(.limit(.maxHourlyCommitment)))
    let frontier = try trace.run(named: "small <b>", points: 5) { _ in }
    #expect(!frontier.infeasible.isEmpty)
    let document = FrontierDocument(frontier)
    let back = try JSONDecoder().decode(FrontierDocument.self, from: Data(document.json().utf8))
    #expect(back == document)
    for form in FrontierFile.allCases {
      let text = try form.text(document)
      #expect(form == .csv || !text.contains("<b>"), "\(form)")
      #expect(text.utf8.count > 200)
    }
    let table = FrontierTable(document).text
    #expect(table.contains("No plan satisfies the rest of the policy at"))
    #expect(table.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(FrontierFile(path: "a.b/curve.CSV") == .csv)
    #expect(FrontierFile(path: "curve") == nil)
  }

  @Test func sensitivityIsWhatANewRunSays() throws {
    let inputs = Self.inputs(
      Policy(maxHourlyCommitment: 2, maxThreeYearShare: 0.4, minCoverage: 0.3))
    var planner = OutcomePlanner(inputs)
    var asked = inputs
    asked.compare = [.combined]
    planner = OutcomePlanner(asked)
    let run = try planner.run(sensitivity: true) { _ in }
    let plan = try #require(run.outcomes.first?.plan)
    #expect(
      plan.sensitivity.map(\.limit) == [.maxHourlyCommitment, .maxThreeYearShare, .minCoverage])
    for curve in plan.sensitivity {
      #expect(curve.points.map(\.change) == Sensitivity.changes + [nil])
      for point in curve.points {
        var moved = inputs
        moved.policy[curve.limit] = point.value
        #expect(isNear(point.objective, try Self.objective(moved), 2e-4))
      }
    }
    let comparison = Comparison(
      scenario: "small", currency: "USD", window: inputs.demand.window, runs: [run], findings: [])
    let document = RunDocument(comparison)
    let back = try RunDocument.read(Data(document.json().utf8), place: "plan.json")
    var sealed = document
    sealed.checksum = back.checksum
    #expect(back == sealed && back.checksum != nil)
    #expect(ComparisonTable(document).text.contains("What each limit of the policy costs"))
    #expect(
      HTMLReport(comparison, RunDocument(comparison)).text.contains(
        "What each limit of the policy costs"))
  }
}

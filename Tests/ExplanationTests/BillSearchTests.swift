import Billing
import CloudCosts
import TestSupport
import Testing

@testable import Planning
@testable import Scenarios

/// Where two wide plans compete, the provider's order can cost more than the ILP's allocation.
@Suite struct BillSearchTests {
  static let skus = ["m5.large", "c5.large", "r5.large"].map {
    SKU(provider: .aws, region: "us-east-1", instanceType: $0)
  }

  /// Three SKUs, eight hours, two Compute plans whose discounts rank the SKUs differently.
  static func problem(seed: UInt64) -> PlanningProblem {
    var random = SeededGenerator(seed: seed)
    var rows: [PriceRow] = []
    var use: [SKU: [Double]] = [:]
    for sku in skus {
      let price = Double(Int.random(in: 8...20, using: &random)) / 100
      rows.append(Small.onDemand(sku, price))
      rows.append(Small.plan(sku, price * Double.random(in: 0.5...0.9, using: &random)))
      rows.append(
        Small.plan(sku, price * Double.random(in: 0.3...0.7, using: &random), term: .threeYears))
      use[sku] = (0..<8).map { _ in Double(Int.random(in: 0...9, using: &random)) }
    }
    return Small.problem(use, rows, Policy(maxThreeYearShare: 0.5))
  }

  private static func bettered(
    _ plan: Plan, _ problem: PlanningProblem, _ judge: Judge
  ) throws -> Plan {
    let biller = PathBiller(
      ScenarioInputs(
        name: "", demand: problem.demand, prices: problem.prices, owned: [], candidates: [],
        offers: problem.offers, policy: problem.policy, effort: PlanningEffort(), compare: []),
      judge: judge)
    let nothing = try biller.bills(under: [])
    var keeper = PlanKeeper(
      problem: problem, trials: BillTrials(problem, biller, owned: nothing.bill),
      effort: PlanningEffort(), end: Deadline(seconds: 20),
      giveOwners: { purchases, _ in purchases.map(\.commitment) }, nothing: nothing)
    return try keeper.keep(plan).plan
  }

  @Test func billsOnlyFall() throws {
    var bettered = 0
    for seed in 1...24 as ClosedRange<UInt64> {
      let problem = Self.problem(seed: seed)
      let judge = Judge(prices: problem.prices)
      func bill(_ plan: Plan) throws -> Money {
        try judge.bill(problem.demand, under: plan.purchases.map(\.commitment)).cost
      }
      let plan = try Planner(problem).plan()
      let found = try Self.bettered(plan, problem, judge)
      let (before, after) = (try bill(plan), try bill(found))
      #expect(after <= before)
      if after < before { bettered += 1 }
      let check = try PlanCheck(
        problem, purchases: found.purchases.map(\.commitment), actions: [], proof: nil)
      #expect(check.missed.isEmpty && check.unknown.isEmpty, "seed \(seed)")
      // No bill is below the bound of the plan it started from.
      #expect(after.value >= plan.certificate.bound - 1e-6)
      #expect(found.certificate.bound == plan.certificate.bound)
    }
    #expect(bettered > 0)
  }
}

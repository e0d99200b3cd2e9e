import Billing
import CloudCosts
import Planning
import Testing

@testable import Scenarios

/// Lines of a plan that are worth signing, their order, and what each adds.
@Suite struct SigningTests {
  /// Steady usage of several types, of which some are hardly used.
  private static func inputs(
    _ use: [(type: String, count: Double, price: Double, reserved: Double)],
    _ policy: Policy = Policy()
  ) -> ScenarioInputs {
    let skus = use.map { SKU(provider: .aws, region: "us-east-1", instanceType: $0.type) }
    let rows = zip(skus, use).flatMap { sku, one in
      [Small.onDemand(sku, one.price), Small.reservation(sku, one.reserved)]
    }
    let demand = Small.demand(
      Dictionary(
        uniqueKeysWithValues: zip(skus, use).map {
          ($0, Array(repeating: $1.count, count: 20))
        }))
    return ScenarioInputs(
      name: "base", demand: demand, prices: PriceBook(rows: rows), owned: [], candidates: [],
      offers: OfferFilter(), policy: policy, effort: PlanningEffort(), compare: [.committed])
  }

  private static func outcome(_ inputs: ScenarioInputs) throws -> Outcome {
    var planner = OutcomePlanner(inputs)
    return try #require(try planner.run { _ in }.outcomes.first)
  }

  private static let fleet: [(type: String, count: Double, price: Double, reserved: Double)] = [
    ("m5.large", 90, 1, 0.5), ("c5.large", 9, 1, 0.5), ("r5.large", 1, 0.5, 0.4),
    ("i3.large", 1, 0.2, 0.15),
  ]

  @Test func everyLineAddsAndTheyAddUp() throws {
    let outcome = try Self.outcome(Self.inputs(Self.fleet))
    let lines = try #require(outcome.plan?.purchases).sorted { $0.order < $1.order }
    #expect(lines.map(\.order) == [1, 2, 3, 4])
    #expect(lines.reduce(Money.zero) { $0 + $1.adds } == outcome.savings)
    #expect(lines.first?.adds == Money(rounding: 90 * 0.5 * 20))
    #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.adds >= $1.adds })
    #expect(outcome.plan?.leftOut.isEmpty == true)
  }

  /// A limit is kept within a tenth of a point where whole units cannot hit it closer. That is no
  /// room for leaving lines out: without them the bill would be below the bound.
  @Test func whatALimitIsKeptWithinIsNoReasonToLeaveALineOut() throws {
    let outcome = try Self.outcome(
      Self.inputs(
        [("m5.large", 1000, 1, 0.5), ("i3.large", 1, 0.8, 0.9)], Policy(minCoverage: 1)))
    let plan = try #require(outcome.plan)
    #expect(plan.leftOut.isEmpty)
    #expect(plan.purchases.contains { $0.purchase.explanation?.keptBy == "min_coverage" })
    #expect(plan.certificate.bound <= plan.billed + 1e-6)
  }

  /// Of very many lines some are billed together: what they add still comes to the whole.
  @Test func veryManyLinesAddUp() throws {
    let inputs = Self.inputs(Self.fleet)
    let start = inputs.demand.window.start
    let proposed = (0..<450).map { index in
      Commitment(
        id: "buy-\(index)",
        terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
        subject: .reservation(
          sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"), zone: nil,
          count: 0.1, upfront: 0, hourly: 0.5), start: start, end: start + 8760)
    }
    let judged = try OutcomePlanner(inputs).judged(proposed)
    let lines = try #require(judged.outcome.plan?.purchases)
    #expect(Set(lines.map(\.order)) == Set(1...450))
    // 45 of the 90 save half of what they cost in each of 20 hours.
    let all = lines.reduce(Money.zero) { $0 + $1.adds }
    #expect(abs(all.value - 45 * 0.5 * 20) < 1e-3)
    #expect(lines.allSatisfy { abs($0.adds.value - 1) < 1e-5 })
  }

  /// 900 + 90 + 2 + 1 are saved in all: at least 1 % of it is 9.93.
  @Test func smallLinesAreLeftOutAndSaid() throws {
    var policy = Policy()
    policy.leastWorth = 0.01
    let outcome = try Self.outcome(Self.inputs(Self.fleet, policy))
    let plan = try #require(outcome.plan)
    #expect(plan.purchases.count == 2)
    #expect(plan.leftOut.map(\.worth) == [Money(rounding: 1), Money(rounding: 2)])
    #expect(plan.costOfLeavingOut == Money(rounding: 3))
    #expect(outcome.savings == Money(rounding: 990))
    // The bound is that of the whole program.
    let whole = try Self.outcome(Self.inputs(Self.fleet))
    #expect(plan.certificate.bound <= whole.bill.cost.value + 1e-6)
    let notes = PlanFindings(ScenarioRun(name: "base", outcomes: [outcome]), isOnly: true).findings
    #expect(notes.contains { $0.rule == "plan.left-out" && $0.message.hasPrefix("2 purchases") })
  }

  /// A line that a floor needs stays, and says what keeps it.
  @Test func aLosingLineNamesItsLimit() throws {
    let losing: [(type: String, count: Double, price: Double, reserved: Double)] = [
      ("m5.large", 10, 1, 0.5), ("c5.large", 10, 1, 1.1),
    ]
    let free = try #require(try Self.outcome(Self.inputs(losing)).plan)
    #expect(free.purchases.count == 1)
    var policy = Policy(minCoverage: 0.9)
    policy.leastWorth = 0.01
    let bound = try #require(try Self.outcome(Self.inputs(losing, policy)).plan)
    let kept = bound.purchases.filter { $0.savings < .zero }
    #expect(bound.purchases.count == 2 && kept.count == 1)
    #expect(kept.first?.purchase.explanation?.keptBy == "min_coverage")
    #expect(kept.first?.purchase.reason.contains("min_coverage") == true)
  }

  /// A 2-for-1 of plans: when a small line goes, another one takes over its usage.
  @Test func amountsArePlannedAnewWithoutTheLine() throws {
    var inputs = Self.inputs(
      [("m5.large", 500, 1, 0.6), ("c5.large", 2, 1, 0.48)],
      {
        var policy = Policy()
        policy.leastWorth = 0.02
        return policy
      }())
    inputs.prices = PriceBook(
      rows: [
        Small.onDemand(Small.large, 1), Small.onDemand(Small.other, 1),
        Small.plan(Small.large, 0.5), Small.plan(Small.other, 0.5),
        Small.reservation(Small.other, 0.48),
      ])
    let outcome = try Self.outcome(inputs)
    #expect(outcome.plan?.purchases.count == 1)
    // The plan covers both, at 0.5: only the difference is lost.
    #expect(outcome.bill.cost == Money(rounding: 502 * 0.5 * 20))
    #expect(outcome.plan?.costOfLeavingOut == Money(rounding: 2 * 0.02 * 20))
  }
}

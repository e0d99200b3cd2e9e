import Billing
import CloudCosts
import TestSupport
import Testing

@testable import Planning
@testable import Scenarios

/// Google without discount sharing: each project's commitments serve its own usage alone.
@Suite struct ProjectSharingTests {
  private static let projects = ["p", "q", "r"]
  private static let terms = OfferTerms(
    product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront)
  private static let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 6)

  private static func sku(_ type: String) -> SKU {
    SKU(provider: .gcp, region: "us-central1", instanceType: type)
  }

  private static func prices(_ type: String) -> PriceBook {
    PriceBook(rows: [
      PriceRow(sku: sku(type), product: .onDemand, hourly: 0.2),
      PriceRow(
        sku: sku(type), product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
        hourly: 0.12),
    ])
  }

  private static func commitment(
    _ type: String, _ project: String, _ count: Double, _ reach: Commitment.Reach = .account
  ) -> Commitment {
    Commitment(
      id: "\(project)-\(count)-\(reach)", account: project, terms: terms,
      subject: .reservation(sku: sku(type), zone: nil, count: count, upfront: 0, hourly: 0.12),
      start: window.start, end: window.start + 8760, reach: reach)
  }

  private static func ways(_ type: String) -> [[Commitment]] {
    projects.reduce([[]]) { ways, project in
      ways.flatMap { way in
        [way] + [1.0, 2].map { way + [commitment(type, project, $0)] }
      }
    }
  }

  /// Of every number of commitments in each project none makes a lower bill, and none is below the
  /// bound; with and without the sustained use discount, and with what is owned for one project or
  /// for all.
  @Test(arguments: ["e2-standard-4", "n2-standard-4"], 1...20 as ClosedRange<UInt64>)
  func eachProjectBuysItsOwn(_ type: String, _ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let demand = Demand(
      window: Self.window,
      groups: Self.projects.map { UsageGroup(account: $0, sku: Self.sku(type)) },
      quantities: (0..<18).map { _ in Double(Int.random(in: 0...2, using: &random)) })
    var sharing = Sharing()
    sharing.google = .project
    let owned =
      Bool.random(using: &random)
      ? [Self.commitment(type, "q", 1, Bool.random(using: &random) ? .shared : .account)] : []
    let judge = Judge(prices: Self.prices(type), sharing: sharing)
    func bill(_ purchases: [Commitment]) throws -> Double {
      try judge.bill(demand, under: owned + purchases).cost.value
    }
    var problem = PlanningProblem(demand: demand, prices: Self.prices(type), owned: owned)
    problem.sharing = sharing
    let plan = try GooglePlanner.billed(problem, judge)
      .plan(problem, PlanningEffort(gap: 1e-9))
    let purchases = plan.purchases.map(\.commitment)
    #expect(purchases.allSatisfy { $0.reach == .account && Self.projects.contains($0.account) })
    let best = try Self.ways(type).map(bill).min() ?? 0
    #expect(plan.certificate.bound <= best + 1e-6)
    #expect(try bill(purchases) <= best * (type.hasPrefix("e2") ? 1 : 1.02) + 1e-6)
    let check = try PlanCheck(problem, purchases: purchases, actions: [], proof: nil)
    #expect(check.unknown.isEmpty)
  }

  /// Two projects that take turns share one commitment where discounts are shared, and buy none
  /// where they are not. A commitment to spend is the billing account's either way.
  @Test func whoTakesTurnsBuysNothingAlone() throws {
    let type = "e2-standard-4"
    let flexible = PriceRow(
      sku: Self.sku(type), product: .gcpFlexibleCUD, term: .oneYear, payment: .noUpfront,
      hourly: 0.144)
    let demand = Demand(
      window: Self.window,
      groups: ["p", "q"].map { UsageGroup(account: $0, sku: Self.sku(type)) },
      quantities: (0..<6).map { Double($0 % 2) } + (0..<6).map { Double(1 - $0 % 2) })
    func cost(_ google: Sharing.GoogleSharing?, _ rows: [PriceRow]) throws -> Money {
      var inputs = ScenarioInputs(
        name: "base", demand: demand, prices: PriceBook(rows: rows), owned: [], candidates: [],
        offers: OfferFilter(), policy: Policy(), effort: PlanningEffort(),
        compare: [.committed])
      inputs.sharing.google = google
      var planner = OutcomePlanner(inputs)
      let outcome = try #require(try planner.run { _ in }.outcomes.first { $0.kind == .committed })
      return outcome.bill.cost
    }
    let onDemand = PriceRow(sku: Self.sku(type), product: .onDemand, hourly: 0.2)
    let resource = PriceRow(
      sku: Self.sku(type), product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
      hourly: 0.12)
    #expect(try cost(.billingAccount, [onDemand, resource]) == Money(rounding: 0.72))
    #expect(try cost(nil, [onDemand, resource]) == Money(rounding: 0.72))
    #expect(try cost(.project, [onDemand, resource]) == Money(rounding: 1.2))
    #expect(try cost(.project, [onDemand, resource, flexible]) == Money(rounding: 0.864))
  }
}

import Billing
import CloudCosts
import TestSupport
import Testing

@testable import Planning
@testable import Scenarios

/// Plans under the sharing that is in force: no bill of any purchases is below the bound, and the
/// plan's bill is the lowest.
@Suite struct SharingPlanTests {
  private static let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private static let terms = OfferTerms(
    product: .standardRI, term: .oneYear, payment: .noUpfront)
  private static let accounts = ["a", "b", "c"]

  private struct World {
    var problem: PlanningProblem
    var judge: Judge

    init(seed: UInt64, mode: Sharing.Mode) {
      var random = SeededGenerator(seed: seed)
      let window = HourWindow(start: Hour(year: 2024, month: 1, day: 15), hours: 4)
      let demand = Demand(
        window: window,
        groups: accounts.map { UsageGroup(account: $0, sku: sku) },
        quantities: (0..<accounts.count * 4).map { _ in
          Double(Int.random(in: 0...2, using: &random))
        })
      let prices = PriceBook(rows: [
        PriceRow(sku: sku, product: .onDemand, hourly: 0.1),
        PriceRow(
          sku: sku, product: .standardRI, term: .oneYear, payment: .noUpfront, hourly: 0.06),
      ])
      var owned: [Commitment] = []
      if Bool.random(using: &random) {
        let reaches: [Commitment.Reach] = [.shared, .account, .group("x"), .groupFirst("x")]
        owned = [
          commitment(
            "owned", accounts.randomElement(using: &random) ?? "a", 1,
            reaches.randomElement(using: &random) ?? .shared)
        ]
      }
      let sharing = Sharing(
        mode: mode, groups: ["x": ["a", "b"]],
        off: Set(accounts.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }))
      problem = PlanningProblem(demand: demand, prices: prices, owned: owned)
      problem.sharing = sharing
      judge = Judge(prices: prices, sharing: sharing)
    }

    func bill(_ purchases: [Commitment]) throws -> Double {
      try judge.bill(problem.demand, under: problem.owned + purchases).cost.value
    }
  }

  private static func commitment(
    _ id: String, _ account: String, _ count: Double, _ reach: Commitment.Reach = .shared
  ) -> Commitment {
    let start = Hour(year: 2024, month: 1, day: 15)
    return Commitment(
      id: id, account: account, terms: terms,
      subject: .reservation(sku: sku, zone: nil, count: count, upfront: 0, hourly: 0.06),
      start: start, end: start + 8760, reach: reach)
  }

  /// All ways of buying up to two reservations in each account.
  private static let ways: [[Commitment]] = {
    var ways: [[Commitment]] = [[]]
    for account in accounts {
      ways = ways.flatMap { way in
        [way]
          + [1.0, 2].map { count in way + [commitment("\(account)-\(count)", account, count)] }
      }
    }
    return ways
  }()

  @Test(arguments: Sharing.Mode.allCases, 1...30 as ClosedRange<UInt64>)
  func noBillIsBelowTheBound(_ mode: Sharing.Mode, _ seed: UInt64) throws {
    let world = World(seed: seed, mode: mode)
    let plan = try Planner(world.problem, effort: PlanningEffort(gap: 1e-9)).plan()
    let best = try #require(Self.ways.map { try world.bill($0) }.min())
    #expect(plan.certificate.bound <= best + 1e-6)
    #expect(try world.bill(plan.purchases.map(\.commitment)) <= best + 1e-6)
    let check = try PlanCheck(
      world.problem, purchases: plan.purchases.map(\.commitment), actions: [], proof: nil)
    #expect(check.unknown.isEmpty)
  }

  /// The optimizer's rule of who is served is the judge's, turn by turn.
  @Test(arguments: Sharing.Mode.allCases, 1...40 as ClosedRange<UInt64>)
  func whoIsServedIsOneRule(_ mode: Sharing.Mode, _ seed: UInt64) throws {
    let world = World(seed: seed, mode: mode)
    for owner in Self.accounts + [""] {
      for reach in [Commitment.Reach.shared, .account, .group("x"), .groupFirst("x")] {
        let commitment = Self.commitment("c", owner, 1, reach)
        for account in Self.accounts {
          let demand = Demand(
            window: HourWindow(start: commitment.start, hours: 1),
            groups: [UsageGroup(account: account, sku: Self.sku)], quantities: [1])
          let isCovered = try world.judge.bill(demand, under: [commitment]).coveredOnDemand > .zero
          #expect(isCovered == world.problem.sharing.serves(commitment, account))
        }
      }
    }
  }
}

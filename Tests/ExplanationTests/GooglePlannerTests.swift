import Billing
import CloudCosts
import Planning
import TestSupport
import Testing

@testable import Scenarios

/// Commitments to vCPUs and memory serve several shapes: the bound holds for that, too.
@Suite struct GooglePlannerTests {
  static let shapes: [(type: String, price: Double)] = [
    ("n2-standard-2", 0.0971), ("n2-highmem-2", 0.1310), ("n2-standard-8", 0.3885),
  ]

  private func sku(_ type: String) -> SKU {
    SKU(provider: .gcp, region: "us-central1", instanceType: type)
  }

  private var prices: PriceBook {
    PriceBook(
      rows: Self.shapes.flatMap { type, price in
        [
          PriceRow(sku: sku(type), product: .onDemand, hourly: price),
          PriceRow(
            sku: sku(type), product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
            hourly: price * 0.63),
        ]
      })
  }

  private func demand(_ seed: UInt64) -> Demand {
    var random = SeededGenerator(seed: seed)
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 24)
    return Demand(
      window: window, groups: ["n2-highmem-2", "n2-standard-2"].map { UsageGroup(sku: sku($0)) },
      quantities: (0..<48).map { _ in Double(Int.random(in: 0...4, using: &random)) })
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func noBillIsBelowTheBound(_ seed: UInt64) throws {
    let prices = prices
    let demand = demand(seed)
    let judge = Judge(prices: prices)
    let problem = PlanningProblem(demand: demand, prices: prices)
    let plan = try GooglePlanner(judge: judge, owned: []).plan(problem, PlanningEffort())
    let own = try judge.bill(demand, under: plan.purchases.map(\.commitment)).cost.value
    var least = Double.infinity
    for standard in 0...4 {
      for highmem in 0...4 {
        for large in 0...1 {
          let counts = [standard, highmem, large]
          let commitments = zip(Self.shapes, counts).filter { $0.1 > 0 }.map { shape, count in
            Commitment(
              id: shape.type,
              terms: OfferTerms(product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront),
              subject: .reservation(
                sku: sku(shape.type), zone: nil, count: Double(count), upfront: 0,
                hourly: shape.price * 0.63),
              start: demand.window.start, end: demand.window.start + 8760)
          }
          least = min(least, try judge.bill(demand, under: commitments).cost.value)
        }
      }
    }
    #expect(plan.certificate.bound <= least + 1e-5)
    #expect(plan.certificate.bound > 0.8 * least)
    // Bought for machines of one shape, it is not far from what the best mix would come to.
    #expect(own <= least * 1.05)
  }

  /// Where commitments serve one series, hours at the prices of their ranks are the bill: the plan
  /// is the best of all, and that is proven, though what a part of a month costs is no sum of
  /// hours.
  @Test(arguments: ["n1-standard-4", "n2-standard-4"], [3, 8, 21] as [UInt64])
  func sustainedUseIsProvenByTheHour(_ type: String, _ seed: UInt64) throws {
    let price = 0.2
    let book = PriceBook(rows: [
      PriceRow(sku: sku(type), product: .onDemand, hourly: price),
      PriceRow(
        sku: sku(type), product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
        hourly: price * 0.63),
    ])
    var random = SeededGenerator(seed: seed)
    // The end of one month and the start of the next, neither a multiple of four hours long.
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 30), hours: 97)
    let demand = Demand(
      window: window, groups: [UsageGroup(sku: sku(type))],
      quantities: (0..<97).map { _ in Double(Int.random(in: 1...9, using: &random)) })
    let judge = Judge(prices: book)
    let problem = PlanningProblem(demand: demand, prices: book)
    let plan = try GooglePlanner(judge: judge, owned: []).plan(problem, PlanningEffort())
    let own = try judge.bill(demand, under: plan.purchases.map(\.commitment)).cost.value
    let least =
      try (0...9).map { count in
        let commitment = Commitment(
          id: "c",
          terms: OfferTerms(product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront),
          subject: .reservation(
            sku: sku(type), zone: nil, count: Double(count), upfront: 0, hourly: price * 0.63),
          start: window.start, end: window.start + 8760)
        return try judge.bill(demand, under: count == 0 ? [] : [commitment]).cost.value
      }.min() ?? 0
    #expect(abs(own - least) <= 1e-4 * least)
    #expect(plan.certificate.bound <= least * (1 + 1e-9))
    #expect(plan.certificate.bound >= least * (1 - 1e-4))
    let proven = try GooglePlanner.proven(problem, by: plan.certificate.proof)
    #expect(abs((proven ?? 0) - plan.certificate.bound) <= 1e-6 * least)
  }
}

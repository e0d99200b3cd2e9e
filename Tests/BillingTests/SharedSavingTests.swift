import Billing
import CloudCosts
import Testing

/// The saving of shared commitments, split three ways, each adding up to the whole.
@Suite struct SharedSavingTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let start = Hour(year: 2023, month: 1, day: 1)

  private var book: PriceBook {
    PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 1),
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.5),
    ])
  }

  /// Rows of usage by account, an hour a column; a plan of `hourly`.
  private func split(_ usage: [String: [Double]], hourly: Double) throws -> SharedSaving? {
    let names = usage.keys.sorted()
    let hours = usage[names[0]]?.count ?? 0
    let demand = Demand(
      window: HourWindow(start: start, hours: hours),
      groups: names.map { UsageGroup(account: $0, sku: sku) },
      quantities: names.flatMap { usage[$0] ?? [] })
    let plan = Commitment(
      id: "plan",
      terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: hourly),
      start: start, end: start + 8760)
    return try Judge(prices: book).sharedSaving(demand, under: [plan])
  }

  /// A plan of 1 an hour covers two machines; `a` runs by day, `b` by night: each fills what the
  /// other leaves, so all ways agree.
  @Test func thoseWhoComplementEachOtherShareAlike() throws {
    let split = try #require(
      try split(["a": [2, 2, 0, 0], "b": [0, 0, 2, 2]], hourly: 1))
    #expect(split.whole == Money(rounding: 4) && split.samples == nil)
    for share in split.shares {
      #expect(share.byUse == Money(rounding: 2) && share.byUsage == Money(rounding: 2))
      #expect(share.shapley == Money(rounding: 2) && share.shapleyError == nil)
    }
  }

  /// One machine's worth of plan: `a` always runs one, `b` one too, in the first hour only. By
  /// hand: worth(a) 4, worth(b) 1, worth(ab) 4; Shapley (4 + 3) / 2 = 3.5 and (1 + 0) / 2 = 0.5.
  @Test func whoComesOnTopAddsLittle() throws {
    let split = try #require(try split(["a": [1, 1, 1, 1], "b": [1, 0, 0, 0]], hourly: 0.5))
    #expect(split.whole == Money(rounding: 2))
    #expect(split.shares[0].shapley == Money(rounding: 2 * 3.5 / 4))
    #expect(split.shares[1].shapley == Money(rounding: 2 * 0.5 / 4))
    #expect(split.shares[0].byUsage == Money(rounding: 1.6))
    #expect(split.shares[1].byUsage == Money(rounding: 0.4))
  }

  @Test func wasteIsSharedByUse() throws {
    // Two units in two hours of four: half of the plan is not used.
    let split = try #require(try split(["a": [1, 1, 0, 0], "b": [1, 1, 0, 0]], hourly: 1))
    #expect(split.whole == .zero)
    #expect(split.shares.allSatisfy { $0.byUse == .zero && $0.shapley == .zero })
  }

  @Test(arguments: [2, 3, 5, 8, 9, 14])
  func eachWayAddsUpToTheWhole(accounts: Int) throws {
    var usage: [String: [Double]] = [:]
    var state: UInt64 = UInt64(accounts)
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    for account in 0..<accounts {
      usage["account-\(account)"] = (0..<30).map { _ in random() * 3 }
    }
    let split = try #require(try split(usage, hourly: Double(accounts) * 0.61))
    #expect(split.shares.count == accounts)
    #expect(split.shares.map(\.byUse).total() == split.whole)
    #expect(split.shares.map(\.byUsage).total() == split.whole)
    #expect(split.shares.map(\.shapley).total() == split.whole)
    #expect((split.samples != nil) == (accounts > SharedSaving.mostExact))
    #expect(split.shares.allSatisfy { ($0.shapleyError != nil) == (split.samples != nil) })
  }

  @Test func oneAccountSharesNothing() throws {
    #expect(try split(["a": [1, 1]], hourly: 0.5) == nil)
  }

  @Test func partsOfMoneyAddUpExactly() {
    let cases: [(Int128, [Double])] = [
      (1, [1, 1, 1]), (100, [1, 2, 4]), (-101, [1, 1]), (7, [0, 0, 0]),
      (10_000_000_000_000_000_000_001, [0.3, 0.3, 0.4]), (5, [.nan, 1]),
    ]
    for (micros, weights) in cases {
      let parts = Money(micros: micros).split(by: weights)
      #expect(parts.total() == Money(micros: micros))
      #expect(parts.count == weights.count)
    }
    #expect(Money(micros: 5).split(by: []).isEmpty)
  }
}

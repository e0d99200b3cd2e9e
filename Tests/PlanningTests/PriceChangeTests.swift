import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Plans for a window in which prices change.
@Suite struct PriceChangeTests {
  /// A random instance in which the prices of some SKUs change at an hour.
  private static func problem(
    _ seed: UInt64, _ sale: RandomInstance.Sale, _ limits: RandomInstance.Limits
  ) -> PlanningProblem {
    var problem = RandomInstance(seed: seed, sale, limits, mayResize: false).problem
    var random = SeededGenerator(seed: seed &+ 99)
    let window = problem.demand.window
    let used = Set(problem.demand.groups.map(\.sku))
    for hour in 1..<window.hours where Int.random(in: 0..<2, using: &random) == 0 {
      let changed = used.sorted().filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
      let factors: [Double] = [0.4, 0.7, 0.9, 1.5]
      let factor = factors.randomElement(using: &random) ?? 1
      problem.prices = problem.prices.changing(
        PriceChange(on: window.start + hour, factor: factor), of: used
      ) { changed.contains($0) }
    }
    problem.demand = problem.demand.pricedApart(problem.prices)
    return problem
  }

  @Test(arguments: [
    RandomInstance.Limits.none, .upfront, .hourlyCommitment, .threeYearShare, .several,
  ])
  func allWaysAgree(_ limits: RandomInstance.Limits) throws {
    var (compared, moved) = (0, 0)
    for seed in 0..<30 as Range<UInt64> {
      let problem = Self.problem(seed, .reservations, limits)
      var brute = BruteForce(problem)
      guard brute.size <= 150 else { continue }
      brute.run()
      compared += 1
      let model = try AgreementTests.model(problem)
      let decomposed = try AgreementTests.decomposed(model)
      guard let best = brute.best else {
        #expect(decomposed.cost == nil, "seed \(seed)")
        continue
      }
      let dust = 1e-6 * max(best, 1e-3)
      #expect(abs((decomposed.cost ?? .infinity) - best) <= dust, "seed \(seed)")
      if !model.hasCaps {
        #expect(
          abs((try AgreementTests.extensive(model).cost ?? .infinity) - best) <= dust,
          "extensive form, seed \(seed)")
      }
      let unchanged = RandomInstance(seed: seed, .reservations, limits, mayResize: false).problem
      let other = try AgreementTests.decomposed(try AgreementTests.model(unchanged))
      if abs((other.cost ?? 0) - best) > 10 * dust { moved += 1 }
    }
    #expect(compared >= 10)
    #expect(moved >= 3)
  }

  @Test func savingsPlansAgree() throws {
    for seed in 1000..<1040 as Range<UInt64> {
      let model = try AgreementTests.model(Self.problem(seed, .both, .none))
      let extensive = try #require(try AgreementTests.extensive(model).cost)
      let dust = 1e-6 * max(extensive, 1e-3)
      let decomposed = try AgreementTests.decomposed(model)
      guard case .cost(let found, let bound) = decomposed else {
        Issue.record("nothing found, seed \(seed)")
        continue
      }
      #expect(bound <= extensive + dust, "seed \(seed)")
      #expect(found >= extensive - dust, "seed \(seed)")
      #expect(found <= extensive + dust + AgreementTests.gridAllowance(model), "seed \(seed)")
    }
  }

  private static let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private static let start = Hour(year: 2024, month: 1, day: 24)

  /// Weekly purchases at prices that fall after a week, offers and all: what is bought early keeps
  /// its price.
  @Test func purchasesTakeThePriceOfTheirDay() throws {
    var (early, late) = (0, 0)
    for seed in 0..<20 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let rate = Double(Int.random(in: 50...80, using: &random)) / 1000
      let factor = [0.5, 0.8][Int(seed % 2)]
      let window = HourWindow(start: Self.start, hours: 340)
      let used = (0..<3).map { _ in Double(Int.random(in: 0...3, using: &random)) }
      let demand = Demand(
        window: window, groups: [UsageGroup(sku: Self.sku)],
        quantities: (0..<340).map { used[$0 / 120] + Double(Int.random(in: 0...1, using: &random)) }
      )
      let prices = PriceBook(rows: [
        PriceRow(sku: Self.sku, product: .onDemand, hourly: 0.1),
        PriceRow(
          sku: Self.sku, product: .standardRI, term: .oneYear, payment: .noUpfront, hourly: rate),
      ]).changing(
        PriceChange(on: Self.start + 168, factor: factor, extent: .all), of: [Self.sku]
      ) { _ in true }
      var problem = PlanningProblem(demand: demand.pricedApart(prices), prices: prices)
      problem.ladder = Ladder(every: .week)
      let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-9, timeLimit: 20)).plan()
      var best = Double.infinity
      for code in 0..<125 {
        let counts = [code % 5, code / 5 % 5, code / 25].map(Double.init)
        var cost = 0.0
        for h in 0..<340 {
          let (second, third) = (h >= 168 ? counts[1] : 0, h >= 336 ? counts[2] : 0)
          cost += counts[0] * rate + (second + third) * rate * factor
          let price = h >= 168 ? 0.1 * factor : 0.1
          cost += max(0, demand[0, h] - counts[0] - second - third) * price
        }
        best = min(best, cost)
      }
      #expect(abs(plan.certificate.objective - best) <= 1e-6 * best, "seed \(seed)")
      for purchase in plan.purchases {
        let commitment = purchase.commitment
        let isLate = commitment.start >= Self.start + 168
        if isLate { late += 1 } else { early += 1 }
        #expect(commitment.terms.pricedFrom == (isLate ? Self.start + 168 : nil))
      }
      // The check without the solver finds the same purchases on sale.
      let check = try PlanCheck(
        problem, purchases: plan.purchases.map(\.commitment), actions: [],
        proof: plan.certificate.proof)
      #expect(check.unknown.isEmpty && check.missed.isEmpty)
      #expect(check.objective <= best * (1 + 1e-9))
    }
    #expect(early >= 3 && late >= 5)
  }

  /// Cheaper is not less used.
  @Test func aLowerPriceIsNoLossOfUsage() {
    let window = HourWindow(start: Self.start, hours: 8760)
    let demand = Demand(
      window: window, groups: [UsageGroup(sku: Self.sku)],
      quantities: Array(repeating: 2, count: window.hours))
    let prices = PriceBook(rows: [
      PriceRow(sku: Self.sku, product: .onDemand, hourly: 0.1),
      PriceRow(
        sku: Self.sku, product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront,
        hourly: 0.06),
    ])
    func charge(_ factor: Double) -> Double {
      let prices = prices.changing(
        PriceChange(on: Self.start + 4000, factor: factor), of: [Self.sku]
      ) { _ in true }
      var problem = PlanningProblem(demand: demand.pricedApart(prices), prices: prices)
      problem.chargesBeyond = true
      return BeyondHorizon(problem).charge(
        Commitment(
          id: "",
          terms: OfferTerms(
            product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront),
          subject: .savingsPlan(
            scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 0.12),
          start: Self.start, end: Self.start + 26_280))
    }
    #expect(abs(charge(0.7)) < 1e-9)
    // Below the plan's rate it is not used any more.
    #expect(abs(charge(0.5) - 0.12 * 17_520) < 1e-6)
  }
}

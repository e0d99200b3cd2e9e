import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Purchases at several dates: what the ILP chooses is what trying every order of purchases finds.
@Suite struct LadderTests {
  private static let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private static let start = Hour(year: 2024, month: 1, day: 24)

  private static func problem(seed: UInt64, hours: Int = 340) -> PlanningProblem {
    var random = SeededGenerator(seed: seed)
    let levels = (0..<3).map { _ in Int.random(in: 0...3, using: &random) }
    let rate = Double(Int.random(in: 50...80, using: &random)) / 1000
    var problem = PlanningProblem(
      demand: Demand(
        window: HourWindow(start: start, hours: hours), groups: [UsageGroup(sku: sku)],
        quantities: (0..<hours).map { h in
          Double(levels[min(2, h / 120)] + Int.random(in: 0...1, using: &random))
        }),
      prices: PriceBook(rows: [
        PriceRow(sku: sku, product: .onDemand, hourly: 0.1),
        PriceRow(
          sku: sku, product: .standardRI, term: .oneYear, payment: .noUpfront, hourly: rate),
      ]))
    problem.ladder = Ladder(every: .week)
    return problem
  }

  /// The least cost of all ways to buy at the three dates, each purchase running to the window's
  /// end.
  private static func best(_ problem: PlanningProblem) -> Double {
    let rate = problem.prices.reservations[0].effectiveHourly
    let hours = problem.demand.window.hours
    var best = Double.infinity
    for code in 0..<125 {
      let counts = [code % 5, code / 5 % 5, code / 25]
      var cost = 0.0
      for h in 0..<hours {
        let owned = Double(
          counts[0] + (h >= 168 ? counts[1] : 0) + (h >= 336 ? counts[2] : 0))
        cost += owned * rate + max(0, problem.demand[0, h] - owned) * 0.1
      }
      best = min(best, cost)
    }
    return best
  }

  @Test func everyOrderOfPurchasesTried() throws {
    var later = 0
    for seed in 0..<40 as Range<UInt64> {
      let problem = Self.problem(seed: seed)
      let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-9, timeLimit: 20)).plan()
      let best = Self.best(problem)
      #expect(abs(plan.certificate.objective - best) <= 1e-6 * best, "seed \(seed)")
      let model = try AgreementTests.model(problem)
      let decomposed = try #require(try AgreementTests.decomposed(model).cost)
      #expect(abs(decomposed - best) <= 2e-6 * best, "seed \(seed)")
      if plan.purchases.contains(where: { $0.commitment.start > Self.start }) { later += 1 }
      var once = problem
      once.ladder = nil
      let flat = try Planner(once, effort: PlanningEffort(gap: 1e-9, timeLimit: 20)).plan()
      #expect(flat.certificate.objective >= best - 1e-9, "seed \(seed)")
    }
    #expect(later >= 10)
  }

  /// What ends in one month is limited date by date: purchases of one month end in one month.
  @Test func expiryLimitSpreadsPurchases() throws {
    var checked = 0
    for seed in 0..<20 as Range<UInt64> {
      var problem = Self.problem(seed: seed, hours: 480)
      problem.demand.quantities = problem.demand.quantities.map { $0 + 2 }
      let rate = problem.prices.reservations[0].effectiveHourly
      problem.policy.maxExpiringPerMonth = 1.5 * rate
      let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-9, timeLimit: 20)).plan()
      var ending: [CalendarMonth: Double] = [:]
      for purchase in plan.purchases {
        ending[(purchase.commitment.end + -1).month, default: 0] +=
          purchase.commitment.effectiveHourly
      }
      #expect(ending.values.allSatisfy { $0 <= 1.5 * rate * (1 + 1e-9) }, "seed \(seed)")
      if ending.count > 1 { checked += 1 }
    }
    #expect(checked >= 5)
  }

  @Test func datesAreCalendarDates() {
    let window = HourWindow(start: Hour(year: 2024, month: 1, day: 31, hour: 5), hours: 8784)
    let dates = Ladder(every: .month).dates(in: window)
    #expect(dates.count == 12)
    #expect(window.start + dates[1] == Hour(year: 2024, month: 2, day: 29, hour: 5))
    #expect(window.start + dates[2] == Hour(year: 2024, month: 3, day: 31, hour: 5))
    #expect(Ladder(every: .week, count: 3).dates(in: window) == [0, 168, 336])
    let until = Hour(year: 2024, month: 3, day: 1)
    #expect(Ladder(every: .month, until: until).dates(in: window).count == 2)
  }
}

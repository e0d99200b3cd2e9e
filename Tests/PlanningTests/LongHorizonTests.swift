import CloudCosts
import Testing

@testable import Planning

/// Three years of horizon: 1-year plans are bought again, a 3-year plan is carried to its end.
@Suite struct LongHorizonTests {
  private static let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")

  private static func plan(threeYears: Double, quantity: (Int) -> Double) throws -> Plan {
    func row(_ term: Term, _ hourly: Double) -> PriceRow {
      PriceRow(sku: sku, product: .standardRI, term: term, payment: .noUpfront, hourly: hourly)
    }
    let problem = PlanningProblem(
      demand: Demand(
        window: HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 26_280),
        groups: [UsageGroup(sku: sku)], quantities: (0..<26_280).map(quantity)),
      prices: PriceBook(rows: [
        PriceRow(sku: sku, product: .onDemand, hourly: 0.1), row(.oneYear, 0.07),
        row(.threeYears, threeYears),
      ]))
    return try Planner(problem, effort: PlanningEffort(gap: 1e-6, timeLimit: 30)).plan()
  }

  @Test func whatStaysIsBoughtForThreeYears() throws {
    let plan = try Self.plan(threeYears: 0.05) { _ in 10 }
    #expect(plan.purchases.map(\.commitment.terms.term) == [.threeYears])
    #expect(abs(plan.certificate.objective - 10 * 0.05 * 26_280) < 0.01)
  }

  @Test func whatEndsIsNot() throws {
    // Ten machines for a year and a quarter, then four.
    let plan = try Self.plan(threeYears: 0.05) { $0 < 10_950 ? 10 : 4 }
    var counts: [[Int]: Double] = [:]
    for purchase in plan.purchases.map(\.commitment) {
      guard case .reservation(_, _, let count, _, _) = purchase.subject else { continue }
      let year = (purchase.start - Hour(year: 2024, month: 1, day: 1)) / 8760
      counts[[purchase.terms.term.years, year], default: 0] += count
    }
    // Three years at 0.05 are worth 0.1 from half of their hours on: six are used for 42 %.
    #expect(counts == [[3, 0]: 4, [1, 0]: 6])
    let expected = (4 * 0.05 * 26_280) + (6 * 0.07 * 8760) + (6 * 0.1 * 2190)
    #expect(abs(plan.certificate.objective - expected) < 0.01)
  }

  @Test func dearThreeYearsGiveWayToThreeTimesOne() throws {
    let plan = try Self.plan(threeYears: 0.071) { _ in 10 }
    #expect(plan.purchases.count == 3)
    #expect(Set(plan.purchases.map { $0.commitment.start }).count == 3)
    #expect(abs(plan.certificate.objective - 10 * 0.07 * 26_280) < 0.01)
  }
}

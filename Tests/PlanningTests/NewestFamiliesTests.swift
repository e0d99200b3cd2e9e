import CloudCosts
import Foundation
import Testing

@testable import Planning

/// What may be bound to a family for three years.
@Suite struct NewestFamiliesTests {
  private static func sku(_ type: String, _ region: String = "us-east-1") -> SKU {
    SKU(provider: .aws, region: region, instanceType: type)
  }

  private static func rows(_ sku: SKU) -> [PriceRow] {
    func row(_ product: Product, _ term: Term, _ hourly: Double) -> PriceRow {
      PriceRow(sku: sku, product: product, term: term, payment: .noUpfront, hourly: hourly)
    }
    return [
      PriceRow(sku: sku, product: .onDemand, hourly: 0.1),
      row(.standardRI, .oneYear, 0.06), row(.standardRI, .threeYears, 0.041),
      row(.ec2InstanceSavingsPlan, .oneYear, 0.061),
      row(.ec2InstanceSavingsPlan, .threeYears, 0.04),
      row(.computeSavingsPlan, .threeYears, 0.05),
    ]
  }

  @Test func aFamilyIsNewestUntilANewerOneOfItsKindIsOnSaleThere() {
    let book = PriceBook(
      rows: ["m5.large", "m7g.large", "c5.large"].flatMap { Self.rows(Self.sku($0)) }
        + Self.rows(Self.sku("m5.large", "eu-west-1")))
    var offers = OfferFilter()
    offers.threeYearLocks = .newestFamilies
    let newest = NewestFamilies(book, for: offers)
    #expect(!newest.contains(Self.sku("m5.large")))
    #expect(newest.contains(Self.sku("m7g.large")))
    #expect(newest.contains(Self.sku("c5.large")))
    #expect(newest.contains(Self.sku("m5.large", "eu-west-1")))
    #expect(!newest.contains(Self.sku("unheard.large")))
  }

  /// Steady usage of one type: bound to its family for three years where nothing newer is on sale,
  /// else by the plan that follows usage.
  @Test(arguments: [false, true]) func aPlanBindsToTheNewestOnly(followed: Bool) throws {
    let types = followed ? ["m5.large", "m7g.large"] : ["m5.large"]
    var offers = OfferFilter()
    offers.threeYearLocks = .newestFamilies
    let problem = PlanningProblem(
      demand: Demand(
        window: HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 48),
        groups: [UsageGroup(sku: Self.sku("m5.large"))],
        quantities: Array(repeating: 10, count: 48)),
      prices: PriceBook(rows: types.flatMap { Self.rows(Self.sku($0)) }), offers: offers)
    let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-6, timeLimit: 10)).plan()
    let bought = Set(plan.purchases.map(\.commitment.terms))
    #expect(bought.map(\.product) == [followed ? .computeSavingsPlan : .ec2InstanceSavingsPlan])
    #expect(bought.allSatisfy { $0.term == .threeYears })
  }
}

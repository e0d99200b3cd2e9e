import CloudCosts
import Testing

/// A price book whose prices change on a date.
@Suite struct PriceChangeTests {
  private static let m5 = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private static let c5 = SKU(provider: .aws, region: "us-east-1", instanceType: "c5.large")
  private static let n2 = SKU(provider: .gcp, region: "us-central1", instanceType: "n2-standard-2")
  private static let compute = OfferTerms(
    product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront)
  private static let flexible = OfferTerms(
    product: .gcpFlexibleCUD, term: .oneYear, payment: .noUpfront)
  private static let first = Hour(year: 2024, month: 3, day: 1)
  private static let second = Hour(year: 2024, month: 6, day: 1)

  private static let book = PriceBook(rows: [
    PriceRow(sku: m5, product: .onDemand, hourly: 0.1, list: ListPrice(hourly: 0.125)),
    PriceRow(sku: c5, product: .onDemand, hourly: 0.08),
    PriceRow(sku: n2, product: .onDemand, hourly: 0.2),
    PriceRow(
      sku: m5, product: .standardRI, term: .oneYear, payment: .partialUpfront, upfront: 200,
      hourly: 0.03),
    PriceRow(
      sku: m5, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.07),
    PriceRow(
      sku: c5, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.06),
    PriceRow(sku: n2, product: .gcpFlexibleCUD, term: .oneYear, payment: .noUpfront, hourly: 0.15),
  ])

  private func isM5(_ sku: SKU) -> Bool { sku.family == "m5" }

  @Test func onDemandAloneLeavesWhatIsBoughtAsItIs() {
    let (m5, first, second) = (Self.m5, Self.first, Self.second)
    let book = Self.book
      .changing(PriceChange(on: first, factor: 0.5), of: [m5, Self.c5], where: isM5)
      .changing(PriceChange(on: second, factor: 1.2), of: [m5, Self.c5], where: isM5)
      .changing(PriceChange(on: second, factor: 2), of: [m5, Self.c5], where: isM5)
    #expect(book.onDemandPrice(of: m5) == 0.1)
    #expect(book.onDemandPrice(of: m5.priced(from: first)) == 0.05)
    #expect(book.onDemandPrice(of: m5.priced(from: second).inZone("a")) == 0.05 * 1.2 * 2)
    #expect(book.listPrice(of: m5.priced(from: first)) == 0.0625)
    #expect(book.rate(of: Self.compute, for: m5.priced(from: first)) == 0.07)
    #expect(book.rate(of: Self.compute, for: m5.priced(from: second)) == 0.07)
    #expect(book.priceDates == [m5: [first, second]])
    #expect(book.reservations == Self.book.reservations)
    #expect(book.planTerms(Self.compute, at: second) == Self.compute)
    #expect(book.onDemandPrice(of: Self.c5.priced(from: first)) == nil)
  }

  /// A percentage of the price on demand moves with it.
  @Test func flexibleCommitmentsKeepTheirPercentage() {
    let book = Self.book.changing(
      PriceChange(on: Self.first, factor: 0.8, extent: .all), of: [Self.n2]
    ) { $0.provider == .gcp }
    let rate = book.rate(of: Self.flexible, for: Self.n2.priced(from: Self.first))
    #expect(abs((rate ?? 0) - 0.12) < 1e-12)
    #expect(book.savingsPlanRates.keys.filter { $0.product == .gcpFlexibleCUD }.count == 1)
  }

  @Test func offersAreSoldAtTheirPriceOfTheTime() throws {
    let (m5, first, second) = (Self.m5, Self.first, Self.second)
    let all = PriceChange(on: first, factor: 0.5, extent: .all)
    let book = Self.book.changing(all, of: [m5, Self.c5], where: isM5)
      .changing(PriceChange(on: second, factor: 0.5), of: [m5, Self.c5], where: isM5)
    #expect(book.reservations.count == 2)
    let before = try #require(book.reservations.first { $0.sale.contains(first + -1) })
    let after = try #require(book.reservations.first { $0.sale.contains(first) })
    #expect((before.upfront, before.hourly) == (200, 0.03))
    #expect((after.upfront, after.hourly) == (100, 0.015))
    #expect(!after.sale.contains(first + -1))
    let old = try #require(book.planTerms(Self.compute, at: first + -1))
    let new = try #require(book.planTerms(Self.compute, at: first))
    #expect(old == Self.compute)
    #expect(new.pricedFrom == first && new.asListed == Self.compute)
    // What was bought before keeps its rate, and what is bought after has the new one, for c5 the
    // same.
    #expect(book.rate(of: old, for: m5.priced(from: first)) == 0.07)
    #expect(book.rate(of: new, for: m5.priced(from: first)) == 0.035)
    #expect(book.rate(of: new, for: m5.priced(from: second)) == 0.035)
    #expect(book.rate(of: new, for: Self.c5) == 0.06)
    #expect(book.onDemandPrice(of: m5.priced(from: second)) == 0.025)
  }

  @Test func usageIsToldApartByItsPrice() {
    let window = HourWindow(start: Self.first + -2, hours: 4)
    let groups = [
      UsageGroup(account: "a", sku: Self.c5), UsageGroup(account: "a", sku: Self.m5),
      UsageGroup(account: "b", sku: Self.m5.inZone("z")),
    ]
    let demand = Demand(window: window, groups: groups, quantities: (0..<12).map(Double.init))
    #expect(demand.pricedApart(Self.book) == demand)
    let book = Self.book.changing(
      PriceChange(on: Self.first, factor: 0.5), of: [Self.m5], where: isM5)
    let apart = demand.pricedApart(book)
    #expect(apart.groups == apart.groups.sorted())
    #expect(
      apart.groups.map(\.asListed) == [groups[0], groups[1], groups[1], groups[2], groups[2]])
    #expect(
      apart.groups.map(\.sku.pricedFrom) == [nil, nil, Self.first, nil, Self.first])
    #expect(
      apart.quantities == [0, 1, 2, 3, 4, 5, 0, 0, 0, 0, 6, 7, 8, 9, 0, 0, 0, 0, 10, 11])
    #expect(
      "\(apart.groups[2])"
        == "a aws us-east-1 m5.large Linux default (price from 2024-03-01T00:00:00Z)")
  }
}

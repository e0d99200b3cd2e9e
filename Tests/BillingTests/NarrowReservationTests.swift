import Billing
import CloudCosts
import Testing

/// Reservations of which one covers all that another does, and more.
@Suite struct NarrowReservationTests {
  private func node(_ engine: String) -> SKU {
    SKU(
      provider: .aws, region: "us-east-1", instanceType: "cache.r6g.large", operatingSystem: engine)
  }

  private func reservation(_ id: String, _ engine: String) throws -> Commitment {
    let product = try #require(Product(rawValue: "ri-elasticache"))
    let start = Hour(year: 2024, month: 1, day: 1)
    return Commitment(
      id: id, account: "", terms: OfferTerms(product: product, term: .oneYear, payment: .noUpfront),
      subject: .reservation(sku: node(engine), zone: nil, count: 1, upfront: 0, hourly: 0.1),
      start: start, end: start + 8760)
  }

  /// A Valkey node's own reservation covers it, so that the one of Redis covers Redis, whichever of
  /// the two was bought first.
  @Test(arguments: [["a", "b"], ["b", "a"]])
  func nodesAreCoveredByTheirOwnEngineFirst(_ ids: [String]) throws {
    let engines = ["Redis", "Valkey"]
    let demand = Demand(
      window: HourWindow(start: Hour(year: 2024, month: 1, day: 2), hours: 1),
      groups: engines.map { UsageGroup(sku: node($0)) }, quantities: [1, 1])
    let judge = Judge(
      prices: PriceBook(
        rows: engines.map { PriceRow(sku: node($0), product: .onDemand, hourly: 0.2) }))
    let bill = try judge.bill(
      demand, under: zip(ids, engines).map { try reservation($0, $1) })
    #expect(bill.cost == Money(rounding: 0.2))
  }
}

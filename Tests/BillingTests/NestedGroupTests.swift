import Billing
import CloudCosts
import Testing

/// Azure's management groups lie in one another.
@Suite struct NestedGroupTests {
  private let sku = SKU(
    provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v5")
  private let start = Hour(year: 2024, month: 1, day: 1)

  private func reservation(_ id: String, _ group: String, _ count: Double) -> Commitment {
    Commitment(
      id: id, account: "s1",
      terms: OfferTerms(product: .azureReservation, term: .oneYear, payment: .noUpfront),
      subject: .reservation(sku: sku, zone: nil, count: count, upfront: 0, hourly: 0.06),
      start: start, end: start + 8760, reach: .group(group))
  }

  /// Two machines in each of two subscriptions, two reservations for both and two for one of them:
  /// the narrower scope goes first, whatever they are called, so that all four are used.
  @Test(arguments: [
    ("s1", ["a", "b"]), ("s1", ["b", "a"]), ("s2", ["a", "b"]), ("s2", ["b", "a"]),
  ])
  func theNarrowerGroupGoesFirst(child: String, ids: [String]) throws {
    let groups = ["s1", "s2"].map { UsageGroup(account: $0, sku: sku) }
    let demand = Demand(
      window: HourWindow(start: start, hours: 10), groups: groups,
      quantities: [Double](repeating: 2, count: 20))
    let judge = Judge(
      prices: PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 0.1)]),
      sharing: Sharing(groups: ["top": ["s1", "s2"], "child": [child]]))
    let bill = try judge.bill(
      demand, under: [reservation(ids[0], "top", 2), reservation(ids[1], "child", 2)])
    #expect(bill.cost == Money(rounding: 10 * 4 * 0.06))
    // What the child leaves over is for no other; what the top leaves, all of its own may.
    let one = try judge.bill(demand, under: [reservation("c", "child", 3)])
    #expect(one.cost == Money(rounding: 10 * (3 * 0.06 + 2 * 0.1)))
  }
}

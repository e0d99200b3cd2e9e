import Billing
import CloudCosts
import Testing

/// Usage that stays on demand next to an idle commitment: which scope keeps it away.
@Suite struct SharingBarrierTests {
  private static let groups: [String: Set<String>] = ["web": ["A", "C"]]

  static let cases:
    [(provider: Provider, owner: String, reach: Commitment.Reach, sharing: Sharing, says: String)] =
      [
        (.aws, "A", .shared, Sharing(off: ["B"]), "the account B has sharing switched off"),
        (.aws, "A", .shared, Sharing(off: ["A"]), "serves A alone, which has sharing switched off"),
        (
          .aws, "A", .shared, Sharing(mode: .restrictedGroup, groups: groups),
          "serves the group web of A alone: sharing is restricted to groups"
        ),
        (
          .aws, "D", .shared, Sharing(mode: .restrictedGroup, groups: groups),
          "serves D alone: sharing is restricted to groups, and it is in none"
        ),
        (
          .aws, "A", .group("web"), Sharing(groups: groups),
          "has the scope of the group web, which the account is not in"
        ),
        (.azure, "A", .account, Sharing(), "has the scope of one account: A"),
        (
          .azure, "", .group("web"), Sharing(groups: groups),
          "has the scope of the group web, which the account is not in"
        ),
        (.gcp, "A", .account, Sharing(), "has the scope of one account: A"),
      ]

  @Test(arguments: cases.indices) func theScopeIsNamed(_ index: Int) throws {
    let (provider, owner, reach, sharing, says) = Self.cases[index]
    let (type, product): (String, Product) =
      switch provider {
      case .aws: ("m5.large", .standardRI)
      case .azure: ("Standard_D2s_v5", .azureReservation)
      case .gcp: ("n2-standard-2", .gcpResourceCUD)
      }
    let sku = SKU(provider: provider, region: "r", instanceType: type)
    let start = Hour(year: 2024, month: 1, day: 1)
    let commitment = Commitment(
      id: "c", account: owner,
      terms: OfferTerms(product: product, term: .oneYear, payment: .noUpfront),
      subject: .reservation(sku: sku, zone: nil, count: 1, upfront: 0, hourly: 0.05),
      start: start, end: start + 8760, reach: reach)
    let demand = Demand(
      window: HourWindow(start: start, hours: 1), groups: [UsageGroup(account: "B", sku: sku)],
      quantities: [1])
    let book = PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 0.1)])
    let trace = try Judge(prices: book, sharing: sharing)
      .trace(demand, under: [commitment], at: start)
    #expect(trace.applications.isEmpty)
    let reasons = trace.onDemand.map(\.reason)
    #expect(!reasons.isEmpty && reasons.allSatisfy { $0.contains(says) }, "\(reasons)")
  }
}

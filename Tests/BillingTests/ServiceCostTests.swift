import Billing
import CloudCosts
import Testing

/// What each service costs under commitments that several share.
@Suite struct ServiceCostTests {
  private let machine = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let container = SKU(provider: .aws, region: "us-east-1", instanceType: "fargate/vCPU")
  private let database = SKU(provider: .aws, region: "us-east-1", instanceType: "db.m5.large")
  private let start = Hour(year: 2024, month: 1, day: 1)

  /// A Compute plan of 3 an hour: machines save more by it and take 2, containers what is left.
  @Test func aPlanOverTwoServices() throws {
    let skus = [machine, container, database]
    func rate(_ sku: SKU, _ hourly: Double) -> PriceRow {
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront,
        hourly: hourly)
    }
    let prices = PriceBook(
      rows: skus.map { PriceRow(sku: $0, product: .onDemand, hourly: 1) } + [
        rate(machine, 0.5), rate(container, 0.8),
      ])
    let hours = 10
    let demand = Demand(
      window: HourWindow(start: start, hours: hours), groups: skus.map { UsageGroup(sku: $0) },
      quantities: [4.0, 5, 2].flatMap { [Double](repeating: $0, count: hours) })
    let plan = Commitment(
      id: "sp",
      terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 3),
      start: start, end: start + 8760)
    let bill = try Judge(prices: prices).bill(demand, under: [plan])
    let services = bill.services
    #expect(services.map(\.service.name) == ["fargate", "ec2", "rds"])
    func money(_ amount: Double) -> Money { Money(rounding: amount) }
    // 1.25 containers cost 1, 3.75 are left; 4 machines cost 2, and nothing is left.
    #expect(services.map(\.cost) == [money(47.5), money(20), money(20)])
    #expect(services.map(\.committed) == [money(10), money(20), .zero])
    #expect(services.map(\.onDemand) == [money(50), money(40), money(20)])
    #expect(services.map(\.coverage) == [0.25, 1, 0])
    #expect(services.map(\.savings) == [money(2.5), money(20), .zero])
    #expect(services.map(\.cost).total() + bill.cost(of: .unusedCommitment) == bill.cost)
  }
}

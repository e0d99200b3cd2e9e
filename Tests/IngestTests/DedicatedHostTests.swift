import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Azure's Dedicated Hosts: the host is charged for, its machines are rows at a price of 0
/// (Microsoft Learn, "Azure Dedicated Hosts", Pricing).
@Suite(.serialized) struct DedicatedHostTests {
  private static let hosted = "set-aside.on-dedicated-host"
  private static let demand = "usage.instance-hours"
  private static let owned = "import.covered-unnamed"

  /// Rules with their rows, hours of machines, and findings by rule.
  private func outcome(
    _ header: String, _ rows: [String]
  ) async throws -> (rules: [String: Int], hours: Double, findings: [String: Finding]) {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(([header] + rows).joined(separator: "\n") + "\n")
    let file = try #require(try await place.run(path).imported.first)
    let used = file.totals.filter { $0.chargeClass != nil }
    return (
      Dictionary(used.map { ($0.rule, $0.rows) }, uniquingKeysWith: +),
      file.costs.filter { $0.subject.group != nil }.reduce(0) { $0 + $1.quantity },
      Dictionary(file.findings.map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
    )
  }

  private static let columns =
    "SubscriptionGuid,ResourceLocation,UsageDateTime,MeterCategory,MeterSubCategory,MeterName,"
    + "UsageQuantity,ResourceRate,PreTaxCost,Currency,UnitOfMeasure,PricingModel,PayGPrice,ChargeType"

  private static func machine(
    _ subscription: String = "s", _ region: String = "westeurope", rate: Double = 0,
    model: String = "", list: Double = 0.2
  ) -> String {
    "\(subscription),\(region),2024-01-01,Virtual Machines,Dsv5 Series,D4s v5,24,\(rate),\(24 * rate),"
      + "USD,1 Hour,\(model),\(list),Usage"
  }

  private static func host(_ model: String = "", rate: Double = 4.6) -> String {
    "s,westeurope,2024-01-01,Virtual Machines,Dsv5 Series Dedicated Host,Dsv5 Type1,24,\(rate),"
      + "\(24 * rate),USD,1 Hour,\(model),4.6,Usage"
  }

  /// An enterprise's export states that they are priced on demand, and pays nothing for them.
  @Test func machinesAtAPriceOfNothingAreNoDemand() async throws {
    let (rules, hours, findings) = try await outcome(
      Self.columns,
      [
        Self.host("OnDemand"), Self.machine(model: "OnDemand"), Self.machine(model: "OnDemand"),
        Self.machine(rate: 0.2, model: "OnDemand"),
      ])
    #expect(rules == ["set-aside.coverable": 1, Self.hosted: 2, Self.demand: 1])
    #expect(abs(hours - 24) < 1e-9)
    #expect(findings[Self.owned] == nil)
    // The host has the money, and the machines have none.
    #expect(findings["import.coverable"]?.message.contains("110.40 USD") == true)
    let said = try #require(findings["import.on-dedicated-host"])
    #expect(said.message.contains("2 rows of machines, 48 instance-hours"))
    #expect(said.message.contains("9.60 USD at list prices"))
  }

  /// Where no column says how they are priced, they are on a host if one is there: of their
  /// subscription and region. All others are owned, as without any host.
  @Test(arguments: [
    ("s", "westeurope", true), ("other", "westeurope", false), ("s", "northeurope", false),
  ])
  func aHostExplainsMachinesOfItsPlace(
    subscription: String, region: String, isHosted: Bool
  ) async throws {
    // In either order.
    for isFirst in [true, false] {
      let machine = Self.machine(subscription, region)
      let (rules, _, findings) = try await outcome(
        Self.columns, isFirst ? [Self.host(), machine] : [machine, Self.host()])
      #expect(
        rules == ["set-aside.coverable": 1, isHosted ? Self.hosted : Self.demand: 1])
      #expect((findings["import.on-dedicated-host"] != nil) == isHosted)
      #expect((findings[Self.owned] != nil) == !isHosted)
    }
  }

  /// What a row says of its plan is believed.
  @Test func aStatedPlanIsNoHost() async throws {
    let (rules, _, findings) = try await outcome(
      Self.columns, [Self.host(), Self.machine(model: "SavingsPlan")])
    #expect(rules == ["set-aside.coverable": 1, Self.demand: 1])
    #expect(findings["import.on-dedicated-host"] == nil && findings[Self.owned] != nil)
  }

  /// FOCUS: usage of the category Standard that costs nothing.
  @Test func standardUsageAtNoCostRunsOnAHost() async throws {
    func row(_ subcategory: String, _ meter: String, _ cost: String) -> String {
      "2024-01-01T00:00:00Z,2024-01-02T00:00:00Z,Usage,Standard,Microsoft,Microsoft,s,westeurope,"
        + "Virtual Machines,24,Hours,\(cost),\(cost),4.8,USD,Virtual Machines,\(subcategory),\(meter)"
    }
    let header =
      "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,PricingCategory,ProviderName,PublisherName,"
      + "SubAccountId,RegionId,ServiceName,ConsumedQuantity,ConsumedUnit,BilledCost,EffectiveCost,"
      + "ListCost,BillingCurrency,x_SkuMeterCategory,x_SkuMeterSubcategory,x_SkuMeterName"
    let (rules, hours, findings) = try await outcome(
      header,
      [
        row("Dsv5 Series Dedicated Host", "Dsv5 Type1", "110.4"), row("Dsv5 Series", "D4s v5", "0"),
      ])
    #expect(rules == ["set-aside.coverable": 1, Self.hosted: 1] && hours == 0)
    #expect(findings["import.on-dedicated-host"] != nil)
  }
}

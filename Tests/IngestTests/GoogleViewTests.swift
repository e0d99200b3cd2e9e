import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// The FOCUS view of BigQuery that Google publishes (FOCUS 1.0), with the columns as its SQL has
/// them: `price.pricing_unit_quantity AS PricingQuantity`, `billing_account_id AS SubAccountId`,
/// `subscription.instance_id AS CommitmentDiscountId`, and no consumption model.
@Suite(.serialized) struct GoogleViewTests {
  private static let header =
    "BilledCost,BillingAccountId,BillingCurrency,ChargeCategory,ChargeDescription,"
    + "ChargePeriodStart,ChargePeriodEnd,CommitmentDiscountId,ConsumedQuantity,ConsumedUnit,"
    + "ContractedCost,EffectiveCost,ListCost,PricingCategory,PricingQuantity,PricingUnit,"
    + "ProviderName,PublisherName,RegionId,ServiceName,SubAccountId,Tags,x_Credits,x_CostType,"
    + "x_Project"

  private func row(
    _ service: String, _ sku: String, _ consumed: String, _ unit: String, _ pricing: String,
    cost: String = "0.1", list: String = "0.1", commitment: String = "", machine: String = "",
    credit: String = "", project: String = #"{""id"":""web"",""number"":""1""}"#
  ) -> String {
    let tags =
      machine.isEmpty
      ? "[]"
      : #"[{""key"":""compute.googleapis.com/machine_spec"",""value"":""\#(machine)"","#
        + #"""x_type"":""system_label"",""x_inherited"":false,""x_namespace"":""n/a""}]"#
    let credits =
      credit.isEmpty
      ? "[]"
      : #"[{""Name"":""c"",""Amount"":\#(credit),""Type"":""COMMITTED_USAGE_DISCOUNT""}]"#
    let paid = credit.isEmpty ? cost : "0"
    return
      "\(paid),01-02,USD,usage,\(sku),2025-03-01T00:00:00Z,2025-03-01T01:00:00Z,\(commitment),"
      + "\(consumed),\(unit),\(cost),\(paid),\(list),standard,1,\(pricing),Google Cloud,"
      + "Google Cloud,us-central1,\(service),01-02,\"\(tags)\",\"\(credits)\",regular,\"\(project)\""
  }

  private func imported(_ rows: [String]) async throws -> (ImportedFile, Demand?) {
    let place = try BillPlace()
    defer { place.close() }
    let bill = ([Self.header] + rows).joined(separator: "\n") + "\n"
    let file = try #require(try await place.run(try place.write(bill)).imported.first)
    return (file, try History(path: place.history).usage()?.demand)
  }

  /// What was used counts, and not what a price is for.
  @Test func quantitiesAreWhatWasUsed() async throws {
    let gibibyteHour = 3600 * 1_073_741_824.0
    func bytes(_ gibibyteHours: Double) -> String { "\(gibibyteHours * gibibyteHour)" }
    let core = "N2 Instance Core running in Americas"
    let (file, demand) = try await imported([
      row("Compute Engine", core, "14400", "seconds", "hour", machine: "n2-standard-4"),
      row(
        "Compute Engine", "N2 Instance Ram running in Americas", bytes(16), "byte-seconds",
        "gibibyte hour", machine: "n2-standard-4"),
      row("Compute Engine", core, "3600", "seconds", "hour", machine: "n2-standard-2"),
      row(
        "Cloud Memorystore for Redis", "Redis Capacity Standard M3 Iowa", bytes(20), "byte-seconds",
        "gibibyte hour"),
      row(
        "Compute Engine", "SSD backed Local Storage", bytes(375), "byte-seconds", "gibibyte month",
        machine: "n2-standard-4"),
      row("Cloud Run", "Services CPU (Request-based billing)", "7200", "seconds", "second"),
      row(
        "Cloud Run", "Services Memory (Request-based billing)", bytes(2), "byte-seconds",
        "gibibyte second"),
      row("Cloud SQL", "Cloud SQL for MySQL: Zonal - vCPU in Americas", "7200", "seconds", "hour"),
    ])
    let expected = [
      "n2-standard-4": 1.0, "n2-standard-2": 0.5, "memorystore/Standard-M3": 20,
      "gcp-local-ssd/GB": 375, "cloud-run/vCPU-second": 7200, "cloud-run/GB-second": 7200,
      "cloud-sql/vCPU": 2,
    ]
    var found: [String: Double] = [:]
    for (number, group) in (demand?.groups ?? []).enumerated() {
      found[group.sku.instanceType] = demand?.hours(of: number).reduce(0, +)
      #expect(group.account == "web")
    }
    #expect(Set(found.keys) == Set(expected.keys), "\(found)")
    #expect(found.allSatisfy { abs($0.value - (expected[$0.key] ?? 0)) < 1e-6 }, "\(found)")
    #expect(file.source.format == "focus")
  }

  /// A row that states no consumption is one of what it prices: its hours are not lost.
  @Test func whatIsPricedCountsWhereNothingIsConsumed() async throws {
    let (_, demand) = try await imported([
      row(
        "Compute Engine", "N2 Instance Core running in Americas", "0", "seconds", "hour",
        machine: "n2-standard-2")
    ])
    #expect(demand?.groups.map(\.sku.instanceType) == ["n2-standard-2"])
    #expect(demand.map { abs($0.hours(of: 0).reduce(0, +) - 0.5) < 1e-9 } == true)
  }

  /// Commitments have the id that the view calls the commitment discount's; usage that names one,
  /// and has no credit of it, is billed at its price (spend-based commitments since July 2025).
  @Test func commitmentsAreNamed() async throws {
    let bytes = "\(8 * 3600 * 1_073_741_824)"
    let core = "E2 Instance Core running in Americas"
    let (file, demand) = try await imported([
      row(
        "Compute Engine", "Commitment v1: N2 Cpu in Americas for 1 Year", "7200", "seconds", "hour",
        cost: "0.04", commitment: "subscriptions/1"),
      row(
        "Compute Engine", "Commitment v1: N2 Ram in Americas for 1 Year", bytes, "byte-seconds",
        "gibibyte hour", cost: "0.02", commitment: "subscriptions/1"),
      row(
        "Compute Engine", "N2 Instance Core running in Americas", "7200", "seconds", "hour",
        machine: "n2-standard-2", credit: "-0.1"),
      row(
        "Compute Engine", core, "7200", "seconds", "hour", cost: "0.072",
        commitment: "subscriptions/2", machine: "e2-standard-2"),
      row("Compute Engine", core, "7200", "seconds", "hour", machine: "e2-standard-2"),
      row(
        "Compute Engine", "Commitment - dollar based v1: GCE for 1 year", "360", "seconds", "hour",
        cost: "0.072", commitment: "subscriptions/2"),
    ])
    #expect(demand?.quantities.reduce(0, +) == 3)
    let machines = try #require(file.commitments.first { $0.product == .gcpResourceCUD })
    #expect(machines.id == "subscriptions/1" && machines.quantity == 1)
    #expect(machines.instanceType == "n2-standard-2")
    #expect(file.commitments.contains { $0.id == "subscriptions/2" && $0.category == "Spend" })
    func list(_ kind: ChargeClass, _ type: String) -> String {
      file.costs.filter {
        $0.chargeClass == kind && $0.subject.group?.sku.instanceType == type
      }.map(\.list).total().formatted()
    }
    #expect(list(.covered, "e2-standard-2") == "0.10" && list(.onDemand, "e2-standard-2") == "0.10")
    #expect(list(.covered, "n2-standard-2") == "0.10")
  }

  /// Without its cost at list prices, usage at a commitment's price has at least that at the
  /// default price (Google Cloud, `cost_at_effective_price_default`).
  @Test func listPricesOfCommittedUsage() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(
      """
      {"billing_account_id":"b","service":{"description":"Compute Engine"},\
      "sku":{"description":"E2 Instance Core running in Americas"},\
      "usage_start_time":"2025-08-02 00:00:00 UTC","usage_end_time":"2025-08-02 01:00:00 UTC",\
      "system_labels":[{"key":"compute.googleapis.com/machine_spec","value":"e2-standard-2"}],\
      "project":{"id":"p"},"location":{"region":"us-central1"},"cost":"0.072","currency":"USD",\
      "cost_at_effective_price_default":"0.1","usage":{"amount_in_pricing_units":"2",\
      "pricing_unit":"hour"},"credits":[],"cost_type":"regular",\
      "consumption_model":{"id":"x","description":"Compute Flexible CUDs 1 Year"}}

      """, "google.json")
    let file = try #require(try await place.run(path).imported.first)
    #expect(file.costs.map(\.list).total().formatted() == "0.10")
    #expect(file.costs.map(\.effective).total().formatted(decimals: 3) == "0.072")
  }

  /// Exports without `location.region` have a zone, or the region as the location.
  @Test(arguments: [
    (#"{"zone":"europe-west1-b"}"#, "europe-west1"), (#"{"location":"us-east4"}"#, "us-east4"),
    (#"{"location":"us-central1-a","region":"us-central1"}"#, "us-central1"),
    (#"{"location":"us"}"#, nil),
  ])
  func aPlaceWithoutARegion(location: String, region: String?) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(
      """
      {"billing_account_id":"b","service":{"description":"Compute Engine"},\
      "sku":{"description":"E2 Instance Core running in Americas"},\
      "usage_start_time":"2025-08-02 00:00:00 UTC","usage_end_time":"2025-08-02 01:00:00 UTC",\
      "system_labels":[{"key":"compute.googleapis.com/machine_spec","value":"e2-standard-2"}],\
      "project":{"id":"p"},"location":\(location),"cost":"0.1","currency":"USD",\
      "usage":{"amount_in_pricing_units":"2","pricing_unit":"hour"},"credits":[],\
      "cost_type":"regular"}

      """, "google.json")
    _ = try await place.run(path)
    let groups = try History(path: place.history).usage()?.demand.groups
    #expect(groups?.first?.sku.region == region)
  }

  /// A machine's price is that of its vCPUs and its memory, which are rows of their own (N2 in
  /// us-central1: $0.031611 and $0.004237), however much of each a commitment covers.
  @Test(arguments: [(0.0, 0.0), (1, 0), (0.5, 0), (1, 0.5)])
  func aMachineCostsItsMemoryToo(coveredCore: Double, coveredMemory: Double) async throws {
    let place = try BillPlace()
    defer { place.close() }
    func row(_ what: String, _ amount: Double, _ unit: String, _ price: Double, _ covered: Double)
      -> String
    {
      let cost = amount * price
      return """
        {"billing_account_id":"b","service":{"description":"Compute Engine"},\
        "sku":{"description":"N2 Instance \(what) running in Americas"},\
        "usage_start_time":"2025-03-02 00:00:00 UTC","usage_end_time":"2025-03-02 01:00:00 UTC",\
        "system_labels":[{"key":"compute.googleapis.com/machine_spec","value":"n2-standard-4"}],\
        "project":{"id":"p"},"location":{"region":"us-central1"},"cost":"\(cost)",\
        "cost_at_list":"\(cost)","currency":"USD","usage":{"amount_in_pricing_units":"\(amount)",\
        "pricing_unit":"\(unit)"},"credits":[{"type":"COMMITTED_USAGE_DISCOUNT","name":"c",\
        "amount":\(-cost * covered)}],"cost_type":"regular"}
        """
    }
    let bill =
      row("Core", 4, "hour", 0.031611, coveredCore) + "\n"
      + row("Ram", 16, "gibibyte hour", 0.004237, coveredMemory) + "\n"
    _ = try await place.run(try place.write(bill, "google.json"))
    let history = try History(path: place.history)
    let sku = SKU(provider: .gcp, region: "us-central1", instanceType: "n2-standard-4")
    let rows = try BilledRates(history).onDemandRows
    #expect(rows.count == 1 && abs((rows.first?.hourly ?? 0) - 0.194236) < 1e-5, "\(rows)")
    #expect(abs((try history.listPrices()[sku] ?? 0) - 0.194236) < 1e-5)
    if coveredCore == 0 {
      #expect(try history.costs().count == 1, "a machine and its memory are one cost")
    }
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Services of Azure and Google beyond machines, in bills: the usage that they become.
@Suite(.serialized) struct NamedMeterBillTests {
  private func demand(_ bill: String, _ name: String) async throws -> ([String: Double], [String]) {
    let place = try BillPlace()
    defer { place.close() }
    let file = try #require(try await place.run(try place.write(bill, name)).imported.first)
    var hours: [String: Double] = [:]
    let usage = try History(path: place.history).usage()
    for (number, group) in (usage?.demand.groups ?? []).enumerated() {
      let sku = group.sku
      hours["\(sku.instanceType) \(sku.region) \(sku.operatingSystem) \(sku.tenancy)"] =
        usage?.demand.hours(of: number).reduce(0, +)
    }
    let rules = file.totals.map(\.rule).filter { !$0.isEmpty && !$0.hasPrefix("usage") }
    return (hours, Set(rules).sorted())
  }

  /// Azure's own export and FOCUS say the same of a day.
  @Test func azuresBillsBecomeDemand() async throws {
    let rows = [
      ("Azure App Service", "Premium v3 Plan - Linux", "P1 v3 App", "48", "10.656"),
      ("SQL Database", "Single/Elastic Pool General Purpose - Compute Gen5", "vCore", "96", "24"),
      ("SQL Database", "Single/Elastic Pool General Purpose - SQL License", "vCore", "96", "9.6"),
      ("Azure Cosmos DB", "Azure Cosmos DB", "100 RU/s", "240", "1.92"),
      ("Redis Cache", "Azure Redis Cache Premium", "P1 Cache", "24", "13.32"),
      ("Storage", "Premium SSD Managed Disks", "P10 LRS Disk", "1", "0.65"),
    ]
    let monthly = ("Azure App Service", "Standard Plan", "SSL", "1", "9")
    let own =
      "SubscriptionId,ResourceLocation,Date,MeterCategory,MeterSubCategory,MeterName,Quantity,"
      + "CostInBillingCurrency,BillingCurrencyCode,UnitOfMeasure,ChargeType,PricingModel\n"
      + rows.map {
        "s,westeurope,2024-01-02,\($0),\($1),\($2),\($3),\($4),USD,1 Hour,Usage,OnDemand"
      }
      .joined(separator: "\n")
      + "\ns,westeurope,2024-01-02,\(monthly.0),\(monthly.1),\(monthly.2),1,9,USD,1/Month,Usage,"
      + "OnDemand\n"
    let focus =
      "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ProviderName,SubAccountId,RegionId,"
      + "ServiceName,x_SkuMeterCategory,x_SkuMeterSubcategory,x_SkuMeterName,ConsumedQuantity,"
      + "ConsumedUnit,BilledCost,EffectiveCost,ListCost,BillingCurrency,PricingCategory\n"
      + rows.map {
        "2024-01-02T00:00:00Z,2024-01-03T00:00:00Z,Usage,Microsoft,s,westeurope,\($0),\($0),\($1),"
          + "\($2),\($3),Hours,\($4),\($4),\($4),USD,Standard"
      }.joined(separator: "\n") + "\n"
    let expected: [String: Double] = [
      "azure-app-service/P1v3 westeurope Linux default": 48,
      "azure-sql/GP-Gen5 westeurope Linux default": 96,
      "azure-cosmos/RU westeurope Linux default": 240,
      "azure-redis/P1 westeurope Linux default": 48,
    ]
    for (bill, name) in [(own, "own.csv"), (focus, "focus.csv")] {
      let (hours, aside) = try await demand(bill, name)
      #expect(Set(hours.keys) == Set(expected.keys), "\(name)")
      #expect(hours.allSatisfy { abs($0.value - (expected[$0.key] ?? 0)) < 1e-6 }, "\(hours)")
      // Software is covered by the savings plan for databases, and nothing plans with it.
      #expect(aside == ["set-aside.coverable", "set-aside.not-instance-hours"])
    }
  }

  /// Google's own export.
  @Test func googlesBillsBecomeDemand() async throws {
    func row(_ service: String, _ sku: String, _ amount: Double, _ unit: String, _ cost: String)
      -> String
    {
      """
      {"billing_account_id":"b","service":{"description":"\(service)"},"sku":{"description":"\(sku)"},\
      "usage_start_time":"2024-01-02 00:00:00 UTC","usage_end_time":"2024-01-02 01:00:00 UTC",\
      "project":{"id":"p"},"location":{"region":"us-central1"},"cost":"\(cost)","currency":"USD",\
      "usage":{"amount_in_pricing_units":"\(amount)","pricing_unit":"\(unit)"},"credits":[],\
      "cost_type":"regular"}
      """
    }
    let bill =
      [
        row(
          "Cloud SQL", "Cloud SQL for PostgreSQL: Regional - vCPU in Americas", 4, "hour", "0.33"),
        row("Kubernetes Engine", "Autopilot Pod mCPU Requests (us-central1)", 2500, "hour", "0.1"),
        row("Kubernetes Engine", "Autopilot Spot Pod mCPU Requests", 900, "hour", "0.01"),
        row("Cloud Run", "Services CPU (Request-based billing)", 7200, "second", "0.17"),
        row(
          "Cloud Memorystore for Redis", "Redis Capacity Basic M2 Iowa", 5, "gibibyte hour", "0.2"),
        row(
          "Cloud Memorystore for Redis", "Redis Capacity Basic M1 Iowa", 3, "gibibyte hour", "0.1"),
        row("Cloud Memorystore", "Standard Small Node Iowa", 2, "hour", "0.28"),
        row(
          "Cloud Memorystore for Memcached", "Memorystore for Memcached Custom Core M1 Iowa", 4,
          "hour", "0.2"),
        row("AlloyDB", "AlloyDB vCPU in Iowa", 8, "hour", "0.5"),
        row("AlloyDB", "AlloyDB RAM in Iowa", 64, "gibibyte hour", "0.6"),
        row("AlloyDB", "AlloyDB Storage in Iowa", 100, "gibibyte month", "0.1"),
        row("Cloud Spanner", "Regional Enterprise Plus Node in Iowa", 3, "hour", "3"),
        row("Cloud Spanner", "Standard Edition Processing Units in Iowa", 500, "hour", "0.4"),
        // Two nodes of an edition have three replicas each.
        row("Cloud Spanner", "Read-Write Replica Enterprise Edition Iowa", 6, "hour", "2.46"),
        row("Cloud Spanner", "Server Node in Iowa", 1, "hour", "0.9"),
        row("Cloud Spanner", "Backup storage Regional Configuration Iowa", 9, "hour", "0.9"),
        row("Compute Engine", "Nvidia Tesla T4 GPU running in Americas", 2, "hour", "0.7"),
        row("Compute Engine", "SSD backed Local Storage", 375.0 / 744, "gibibyte month", "0.03"),
        row("Cloud Storage", "Standard Storage US Regional", 1, "gibibyte month", "0.02"),
      ].joined(separator: "\n") + "\n"
    let (hours, aside) = try await demand(bill, "google.json")
    let expected: [String: Double] = [
      "cloud-sql/vCPU us-central1 PostgreSQL Regional": 4,
      "gke-autopilot/vCPU us-central1 Linux default": 2.5,
      "cloud-run/vCPU-second us-central1 Linux default": 7200,
      "memorystore/Basic-M2 us-central1 Linux default": 5,
      "memorystore/node-standard-small us-central1 Valkey default": 2,
      "memorystore/vCPU-M1 us-central1 Memcached default": 4,
      "alloydb/vCPU us-central1 Linux default": 8, "alloydb/GB us-central1 Linux default": 64,
      "spanner/node-enterprise-plus us-central1 Linux default": 3,
      "spanner/node-standard us-central1 Linux default": 0.5,
      "spanner/replica-enterprise us-central1 Linux default": 6,
      "spanner/node us-central1 Linux default": 1,
      "gcp-gpu/TeslaT4 us-central1 Linux default": 2,
      "gcp-local-ssd/GB us-central1 Linux default": 375,
    ]
    #expect(Set(hours.keys) == Set(expected.keys), "\(hours)")
    #expect(hours.allSatisfy { abs($0.value - (expected[$0.key] ?? 0)) < 1e-4 }, "\(hours)")
    // Memorystore below 5 GB and AlloyDB's storage have no commitments.
    #expect(
      aside == [
        "set-aside.not-committed-to", "set-aside.not-instance-hours", "set-aside.spot",
      ])
  }

  /// What the free tier pays for whole is no demand (Google Cloud, "Google Cloud free program");
  /// what it pays in part is.
  @Test(arguments: [(-0.02, true), (-0.01, false), (0, false)])
  func googlesFreeTierIsNoDemand(credit: Double, isFree: Bool) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(
      """
      {"billing_account_id":"b","service":{"description":"Compute Engine"},\
      "sku":{"description":"E2 Instance Core running in Americas"},\
      "usage_start_time":"2024-01-02 00:00:00 UTC","usage_end_time":"2024-01-02 01:00:00 UTC",\
      "system_labels":[{"key":"compute.googleapis.com/machine_spec","value":"e2-micro"}],\
      "project":{"id":"p"},"location":{"region":"us-central1"},"cost":"0.02","currency":"USD",\
      "usage":{"amount_in_pricing_units":"0.25","pricing_unit":"hour"},\
      "credits":[{"type":"FREE_TIER","name":"f","amount":\(credit)}],"cost_type":"regular"}

      """, "google.json")
    let file = try #require(try await place.run(path).imported.first)
    #expect(file.costs.contains { $0.subject.group != nil } != isFree)
    #expect(file.totals.contains { $0.rule == "set-aside.free" } == isFree)
  }
}

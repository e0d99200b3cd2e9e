import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Services of Azure and Google beyond machines, in price files: they name the SKUs of the bills.
@Suite(.serialized) struct NamedMeterPriceTests {
  private func prices(_ text: String, _ name: String) throws -> [String: Double] {
    let place = try BillPlace()
    defer { place.close() }
    let reading = PublishedPriceReader.read(
      [InputFile(path: try place.write(text, name))])
    let rows = try #require(reading.value).rows
    return Dictionary(
      rows.map {
        (
          "\($0.sku.instanceType) \($0.product.rawValue) \($0.term?.years ?? 0) "
            + "\($0.payment?.rawValue ?? "")", $0.upfront + $0.hourly
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Items as the API has them; a reservation's price is that of its term.
  @Test func azuresPagesHavePricesOfServices() throws {
    func item(
      _ service: String, _ product: String, _ meter: String, _ sku: String, _ price: Double,
      type: String = "Consumption", term: String = "", unit: String = "1 Hour"
    ) -> String {
      """
      {"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":\(price),"unitPrice":\(price),\
      "armRegionName":"westeurope","effectiveStartDate":"2024-01-01T00:00:00Z","meterName":"\(meter)",\
      "productName":"\(product)","skuName":"\(sku)","serviceName":"\(service)","unitOfMeasure":"\(unit)",\
      "type":"\(type)","isPrimaryMeterRegion":true,"armSkuName":""\(term.isEmpty ? "" : ",\"reservationTerm\":\"\(term)\"")}
      """
    }
    let sql = "SQL Database Single/Elastic Pool General Purpose - Compute Gen5"
    let app = "Azure App Service Premium v3 Plan"
    let items = [
      item("SQL Database", sql, "vCore", "vCore", 0.25),
      item("SQL Database", sql, "vCore", "4 vCore", 1),
      item("SQL Database", sql, "vCore", "vCore", 1752, type: "Reservation", term: "1 Year"),
      item("Azure App Service", app, "P1 v3 App", "P1 v3", 0.4),
      item(
        "Azure App Service", app, "P1 v3 App", "P1 v3", 876, type: "Reservation", term: "1 Year"),
      item("Redis Cache", "Azure Redis Cache Premium", "P1 Cache", "P1", 0.555),
      item("Redis Cache", "Azure Redis Cache Premium", "P1 Cache Instance", "P1", 0.277),
      item(
        "Container Instances", "Container Instances", "Standard Memory Duration", "Standard",
        0.005, unit: "1 GB Hour"),
      item("Storage", "Files v2", "Hot LRS Data Stored", "Hot LRS", 0.02, unit: "1 GB/Month"),
    ]
    let found = try prices(
      "{\"Items\":[\(items.joined(separator: ","))],\"NextPageLink\":null}", "azure.json")
    #expect(
      found == [
        "azure-sql/GP-Gen5 on-demand 0 ": 0.25,
        "azure-sql/GP-Gen5 azure-reservation 1 all-upfront": 1752,
        "azure-sql/GP-Gen5 azure-reservation 1 no-upfront": 0.2,
        "azure-app-service/P1v3 on-demand 0 ": 0.4,
        "azure-app-service/P1v3 azure-reservation 1 all-upfront": 876,
        "azure-app-service/P1v3 azure-reservation 1 no-upfront": 0.1,
        "azure-redis/P1 on-demand 0 ": 0.277,
        "azure-container-instances/GB on-demand 0 ": 0.005,
      ])
  }

  @Test func googlesCatalogueHasPricesOfServices() throws {
    func sku(
      _ service: String, _ text: String, _ usage: String, _ unit: String, _ nanos: Int,
      free: Bool = false
    ) -> String {
      let first =
        free ? "{\"startUsageAmount\":0,\"unitPrice\":{\"units\":\"0\",\"nanos\":0}}," : ""
      return """
        {"description":"\(text)","category":{"serviceDisplayName":"\(service)",\
        "resourceFamily":"ApplicationServices","usageType":"\(usage)"},"serviceRegions":["us-central1"],\
        "pricingInfo":[{"effectiveTime":"2024-01-01T00:00:00Z","pricingExpression":{"usageUnit":"\(unit)",\
        "tieredRates":[\(first){"startUsageAmount":\(free ? 180000 : 0),"unitPrice":{"currencyCode":"USD",\
        "units":"0","nanos":\(nanos)}}]}}]}
        """
    }
    let skus = [
      sku(
        "Cloud SQL", "Cloud SQL for MySQL: Zonal - vCPU in Americas", "OnDemand", "h", 41_300_000),
      sku("Kubernetes Engine", "Autopilot Pod mCPU Requests (us-central1)", "OnDemand", "h", 44500),
      sku("Cloud Run", "Services CPU (Request-based billing)", "OnDemand", "s", 24000, free: true),
      sku("Cloud Run", "Jobs CPU in us-central1", "OnDemand", "s", 18000, free: true),
      sku(
        "Compute Engine", "Nvidia Tesla T4 GPU running in Americas", "OnDemand", "h", 350_000_000),
      sku(
        "Compute Engine", "Commitment v1: Nvidia Tesla T4 GPU running in Americas for 1 Year",
        "Commit1Yr", "h", 220_000_000),
      sku("Cloud Storage", "Standard Storage US Regional", "OnDemand", "GiBy.mo", 20_000_000),
      sku("Cloud Spanner", "Regional Node in Iowa", "OnDemand", "h", 900_000_000),
      sku(
        "Cloud Spanner", "Read-Write Replica Enterprise Edition Iowa", "OnDemand", "h", 410_000_000),
      sku("AlloyDB", "AlloyDB vCPU in Iowa", "OnDemand", "h", 66_080_000),
      sku("Cloud Memorystore", "Standard Small Node Iowa", "OnDemand", "h", 140_000_000),
      sku(
        "Cloud Memorystore for Memcached", "Memorystore for Memcached Custom Core M1 Iowa",
        "OnDemand", "h", 50_000_000),
    ]
    let found = try prices(
      "{\"skus\":[\(skus.joined(separator: ","))],\"nextPageToken\":\"\"}", "g.json")
    let expected: [String: Double] = [
      "cloud-sql/vCPU on-demand 0 ": 0.0413, "gke-autopilot/vCPU on-demand 0 ": 0.0445,
      "cloud-run/vCPU-second on-demand 0 ": 0.000024, "gcp-gpu/TeslaT4 on-demand 0 ": 0.35,
      "gcp-gpu/TeslaT4 gcp-cud-resource 1 no-upfront": 0.22,
      "cloud-run/vCPU-second-instance on-demand 0 ": 0.000018,
      // 17 % of what is billed by the request, 28 % and 46 % of the rest.
      "cloud-run/vCPU-second gcp-cud-flexible 1 no-upfront": 0.00001992,
      "cloud-run/vCPU-second gcp-cud-flexible 3 no-upfront": 0.00001992,
      "cloud-run/vCPU-second-instance gcp-cud-flexible 1 no-upfront": 0.00001296,
      "cloud-run/vCPU-second-instance gcp-cud-flexible 3 no-upfront": 0.00000972,
      // Shares that Google states: of Spanner 0.72 and 0.54 $ for a node at 0.9 $.
      "cloud-sql/vCPU gcp-cud-cloud-sql 1 no-upfront": 0.030975,
      "cloud-sql/vCPU gcp-cud-cloud-sql 3 no-upfront": 0.019824,
      "gke-autopilot/vCPU gcp-cud-flexible 1 no-upfront": 0.03204,
      "gke-autopilot/vCPU gcp-cud-flexible 3 no-upfront": 0.02403,
      "spanner/node on-demand 0 ": 0.9, "spanner/node gcp-cud-spanner 1 no-upfront": 0.72,
      "spanner/node gcp-cud-spanner 3 no-upfront": 0.54,
      "spanner/replica-enterprise on-demand 0 ": 0.41,
      "spanner/replica-enterprise gcp-cud-spanner 1 no-upfront": 0.328,
      "spanner/replica-enterprise gcp-cud-spanner 3 no-upfront": 0.246,
      // 20 % and 40 % of Valkey and of Memcached, as of Redis.
      "memorystore/node-standard-small on-demand 0 ": 0.14,
      "memorystore/node-standard-small gcp-cud-memorystore 1 no-upfront": 0.112,
      "memorystore/node-standard-small gcp-cud-memorystore 3 no-upfront": 0.084,
      "memorystore/vCPU-M1 on-demand 0 ": 0.05,
      "memorystore/vCPU-M1 gcp-cud-memorystore 1 no-upfront": 0.04,
      "memorystore/vCPU-M1 gcp-cud-memorystore 3 no-upfront": 0.03,
      "alloydb/vCPU on-demand 0 ": 0.06608, "alloydb/vCPU gcp-cud-alloydb 1 no-upfront": 0.04956,
      "alloydb/vCPU gcp-cud-alloydb 3 no-upfront": 0.0317184,
    ]
    #expect(Set(found.keys) == Set(expected.keys), "\(found)")
    let off = found.filter { abs($0.value - (expected[$0.key] ?? 0)) > 1e-12 }
    #expect(off.isEmpty, "\(off)")
  }

  /// Cosmos DB is reserved for all regions at once, and counts there as its price on demand does
  /// (Microsoft Learn, "Understand how the reservation discount is applied to Azure Cosmos DB"):
  /// 100 RU/s of West Europe take 100 of it, of Brazil South 150. Prices are those of 2026-10-01; a
  /// million RU/s is another offer, and no price of a hundred.
  @Test(arguments: [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0]])
  func cosmosIsReservedForAllRegions(order: [Int]) throws {
    func item(_ region: String, _ arm: String, _ sku: String, _ term: String, _ price: Double)
      -> String
    {
      let kind = term.isEmpty ? "Consumption" : "Reservation"
      return """
        {"serviceName":"Azure Cosmos DB","productName":"Azure Cosmos DB","meterName":"100 RU/s",\
        "skuName":"\(sku)","armSkuName":"\(arm)","armRegionName":"\(region)","type":"\(kind)",\
        "reservationTerm":"\(term)","retailPrice":\(price),"unitOfMeasure":"1/Hour",\
        "currencyCode":"USD","isPrimaryMeterRegion":true,"tierMinimumUnits":0}
        """
    }
    let items = [
      item("westeurope", "", "RUs", "", 0.008), item("brazilsouth", "", "RUs", "", 0.012),
      item("norwaywest", "", "RUs", "", 0.0104),
      item("Global", "Cosmos_DB_100_RUs", "100 RU/s", "1 Year", 56),
      item("Global", "Cosmos_DB_1_Million_RUs", "1 Million RU/s", "1 Year", 511_584),
      item("Global", "Cosmos_DB_100_RUs", "100 RU/s", "3 Years", 147),
    ]
    let place = try BillPlace()
    defer { place.close() }
    let text = order.map { items[$0] }.joined(separator: ",")
    let file = try place.write("{\"Items\":[\(text)],\"NextPageLink\":null}", "a.json")
    let rows = try #require(PublishedPriceReader.read([InputFile(path: file)]).value).rows
    let reserved = rows.filter { $0.product == .azureReservation && $0.payment == .allUpfront }
    #expect(
      Set(reserved.map { "\($0.sku.region) \($0.term?.years ?? 0) \($0.upfront)" })
        == [
          "westeurope 1 56.0", "westeurope 3 147.0", "brazilsouth 1 84.0", "brazilsouth 3 220.5",
        ])
  }

  /// C4D's memory is priced for 10^9 bytes, and a machine has GiB: of 32 GiB at 0.005 $ for 10^9
  /// bytes, 0.005 · 32 · 1.073741824 $; and eight vCPUs at 0.04 $.
  @Test func memoryIsPricedInItsOwnUnit() throws {
    func sku(_ text: String, _ unit: String, _ nanos: Int) -> String {
      """
      {"description":"\(text) running in Mumbai","category":{"serviceDisplayName":"Compute Engine",\
      "resourceFamily":"Compute","usageType":"OnDemand"},"serviceRegions":["asia-south1"],\
      "pricingInfo":[{"pricingExpression":{"usageUnit":"\(unit)","tieredRates":[{"startUsageAmount":0,\
      "unitPrice":{"currencyCode":"USD","units":"0","nanos":\(nanos)}}]}}]}
      """
    }
    for (unit, factor) in [("GBy.h", 1.073_741_824), ("GiBy.h", 1)] {
      let skus = [
        sku("C4D Instance Core", "h", 40_000_000), sku("C4D Instance Ram", unit, 5_000_000),
      ]
      let found = try prices(
        "{\"skus\":[\(skus.joined(separator: ","))],\"nextPageToken\":\"\"}", "g.json")
      let price = try #require(found["c4d-standard-8 on-demand 0 "], "\(found.keys.sorted())")
      let machine = try #require(GoogleSizes.resources(of: "c4d-standard-8"))
      #expect(abs(price - (0.32 + 0.005 * machine.memory * factor)) < 1e-6)
    }
  }
}

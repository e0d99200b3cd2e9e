import CloudCosts
import Testing

@testable import Ingest

/// Serverless databases: meters that are capacity or requests and no instances.
@Suite struct ServerlessMeterTests {
  @Test(arguments: [
    ("AmazonRedshift", "USE1-Redshift:ServerlessUsage", "redshift/RPU", "RPU-hour"),
    ("AmazonNeptune", "APS2-Neptune:ServerlessUsage", "neptune/NCU", "NCU-hour"),
    ("AmazonMCS", "USE1-MCS-ReadUnits", "keyspaces/read-request", "request unit"),
    ("AmazonMCS", "USE1-MCS-WriteUnits", "keyspaces/write-request", "request unit"),
  ])
  func usageTypesAreDemand(_ code: String, _ usageType: String, _ type: String, _ unit: String)
    throws
  {
    let service = try #require(Service(inBill: code))
    let plain = Meter.withoutRegion(usageType)
    let meter = try #require(Meter(service, usageType: plain))
    let sku = try #require(meter.sku(usageType: plain, operation: "", region: "us-east-1"))
    #expect(sku.instanceType == type && sku.unit == unit && meter.isDemand)
    #expect(Meter.usageTypes.contains(String(plain)))
  }

  /// Replication of DMS is billed by the hour of the capacity that runs, whose number is no type of
  /// instance (AWS Database Savings Plans offer file: `APS5-DMSServerlessRepMultiAZCapacityUsg:4`,
  /// in DCU-Hr).
  @Test func capacityOfReplicationIsDemand() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = """
      bill_payer_account_id,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,\
      line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_operation,\
      line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit,product_region_code
      1,1,Usage,2026-03-02T10:00:00Z,2026-03-02T11:00:00Z,AWSDatabaseMigrationSvc,\
      USE1-DMSServerlessRepMultiAZCapacityUsg:4,CreateDMSInstance,1,USD,0.66,DCU-Hr,us-east-1

      """
    _ = try await place.run(try place.write(bill))
    let usage = try #require(try History(path: place.history).usage())
    let sku = try #require(usage.demand.groups.first?.sku)
    #expect(sku.instanceType == "dms/4" && sku.tenancy == "Multi-AZ")
    #expect(usage.demand.quantities == [1])
    #expect(try #require(Product(rawValue: "sp-database")).covers(sku))
  }

  /// Where usage types are not known, the unit tells (AWS Savings Plans API reference: rates of
  /// Keyspaces are in `ReadCapacityUnit-Hrs`), or the type at their end (Timestream for InfluxDB).
  @Test(arguments: [
    (
      "AmazonMCS", "USE1-MCS-Any", "ReadCapacityUnit-Hrs", 200.0, "keyspaces/RCU", "default"
    ),
    ("AmazonMCS", "USE1-MCS-Any", "WriteCapacityUnit-Hrs", 50, "keyspaces/WCU", "default"),
    (
      "AmazonTimestream", "USE1-InstanceUsage:db.influx.xlarge", "Hrs", 1,
      "timestream/db.influx.xlarge", "default"
    ),
    (
      "AmazonTimestream", "USE1-Multi-AZUsage:db.influx.2xl", "Hrs", 1,
      "timestream/db.influx.2xlarge", "Multi-AZ"
    ),
  ])
  func unitsAndTypesTell(
    code: String, usageType: String, unit: String, amount: Double, type: String,
    deployment: String
  ) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = """
      bill_payer_account_id,line_item_usage_account_id,line_item_line_item_type,line_item_usage_start_date,\
      line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_operation,\
      line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit,product_region_code
      1,1,Usage,2026-03-02T10:00:00Z,2026-03-02T11:00:00Z,\(code),\(usageType),Any,\(amount),USD,0.66,\
      \(unit),us-east-1
      1,1,Usage,2026-03-02T10:00:00Z,2026-03-02T11:00:00Z,\(code),USE1-AnyStorage,Any,9,USD,0.1,GB-Mo,us-east-1

      """
    _ = try await place.run(try place.write(bill))
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.groups.count == 1 && usage.demand.quantities == [amount])
    let sku = try #require(usage.demand.groups.first?.sku)
    #expect(sku.instanceType == type && sku.tenancy == deployment)
    #expect(try #require(Product(rawValue: "sp-database")).covers(sku))
    #expect(Meter.usageType(of: sku) == nil)
  }

  /// What one is counted in, by the catalogue's rows: only hours of instances and nodes are of
  /// instances.
  @Test(arguments: [
    (Provider.azure, "azure-sql/GP-Gen5", "vCore-hour", false),
    (.azure, "azure-container-instances/GB", "GB-hour", false),
    (.azure, "azure-cosmos/RU", "100 RU/s-hour", false),
    (.azure, "azure-postgresql/B1MS", "instance-hour", true),
    (.azure, "azure-app-service/P1v3", "instance-hour", true),
    (.azure, "Standard_D2s_v5", "instance-hour", true),
    (.gcp, "cloud-run/GB-second-idle", "GB-second", false),
    (.gcp, "gke-autopilot/GB-Balanced", "GB-hour", false),
    (.gcp, "cloud-sql/vCPU-plus", "vCPU-hour", false),
    (.gcp, "spanner/node", "node-hour", true),
    (.gcp, "memorystore/node-standard-small", "node-hour", true),
    (.gcp, "memorystore/Standard-M3", "GB-hour", false),
    (.gcp, "gcp-gpu/TeslaT4", "GPU-hour", false),
    (.aws, "fargate/GB", "GB-hour", false), (.aws, "cache.r7g.large", "node-hour", true),
  ])
  func unitsOfMeters(_ provider: Provider, _ type: String, _ unit: String, _ isInstance: Bool) {
    let sku = SKU(provider: provider, region: "r", instanceType: type)
    #expect(sku.unit == unit && sku.isInstance == isInstance)
  }

  /// Source: Amazon Redshift Management Guide, Billing for serverless reservations.
  @Test func nodesAndCapacityAreReservedApart() throws {
    let nodes = try #require(Product(rawValue: "ri-redshift"))
    let capacity = try #require(Product(rawValue: "ri-redshift-serverless"))
    func sku(_ type: String) -> SKU {
      SKU(provider: .aws, region: "r", instanceType: type)
    }
    #expect(nodes.covers(sku("ra3.4xlarge")) && !nodes.covers(sku("redshift/RPU")))
    #expect(!capacity.covers(sku("ra3.4xlarge")) && capacity.covers(sku("redshift/RPU")))
    #expect(capacity.isSold(for: .oneYear, payment: .allUpfront))
    #expect(!capacity.isSold(for: .threeYears, payment: .noUpfront))
  }

  /// Usage types as in the price list of 2026; the one that is paid at once has its price in
  /// `RPU-Hr`, too.
  @Test func capacityRatesOfPriceLists() throws {
    let monthly = try #require(
      AWSCapacityRate(usageType: "USE1-Redshift:ServerlessUsage-CR-1YR-NU"))
    #expect(monthly.usageType == "USE1-Redshift:ServerlessUsage")
    #expect(monthly.offer.payment == .noUpfront && monthly.offer.term == .oneYear)
    var price = AWSTermPrice(hourly: 0.293)
    monthly.apply(to: &price)
    #expect(price.complete(.noUpfront)?.hourly == 0.293)
    let upfront = try #require(
      AWSCapacityRate(usageType: "USE1-Redshift:ServerlessUsage-CR-1YR-AU"))
    price = AWSTermPrice(hourly: 2430)
    upfront.apply(to: &price)
    let paid = try #require(price.complete(.allUpfront))
    #expect(paid.upfront == 2430 && paid.hourly == 0)
    #expect(AWSCapacityRate(usageType: "USE1-Redshift:ServerlessUsage") == nil)
  }

  /// A product in JSON does not say its unit, its price does (Keyspaces' provisioned capacity).
  @Test func unitsOfPricesNameTheMeter() throws {
    func product(_ sku: String, _ usageType: String) -> String {
      """
      "\(sku)":{"sku":"\(sku)","productFamily":"Database","attributes":{"servicecode":"AmazonMCS",\
      "regionCode":"us-east-1","usagetype":"\(usageType)","operation":""}}
      """
    }
    func term(_ sku: String, _ unit: String, _ price: String) -> String {
      """
      "\(sku)":{"\(sku).T":{"sku":"\(sku)","effectiveDate":"2026-01-01T00:00:00Z","priceDimensions":{\
      "\(sku).T.D":{"unit":"\(unit)","beginRange":"0","pricePerUnit":{"USD":"\(price)"}}}}}
      """
    }
    let products = [
      product("A", "USE1-MCS-Capacity"), product("B", "MCS-ReadUnits"), product("C", "MCS-Storage"),
    ].joined(separator: ",")
    let terms = [
      term("A", "ReadCapacityUnit-Hrs", "0.00015"), term("B", "ReadRequestUnits", "0.0000001"),
      term("C", "GB-Mo", "0.25"),
    ].joined(separator: ",")
    let parts = ["\"products\":{\(products)}", "\"terms\":{\"OnDemand\":{\(terms)}}"]
    for order in [parts, parts.reversed()] {
      let text = "{\"offerCode\":\"AmazonMCS\",\(order.joined(separator: ","))}"
      let reading = PublishedPriceReader.read([
        InputFile(name: "offer.json", contents: Array(text.utf8))
      ])
      let rows = try #require(reading.value).rows
      #expect(
        rows.map { "\($0.sku.instanceType) \($0.hourly)" }.sorted() == [
          "keyspaces/RCU 0.00015", "keyspaces/read-request 1e-07",
        ])
    }
  }

  /// Source: Microsoft Learn, What are savings plans: the one for databases covers serverless and
  /// software; reservations do neither.
  @Test func serverlessOfAzureSQLIsForPlansAlone() throws {
    func find(_ product: String) -> (meter: NamedMeter, sku: SKU)? {
      NamedMeter.find(
        .azure, category: "SQL Database", product: product, meter: "vCore", unit: "1 Hour",
        region: "eastus")
    }
    let pool = "SQL Database Single/Elastic Pool General Purpose - "
    let serverless = try #require(find(pool + "Serverless - Compute Gen5"))
    #expect(serverless.sku.instanceType == "azure-sql/GP-serverless-Gen5")
    #expect(!Product.azureReservation.covers(serverless.sku))
    let plan = try #require(Product(rawValue: "azure-savings-plan-database"))
    #expect(plan.covers(serverless.sku) && serverless.meter.isDemand)
    #expect(try #require(find(pool + "Compute Gen5")).sku.instanceType == "azure-sql/GP-Gen5")
    let licence = try #require(find(pool + "SQL License"))
    #expect(!licence.meter.isDemand && licence.meter.isCoverable)
    #expect(
      BilledUsage(named: licence, billedIn: "1 Hour")
        == .coverable(licence.meter.service.title))
  }

  /// Sources: AWS's Database Savings Plans offer file (of ElastiCache Valkey alone), AWS price list
  /// (Keyspaces, Redshift's reserved capacity).
  @Test(arguments: [
    ("AmazonElastiCache", "CachedData:Valkey", true),
    ("AmazonElastiCache", "CachedData:Redis", false),
    ("AmazonElastiCache", "NodeUsage:cache.m4.large", true),
    ("AmazonMCS", "USE1-MCS-ReadUnits", true),
    ("AmazonRedshift", "USE1-Redshift:ServerlessUsage", true),
    ("AmazonRedshift", "USE1-Redshift:ServerlessUsage-CR-1YR-NU", false),
    ("AuroraDSQL", "USE1-DPU", true),
    // Extended support, Lambda's storage, snapshots and edge, and pipelines have no plan's rate.
    ("AmazonElastiCache", "ExtendedSupport:Yr1-Yr2:NodeUsage:cache.r6g.large", false),
    ("AWSLambda", "USE1-Lambda-Storage-GB-Second", false),
    ("AWSLambda", "Lambda-SnapStart-Cached-GB-Second", false),
    ("AWSLambda", "EUW2-Lambda-Edge-GB-Second", false),
    ("AWSLambda", "Lambda-GB-Second-ARM", true),
    ("AmazonES", "USE1-Ingestion-OCU", false),
    // Training plans are paid for beforehand, and spot has prices of its own.
    ("AmazonSageMaker", "USE1-Cluster:ml.p5.48xlarge", true),
    ("AmazonSageMaker", "USE1-ReservedCluster:ml.p5.48xlarge", false),
    ("AmazonSageMaker", "USE1-SpotTraining:ml.g5.xlarge", false),
  ])
  func coverableMeters(_ code: String, _ usageType: String, _ isCoverable: Bool) throws {
    let found = try #require(Coverable.find(.aws, code: code, name: ""))
    #expect(found.counts(meter: usageType, unit: "x") == isCoverable)
  }
}

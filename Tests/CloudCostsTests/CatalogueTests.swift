import Foundation
import Testing

@testable import CloudCosts

/// The catalogue's tables: that they are the files that people review, and that every row can be
/// used.
@Suite struct CatalogueTests {
  private static let tables = [
    "aws-size-flexibility": AWSSizeTable.csv, "services": ServiceTable.csv,
    "products": ProductTable.csv, "engines": EngineTable.csv, "meters": MeterTable.csv,
    "interfaces": InterfaceTable.csv, "machines": MachineTable.csv,
    "azure-size-flexibility": AzureSizeTable.csv, "sustained-use": SustainedUseTable.csv,
    "giving-up": GivingUpTable.csv, "azure-reservations": AzureReservationTable.csv,
    "azure-region-ratios": AzureRatioTable.csv,
    "named-meters": NamedMeterTable.csv, "coverable": CoverableTable.csv,
    "platforms": PlatformTable.csv, "google-built": GoogleBuiltTable.csv,
    "eligibility": EligibilityTable.csv,
  ]

  @Test(arguments: tables.keys.sorted())
  func embeddedTableIsTheFile(_ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/CloudCosts/Data/\(name).csv")
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.tables[name])
  }

  @Test(arguments: [
    "services", "products", "engines", "meters", "interfaces", "machines",
    "azure-size-flexibility", "sustained-use", "giving-up", "azure-reservations",
    "named-meters", "coverable", "platforms", "google-built", "eligibility",
  ])
  func everyRowHasSourceAndDate(_ name: String) throws {
    let rows = CatalogueTable(csv: try #require(Self.tables[name])).rows
    #expect(rows.count > 4)
    for row in rows {
      #expect(!row["source"].isEmpty, "\(row["name"])")
      #expect(row["date"].wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil, "\(row["name"])")
    }
  }

  /// What the tables of sustained use and of Azure's ratios say reaches their rules.
  @Test func tablesOfAzureAndGoogleAreAsked() {
    func schedule(_ type: String) -> [Double]? {
      SustainedUse.schedule(for: SKU(provider: .gcp, region: "us-central1", instanceType: type))?
        .quarters
    }
    #expect(schedule("n1-standard-4") == [1, 0.8, 0.6, 0.4])
    #expect(schedule("n2d-standard-4") == [1, 0.8678, 0.733, 0.6])
    #expect(schedule("e2-standard-4") == nil)
    func footprint(_ type: String) -> String {
      AzureSizes.footprint(of: type).map { "\($0.group) \($0.units)" } ?? "none"
    }
    #expect(footprint("Standard_DS5_v2") == "Standard_DS_v2 16.0")
    #expect(footprint("Standard_DS15_v2") == "Standard_DS_v2 high memory 10.0")
    #expect(footprint("Standard_DS15") == "none" && footprint("Standard_A4") == "none")
    #expect(footprint("Standard_E64s_v3") == "Standard_Es_v3 57.6")
    #expect(footprint("Standard_E32s_v3") == "Standard_Es_v3 32.0")
    #expect(footprint("Standard_B1ls") == "Standard_Bs 1.0")
    #expect(footprint("Standard_M64s") == "none" && footprint("Standard_L8s_v3") != "none")
  }

  @Test(arguments: Product.allCases.filter { $0 != .onDemand })
  func productsAreWhole(_ product: Product) throws {
    let facts = product.facts
    let row = try #require(
      CatalogueTable(csv: ProductTable.csv).rows.first { $0["name"] == product.rawValue })
    #expect(Product(rawValue: product.rawValue) == product)
    #expect(facts.shape != .none)
    #expect(facts.serviceList.count == row.list("services").count, "an unknown service")
    #expect(facts.serviceList.allSatisfy { $0.provider == facts.provider })
    #expect(Product.Scope(rawValue: row["scope"]) != nil)
    #expect(facts.terms.count == row.list("terms").count && !facts.terms.isEmpty)
    #expect(facts.payments.count == row.list("payments").count && !facts.payments.isEmpty)
    #expect(["reservation", "narrow-plan", "wide-plan", "azure-plan"].contains(facts.tier))
    #expect(facts.grid ?? 0 > 0 && facts.least ?? 0 > 0)
    #expect(!facts.title.isEmpty && !facts.short.isEmpty && !facts.api.interface.isEmpty)
    #expect(
      facts.terms.contains { term in
        facts.payments.contains { product.isSold(for: term, payment: $0) }
      })
  }

  @Test func namesInTheProgramAreRows() {
    let named: [Product] = [
      .standardRI, .convertibleRI, .ec2InstanceSavingsPlan, .computeSavingsPlan,
      .sageMakerSavingsPlan, .databaseSavingsPlan, .azureReservation, .azureSavingsPlan,
      .gcpResourceCUD, .gcpFlexibleCUD,
    ]
    #expect(Set(named).count == named.count && !named.contains(.onDemand))
    #expect(Service.allCases.count <= 64)
    #expect(Set(Service.allCases.map(\.name)).count == Service.allCases.count)
  }

  @Test(arguments: [
    ("m5.large", "ec2", "m5", "large"), ("db.r6g.large", "rds", "db.r6g", "large"),
    ("ml.m5.xlarge", "sagemaker", "ml.m5", "xlarge"),
    ("cache.r7g.large", "elasticache", "cache.r7g", "large"),
    ("fargate/vCPU", "fargate", "fargate/vCPU", ""),
    ("memorydb/db.r6g.large", "memorydb", "memorydb/db.r6g", "large"),
    ("m6g.large.search", "opensearch", "m6g", "large.search"),
  ])
  func typesShowTheirService(_ type: String, _ service: String, _ family: String, _ size: String) {
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: type)
    #expect(sku.service.name == service)
    #expect(sku.family == family)
    #expect(sku.size == size)
    #expect(sku.service.type(sku.nativeType) == type)
  }

  /// Source: RDS user guide, size-flexible reserved DB instances; Aurora's; ElastiCache's.
  @Test(arguments: [
    ("db.r6g.xlarge", "PostgreSQL", "default", 8.0), ("db.r6g.large", "PostgreSQL", "Multi-AZ", 8),
    ("db.r6g.large", "PostgreSQL", "Multi-AZ cluster", 12),
    ("db.r6g.large", "Aurora MySQL", "I/O-Optimized", 5.2),
    ("db.r6g.large", "Oracle SE2 BYOL", "default", 4),
    ("cache.r6g.large", "Redis", "default", 4), ("cache.r6g.large", "Valkey", "default", 3.2),
    ("memorydb/db.r6g.large", "Valkey", "default", 2.8),
  ])
  func enginesCountInUnits(_ type: String, _ engine: String, _ deployment: String, _ units: Double)
  {
    let sku = SKU(
      provider: .aws, region: "r", instanceType: type, operatingSystem: engine, tenancy: deployment)
    #expect(ReservationScope.counting(sku).units == units)
    #expect(ReservationScope(of: sku).isSizeFlexible)
  }

  @Test(arguments: [
    "Oracle SE2", "SQL Server SE", "SQL Server Web", "Linux", "CreateDBInstance:0999",
  ])
  func licencesIncludedAndUnknownEnginesAreRigid(_ engine: String) {
    let sku = SKU(
      provider: .aws, region: "r", instanceType: "db.r6g.large", operatingSystem: engine)
    #expect(!ReservationScope(of: sku).isSizeFlexible)
  }

  @Test func redisNodesCoverValkeyAndNotTheOtherWayRound() {
    func node(_ engine: String) -> SKU {
      SKU(
        provider: .aws, region: "r", instanceType: "cache.r6g.large", operatingSystem: engine)
    }
    #expect(ReservationScope(of: node("Redis")).units(of: node("Valkey")) == 3.2)
    #expect(ReservationScope(of: node("Valkey")).units(of: node("Redis")) == nil)
    #expect(ReservationScope(of: node("Redis")).units(of: node("Memcached")) == nil)
  }

  @Test func filesOfSeveralServicesSayStandard() {
    func sold(_ type: String) -> String {
      let sku = SKU(provider: .aws, region: "r", instanceType: type)
      return Product.standardRI.sold(for: sku.service).rawValue
    }
    #expect(sold("m5.large") == "ri-standard")
    #expect(sold("db.r6g.large") == "ri-rds")
    #expect(sold("cache.r6g.large") == "ri-elasticache")
    // SageMaker sells none: the name stays, and its price is refused.
    #expect(sold("ml.m5.large") == "ri-standard")
  }

  /// Usage types as in AWS's price files and bills.
  @Test(arguments: [
    ("AmazonECS", "USE1-Fargate-vCPU-Hours:perCPU", "FargateTask", "fargate/vCPU Linux default"),
    ("AmazonEKS", "EU-Fargate-ARM-GB-Hours", "FargatePod", "fargate/GB-ARM Linux default"),
    ("AWSLambda", "Lambda-GB-Second", "Invoke", "lambda/GB-second Linux default"),
    (
      "AmazonRDS", "APS5-InstanceUsage:db.r7g.2xl", "CreateDBInstance:0014",
      "db.r7g.2xlarge PostgreSQL default"
    ),
    (
      "AmazonRDS", "APS5-Multi-AZUsage:db.r7i.2xl", "CreateDBInstance:0005",
      "db.r7i.2xlarge Oracle EE BYOL Multi-AZ"
    ),
    (
      "AmazonRDS", "USE1-Aurora:ServerlessV2Usage", "CreateDBInstance:0021",
      "rds/ACU Aurora PostgreSQL default"
    ),
    (
      "AmazonRDS", "USE1-InstanceUsage:db.m5.large", "CreateDBInstance:0999",
      "db.m5.large CreateDBInstance:0999 default"
    ),
    (
      "AmazonElastiCache", "USE1-NodeUsage:cache.m7g.large", "CreateCacheCluster:Valkey",
      "cache.m7g.large Valkey default"
    ),
    ("AmazonES", "ESInstance:r7g.medium", "ESDomain", "r7g.medium.search Linux default"),
    (
      "AmazonDynamoDB", "IA-ReadRequestUnits", "PayPerRequestThroughput",
      "dynamodb/read-request-IA Linux default"
    ),
    (
      "AmazonDocDB", "USE1-InstanceUsage:db.r5.large", "CreateDBInstance:0023",
      "documentdb/db.r5.large Linux default"
    ),
  ])
  func usageTypesNameMeters(
    _ bill: String, _ usageType: String, _ operation: String, _ expected: String
  ) throws {
    let service = try #require(Service(inBill: bill))
    let rest = Meter.withoutRegion(usageType)
    let meter = try #require(Meter(service, usageType: rest))
    let sku = try #require(meter.sku(usageType: rest, operation: operation, region: "r"))
    #expect("\(sku.instanceType) \(sku.operatingSystem) \(sku.tenancy)" == expected)
  }

  /// Reservations are for instances and provisioned capacity; plans cover requests and serverless
  /// capacity too (DynamoDB Developer Guide, "Reserved capacity"; Database Savings Plans).
  @Test(arguments: [
    ("dynamodb/WCU", "ri-dynamodb", true),
    ("dynamodb/write-request", "ri-dynamodb", false),
    ("dynamodb/RCU-IA", "ri-dynamodb", false), ("rds/ACU", "ri-rds", false),
    ("db.r6g.large", "ri-rds", true), ("elasticache/ECPU", "ri-elasticache", false),
    ("cache.r7g.large", "ri-elasticache", true),
    ("dynamodb/write-request", "sp-database", true), ("rds/ACU", "sp-database", true),
  ])
  func reservationsCoverWhatIsReserved(_ type: String, _ product: String, _ covers: Bool) {
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: type)
    #expect(Product(rawValue: product)?.covers(sku) == covers)
  }

  @Test func licencesAreNoDemand() throws {
    let fargate = try #require(Service(named: "fargate"))
    #expect(Meter(fargate, usageType: "Fargate-Windows-OS-Hours:perCPU")?.isDemand == false)
    #expect(Meter(fargate, usageType: "Fargate-Something") == nil)
  }
}

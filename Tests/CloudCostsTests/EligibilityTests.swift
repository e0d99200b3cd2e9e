import Testing

@testable import CloudCosts

/// What commitments do not cover, and what is no longer sold.
@Suite struct EligibilityTests {
  @Test func tableIsRead() {
    let rows = CatalogueTable(csv: EligibilityTable.csv).rows
    for row in rows {
      #expect(Eligibility.Rule(rawValue: row["rule"]) != nil, "\(row["rule"])")
      #expect(Service(named: row["service"]) != nil, "\(row["service"])")
      #expect(row.list("products").allSatisfy { Product(rawValue: $0) != nil })
      #expect((row["rule"] == "ended") == !row["from"].isEmpty)
    }
  }

  /// Source: Microsoft Learn, Save costs with Azure Reserved VM Instances: no A-series, no
  /// promotional meters; Av2 is another series.
  @Test(arguments: [
    ("Standard_A1", false), ("Basic_A2", false), ("Standard_D2s_v5_Promo", false),
    ("Standard_DS2_v2_Promo", false), ("Standard_A1_v2", true), ("Standard_A2m_v2", true),
    ("Standard_D2s_v5", true), ("Standard_G1", true),
  ])
  func azureSeriesThatAreNeverCovered(_ type: String, _ isCovered: Bool) {
    let sku = SKU(provider: .azure, region: "r", instanceType: type)
    for product in [Product.azureReservation, .azureSavingsPlan] {
      #expect(product.covers(sku) == isCovered, "\(product.rawValue)")
      #expect((product.whyNot(sku) == nil) == isCovered)
    }
    #expect(sku.isCoverable == isCovered)
  }

  /// Source: Google Cloud, Committed use discounts: machine types that do not share a core.
  @Test(arguments: [
    ("f1-micro", false), ("g1-small", false), ("e2-small", true), ("n1-standard-1", true),
  ])
  func googleTypesThatAreNeverCovered(_ type: String, _ isCovered: Bool) {
    let sku = SKU(provider: .gcp, region: "r", instanceType: type)
    #expect(Product.gcpResourceCUD.covers(sku) == isCovered)
    #expect(Product.gcpFlexibleCUD.covers(sku) == isCovered)
    #expect(sku.isCoverable == isCovered)
  }

  /// Source: AWS's Database Savings Plans offer file of 2026-04-22, and AWS's Agent Toolkit (Aurora
  /// commitment pricing mechanics): no burstable classes, none older than the generation 7, of
  /// ElastiCache Valkey alone.
  @Test(arguments: [
    ("db.r7g.large", "PostgreSQL", true), ("db.r6g.large", "PostgreSQL", false),
    ("db.t4g.medium", "MySQL", false), ("db.m8i.2xlarge", "MariaDB", true),
    ("db.x2iedn.xlarge", "Oracle SE2", false), ("rds/ACU", "Aurora MySQL", true),
    ("cache.r7g.large", "Valkey", true), ("cache.r7g.large", "Redis", false),
    ("cache.t4g.small", "Valkey", false), ("elasticache/ECPU", "Valkey", true),
    ("documentdb/db.r5.large", "Linux", false), ("documentdb/db.r8g.large", "Linux", true),
    ("documentdb/DCU", "Linux", true), ("dms.c7i.large", "Linux", true),
    ("dms.t3.medium", "Linux", false), ("m7g.large.search", "Linux", true),
    ("or1.large.search", "Linux", true), ("m5.8xlarge.search", "Linux", false),
    ("t3.small.search", "Linux", false), ("i3.large.search", "Linux", false),
    ("dynamodb/read-request", "Linux", true),
  ])
  func databasePlansAreOfNewGenerations(_ type: String, _ engine: String, _ isKnown: Bool) {
    let sku = SKU(provider: .aws, region: "r", instanceType: type, operatingSystem: engine)
    // A rate in a price file says more than the table does.
    #expect(Product.databaseSavingsPlan.covers(sku))
    #expect(Product.databaseSavingsPlan.isKnownToCover(sku) == isKnown)
  }

  /// What reservations cover is coverable, whatever plans do.
  @Test func whatOneProductCoversIsCoverable() {
    func isCoverable(_ type: String, _ engine: String = "Linux") -> Bool {
      SKU(provider: .aws, region: "r", instanceType: type, operatingSystem: engine).isCoverable
    }
    #expect(isCoverable("db.r6g.large", "PostgreSQL"))
    #expect(!isCoverable("documentdb/db.r5.large"))
    #expect(isCoverable("documentdb/db.r7g.large"))
    #expect(!isCoverable("dms.t3.medium"))
  }

  /// Sources: Microsoft Learn, Transition guide for retired Azure Reserved VM Instances (of
  /// 2026-05-01), and Retired VM sizes migration guide (of 2026-01-30).
  @Test(arguments: [
    ("Standard_D2s_v3", 1, "2026-07-01"), ("Standard_D2s_v3", 3, "2026-07-01"),
    ("Standard_E64is_v3", 3, "2026-07-01"), ("Standard_E16-4s_v3", 1, "2026-07-01"),
    ("Standard_DS2_v2", 1, "2026-07-01"), ("Standard_DS11-1_v2", 3, "2025-05-01"),
    ("Standard_F4s_v2", 3, "2025-11-15"), ("Standard_B2ms", 1, "2026-07-01"),
    ("Standard_A2m_v2", 3, "2025-11-15"), ("Standard_L8s", 3, "2025-05-01"),
    ("Standard_L8s_v2", 3, "2025-11-15"), ("Standard_G1", 1, "2026-07-01"),
    ("Standard_D2s_v4", 1, ""), ("Standard_B2s_v2", 3, ""), ("Standard_L8s_v3", 3, ""),
    ("Standard_F4as_v6", 1, ""), ("Standard_D2ds_v5", 3, ""),
  ])
  func azureSeriesThatAreNoLongerReserved(_ type: String, _ years: Int, _ end: String) {
    let sku = SKU(provider: .azure, region: "r", instanceType: type)
    let found = Product.azureReservation.saleEnd(sku, Term(years: years))?.iso8601 ?? ""
    #expect(found.prefix(10) == end)
    #expect(Product.azureSavingsPlan.saleEnd(sku, Term(years: years)) == nil)
  }

  @Test func offersEndWithTheSale() {
    let sku = SKU(provider: .azure, region: "r", instanceType: "Standard_D2s_v3")
    let book = PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 1),
      PriceRow(
        sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.6),
    ])
    let end = Hour(year: 2026, month: 7, day: 1)
    #expect(book.reservations.map(\.saleEnd) == [end])
    let change = PriceChange(on: Hour(year: 2026, month: 3, day: 1), factor: 0.5, extent: .all)
    let changed = book.changing(change, of: [sku]) { _ in true }
    #expect(changed.reservations.map(\.saleEnd) == [change.date, end])
    #expect(changed.reservations.map(\.hourly) == [0.6, 0.3])
    let late = PriceChange(on: Hour(year: 2026, month: 9, day: 1), factor: 0.5, extent: .all)
    #expect(book.changing(late, of: [sku]) { _ in true }.reservations.map(\.saleEnd) == [end])
  }

  @Test func whatIsNoLongerSoldIsNotRenewed() {
    let sku = SKU(provider: .azure, region: "r", instanceType: "Standard_D2s_v3")
    func renewals(endingIn month: Int) -> Int {
      let end = Hour(year: 2026, month: month, day: 1)
      var commitment = Commitment(
        id: "a",
        terms: OfferTerms(product: .azureReservation, term: .oneYear, payment: .noUpfront),
        subject: .reservation(sku: sku, zone: nil, count: 1, upfront: 0, hourly: 0.6),
        start: end.adding(months: -12), end: end)
      commitment.renews = true
      return commitment.withRenewals(until: Hour(year: 2026, month: 12, day: 1)).count - 1
    }
    #expect(renewals(endingIn: 6) == 1 && renewals(endingIn: 7) == 0)
  }

  @Test func neverCoveredUsageHasNoOffer() {
    let sku = SKU(provider: .azure, region: "r", instanceType: "Standard_A1")
    let book = PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 1),
      PriceRow(
        sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.6),
      PriceRow(
        sku: sku, product: .azureSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.7),
    ])
    #expect(book.reservations.isEmpty && book.savingsPlanRates.isEmpty)
  }
}

/// Sizes of Azure's caches, and what of other services is never reserved.
@Suite struct AzureServiceSizeTests {
  /// Source: Microsoft's ratio table of 2024-04-10; Microsoft Learn, Prepay for Azure Cache for
  /// Redis (cache size flexibility within a tier).
  @Test(arguments: [
    ("P1", "P2", 2.0), ("P2", "P3", 2), ("P1", "P5", 18), ("E10", "E100", 7.5),
    ("F300", "F1500", 4),
  ])
  func cachesOfATierCoverEachOther(_ reserved: String, _ used: String, _ units: Double) throws {
    func footprint(_ type: String) throws -> SizeFlexibility.Footprint {
      let sku = SKU(provider: .azure, region: "r", instanceType: "azure-redis/" + type)
      return try #require(SizeFlexibility.footprint(of: sku))
    }
    let (a, b) = try (footprint(reserved), footprint(used))
    #expect(a.group == b.group && b.units / a.units == units)
  }

  /// Source: Microsoft Learn, Optimize cost with reserved capacity in Azure Cosmos DB: for 10,000
  /// RU/s that scale by themselves 15,000 are reserved.
  @Test func autoscaleTakesHalfAsMuchAgainOfWhatIsReserved() {
    func throughput(_ type: String) -> SKU {
      SKU(provider: .azure, region: "r", instanceType: "azure-cosmos/" + type)
    }
    let reserved = ReservationScope(of: throughput("RU"))
    #expect(reserved.units(of: throughput("RU")) == 1)
    #expect(reserved.units(of: throughput("RU-autoscale")) == 1.5)
    #expect(reserved.units(of: throughput("RU-multi-master")) == nil)
  }

  @Test func otherServicesKeepTheirTypes() {
    for type in ["azure-sql/GP-Gen5", "azure-app-service/P1v3", "azure-redis/C1"] {
      let sku = SKU(provider: .azure, region: "r", instanceType: type)
      #expect(SizeFlexibility.footprint(of: sku) == nil && sku.family == type)
      #expect(!SizeFlexibility.isUnknownFamily(sku))
    }
  }

  /// Sources: Microsoft Learn, Save costs with Azure App Service reserved instances (Premium v3 and
  /// later, Isolated v2 and later); Prepay for Azure Cache for Redis (not Basic and Standard).
  @Test(arguments: [
    ("azure-app-service/S1", false), ("azure-app-service/B2", false),
    ("azure-app-service/P1v2", false), ("azure-app-service/I1", false),
    ("azure-app-service/P1v3", true), ("azure-app-service/P1mv3", true),
    ("azure-app-service/I1v2", true), ("azure-app-service/P0v4", true),
    ("azure-redis/C1", false), ("azure-redis/P1", true),
  ])
  func smallTiersAreNotReserved(_ type: String, _ isCovered: Bool) {
    let sku = SKU(provider: .azure, region: "r", instanceType: type)
    #expect(Product.azureReservation.covers(sku) == isCovered)
    #expect(sku.isCoverable == isCovered)
  }
}

import CloudCosts
import Testing

@testable import Ingest

/// Purchase recommendations of Cost Explorer, in the shape of its API reference; amounts are made
/// up.
@Suite struct RecommendationTests {
  private let start = Hour(year: 2024, month: 1, day: 1)
  private let m5 = SKU(provider: .aws, region: "eu-west-1", instanceType: "m5.large")

  private var prices: PriceList {
    let rows = [
      PriceRow(
        sku: m5, product: .standardRI, term: .oneYear, payment: .allUpfront, upfront: 500,
        hourly: 0),
      PriceRow(
        sku: m5, product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront, hourly: 0.05),
    ]
    return PriceList(rows: rows, lines: [2, 3], file: "prices.csv")
  }

  private func read(_ text: String, currency: String? = "USD") -> Reading<RecommendedPurchases> {
    RecommendationReader.read(
      file("ce.json", text), prices: prices, currency: currency, start: start)
  }

  private let plan = #"""
    {"Metadata": {"RecommendationId": "x"}, "SavingsPlansPurchaseRecommendation": {
      "AccountScope": "PAYER", "SavingsPlansType": "COMPUTE_SP", "TermInYears": "THREE_YEARS",
      "PaymentOption": "NO_UPFRONT", "LookbackPeriodInDays": "THIRTY_DAYS",
      "SavingsPlansPurchaseRecommendationDetails": [{"SavingsPlansDetails": {"OfferingId": "o"},
        "AccountId": "123456789012", "UpfrontCost": "0.0", "CurrencyCode": "USD",
        "HourlyCommitmentToPurchase": "2.75", "EstimatedMonthlySavingsAmount": "820.5"}]}}
    """#

  @Test func aPlanIsBoughtAtTheStart() throws {
    let reading = read(plan)
    #expect(reading.findings.isEmpty)
    #expect(
      try #require(reading.value).commitments == [
        Commitment(
          id: "recommended-ce.json-1",
          terms: OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront),
          subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 2.75),
          start: start, end: start + 26_280)
      ])
  }

  private let reservation = #"""
    {"Recommendations": [{"AccountScope": "LINKED", "TermInYears": "ONE_YEAR",
      "PaymentOption": "ALL_UPFRONT",
      "ServiceSpecification": {"EC2Specification": {"OfferingClass": "STANDARD"}},
      "RecommendationDetails": [{"AccountId": "123456789012", "CurrencyCode": "USD",
        "InstanceDetails": {"EC2InstanceDetails": {"Family": "m5", "InstanceType": "m5.large",
          "Region": "EU (Ireland)", "Platform": "Linux/UNIX", "Tenancy": "shared"}},
        "RecommendedNumberOfInstancesToPurchase": "7"},
       {"InstanceDetails": {"RDSInstanceDetails": {}},
        "RecommendedNumberOfInstancesToPurchase": "1"}]}]}
    """#

  @Test func reservationsCostWhatThePriceBookSays() throws {
    let reading = read(reservation)
    #expect(reading.findings.map(\.rule) == ["recommendation.left-aside"])
    let commitments = try #require(reading.value).commitments
    #expect(commitments.map(\.account) == ["123456789012"])
    #expect(
      commitments.map(\.subject) == [
        .reservation(sku: m5, zone: nil, count: 7, upfront: 500, hourly: 0)
      ])
    let other = read(reservation.replacing("m5.large", with: "m6.large"))
    #expect(try #require(other.value).commitments.isEmpty && other.value?.leftOut == 2)
    #expect(other.findings.contains { $0.rule == "recommendation.no-price" })
  }

  /// One entry without a price is said with its money; the others are judged.
  @Test func anEntryWithoutAPriceEndsNothing() throws {
    func entry(_ type: String) -> String {
      #"""
      {"CurrencyCode": "USD", "EstimatedMonthlySavingsAmount": "41.50", "InstanceDetails":
        {"EC2InstanceDetails": {"InstanceType": "\#(type)", "Region": "eu-west-1",
          "Platform": "Linux/UNIX", "Tenancy": "shared"}},
        "RecommendedNumberOfInstancesToPurchase": "2"}
      """#
    }
    let reading = read(
      #"""
      {"Recommendations": [{"AccountScope": "PAYER", "TermInYears": "ONE_YEAR",
        "PaymentOption": "ALL_UPFRONT",
        "ServiceSpecification": {"EC2Specification": {"OfferingClass": "STANDARD"}},
        "RecommendationDetails": [\#(entry("m6.large")), \#(entry("m5.large"))]}]}
      """#)
    let advice = try #require(reading.value)
    #expect(advice.commitments.map(\.amount) == [2] && advice.leftOut == 1)
    let finding = try #require(reading.findings.first)
    #expect(reading.findings.count == 1 && finding.rule == "recommendation.no-price")
    #expect(finding.severity == .warning && finding.message.contains("41.50 USD a month"))
  }

  /// Fields as the API reference names them; editions and licences make names of engines.
  @Test(arguments: [
    (
      #"{"RDSInstanceDetails": {"Family": "db.r6g", "InstanceType": "db.r6g.large", "Region": "eu-west-1", "DatabaseEngine": "PostgreSQL", "DeploymentOption": "Multi-AZ", "LicenseModel": "No license required"}}"#,
      "db.r6g.large", "PostgreSQL", "Multi-AZ", "ri-rds"
    ),
    (
      #"{"RDSInstanceDetails": {"InstanceType": "db.m5.large", "Region": "eu-west-1", "DatabaseEngine": "SQL Server", "DatabaseEdition": "Standard", "DeploymentOption": "Single-AZ", "LicenseModel": "License included"}}"#,
      "db.m5.large", "SQL Server SE", "default", "ri-rds"
    ),
    (
      #"{"RDSInstanceDetails": {"InstanceType": "db.m5.large", "Region": "eu-west-1", "DatabaseEngine": "Oracle", "DatabaseEdition": "Standard Two", "DeploymentOption": "Single-AZ", "LicenseModel": "Bring your own license"}}"#,
      "db.m5.large", "Oracle SE2 BYOL", "default", "ri-rds"
    ),
    (
      #"{"ElastiCacheInstanceDetails": {"NodeType": "cache.r6g.large", "Region": "EU (Ireland)", "ProductDescription": "redis"}}"#,
      "cache.r6g.large", "Redis", "default", "ri-elasticache"
    ),
    (
      #"{"ESInstanceDetails": {"InstanceClass": "r6g", "InstanceSize": "large", "Region": "eu-west-1"}}"#,
      "r6g.large.search", "Linux", "default", "ri-opensearch"
    ),
    (
      #"{"RedshiftInstanceDetails": {"NodeType": "ra3.4xlarge", "Region": "eu-west-1"}}"#,
      "ra3.4xlarge", "Linux", "default", "ri-redshift"
    ),
    (
      #"{"MemoryDBInstanceDetails": {"NodeType": "db.r6g.large", "Region": "eu-west-1"}}"#,
      "memorydb/db.r6g.large", "Redis", "default", "ri-memorydb"
    ),
  ])
  func otherServicesAreJudged(
    details: String, type: String, system: String, tenancy: String, product: String
  ) throws {
    let sku = SKU(
      provider: .aws, region: "eu-west-1", instanceType: type, operatingSystem: system,
      tenancy: tenancy)
    let sold = try #require(Product(rawValue: product))
    let row = PriceRow(
      sku: sku, product: sold, term: .oneYear, payment: .partialUpfront, upfront: 300, hourly: 0.04)
    let reading = RecommendationReader.read(
      file(
        "ce.json",
        #"""
        {"Recommendations": [{"AccountScope": "PAYER", "TermInYears": "ONE_YEAR",
          "PaymentOption": "PARTIAL_UPFRONT", "RecommendationDetails": [
            {"InstanceDetails": \#(details), "RecommendedNumberOfInstancesToPurchase": "3"}]}]}
        """#), prices: PriceList(rows: [row], lines: [2], file: "prices.csv"), currency: "USD",
      start: start)
    #expect(reading.findings.isEmpty, "\(reading.findings)")
    let commitment = try #require(reading.value?.commitments.first)
    #expect(commitment.terms.product == sold)
    #expect(
      commitment.subject
        == .reservation(sku: sku, zone: nil, count: 3, upfront: 300, hourly: 0.04))
  }

  /// DynamoDB's are units of capacity.
  @Test func capacityIsJudged() throws {
    let sku = SKU(provider: .aws, region: "eu-west-1", instanceType: "dynamodb/WCU")
    let product = try #require(Product(rawValue: "ri-dynamodb"))
    let row = PriceRow(
      sku: sku, product: product, term: .oneYear, payment: .partialUpfront, upfront: 1.5,
      hourly: 0.0001)
    let reading = RecommendationReader.read(
      file(
        "ce.json",
        #"""
        {"Recommendations": [{"TermInYears": "ONE_YEAR", "PaymentOption": "PARTIAL_UPFRONT",
          "RecommendationDetails": [{"ReservedCapacityDetails": {"DynamoDBCapacityDetails":
            {"CapacityUnits": "WriteCapacityUnits", "Region": "eu-west-1"}},
            "RecommendedNumberOfCapacityUnitsToPurchase": "200"}]}]}
        """#), prices: PriceList(rows: [row], lines: [2], file: "prices.csv"), currency: "USD",
      start: start)
    #expect(try #require(reading.value).commitments.map(\.amount) == [200])
  }

  @Test func whatCannotBeJudgedIsTold() {
    #expect(
      read(plan.replacing("\"USD\"", with: "\"EUR\"")).findings.map(\.rule)
        == ["recommendation.other-currency"])
    #expect(
      read(plan.replacing("THREE_YEARS", with: "FIVE_YEARS")).findings.map(\.rule)
        == ["recommendation.unknown-terminyears"])
    #expect(
      read(plan.replacing("\"2.75\"", with: "\"many\"")).findings.map(\.rule)
        == ["recommendation.bad-number"])
    #expect(
      read(plan.replacing("NO_UPFRONT", with: "ALL_UPFRONT")).findings.map(\.rule)
        == ["recommendation.no-rates"])
    #expect(read("{}").findings.map(\.rule) == ["recommendation.unknown-format"])
    #expect(read(String(plan.prefix(200))).findings.map(\.rule) == ["recommendation.not-json"])
    #expect(
      read(#"{"SavingsPlansPurchaseRecommendation": {}}"#).findings.map(\.rule)
        == ["recommendation.nothing"])
  }

  /// Cost Explorer computes each way of buying as if the others were not bought: answers that were
  /// put into one file are alternatives, and not added up.
  @Test func waysOfBuyingAreAlternatives() throws {
    let answers = "[" + plan + ", " + reservation + "]"
    let advice = try #require(read(answers).value)
    #expect(advice.commitments.count == 2)
    #expect(
      advice.alternatives.map { $0.commitments.map(\.terms.product) } == [
        [.standardRI], [.computeSavingsPlan],
      ])
    #expect(Set(advice.alternatives.map(\.file)).count == 2)
    // One way of buying is one advice, whatever it is made of.
    #expect(try #require(read(plan).value).alternatives.map(\.file) == ["ce.json"])
  }

  /// Cost Optimization Hub's are Cost Explorer's under other names; its list has no amounts.
  @Test func theHubsAreRead() throws {
    let plan = #"""
      {"recommendationId": "h1", "accountId": "123456789012", "currencyCode": "USD",
       "actionType": "PurchaseSavingsPlans", "estimatedMonthlySavings": 820.5,
       "recommendedResourceType": "ComputeSavingsPlans", "costCalculationLookbackPeriodInDays": 30,
       "recommendedResourceDetails": {"computeSavingsPlans": {"configuration": {"accountScope": "Payer",
        "term": "ThreeYears", "paymentOption": "NoUpfront", "hourlyCommitment": "2.75"}}}}
      """#
    let reservation = #"""
      {"recommendationId": "h2", "accountId": "123456789012", "currencyCode": "USD",
       "actionType": "PurchaseReservedInstances", "recommendedResourceDetails": {"ec2ReservedInstances":
        {"configuration": {"accountScope": "Linked", "service": "EC2", "term": "OneYear",
        "paymentOption": "AllUpfront", "reservedInstancesRegion": "eu-west-1", "instanceType": "m5.large",
        "platform": "Linux/UNIX", "tenancy": "Shared", "offeringClass": "Standard",
        "numberOfInstancesToPurchase": "7"}}}}
      """#
    let alone = read(plan)
    #expect(alone.findings.isEmpty, "\(alone.findings)")
    #expect(alone.value?.commitments.map(\.amount) == [2.75])
    #expect(alone.value?.commitments.first?.terms.term == .threeYears)
    let both = read(
      "[\(plan), \(reservation), {\"recommendationId\": \"h3\", \"actionType\": \"Rightsize\"}]")
    #expect(both.findings.map { "\($0.severity) \($0.rule)" } == ["note recommendation.left-aside"])
    let bought = try #require(both.value?.commitments)
    #expect(bought.map(\.amount) == [2.75, 7] && bought.map(\.account) == ["", "123456789012"])
    #expect(
      bought.last?.subject == .reservation(sku: m5, zone: nil, count: 7, upfront: 500, hourly: 0))
    let list = read(
      #"""
      {"items": [{"recommendationId": "h1", "actionType": "PurchaseSavingsPlans",
        "currentResourceType": "ComputeSavingsPlans", "estimatedMonthlySavings": 99, "currencyCode": "USD"}]}
      """#)
    #expect(list.value?.leftOut == 1)
    #expect(list.findings.first?.message.contains("99.00 USD a month") == true)
  }
}

import CloudCosts
import Testing

@testable import Ingest

/// Purchase recommendations of Azure and Google, in the shapes of their API references; amounts are
/// made up.
@Suite struct RecommendationsOfOthersTests {
  private let start = Hour(year: 2024, month: 1, day: 1)
  private let one = "11111111-1111-1111-1111-111111111111"

  private func sku(_ type: String, _ provider: Provider = .azure) -> SKU {
    SKU(
      provider: provider, region: provider == .azure ? "westeurope" : "us-central1",
      instanceType: type)
  }

  private var prices: PriceList {
    func row(_ sku: SKU, _ product: Product, _ term: Term, _ hourly: Double) -> PriceRow {
      PriceRow(sku: sku, product: product, term: term, payment: .noUpfront, hourly: hourly)
    }
    let azure = sku("Standard_D2s_v5")
    let rows = [
      PriceRow(
        sku: azure, product: .azureReservation, term: .oneYear, payment: .allUpfront, upfront: 876,
        hourly: 0),
      row(azure, .azureReservation, .threeYears, 0.08),
      row(azure, .azureSavingsPlan, .oneYear, 0.14),
      row(sku("azure-sql/GP-Gen5"), .azureReservation, .oneYear, 0.3),
      row(sku("n2-standard-4", .gcp), .gcpResourceCUD, .oneYear, 0.12),
      row(sku("n2-highcpu-4", .gcp), .gcpResourceCUD, .oneYear, 0.1),
      row(sku("n2-standard-4", .gcp), .gcpFlexibleCUD, .oneYear, 0.14),
    ]
    return PriceList(rows: rows, lines: Array(2..<(2 + rows.count)), file: "prices.csv")
  }

  private func read(_ text: String) -> Reading<RecommendedPurchases> {
    RecommendationReader.read(file("a.json", text), prices: prices, currency: "USD", start: start)
  }

  private func shown(_ commitments: [Commitment]) -> [String] {
    commitments.map { commitment in
      let what =
        switch commitment.subject {
        case .reservation(let sku, _, let count, let upfront, let hourly):
          "\(count) \(sku.instanceType) \(upfront)+\(hourly)"
        case .savingsPlan(_, let hourly): "\(hourly)/h"
        }
      return "\(what) \(commitment.terms.term.years) y \(commitment.reach) \(commitment.account)"
    }
  }

  private func legacy(
    _ scope: String, _ quantity: Int, term: String = "P1Y", sku: String = "Standard_D2s_v5"
  ) -> String {
    #"""
    {"id": "/subscriptions/\#(one)/providers/Microsoft.Consumption/reservationRecommendations/0",
     "type": "Microsoft.Consumption/reservationRecommendations", "location": "westeurope",
     "sku": "\#(sku)", "kind": "legacy", "properties": {"meterId": "m", "term": "\#(term)",
     "costWithNoReservedInstances": 12.1, "recommendedQuantity": \#(quantity), "netSavings": 0.7,
     "firstUsageDate": "2023-12-25T00:00:00-07:00", "scope": "\#(scope)", "resourceType": "virtualmachines",
     "lookBackPeriod": "Last7Days", "instanceFlexibilityRatio": 1, "normalizedSize": "Standard_D2s_v5",
     "recommendedQuantityNormalized": \#(quantity), "skuProperties": [{"name": "Cores", "value": "2"}]}}
    """#
  }

  /// 876 upfront for a year are 0.1 an hour of its 8,760; one for a subscription meets its usage
  /// alone, and those for all, for one and for three years are alternatives.
  @Test func reservationsOfAzureAreAlternatives() throws {
    let list = [legacy("Shared", 3), legacy("Single", 2), legacy("Shared", 1, term: "P3Y")]
    let reading = read(#"{"value": ["# + list.joined(separator: ", ") + "]}")
    #expect(reading.findings.isEmpty, "\(reading.findings)")
    let advice = try #require(reading.value)
    #expect(
      shown(advice.commitments) == [
        "3.0 Standard_D2s_v5 0.0+0.1 1 y shared ",
        "2.0 Standard_D2s_v5 0.0+0.1 1 y account \(one)",
        "1.0 Standard_D2s_v5 0.0+0.08 3 y shared ",
      ])
    #expect(advice.alternatives.map(\.commitments.count) == [1, 1, 1])
    #expect(
      advice.alternatives.map(\.file) == [
        "a.json, 1 y no-upfront, shared", "a.json, 1 y no-upfront, single",
        "a.json, 3 y no-upfront, shared",
      ])
  }

  /// Azure counts the size itself and the smallest one of its group: each goes with its own name.
  @Test func aSizeWithoutAPriceGoesByItsGroupsSmallest() throws {
    let text = legacy("Shared", 4, sku: "Standard_D8s_v5")
      .replacing(
        #""recommendedQuantityNormalized": 4"#, with: #""recommendedQuantityNormalized": 16"#)
    let advice = try #require(read("[\(text)]").value)
    #expect(shown(advice.commitments) == ["16.0 Standard_D2s_v5 0.0+0.1 1 y shared "])
  }

  /// The modern kind has all in its properties, and amounts as money.
  @Test func modernReservationsAreRead() throws {
    func modern(_ sku: String, _ kind: String, _ quantity: Int, _ saved: String) -> String {
      #"""
      {"id": "/providers/Microsoft.Billing/billingAccounts/1/x", "kind": "modern", "properties":
       {"costWithNoReservedInstances": {"currency": "USD", "value": 9}, "location": "West Europe",
        "firstUsageDate": "2022-08-22T00:00:00Z", "lookBackPeriod": 60, "netSavings": \#(saved),
        "normalizedSize": "\#(sku)", "recommendedQuantity": \#(quantity), "resourceType": "\#(kind)",
        "scope": "Shared", "skuName": "\#(sku)", "term": "P1Y", "totalHours": 1460}}
      """#
    }
    let usd = #"{"currency": "USD", "value": 100}"#
    let reading = read(
      "["
        + [
          modern("Standard_D2s_v5", "virtualmachines", 2, usd),
          modern("SQLDB_GP_Compute_Gen5", "sqldatabases", 35, usd),
          modern("Standard_E2s_v5", "virtualmachines", 2, usd),
        ].joined(separator: ", ") + "]")
    let advice = try #require(reading.value)
    // Machines and databases are bought together.
    #expect(advice.alternatives.count == 1 && advice.leftOut == 1)
    #expect(
      shown(advice.commitments) == [
        "2.0 Standard_D2s_v5 0.0+0.1 1 y shared ", "35.0 azure-sql/GP-Gen5 0.0+0.3 1 y shared ",
      ])
    // 100 in 1,460 hours are 50 in a month of 730.
    let finding = try #require(reading.findings.first)
    #expect(finding.rule == "recommendation.no-price")
    #expect(finding.message.contains("50.00 USD a month"), "\(finding.message)")
    let euros = read(
      "[" + modern("Standard_D2s_v5", "virtualmachines", 2, usd.replacing("USD", with: "EUR")) + "]"
    )
    #expect(euros.findings.map(\.rule) == ["recommendation.other-currency"])
  }

  /// The export has the list's fields as columns; a customer agreement's have blanks.
  @Test(arguments: ["", " "]) func theExportIsRead(blank: String) throws {
    let reading = read(
      """
      SKU,Location,LookBack\(blank)Period,Net\(blank)Savings,NormalizedSize,Recommended\(blank)Quantity,ResourceType,Scope,SubscriptionId,Term
      Standard_D2s_v5,westeurope,Last30Days,72,Standard_D2s_v5,3,VirtualMachines,Shared,,P1Y
      Standard_D2s_v5,westeurope,Last30Days,48,Standard_D2s_v5,2,VirtualMachines,Single,\(one),P1Y
      Standard_E2s_v5,westeurope,Last30Days,72,Standard_E2s_v5,3,VirtualMachines,Shared,,P1Y
      """)
    let advice = try #require(reading.value)
    #expect(
      shown(advice.commitments) == [
        "3.0 Standard_D2s_v5 0.0+0.1 1 y shared ",
        "2.0 Standard_D2s_v5 0.0+0.1 1 y account \(one)",
      ])
    #expect(advice.alternatives.count == 2 && advice.leftOut == 1)
    // 72 in 720 hours are 73 in a month of 730.
    #expect(reading.findings.first?.message.contains("73.00 USD a month") == true)
    #expect(reading.findings.first?.place == "a.json:4")
    #expect(read("a,b\n1,2\n").findings.map(\.rule) == ["recommendation.not-json"])
  }

  /// `benefitRecommendations`: the details, and not the other amounts that were looked at, say what
  /// to buy.
  @Test func plansOfAzureAreRead() throws {
    let plan = #"""
      {"id": "x", "type": "Microsoft.CostManagement/benefitRecommendations", "kind": "SavingsPlan",
       "properties": {"lookBackPeriod": "Last7Days", "totalHours": 168, "scope": "Single",
        "subscriptionId": "\#(one)", "commitmentGranularity": "Hourly", "currencyCode": "USD",
        "armSkuName": "Compute_Savings_Plan", "term": "P1Y", "recommendationDetails":
        {"commitmentAmount": 0.28, "savingsAmount": 16.8}, "allRecommendationDetails": {"value":
        [{"commitmentAmount": 0.1}, {"commitmentAmount": 0.28}]}}}
      """#
    let reading = read(#"{"value": [\#(plan)], "nextLink": null}"#)
    #expect(reading.findings.isEmpty, "\(reading.findings)")
    #expect(
      shown(reading.value?.commitments ?? []) == ["0.28/h 1 y account \(one)"])
    let both = try #require(read("[\(plan), \(legacy("Shared", 1))]").value)
    #expect(both.alternatives.map(\.commitments.count) == [1, 1])
    #expect(
      read("[\(plan.replacing("P1Y", with: "P3Y"))]").findings.map(\.rule)
        == ["recommendation.no-rates"])
  }

  /// Advisor's list has advice on machines and on security, too.
  @Test func advisorIsRead() throws {
    func entry(_ details: String) -> String {
      #"""
      {"category": "Cost", "impactedField": "Microsoft.Subscriptions/subscriptions",
       "impactedValue": "\#(one)", "resourceMetadata": {"resourceId": "/subscriptions/\#(one)"},
       "extendedProperties": {"term": "P1Y", "lookbackPeriod": "30", "annualSavingsAmount": "1200",
        "savingsAmount": "100", "savingsCurrency": "USD", \#(details)}}
      """#
    }
    let reading = read(
      "["
        + [
          entry(
            #""reservedResourceType": "virtualmachines", "displaySKU": "Standard_D2s_v5", "displayQty": "2","#
              + #""region": "westeurope", "scope": "Single", "subId": "\#(one)""#),
          entry(#""displaySKU": "Compute_Savings_Plan", "commitment": "0.42", "scope": "Shared""#),
          entry(
            #""reservedResourceType": "blockblob", "displaySKU": "x", "displayQty": "2", "region": "westeurope","#
              + #""scope": "Shared""#),
          #"{"category": "Cost", "extendedProperties": {"targetSku": "Standard_D2s_v5"}}"#,
          #"{"category": "Security", "extendedProperties": {}}"#,
        ].joined(separator: ", ") + "]")
    let advice = try #require(reading.value)
    #expect(
      shown(advice.commitments) == [
        "2.0 Standard_D2s_v5 0.0+0.1 1 y account \(one)", "0.42/h 1 y shared ",
      ])
    #expect(advice.leftOut == 1)
    #expect(
      reading.findings.map { "\($0.severity) \($0.rule)" } == [
        "warning recommendation.left-aside", "note recommendation.left-aside",
      ])
    #expect(reading.findings.first?.message.contains("100.00 USD a month") == true)
  }

  private func google(
    _ resources: String, algorithm: String = "LOW_WATERMARK", plan: String = "TWELVE_MONTH",
    state: String = "ACTIVE", subtype: String = "PROJECT_SCOPED_COMMITMENTS"
  ) -> String {
    #"""
    {"name": "projects/123/locations/us-central1/recommenders/google.compute.commitment.UsageCommitmentRecommender/recommendations/r",
     "description": "Purchase a 1 year new standard CUD for N2Core CPU", "recommenderSubtype": "\#(subtype)",
     "primaryImpact": {"category": "COST", "costProjection": {"cost": {"currencyCode": "USD", "units": "-29",
      "nanos": -500000000}, "duration": "2628000s"}}, "stateInfo": {"state": "\#(state)"},
     "content": {"overview": {"algorithm": "\#(algorithm)"}, "operationGroups": [{"operations": [{"action": "add",
      "resourceType": "compute.googleapis.com/Commitment", "path": "/",
      "resource": "//compute.googleapis.com/projects/web/regions/us-central1/commitments/c",
      "value": {"name": "c", "plan": "\#(plan)", "type": "GENERAL_PURPOSE_N2", "resources": [\#(resources)]}}]}]}}
    """#
  }

  /// Google recommends vCPUs and memory of one series one by one; stable and optimal usage are
  /// alternatives; what was bought already is not advice.
  @Test func resourcesOfGoogleAreBoughtTogether() throws {
    let processors = #"{"type": "VCPU", "amount": "8"}"#
    let memory = #"{"type": "MEMORY", "amount": "32768"}"#
    let reading = read(
      "["
        + [
          google(processors), google(memory),
          google("\(processors), \(memory)", algorithm: "BREAK_EVEN_POINT"),
          google(processors, state: "SUCCEEDED"),
        ].joined(separator: ", ") + "]")
    #expect(reading.findings.map(\.rule) == ["recommendation.left-aside"])
    let advice = try #require(reading.value)
    #expect(
      shown(advice.commitments) == [
        "2.0 n2-standard-4 0.0+0.12 1 y account web", "2.0 n2-standard-4 0.0+0.12 1 y account web",
      ])
    #expect(
      advice.alternatives.map(\.file) == [
        "a.json, 1 y no-upfront, optimal", "a.json, 1 y no-upfront, stable usage",
      ])
    // Whom a project's serve, only the scenario can say; the billing account's serve all.
    #expect(advice.unscoped == Set(advice.commitments.map(\.id)))
    let wide = read(
      "[\(google("\(processors), \(memory)", subtype: "BILLING_ACCOUNT_SCOPED_COMMITMENTS"))]")
    #expect(shown(wide.value?.commitments ?? []) == ["2.0 n2-standard-4 0.0+0.12 1 y shared "])
    #expect(wide.value?.unscoped.isEmpty == true)
  }

  /// vCPUs alone count as the machines with the least memory, and memory alone as nothing; either
  /// is said, with its money.
  @Test func halvesOfMachinesAreSaid() throws {
    let reading = read("[\(google(#"{"type": "VCPU", "amount": 8}"#))]")
    #expect(shown(reading.value?.commitments ?? []).first?.hasPrefix("2.0 n2-highcpu-4") == true)
    #expect(reading.findings.map(\.rule) == ["recommendation.other-shape"])
    let memory = read("[\(google(#"{"type": "MEMORY", "amount": 4096}"#))]")
    #expect(memory.value?.leftOut == 1)
    let finding = try #require(memory.findings.first)
    #expect(finding.rule == "recommendation.other-resource")
    #expect(finding.message.contains("29.50 USD a month"), "\(finding.message)")
    // Without a price nothing is judged at the price on demand.
    let three = read(
      "[\(google(#"{"type": "VCPU", "amount": 8}, {"type": "MEMORY", "amount": 32768}"#, plan: "THIRTY_SIX_MONTH"))]"
    )
    #expect(three.findings.map(\.rule) == ["recommendation.no-price"])
    #expect(three.value?.commitments.isEmpty == true)
  }

  @Test func spendOfGoogleIsRead() throws {
    func spend(_ value: String) -> String {
      #"""
      {"name": "billingAccounts/1/locations/global/recommenders/google.cloudbilling.commitment.SpendBasedCommitmentRecommender/recommendations/r",
       "description": "Purchase a 1 year Compute flexible commitment", "content": {"operationGroups":
       [{"operations": [{"action": "add", "value": \#(value)}]}]}}
      """#
    }
    let money =
      #"{"plan": "TWELVE_MONTH", "commitmentAmount": {"currencyCode": "USD", "units": "1", "nanos": 400000000}}"#
    let reading = read(#"{"recommendations": [\#(spend(money))]}"#)
    #expect(reading.findings.isEmpty, "\(reading.findings)")
    #expect(shown(reading.value?.commitments ?? []) == ["1.4/h 1 y shared "])
    #expect(read("[\(spend("{}"))]").value?.leftOut == 1)
  }

  /// An answer without entries is the advice to buy nothing, and no file of another kind.
  @Test(arguments: [
    "[]", #"{"value": []}"#, #"{"Recommendations": []}"#, #"[{"Recommendations": []}]"#,
  ])
  func nothingIsAnAnswer(text: String) {
    #expect(read(text).findings.map(\.rule) == ["recommendation.nothing"])
  }

  @Test(arguments: ["{}", #"[{"a": 1}]"#, #"{"value": [{"properties": {}}]}"#])
  func otherFilesAreRefused(text: String) {
    #expect(read(text).findings.map(\.rule) == ["recommendation.unknown-format"])
  }

  /// Reservations of caches and databases, and the plan that pays for both, exclude each other; the
  /// plan for machines is bought next to either.
  @Test func whatPaysForTheSameIsAnAlternative() throws {
    func commitment(_ id: String, _ product: String, _ type: String?) throws -> Commitment {
      let terms = OfferTerms(
        product: try #require(Product(rawValue: product)), term: .oneYear, payment: .noUpfront)
      let machine = type.map { SKU(provider: .aws, region: "us-east-1", instanceType: $0) }
      return Commitment(
        id: id, terms: terms,
        subject: machine.map {
          .reservation(sku: $0, zone: nil, count: 1, upfront: 0, hourly: 0.1)
        } ?? .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 1),
        start: start, end: start + 8760)
    }
    let advice = RecommendedPurchases(
      commitments: [
        try commitment("r", "ri-rds", "db.r6g.large"),
        try commitment("c", "ri-elasticache", "cache.r6g.large"),
        try commitment("d", "sp-database", nil), try commitment("s", "sp-compute", nil),
      ], file: "ce.json")
    #expect(
      Set(advice.alternatives.map { $0.commitments.map(\.id).sorted() }) == [
        ["c", "r", "s"], ["d", "s"],
      ])
    #expect(
      Set(advice.alternatives.map(\.file)) == [
        "ce.json, ri-elasticache + ri-rds, 1 year, no-upfront",
        "ce.json, sp-database, 1 year, no-upfront",
      ])
  }
}

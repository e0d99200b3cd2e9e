import CloudCosts
import Testing

@testable import Ingest

/// Usage that says itself that it is free is no demand, and is not taken as covered either.
@Suite(.serialized) struct FreeUsageTests {
  private func file(_ text: String) async throws -> ImportedFile {
    let place = try BillPlace()
    defer { place.close() }
    return try #require(try await place.run(try place.write(text)).imported.first)
  }

  private func hours(_ file: ImportedFile) -> [String: Double] {
    Dictionary(
      file.costs.compactMap { cost in
        cost.subject.group.map { ("\($0.sku.instanceType) \(cost.chargeClass)", cost.quantity) }
      }, uniquingKeysWith: +)
  }

  private static let cur =
    "line_item_usage_start_date,line_item_usage_end_date,line_item_line_item_type,"
    + "line_item_usage_account_id,line_item_product_code,line_item_usage_type,line_item_operation,"
    + "line_item_usage_amount,line_item_unblended_cost,pricing_public_on_demand_cost,pricing_term,"
    + "product_region_code,line_item_currency_code,line_item_line_item_description"

  private func cur(_ type: String, _ cost: String, _ list: String, _ text: String) -> String {
    "2025-03-01T00:00:00Z,2025-03-01T01:00:00Z,Usage,1,AmazonEC2,BoxUsage:\(type),RunInstances,1,"
      + "\(cost),\(list),OnDemand,us-east-1,USD,\(text)"
  }

  /// AWS: "$0.00 per … under monthly free tier".
  @Test func awsFreeTier() async throws {
    let free = "$0.00 per Linux t3.micro Instance Hour under monthly free tier"
    let file = try await file(
      [
        Self.cur, cur("m5.large", "0.096", "0.096", "$0.096 per On Demand Linux m5.large"),
        cur("t3.micro", "0", "0.0104", free), cur("t3.micro", "0.0104", "0.0104", "$0.0104 per"),
      ].joined(separator: "\n") + "\n")
    #expect(hours(file) == ["m5.large onDemand": 1, "t3.micro onDemand": 1])
    let finding = try #require(file.findings.first { $0.rule == "import.free" })
    #expect(finding.message.contains("0.0104 USD at list prices"))
    #expect(file.costs.map(\.rows).reduce(0, +) == 3)
  }

  private static let azure =
    "SubscriptionId,ResourceLocation,Date,MeterCategory,MeterSubCategory,MeterName,Quantity,"
    + "EffectivePrice,CostInBillingCurrency,BillingCurrencyCode,UnitOfMeasure,PricingModel,"
    + "ChargeType,PayGPrice,OfferId,AdditionalInfo"

  private func azure(
    series: String = "BS Series", cost: String = "0", model: String = "", offer: String = ""
  ) -> String {
    "s,westeurope,2025-03-13,Virtual Machines,\(series),B1s,24,\(cost),\(cost),USD,1 Hour,\(model),"
      + #"Usage,0.0104,\#(offer),"{""ServiceType"":""Standard_B1s""}""#
  }

  /// A free meter and a free account are free; what costs nothing without a word may be covered.
  @Test(arguments: [
    ("BS Series - Free", "", true), ("Free BS Series", "", true), ("Carefree", "", false),
    ("BS Series", "MS-AZR-0044P", true),
    ("BS Series", "MS-AZR-0003P", false), ("BS Series", "", false),
    ("Freedom Series", "", false),
  ])
  func azureFreeAccounts(series: String, offer: String, isFree: Bool) async throws {
    let file = try await file(
      [Self.azure, azure(series: series, offer: offer), azure(cost: "0.25", model: "OnDemand")]
        .joined(separator: "\n") + "\n")
    let expected =
      isFree
      ? ["Standard_B1s onDemand": 24.0]
      : [
        "Standard_B1s onDemand": 24, "Standard_B1s covered": 24,
      ]
    #expect(hours(file) == expected)
    #expect(file.findings.contains { $0.rule == "import.free" } == isFree)
    #expect(file.findings.contains { $0.rule == "import.covered-unnamed" } != isFree)
  }

  /// FOCUS: by the description, whatever the category of pricing.
  @Test(arguments: ["", "Standard"])
  func focusFreeTier(pricing: String) async throws {
    let row = Focus.row(
      pricing: pricing, quantity: "2", billed: "0.2", effective: "0"
    ).replacing(",0.2,0,0.2,", with: ",0,0,0.2,")
    let free = try await file(
      [Focus.header + ",ChargeDescription", row + ",under the monthly free tier"]
        .joined(separator: "\n") + "\n")
    #expect(hours(free).isEmpty && free.findings.contains { $0.rule == "import.free" })
  }
}

import CloudCosts
import Testing

@testable import Ingest

/// Amounts and quantities that exports state in other ways than most.
@Suite(.serialized) struct BillAmountTests {
  private func file(_ text: String, _ name: String = "bill.csv") async throws -> ImportedFile {
    let place = try BillPlace()
    defer { place.close() }
    return try #require(try await place.run(try place.write(text, name)).imported.first)
  }

  private func sum(_ file: ImportedFile, _ kind: ChargeClass) -> HistoryCost? {
    file.costs.first { $0.chargeClass == kind }
  }

  private static let cur =
    "line_item_usage_start_date,line_item_usage_end_date,line_item_line_item_type,"
    + "line_item_usage_account_id,line_item_product_code,line_item_usage_type,line_item_operation,"
    + "line_item_usage_amount,line_item_unblended_cost,pricing_public_on_demand_cost,pricing_term,"
    + "product_region_code,line_item_currency_code"

  private func cur(
    _ kind: String, _ type: String = "BoxUsage:m5.large", code: String = "AmazonEC2",
    _ quantity: String = "1", cost: String
  ) -> String {
    "2025-03-01T00:00:00Z,2025-03-01T01:00:00Z,\(kind),1,\(code),\(type),RunInstances,\(quantity),"
      + "\(cost),0.096,OnDemand,us-east-1,USD"
  }

  /// Where no discount applies the net cost may be blank: then the gross one is paid. A discount's
  /// own row is 0 net.
  @Test func blankNetCostsAreTheGrossOnes() async throws {
    let bill = [
      Self.cur + ",line_item_net_unblended_cost", cur("Usage", cost: "0.096") + ",",
      cur("Usage", cost: "0.096") + ",0.0864",
      cur("EdpDiscount", "", "0", cost: "-0.0096") + ",",
    ]
    let file = try await file(bill.joined(separator: "\n") + "\n")
    #expect(sum(file, .onDemand)?.effective.formatted(decimals: 4) == "0.1824")
    #expect(sum(file, .onDemand)?.billed.formatted(decimals: 4) == "0.1920")
    #expect(sum(file, .credit)?.effective == .zero)
  }

  /// AWS writes the last second: 2025-12-31T23:59:59.000Z.
  @Test func anEndIsTheHourAfterTheLastSecond() async throws {
    let arn = "arn:aws:ec2:us-east-1:1:reserved-instances/a"
    let bill = [
      Self.cur
        + ",reservation_reservation_a_r_n,reservation_start_time,reservation_end_time,"
        + "reservation_number_of_reservations",
      cur("RIFee", "HeavyUsage:m5.large", cost: "0.06")
        + ",\(arn),2025-01-01T00:00:00.000Z,2025-12-31T23:59:59.000Z,1",
    ]
    let file = try await file(bill.joined(separator: "\n") + "\n")
    let commitment = try #require(file.commitments.first)
    #expect(commitment.start == Hour(year: 2025, month: 1, day: 1))
    #expect(commitment.end == Hour(year: 2026, month: 1, day: 1))
  }

  /// Notebooks of SageMaker Studio name an app before the type.
  @Test func studioIsMetered() async throws {
    let bill = [
      Self.cur,
      cur(
        "Usage", "USE1-Studio:KernelGateway-ml.t3.medium", code: "AmazonSageMaker", cost: "0.05"),
    ]
    let file = try await file(bill.joined(separator: "\n") + "\n")
    #expect(file.costs.first?.subject.group?.sku.instanceType == "ml.t3.medium")
  }

  private func focus(
    _ quantity: String, _ unit: String, consumed: String = "", type: String = "BoxUsage:m5.large",
    more: String = ""
  ) -> String {
    let row = Focus.row(usageType: type).replacing(",2,Hours,", with: ",\(consumed),,")
    return "\(row),\(quantity),\(unit)\(more)"
  }

  /// `100 Hours` counts hundreds, where only what is priced is stated.
  @Test(arguments: [
    ("0.24", "100 Hours", "", "BoxUsage:m5.large", 24.0),
    ("0.24", "100 Hours", "24", "BoxUsage:m5.large", 24),
    ("3", "1 Hour", "", "BoxUsage:m5.large", 3),
    ("3", "Hrs", "", "BoxUsage:m5.large", 3), ("0.01", "1M Requests", "", "Request", 10_000),
    ("2.5", "1K", "", "Request", 2500), ("2", "\"1,000 Requests\"", "", "Request", 2000),
    ("2", "1 Month", "", "Request", 2), ("0", "100 Hours", "7", "BoxUsage:m5.large", 7),
  ])
  func pricesInBlocksAreCounted(
    quantity: String, unit: String, consumed: String, type: String, expected: Double
  ) async throws {
    let row = focus(quantity, unit, consumed: consumed, type: type)
      .replacing("Amazon EC2", with: type == "Request" ? "AWS Lambda" : "Amazon EC2")
    let file = try await file("\(Focus.header),PricingQuantity,PricingUnit\n\(row)\n")
    let found = file.costs.reduce(0) { $0 + $1.quantity }
    #expect(abs(found - expected) < 1e-6, "\(found)")
  }

  /// A covered row at a list cost of 0 costs on demand what its unit price says, or else at least
  /// what it costs.
  @Test(arguments: [("0.096", "0.96"), ("", "0.07")])
  func aListCostOfNothingIsNotBelieved(price: String, list: String) async throws {
    let row = focus("10", "Hours", more: ",\(price)")
      .replacing(",0.2,0.2,0.2,USD", with: ",0,0.07,0,USD")
      .replacing("RunInstances,,", with: "RunInstances,arn:aws:savingsplans::1:savingsplan/x,Used")
    let file = try await file(
      "\(Focus.header),PricingQuantity,PricingUnit,ListUnitPrice\n\(row)\n")
    #expect(sum(file, .covered)?.list.formatted(decimals: 2) == list)
  }

  /// The same machine on demand in the same bill says what the covered one would cost.
  @Test func theListCostOfTheSameMachineCounts() async throws {
    let covered = focus("10", "Hours")
      .replacing(",0.2,0.2,0.2,USD", with: ",0,0.7,0,USD")
      .replacing("RunInstances,,", with: "RunInstances,arn:aws:savingsplans::1:savingsplan/x,Used")
    let other = focus("5", "Hours").replacing(",0.2,0.2,0.2,USD", with: ",0.5,0.5,0.5,USD")
    let file = try await file(
      "\(Focus.header),PricingQuantity,PricingUnit\n\(covered)\n\(other)\n")
    #expect(sum(file, .covered)?.list.formatted(decimals: 2) == "1.00")
    #expect(sum(file, .onDemand)?.list.formatted(decimals: 2) == "0.50")
    let finding = try #require(file.findings.first { $0.rule == "import.list-derived" })
    #expect(finding.message.contains("1 rows of covered usage"))
  }

  private func google(
    _ sku: String, _ cost: String, _ amount: String = "1", model: String = "", credits: String = ""
  ) -> String {
    let machine =
      #"[{"key":"compute.googleapis.com/machine_spec","value":"n2-standard-4"}]"#
    return #"""
      {"billing_account_id":"A","service":{"description":"Compute Engine"},"sku":{"description":\#
      "\#(sku)"},"usage_start_time":"2025-08-01 00:00:00 UTC","usage_end_time":\#
      "2025-08-01 01:00:00 UTC","project":{"id":"p"},"labels":[],"system_labels":\#
      \#(sku.hasPrefix("N2") ? machine : "[]"),"location":{"region":"us-central1"},"cost":"\#(cost)",\#
      "currency":"USD","consumption_model":{"description":"\#(model)"},"usage":\#
      {"amount_in_pricing_units":"\#(amount)","pricing_unit":"hour"},"cost_type":"regular",\#
      "credits":[\#(credits)]}
      """#
  }

  /// Usage at the price of the file's only commitment is its own, whether it names it or not.
  @Test func usageOfTheOnlyCommitmentIsItsOwn() async throws {
    let fee = "Commitment - dollar based v1: GCE for 1 year"
    let file = try await file(
      [
        google(
          "N2 Instance Core running in Americas", "0.09104", "4",
          model: "Compute Flexible CUDs 1 Year"),
        google(
          fee, "0.1", credits: #"{"type":"FEE_UTILIZATION_OFFSET","amount":"-0.09104"}"#),
      ].joined(separator: "\n") + "\n", "bill.json")
    let commitment = try #require(file.commitments.first)
    #expect(file.commitments.count == 1 && commitment.product == .gcpFlexibleCUD)
    #expect(abs((commitment.hourlyCommitment ?? 0) - 0.1) < 1e-9)
    #expect(sum(file, .covered)?.commitment == commitment.id)
    #expect(!file.findings.contains { $0.rule == "import.commitment-unnamed" })
  }
}

import CloudCosts
import Testing

@testable import Ingest

/// Entries of owned lists in the shapes and states that tools write.
@Suite struct OwnedShapeTests {
  private let prices = PriceList(
    rows: [
      PriceRow(sku: d4, product: .onDemand, hourly: 0.2),
      PriceRow(
        sku: d4, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.12),
      PriceRow(
        sku: m5, product: .standardRI, term: .oneYear, payment: .allUpfront, upfront: 500,
        hourly: 0),
      PriceRow(sku: m5, product: .onDemand, hourly: 0.1),
      PriceRow(
        sku: n1, product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront, hourly: 0.12),
      PriceRow(
        sku: t4, product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront, hourly: 0.22),
    ], lines: [2, 3, 4, 5, 6, 7], file: "prices.csv")

  private static let d4 = SKU(
    provider: .azure, region: "westeurope", instanceType: "Standard_D4s_v5")
  private static let m5 = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private static let n1 = SKU(provider: .gcp, region: "us-central1", instanceType: "n1-standard-4")
  private static let t4 = SKU(
    provider: .gcp, region: "us-central1", instanceType: "gcp-gpu/TeslaT4")

  private func read(_ text: String, _ name: String = "list.us-east-1.json")
    -> Reading<OwnedCommitments>
  {
    OwnedReader.read(file(name, text), prices: prices)
  }

  private func rules(_ reading: Reading<OwnedCommitments>) -> [String] {
    reading.findings.map { "\($0.severity) \($0.rule)" }
  }

  private func reservation(_ state: String, more: String = "") -> String {
    """
    {"ReservedInstances": [{"ReservedInstancesId": "r", "InstanceType": "m5.large",
      "Start": "2024-01-01T00:00:00Z", "End": "2025-01-01T00:00:00Z", "InstanceCount": 2,
      "State": "\(state)", "OfferingType": "No Upfront", "FixedPrice": 0,
      "RecurringCharges": [{"Amount": 0.06, "Frequency": "Hourly"}]\(more)}]}
    """
  }

  /// A state that no one knows may be one of what is owned: not a note that no one reads.
  @Test func statesOfAWS() {
    #expect(read(reservation("Active")).value?.commitments.count == 1)
    #expect(rules(read(reservation("pending-payment"))) == ["note owned.payment-pending"])
    #expect(rules(read(reservation("payment-failed"))) == ["note owned.left-aside"])
    #expect(
      rules(read(reservation("sleeping")))
        == ["warning owned.unknown-state", "warning owned.nothing-usable"])
  }

  @Test func startsOfOtherCalendars() {
    let text = reservation("active").replacing("2024", with: "2567").replacing("2025", with: "2568")
    #expect(rules(read(text)).first == "warning owned.absurd-start")
  }

  private func azure(
    _ properties: String, sku: String = #"{"name": "Standard_D4s_v5"}"#, scope: String = "Shared"
  ) -> Reading<OwnedCommitments> {
    read(
      #"[{"id": "r", "location": "westeurope", "sku": "# + sku
        + #", "properties": {"reservedResourceType": "VirtualMachines", "quantity": 1, "term": "P1Y","#
        + #""benefitStartTime": "2024-01-01T00:00:00Z", "appliedScopeType": ""#
        + scope + "\"" + properties + "}}]")
  }

  @Test(arguments: [
    ("succeeded", 1, [String]()), ("Created", 1, []), ("Refunded", 0, ["note owned.left-aside"]),
    ("PendingBilling", 1, ["note owned.payment-pending"]),
    ("NoBenefit", 1, ["warning owned.unknown-state"]),
  ])
  func statesOfAzure(_ state: String, count: Int, expected: [String]) {
    let reading = azure(#", "provisioningState": "\#(state)""#)
    #expect(reading.value?.commitments.count == count)
    #expect(rules(reading) == expected)
  }

  /// The state that is shown may be the only one that says it was given back.
  @Test func cancelledBySight() {
    let reading = azure(
      #", "provisioningState": "Succeeded", "displayProvisioningState": "Cancelled""#)
    #expect(reading.value?.commitments.isEmpty == true)
    #expect(rules(reading) == ["note owned.left-aside"])
  }

  /// One reservation of several subscriptions serves all of them, and no one else.
  @Test func severalSubscriptionsAreServed() throws {
    let reading = azure(
      #", "appliedScopes": ["/subscriptions/b", "/subscriptions/a", "/subscriptions/a"]"#,
      scope: "Single")
    let owned = try #require(reading.value)
    #expect(owned.commitments.map(\.reach) == [.group("subscriptions a, b")])
    #expect(owned.groups == ["subscriptions a, b": ["a", "b"]] && rules(reading) == [])
    let one = azure(
      #", "appliedScopes": ["/subscriptions/a/resourceGroups/x", "/subscriptions/a"]"#,
      scope: "Single")
    #expect(one.value?.commitments.map(\.reach) == [.account])
    #expect(rules(one) == ["warning owned.resource-group-scope"])
  }

  /// `Get-AzReservation | ConvertTo-Json`, of Windows PowerShell 5.
  @Test func powerShellIsRead() throws {
    let reading = read(
      #"[{"Location": "westeurope", "Id": "r", "Sku": "Standard_D4s_v5", "Quantity": 2,"#
        + #""AppliedScopeType": "Shared", "ProvisioningState": "Succeeded", "Term": "P1Y","#
        + #""EffectiveDateTime": "\/Date(1704067200000)\/", "BillingPlan": "Monthly","#
        + #""ReservedResourceType": "VirtualMachines", "InstanceFlexibility": "On"}]"#)
    let commitment = try #require(reading.value?.commitments.first, "\(reading.report)")
    #expect(commitment.start == Hour(year: 2024, month: 1, day: 1) && commitment.amount == 2)
  }

  /// An order says when and not what.
  @Test(arguments: [
    #""reservations": [{"id": "x"}]"#, #""savingsPlans": ["x"]"#,
  ])
  func ordersAreSaid(_ content: String) {
    let reading = read(
      #"[{"id": "order", "type": "x/orders", "properties": {"term": "P1Y", "# + content + "}}]")
    #expect(
      rules(reading) == ["warning owned.azure-order", "warning owned.nothing-usable"])
    #expect(reading.findings.first?.remedy.contains("reservation list") == true)
  }

  private func plan(_ sku: String) -> Reading<OwnedCommitments> {
    read(
      #"[{"id": "p", "sku": {"name": "\#(sku)"}, "properties": {"term": "P1Y","#
        + #""appliedScopeType": "Shared", "benefitStartTime": "2024-01-01T00:00:00Z","#
        + #""commitment": {"amount": 1, "currencyCode": "USD", "grain": "Hourly"}}}]"#)
  }

  /// A plan for databases covers no machine.
  @Test func plansOfAzureAreOfTwoKinds() {
    #expect(
      plan("Compute_Savings_Plan").value?.commitments.map(\.terms.product) == [.azureSavingsPlan])
    #expect(
      plan("Database_Savings_Plan").value?.commitments.map(\.terms.product.rawValue)
        == ["azure-savings-plan-database"])
    #expect(rules(plan("Storage_Plan")).first == "warning owned.unknown-plan")
  }

  private func google(_ type: String, _ resources: String, status: String = "ACTIVE")
    -> Reading<OwnedCommitments>
  {
    read(
      #"[{"kind": "compute#commitment", "name": "c", "plan": "TWELVE_MONTH", "type": "\#(type)","#
        + #""status": "\#(status)", "region": "us-central1","#
        + #""startTimestamp": "2024-01-01T00:00:00Z", "resources": [{"type": "VCPU", "amount": "4"},"#
        + #"{"type": "MEMORY", "amount": "15360"}"# + resources + "]}]")
  }

  /// Accelerators are sold with the machines, and metered apart.
  @Test func acceleratorsAreCommitmentsOfTheirOwn() throws {
    let reading = google(
      "GENERAL_PURPOSE",
      #", {"type": "ACCELERATOR", "acceleratorType": "projects/p/nvidia-tesla-t4", "amount": "2"}"#)
    let owned = try #require(reading.value?.commitments)
    #expect(reading.findings.isEmpty, "\(reading.report)")
    #expect(owned.map(\.id) == ["c", "c/nvidia-tesla-t4"])
    #expect(owned.map(\.effectiveHourly) == [0.12, 0.44])
  }

  @Test func whatOfACommitmentIsNotReadIsSaid() {
    let disks = google("GENERAL_PURPOSE", #", {"type": "LOCAL_SSD", "amount": "375"}"#)
    #expect(disks.value?.commitments.count == 1)
    #expect(rules(disks) == ["warning owned.other-resource"])
    #expect(rules(google("ACCELERATOR_OPTIMIZED_B9", "")).first == "warning owned.unknown-type")
    #expect(
      rules(google("GENERAL_PURPOSE", "", status: "SUSPENDED")).first
        == "warning owned.unknown-state")
  }

  /// What was paid for another is said with what it may have been, of instances and of nodes.
  @Test func sunkPricesAreSaidWithTheirMoney() throws {
    let modified = read(
      reservation("active").replacing("No Upfront", with: "All Upfront")
        .replacing("0.06", with: "0"))
    #expect(rules(modified) == ["warning owned.sunk-price"])
    // 2 × 500 for a year of 8,784 hours, of which the price states 8,760.
    #expect(
      modified.findings.first?.message.contains("By prices.csv 1,002.74 would be paid") == true,
      "\(modified.report)")
    let node = read(
      #"{"ReservedNodes": [{"ReservedNodeId": "n", "NodeType": "ra3.4xlarge", "NodeCount": 1,"#
        + #""StartTime": "2024-01-01T00:00:00Z", "Duration": 31536000, "State": "active","#
        + #""OfferingType": "All Upfront", "FixedPrice": 0, "RecurringCharges": []}]}"#)
    #expect(rules(node) == ["warning owned.sunk-price"], "\(node.report)")
  }

  /// A plan whose rates are not in the book covers usage at those of its nearest terms, so that
  /// what it covers is not bought for again.
  @Test func ratesAreBorrowed() throws {
    func row(_ term: Term, _ payment: PaymentOption) -> PriceRow {
      PriceRow(
        sku: Self.m5, product: .computeSavingsPlan, term: term, payment: payment, hourly: 0.07)
    }
    let book = PriceList(
      rows: [row(.oneYear, .noUpfront), row(.oneYear, .allUpfront), row(.threeYears, .noUpfront)],
      lines: [2, 3, 4], file: "prices.csv")
    let start = Hour(year: 2024, month: 1, day: 1)
    func borrowed(_ terms: OfferTerms) -> Reading<OwnedCommitments> {
      CrossChecks.withRates(
        OwnedCommitments(
          commitments: [
            Commitment(
              id: "p", terms: terms,
              subject: .savingsPlan(
                scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 1), start: start,
              end: start + 8760)
          ], lines: [1], file: "sp.json"), prices: book,
        window: HourWindow(start: start, hours: 24))
    }
    let partial = OfferTerms(
      product: .computeSavingsPlan, term: .threeYears, payment: .partialUpfront)
    let reading = borrowed(partial)
    #expect(reading.findings.map(\.rule) == ["owned.borrowed-rates"])
    #expect(
      reading.value?.commitments.map(\.terms)
        == [OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront)])
    let other = OfferTerms(product: .ec2InstanceSavingsPlan, term: .oneYear, payment: .noUpfront)
    #expect(borrowed(other).value?.commitments.map(\.terms) == [other])
  }
}

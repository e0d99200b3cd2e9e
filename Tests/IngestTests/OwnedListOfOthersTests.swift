import CloudCosts
import Testing

@testable import Ingest

/// Owned commitments as Azure's and Google's own tools list them. The entries have the fields of
/// their REST references; ids and amounts are made up here.
@Suite struct OwnedListOfOthersTests {
  private func prices(_ rows: [PriceRow]) -> PriceList {
    PriceList(rows: rows, lines: rows.indices.map { $0 + 2 }, file: "prices.csv")
  }

  /// FOCUS names subscriptions by a path, cost details and lists by an id in any case.
  @Test func subscriptionsHaveOneName() {
    let id = "abcdef00-0000-0000-0000-00000000000a"
    for text in [id, id.uppercased(), "/subscriptions/\(id.uppercased())", "/Subscriptions/\(id)"] {
      #expect(AzureSubscription.id(text) == id)
    }
    for text in ["", "web", "Sub-1", "/providers/Microsoft.Billing/billingAccounts/1", "a/b"] {
      #expect(AzureSubscription.id(text) == text)
    }
  }

  /// What was renewed is in the list as a reservation of its own (Azure, `renewSource`,
  /// `renewDestination`), and is not owned twice. Sizes and places are compared without case.
  @Test(arguments: ["renewSource", "renewDestination"])
  func aRenewedReservationIsOwnedOnce(field: String) throws {
    func entry(_ id: String, _ year: Int, _ link: String) -> String {
      """
      {"id": "\(id)", "location": "West Europe", "sku": {"name": "standard_d2s_v3"},
       "properties": {"quantity": 1, "term": "P1Y", "billingPlan": "Monthly",
        "provisioningState": "Succeeded", "renew": true, \(link)
        "effectiveDateTime": "\(year)-05-01T00:00:00Z", "expiryDateTime": "\(year + 1)-05-01T00:00:00Z"}}
      """
    }
    let old = field == "renewDestination" ? "\"renewDestination\": \"/o/B\"," : ""
    let new = field == "renewSource" ? "\"renewSource\": \"/o/A\"," : ""
    let list = file("az.json", "[\(entry("/o/a", 2024, old)), \(entry("/o/b", 2025, new))]")
    let sku = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v3")
    let book = prices([
      PriceRow(
        sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.07)
    ])
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(owned.map(\.id) == ["/o/a", "/o/b"])
    #expect(owned.map(\.renews) == [false, true])
  }

  /// Azure's list states no price: the price book's is used, and where there is none, nothing
  /// does.
  @Test func azureReservationsAndPlans() throws {
    let list = file(
      "az.json",
      #"""
      [{"id": "/providers/microsoft.capacity/reservationOrders/o/reservations/r", "location": "westeurope",
        "sku": {"name": "Standard_D2s_v3"}, "properties": {"appliedScopeType": "Single",
        "appliedScopes": ["/subscriptions/sub-1"], "reservedResourceType": "VirtualMachines",
        "quantity": 3, "term": "P1Y", "billingPlan": "Monthly", "provisioningState": "Succeeded",
        "benefitStartTime": "2024-05-01T09:30:00.1234567+00:00"}},
       {"id": "sql", "location": "westeurope", "properties": {"reservedResourceType": "SqlDatabases"}},
       {"id": "plan", "sku": {"name": "Compute_Savings_Plan"}, "properties": {"term": "P3Y",
        "billingPlan": "P1M", "commitment": {"currencyCode": "USD", "amount": 2.5, "grain": "Hourly"},
        "effectiveDateTime": "2024-05-01T00:00:00Z", "provisioningState": "Succeeded"}}]
      """#)
    let sku = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v3")
    let book = prices([
      PriceRow(
        sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.07)
    ])
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(owned.map(\.effectiveHourly) == [3 * 0.07, 2.5])
    #expect(owned.map(\.account) == ["sub-1", ""])
    #expect(owned[0].start == Hour(year: 2024, month: 5, day: 1, hour: 9))
    let unpriced = OwnedReader.read(list)
    #expect(unpriced.value?.commitments.map(\.id) == ["plan"])
    #expect(
      unpriced.findings.filter { $0.severity == .warning }.map(\.rule) == ["owned.no-price"])
    let euros = OwnedReader.read(list, prices: book, currency: "EUR")
    #expect(euros.findings.contains { $0.rule == "owned.other-currency" })
  }

  /// Some commands of `az` print what is in `properties` next to the rest.
  @Test func azureListsMayBeFlat() throws {
    let list = file(
      "az.json",
      #"""
      [{"id": "/o/r", "location": "westeurope", "sku": {"name": "Standard_D2s_v3"},
        "appliedScopeType": "Shared", "reservedResourceType": "VirtualMachines", "quantity": 3,
        "term": "P1Y", "billingPlan": "Monthly", "provisioningState": "Succeeded",
        "benefitStartTime": "2024-05-01T00:00:00Z", "expiryDateTime": "2025-05-01T00:00:00Z"},
       {"id": "plan", "sku": {"name": "Compute_Savings_Plan"}, "term": "P3Y", "billingPlan": "P1M",
        "appliedScopeType": "Single",
        "appliedScopeProperties": {"subscriptionId": "/subscriptions/sub-1"},
        "commitment": {"currencyCode": "USD", "amount": 2.5, "grain": "Hourly"},
        "effectiveDateTime": "2024-05-01T00:00:00Z", "provisioningState": "Succeeded"}]
      """#)
    let sku = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v3")
    let book = prices([
      PriceRow(
        sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.07)
    ])
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(owned.map(\.effectiveHourly) == [3 * 0.07, 2.5])
    #expect(owned.map(\.account) == ["", "sub-1"])
    #expect(owned[0].end == Hour(year: 2025, month: 5, day: 1))
  }

  @Test func googleCommitmentsCountMachines() throws {
    let list = file(
      "cud.json",
      #"""
      [{"kind": "compute#commitment", "name": "n2", "plan": "TWELVE_MONTH", "category": "MACHINE",
        "region": "https://www.googleapis.com/compute/v1/projects/web/regions/us-central1",
        "selfLink": "https://www.googleapis.com/compute/v1/projects/web/regions/us-central1/commitments/n2",
        "resources": [{"type": "VCPU", "amount": "40"}, {"type": "MEMORY", "amount": "163840"}],
        "startTimestamp": "2024-02-01T00:00:00.000-00:00", "status": "ACTIVE",
        "type": "GENERAL_PURPOSE_N2"}]
      """#.replacing("-00:00\"", with: "+00:00\""))
    func price(_ type: String, _ hourly: Double) -> PriceRow {
      PriceRow(
        sku: SKU(provider: .gcp, region: "us-central1", instanceType: type),
        product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront, hourly: hourly)
    }
    let book = prices([price("n2-highmem-8", 0.3), price("n2-standard-8", 0.24)])
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(owned.map(\.account) == ["web"])
    #expect(
      owned.map(\.subject) == [
        .reservation(
          sku: SKU(provider: .gcp, region: "us-central1", instanceType: "n2-standard-8"), zone: nil,
          count: 5, upfront: 0, hourly: 0.24)
      ])
  }

  /// Memory-optimised commitments name no series: they are for M1 (and M2's base).
  @Test func memoryOptimisedCommitmentsAreOfM1() throws {
    let list = file(
      "cud.json",
      #"""
      [{"kind": "compute#commitment", "name": "m", "plan": "TWELVE_MONTH", "category": "MACHINE",
        "region": "us-central1", "status": "ACTIVE", "type": "MEMORY_OPTIMIZED",
        "resources": [{"type": "VCPU", "amount": "80"}, {"type": "MEMORY", "amount": "1968128"}],
        "startTimestamp": "2024-02-01T00:00:00.000Z"}]
      """#)
    let sku = SKU(provider: .gcp, region: "us-central1", instanceType: "m1-ultramem-40")
    let book = prices([
      PriceRow(sku: sku, product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront, hourly: 3)
    ])
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(
      owned.map(\.subject) == [
        .reservation(sku: sku, zone: nil, count: 2, upfront: 0, hourly: 3)
      ])
  }

  /// Azure's own spelling is `On`; tools that pass it on write it in small letters, too.
  @Test(arguments: [("On", true), ("on", true), ("Off", false), ("off", false)])
  func flexibilityInAnySpelling(word: String, isFlexible: Bool) throws {
    let sku = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D4s_v5")
    let list = #"""
      [{"id": "/o/r", "location": "westeurope", "sku": {"name": "Standard_D4s_v5"}, "properties": {
        "reservedResourceType": "VirtualMachines", "quantity": 1, "term": "P1Y",
        "instanceFlexibility": "WORD", "benefitStartTime": "2024-05-01T09:00:00Z"}}]
      """#.replacing("WORD", with: word)
    let reading = OwnedReader.read(
      file("az.json", list),
      prices: prices([
        PriceRow(
          sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.1)
      ]))
    let owned = try #require(reading.value?.commitments.first)
    #expect(owned.coversOtherSizes == isFlexible)
  }

  /// Software plans of Azure and licence commitments of Google pay for what bills here have at its
  /// full price: a warning, since the bills are too high.
  @Test func commitmentsToLicencesAreSaid() {
    let azure = #"""
      [{"id": "/o/s", "sku": {"name": "SLES_Standard_3-4_vCPU"}, "properties": {"quantity": 1,
        "reservedResourceType": "SuseLinux", "term": "P1Y",
        "benefitStartTime": "2024-05-01T09:00:00Z"}}]
      """#
    let google = #"""
      [{"kind": "compute#commitment", "name": "l", "category": "LICENSE", "status": "ACTIVE",
        "plan": "TWELVE_MONTH", "startTimestamp": "2024-05-01T00:00:00.000-07:00",
        "region": "https://x/projects/web/regions/us-central1",
        "licenseResource": {"license": "https://x/projects/suse-cloud/global/licenses/sles-12",
          "amount": "1", "coresPerLicense": "1-2"}}]
      """#
    for list in [azure, google] {
      let reading = OwnedReader.read(file("list.json", list))
      let said = reading.findings.first { $0.rule == "owned.licence-commitment" }
      #expect(said?.severity == .warning)
    }
  }

  /// Monthly payments cost as much in all as one upfront; a price with the licence inside is one of
  /// the machine and the licence.
  @Test func azurePricesAreFoundInOtherRows() throws {
    let list = #"""
      [{"id": "/o/r", "location": "westeurope", "sku": {"name": "Standard_D4s_v5"}, "properties": {
        "reservedResourceType": "VirtualMachines", "quantity": 1, "term": "P1Y",
        "billingPlan": "Upfront", "benefitStartTime": "2024-05-01T09:00:00Z"}}]
      """#
    let linux = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D4s_v5")
    var windows = linux
    windows.operatingSystem = "Windows"
    func row(_ sku: SKU, _ hourly: Double, _ payment: PaymentOption? = nil) -> PriceRow {
      PriceRow(
        sku: sku, product: payment == nil ? .onDemand : .azureReservation,
        term: payment == nil ? nil : .oneYear, payment: payment, hourly: hourly)
    }
    func read(_ rows: [PriceRow], _ list: String) throws -> Double {
      let reading = OwnedReader.read(file("az.json", list), prices: prices(rows))
      #expect(reading.findings.isEmpty)
      return try #require(reading.value?.commitments.first).effectiveHourly
    }
    // The life has 8,760 hours.
    #expect(abs(try read([row(linux, 0.2), row(linux, 0.12, .noUpfront)], list) - 0.12) < 1e-9)
    let monthly = list.replacing("Upfront", with: "Monthly")
    let book = [row(linux, 0.2), row(windows, 0.384), row(windows, 0.304, .noUpfront)]
    #expect(abs(try read(book, monthly) - 0.12) < 1e-9)
  }
}

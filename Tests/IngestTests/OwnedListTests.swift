import CloudCosts
import Testing

@testable import Ingest

/// Owned commitments as the providers' own tools list them. The entries have the fields of the AWS
/// API reference, of Azure's and of Google's REST reference; ids and amounts are made up here.
@Suite struct OwnedListTests {
  private let reserved = #"""
    {"ReservedInstances": [{
      "CurrencyCode": "USD", "Duration": 94608000, "FixedPrice": 539.0, "InstanceCount": 4,
      "InstanceType": "c4.large", "ProductDescription": "Linux/UNIX (Amazon VPC)",
      "ReservedInstancesId": "1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", "Start": "2024-03-05T12:34:56+00:00",
      "End": "2027-03-05T12:34:55+00:00", "State": "active", "UsagePrice": 0.0, "InstanceTenancy": "default",
      "OfferingClass": "standard", "OfferingType": "Partial Upfront", "Scope": "Region",
      "RecurringCharges": [{"Amount": 0.021, "Frequency": "Hourly"}]},
     {"CurrencyCode": "USD", "Duration": 31536000, "FixedPrice": 0.0, "InstanceCount": 2,
      "InstanceType": "m5.large", "ProductDescription": "Windows", "AvailabilityZone": "eu-west-1b",
      "ReservedInstancesId": "zonal", "Start": "2024-06-01T00:00:00.000Z", "State": "active",
      "UsagePrice": 0.0, "OfferingClass": "convertible", "OfferingType": "No Upfront",
      "Scope": "Availability Zone", "RecurringCharges": [{"Amount": 0.15, "Frequency": "Hourly"}]},
     {"ReservedInstancesId": "old", "State": "retired"}]}
    """#

  @Test func reservedInstances() throws {
    let reading = OwnedReader.read(file("ri.123456789012.us-east-1.json", reserved))
    let owned = try #require(reading.value)
    #expect(reading.findings.map(\.rule) == ["owned.left-aside"])
    let start = Hour(year: 2024, month: 3, day: 5, hour: 12)
    #expect(
      owned.commitments == [
        Commitment(
          id: "1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", account: "123456789012",
          terms: OfferTerms(product: .standardRI, term: .threeYears, payment: .partialUpfront),
          subject: .reservation(
            sku: SKU(provider: .aws, region: "us-east-1", instanceType: "c4.large"), zone: nil,
            count: 4, upfront: 539, hourly: 0.021), start: start, end: start + 26_280),
        Commitment(
          id: "zonal", account: "123456789012",
          terms: OfferTerms(product: .convertibleRI, term: .oneYear, payment: .noUpfront),
          subject: .reservation(
            sku: SKU(
              provider: .aws, region: "eu-west-1", instanceType: "m5.large",
              operatingSystem: "Windows"), zone: "eu-west-1b", count: 2, upfront: 0, hourly: 0.15),
          start: Hour(year: 2024, month: 6, day: 1), end: Hour(year: 2025, month: 6, day: 1)),
      ])
  }

  /// What is paid in part upfront has a price by the hour: where the list has none it is no zero, and
  /// the price book tells.
  @Test func aMissingHourlyChargeIsNoZero() throws {
    let list = reserved.replacing(#"[{"Amount": 0.021, "Frequency": "Hourly"}]"#, with: "[]")
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "c4.large")
    func read(_ rows: [PriceRow]) -> Reading<OwnedCommitments> {
      OwnedReader.read(
        file("ri.123456789012.us-east-1.json", list),
        prices: PriceList(rows: rows, lines: rows.indices.map { $0 + 2 }, file: "prices.csv"))
    }
    func hourly(_ reading: Reading<OwnedCommitments>) throws -> Double? {
      let first = try #require(reading.value?.commitments.first { $0.id != "zonal" })
      return first.recurringHourly / 4
    }
    let known = read([
      PriceRow(
        sku: sku, product: .standardRI, term: .threeYears, payment: .partialUpfront, upfront: 500,
        hourly: 0.02)
    ])
    #expect(try hourly(known) == 0.02)
    #expect(known.findings.map(\.rule) == ["owned.no-price", "owned.left-aside"])
    // 539 upfront are 0.0205 in each of 26,280 hours; the rest up to 0.1 counts as paid.
    let onDemand = read([PriceRow(sku: sku, product: .onDemand, hourly: 0.1)])
    #expect(abs((try hourly(onDemand) ?? 0) - (0.1 - 539 / 26_280)) < 1e-9)
    let nothing = read([])
    #expect(nothing.value?.commitments.map(\.id) == ["zonal"])
    #expect(nothing.findings.map(\.rule) == ["owned.no-price", "owned.left-aside"])
  }

  /// AWS lists reservations by region and does not name it; what tells its zone is read all the
  /// same.
  @Test func aRegionThatNothingTellsIsAsked() {
    let reading = OwnedReader.read(file("ri.json", reserved))
    #expect(reading.value?.commitments.map(\.id) == ["zonal"])
    #expect(reading.findings.filter { $0.severity == .warning }.map(\.rule) == ["owned.no-region"])
  }

  @Test func savingsPlans() throws {
    let reading = OwnedReader.read(
      file(
        "sp.json",
        #"""
        {"savingsPlans": [{"savingsPlanId": "a", "savingsPlanArn":
          "arn:aws:savingsplans::123456789012:savingsplan/a", "start": "2024-01-01T10:20:30.000Z",
          "end": "2024-12-31T10:20:29.000Z", "state": "active", "savingsPlanType": "Compute",
          "paymentOption": "Partial Upfront", "commitment": "1.25", "currency": "USD",
          "upfrontPaymentAmount": "5475", "recurringPaymentAmount": "0.625",
          "termDurationInSeconds": 31536000},
         {"savingsPlanId": "b", "start": "2024-01-01T00:00:00.000Z", "state": "queued",
          "region": "eu-west-1", "ec2InstanceFamily": "m5", "savingsPlanType": "EC2Instance",
          "paymentOption": "No Upfront", "commitment": "0.5", "termDurationInSeconds": 94608000},
         {"savingsPlanId": "c", "state": "returned"}]}
        """#))
    let owned = try #require(reading.value).commitments
    try #require(owned.count == 2)
    #expect(owned[0].account == "123456789012")
    #expect(owned[0].upfront == 1.25 * 8760 / 2)
    #expect(owned[0].recurringHourly == 0.625)
    #expect(owned[0].start == Hour(year: 2024, month: 1, day: 1, hour: 10))
    #expect(
      owned[1].subject
        == .savingsPlan(
          scope: SavingsPlanScope(provider: .aws, region: "eu-west-1", family: "m5"),
          hourlyCommitment: 0.5))
  }

  private func prices(_ rows: [PriceRow]) -> PriceList {
    PriceList(rows: rows, lines: rows.indices.map { $0 + 2 }, file: "prices.csv")
  }

  /// Answers for several regions or accounts in one list, as `jq -s` makes it.
  @Test func answersAreReadTogether() throws {
    let one = reserved.replacing("\"zonal\"", with: "\"other\"")
      .replacing("1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", with: "second")
    let reading = OwnedReader.read(file("ri.us-east-1.json", "[\(reserved), \(one)]"))
    #expect(
      reading.value?.commitments.map(\.id) == [
        "1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", "zonal", "second", "other",
      ])
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

  /// Null is as good as absent, and a date alone is its first moment.
  @Test func nullsAreAbsent() throws {
    let list = file(
      "az.json",
      #"""
      [{"id": "/o/r", "location": "westeurope", "sku": {"name": "Standard_D2s_v3"}, "properties": {
        "appliedScopeType": "Shared", "appliedScopes": null, "appliedScopeProperties": null,
        "reservedResourceType": "VirtualMachines", "quantity": 3, "term": "P1Y",
        "billingPlan": "Monthly", "provisioningState": "Succeeded", "benefitStartTime": null,
        "effectiveDateTime": "2023-06-01", "expiryDateTime": null, "expiryDate": "2024-06-01",
        "renew": null, "renewDestination": null}}]
      """#)
    let sku = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v3")
    let book = prices([
      PriceRow(
        sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.07)
    ])
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(owned.map(\.start) == [Hour(year: 2023, month: 6, day: 1)])
    #expect(owned.map(\.end) == [Hour(year: 2024, month: 6, day: 1)])
    #expect(owned.map(\.renews) == [false])
  }

  /// `MultiAZ` is true or false, no text: with a standby a reservation counts twice.
  @Test(arguments: [("true", "Multi-AZ"), ("false", "default"), ("\"true\"", "Multi-AZ")])
  func reservationsWithAStandby(flag: String, tenancy: String) throws {
    let list = file(
      "rds.json",
      #"""
      {"ReservedDBInstances": [{"ReservedDBInstanceId": "ri", "DBInstanceClass": "db.r6g.large",
        "StartTime": "2024-01-01T00:00:00Z", "Duration": 31536000, "FixedPrice": 0.0,
        "CurrencyCode": "USD", "DBInstanceCount": 1, "ProductDescription": "postgresql",
        "OfferingType": "No Upfront", "MultiAZ": \#(flag), "State": "active",
        "RecurringCharges": [{"RecurringChargeAmount": 0.26, "RecurringChargeFrequency": "Hourly"}],
        "ReservedDBInstanceArn": "arn:aws:rds:us-east-1:111122223333:ri:ri"}]}
      """#)
    let commitment = try #require(OwnedReader.read(list).value?.commitments.first)
    guard case .reservation(let sku, _, _, _, _) = commitment.subject else {
      Issue.record("no reservation")
      return
    }
    #expect(sku.tenancy == tenancy)
  }

  /// What expired inside a window served up to that day; nothing ends a reservation before its end
  /// but the provider.
  @Test func retiredNodesServedUpToTheirEnd() throws {
    func node(_ id: String, _ start: String) -> String {
      #"""
      {"ReservedCacheNodeId": "\#(id)", "CacheNodeType": "cache.r6g.large", "StartTime": "\#(start)",
       "Duration": 31536000, "FixedPrice": 0.0, "CacheNodeCount": 1, "ProductDescription": "redis",
       "OfferingType": "No Upfront", "State": "retired",
       "RecurringCharges": [{"RecurringChargeAmount": 0.14, "RecurringChargeFrequency": "Hourly"}],
       "ReservationARN": "arn:aws:elasticache:us-east-1:1:reserved-instance:\#(id)"}
      """#
    }
    let reading = OwnedReader.read(
      file(
        "ec.json", #"{"ReservedCacheNodes": ["#, node("old", "2023-01-15T05:00:00Z"), ",",
        node("broken", "2099-01-15T05:00:00Z"), "]}"))
    #expect(reading.value?.commitments.map(\.id) == ["old"])
    #expect(reading.value?.commitments.first?.end == Hour(year: 2024, month: 1, day: 15, hour: 5))
    #expect(reading.findings.map(\.rule) == ["owned.left-aside"])
  }

  /// The list of `aws es`, which goes on under its old words; version 1 of the command line prints
  /// times as seconds.
  @Test func elasticsearchIsOpenSearch() throws {
    let reading = OwnedReader.read(
      file(
        "es.us-east-1.json",
        #"""
        {"ReservedElasticsearchInstances": [{"ReservedElasticsearchInstanceId": "e1",
          "ElasticsearchInstanceType": "r6g.large.elasticsearch", "StartTime": 1685577600.0,
          "Duration": 31536000, "FixedPrice": 0.0, "CurrencyCode": "USD",
          "ElasticsearchInstanceCount": 2, "State": "active", "PaymentOption": "NO_UPFRONT",
          "RecurringCharges": [{"RecurringChargeAmount": 0.12, "RecurringChargeFrequency": "Hourly"}]}]}
        """#))
    let commitment = try #require(reading.value?.commitments.first)
    #expect(commitment.terms.product.rawValue == "ri-opensearch" && commitment.amount == 2)
    #expect(commitment.start == Hour(year: 2023, month: 6, day: 1))
    guard case .reservation(let sku, _, _, _, _) = commitment.subject else {
      Issue.record("no reservation")
      return
    }
    #expect(sku.instanceType == "r6g.large.search")
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

  @Test func badListsAreToldWhole() {
    let reading = OwnedReader.read(
      file(
        "sp.json", #"{"savingsPlans": ["#,
        #"{"savingsPlanId": "a", "savingsPlanType": "Storage", "paymentOption": "Monthly","#,
        #" "commitment": "-1", "start": "yesterday", "termDurationInSeconds": 86400},"#,
        #"{"savingsPlanId": "b"}, {"state": "active"}, 7]}"#))
    #expect(reading.value?.commitments.isEmpty == true)
    #expect(
      reading.findings.map { "\($0.place) \($0.rule)" } == [
        "sp.json:2 owned.unknown-savingsplantype", "sp.json:2 owned.bad-number",
        "sp.json:2 owned.bad-timestamp", "sp.json:2 owned.unknown-paymentoption",
        "sp.json:4 owned.missing-field", "sp.json:4 owned.missing-field",
        "sp.json:4 owned.missing-field", "sp.json:4 owned.missing-field",
        "sp.json:4 owned.missing-field", "sp.json owned.nothing-usable",
      ])
    for text in [#"{"savingsPlans": [{"#, #"{"Reservations": []}"#, "[3]", #"[{"a": 1}]"#] {
      #expect(
        OwnedReader.read(file("x.json", text)).findings.hasErrors == (text != "[3]"), "\(text)")
    }
    #expect(OwnedReader.read(file("none.json", #"{"savingsPlans": []}"#)).value != nil)
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

  /// Lists of two services are one list of what is owned; what both have counts once.
  @Test func filesAddUp() throws {
    func owned(_ ids: [String], _ name: String) -> OwnedCommitments {
      OwnedCommitments(
        commitments: ids.map { id in
          Commitment(
            id: id,
            terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
            subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 1),
            start: Hour(year: 2024, month: 1, day: 1), end: Hour(year: 2025, month: 1, day: 1))
        }, lines: ids.indices.map { $0 + 2 }, file: name)
    }
    let joined = OwnedCommitments.joined([
      owned(["a", "b"], "x.json"), owned(["b", "c"], "y.json"),
    ])
    let all = try #require(joined.value)
    #expect(all.commitments.map(\.id) == ["a", "b", "c"])
    #expect(all.commitments.indices.map(all.place) == ["x.json:2", "x.json:3", "y.json:3"])
    #expect(joined.findings.map(\.rule) == ["owned.duplicate-id"])
    #expect(joined.findings.first?.place == "y.json:2")
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

  /// AWS's own names of systems in our files are those of its lists.
  @Test func systemsHaveOneName() throws {
    let book = PriceReader.read(
      file(
        "prices.csv",
        """
        provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly
        aws,us-east-1,m5.large,SUSE Linux,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Red Hat Enterprise Linux,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Linux/UNIX,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Windows with SQL Server Standard,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Ubuntu Pro Linux,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Own,default,on-demand,,,0,0.2

        """))
    #expect(
      try #require(book.value).rows.map(\.sku.operatingSystem) == [
        "SUSE", "RHEL", "Linux", "Windows with SQL Std", "Ubuntu Pro", "Own",
      ])
  }
}

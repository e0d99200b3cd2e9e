import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// What bills tell of commitments, zones and tags.
@Suite(.serialized) struct BillCommitmentTests {
  /// A legacy CUR of one hour: a plan's and a reservation's fee, usage that they cover, and usage
  /// on demand. Columns as in AWS's data dictionary ("Line item details", "Savings Plans details",
  /// "Reservation details").
  static func cur(slashes: Bool) -> String {
    let header = [
      "lineItem/LineItemType", "lineItem/UsageStartDate", "lineItem/UsageEndDate",
      "lineItem/UsageAccountId", "lineItem/CurrencyCode", "lineItem/UsageType",
      "lineItem/Operation", "lineItem/AvailabilityZone", "lineItem/UsageAmount",
      "lineItem/UnblendedCost", "pricing/publicOnDemandCost", "product/ProductName",
      "product/regionCode", "pricing/OfferingClass", "pricing/PurchaseOption",
      "pricing/LeaseContractLength", "reservation/ReservationARN", "reservation/EffectiveCost",
      "reservation/StartTime", "reservation/EndTime", "reservation/NumberOfReservations",
      "reservation/UnusedRecurringFee", "savingsPlan/SavingsPlanARN",
      "savingsPlan/SavingsPlanEffectiveCost", "savingsPlan/OfferingType",
      "savingsPlan/PaymentOption", "savingsPlan/PurchaseTerm", "savingsPlan/StartTime",
      "savingsPlan/EndTime", "savingsPlan/InstanceTypeFamily", "savingsPlan/Region",
      "savingsPlan/TotalCommitmentToDate", "savingsPlan/UsedCommitment", "resourceTags/user:env",
    ]
    let plan = "arn:aws:savingsplans::111122223333:savingsplan/a1"
    let reservation = "arn:aws:ec2:us-east-1:444455556666:reserved-instances/b2"
    func row(_ values: [String: String]) -> String {
      let base = [
        "lineItem/UsageStartDate": "2024-01-01T00:00:00Z",
        "lineItem/UsageEndDate": "2024-01-01T01:00:00Z", "lineItem/UsageAccountId": "1",
        "lineItem/CurrencyCode": "USD", "product/ProductName": "Amazon Elastic Compute Cloud",
        "product/regionCode": "us-east-1", "lineItem/Operation": "RunInstances",
      ]
      return header.map { values[$0] ?? base[$0] ?? "" }.joined(separator: ",")
    }
    let rows = [
      row([
        "lineItem/LineItemType": "SavingsPlanRecurringFee",
        "lineItem/UsageType": "USE1-EC2SP:m5.1yrNoUpfront", "lineItem/UnblendedCost": "2.5",
        "savingsPlan/SavingsPlanARN": plan, "savingsPlan/OfferingType": "EC2InstanceSavingsPlans",
        "savingsPlan/PaymentOption": "No Upfront", "savingsPlan/PurchaseTerm": "1yr",
        "savingsPlan/StartTime": "2023-10-01T00:00:00.000Z",
        "savingsPlan/EndTime": "2024-09-30T00:00:00.000Z", "savingsPlan/InstanceTypeFamily": "m5",
        "savingsPlan/Region": "us-east-1", "savingsPlan/TotalCommitmentToDate": "2.5",
        "savingsPlan/UsedCommitment": "0.5",
      ]),
      row([
        "lineItem/LineItemType": "SavingsPlanCoveredUsage",
        "lineItem/UsageType": "BoxUsage:m5.large", "lineItem/UsageAmount": "1",
        "lineItem/UnblendedCost": "0.096", "pricing/publicOnDemandCost": "0.096",
        "savingsPlan/SavingsPlanARN": plan, "savingsPlan/SavingsPlanEffectiveCost": "0.5",
        "lineItem/AvailabilityZone": "us-east-1b", "resourceTags/user:env": "prod",
      ]),
      row([
        "lineItem/LineItemType": "RIFee", "lineItem/UsageType": "HeavyUsage:c5.xlarge",
        "lineItem/Operation": "RunInstances:0002", "lineItem/UnblendedCost": "0.3",
        "pricing/OfferingClass": "convertible", "pricing/PurchaseOption": "Partial Upfront",
        "pricing/LeaseContractLength": "3yr", "reservation/ReservationARN": reservation,
        "reservation/StartTime": "2022-05-01T07:00:00.000Z",
        "reservation/EndTime": "2025-04-30T07:00:00.000Z", "reservation/NumberOfReservations": "3",
        "reservation/UnusedRecurringFee": "0.1",
      ]),
      row([
        "lineItem/LineItemType": "Usage", "lineItem/UsageType": "BoxUsage:r5.large",
        "lineItem/UsageAmount": "2", "lineItem/UnblendedCost": "0.252",
        "pricing/publicOnDemandCost": "0.252", "lineItem/AvailabilityZone": "us-east-1c",
        "resourceTags/user:env": "dev, \"x\"".replacing(",", with: ";"),
      ]),
    ]
    var names = header
    if !slashes {
      names = header.map { name in
        let parts = name.split(separator: "/").map(String.init)
        return "\(snake(parts[0]))_\(snake(parts[1].replacing(":", with: "_")))"
      }
    }
    return ([names.joined(separator: ",")] + rows).joined(separator: "\n").replacing(
      "\"", with: "'")
  }

  private static func snake(_ text: String) -> String {
    text.reduce(into: "") { result, letter in
      if letter.isUppercase, !result.isEmpty { result += "_" }
      result += letter.lowercased()
    }
  }

  @Test(arguments: [true, false])
  func aCURTellsAllOfACommitment(slashes: Bool) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let file = try #require(
      try await place.run(try place.write(BillCommitmentTests.cur(slashes: slashes))).imported.first
    )
    #expect(file.source.format == (slashes ? "cur-legacy" : "cur-2.0"))
    let reservation = try #require(file.commitments.first { $0.category == "Usage" })
    #expect(reservation.product == .convertibleRI && reservation.term == .threeYears)
    #expect(reservation.payment == .partialUpfront && reservation.quantity == 3)
    #expect(reservation.instanceType == "c5.xlarge" && reservation.operatingSystem == "Windows")
    #expect(reservation.account == "444455556666" && reservation.region == "us-east-1")
    #expect(reservation.start == Hour(year: 2022, month: 5, day: 1) + 7)
    let plan = try #require(file.commitments.first { $0.category == "Spend" })
    #expect(plan.product == .ec2InstanceSavingsPlan && plan.term == .oneYear)
    #expect(plan.payment == .noUpfront && plan.hourlyCommitment == 2.5)
    #expect(plan.instanceType == "m5" && plan.region == "us-east-1")
    #expect(plan.account == "111122223333")
    #expect(plan.end == Hour(year: 2024, month: 9, day: 30))
    // The plan's unused part: 2.5 less what covered usage cost.
    let unused = file.costs.filter { $0.chargeClass == .unused }.map(\.effective).total()
    #expect(unused.formatted() == "2.10")
  }

  @Test func zonesAndTagsAreKept() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(BillCommitmentTests.cur(slashes: true))
    let file = try #require(try await place.run(path, tags: ["env", "absent"]).imported.first)
    let usage = file.costs.filter { $0.chargeClass.isUsage }
    #expect(Set(usage.map { $0.subject.group?.sku.zone ?? "-" }) == ["us-east-1b", "us-east-1c"])
    #expect(
      Set(usage.map(\.subject.tags)) == [["env": "prod"], ["env": "dev; 'x'"]])
    let history = try History(path: place.history)
    #expect(
      try history.costs().contains { $0.subject.tags == ["env": "prod"] })
  }

  @Test(arguments: [
    #"{"env": "prod", "team": "a"}"#, #"{"team": "a", "env":"prod","n": {"x": 1}}"#,
  ])
  func focusTagsAreJSON(tags: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let quoted = "\"" + tags.replacing("\"", with: "\"\"") + "\""
    let bill =
      "\(Focus.header),Tags,AvailabilityZone\n\(Focus.row()),\(quoted),us-east-1a\n"
      + "\(Focus.row()),no json,eu-west-1a\n"
    let file = try #require(
      try await place.run(try place.write(bill), tags: ["env", "it's \"a\" key"]).imported.first)
    #expect(Set(file.costs.map(\.subject.tags)) == [["env": "prod"], [:]])
    // A zone of another region is no zone.
    #expect(Set(file.costs.map { $0.subject.group?.sku.zone }) == ["us-east-1a", ""])
  }

  @Test func aFOCUSPurchaseTellsThePlan() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let purchase = Focus.row(
      category: "Purchase", quantity: "", billed: "1.5", effective: "0",
      usageType: "ComputeSP:3yrAllUpfront", operation: "", commitment: "sp-1")
    let bill = Focus.bill(
      purchase,
      Focus.row(billed: "0", effective: "1.2", commitment: "sp-1", status: "Used"),
      Focus.row(
        billed: "0", effective: "0.3", usageType: "ComputeSP:3yrAllUpfront", commitment: "sp-1",
        status: "Unused"))
    let text = bill.split(separator: "\n").enumerated().map { index, line in
      index == 0
        ? "\(line),CommitmentDiscountCategory,CommitmentDiscountType" : "\(line),Spend,Savings Plan"
    }.joined(separator: "\n")
    let file = try #require(try await place.run(try place.write(text)).imported.first)
    let plan = try #require(file.commitments.first)
    #expect(plan.product == .computeSavingsPlan && plan.term == .threeYears)
    #expect(plan.payment == .allUpfront)
    // Used and unused in the one hour that the bill has.
    #expect(plan.hourlyCommitment == 1.5)
    #expect(plan.start == nil && plan.end == nil)
    // What is agreed comes apart in FOCUS 1.3.
    let contract = """
      ContractCommitmentId,ContractCommitmentType,ContractCommitmentCategory,ContractCommitmentCost,ContractCommitmentQuantity,ContractCommitmentUnit,ContractCommitmentDescription,ContractCommitmentPeriodStart,ContractCommitmentPeriodEnd,ContractId,ContractPeriodStart,ContractPeriodEnd,BillingCurrency
      sp-1,Savings Plan,Spend,39420,,,Compute plan,2023-06-01T00:00:00Z,2026-05-31T00:00:00Z,c,2023-06-01T00:00:00Z,2026-05-31T00:00:00Z,USD
      """
    let other = try #require(
      try await place.run(try place.write(contract, "contracts.csv")).imported.first)
    #expect(other.commitments.map(\.hourlyCommitment) == [1.5])
    let owned = OwnedReader.read(InputFile(path: place.history))
    #expect(owned.findings.isEmpty)
    let commitment = try #require(owned.value?.commitments.first)
    #expect(
      commitment.subject
        == .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 1.5))
    #expect(commitment.start == Hour(year: 2023, month: 6, day: 1))
    #expect(commitment.end - commitment.start == Term.threeYears.hours)
  }

  /// Fees as in Google's billing export; a fee that names no service of its own is of the flexible
  /// kind.
  @Test(arguments: [
    (
      "Commitment - dollar based v1: Cloud SQL database us-central1 for 1 year", "gcp-cud-cloud-sql"
    ),
    ("Commitment - dollar based v1: AlloyDB for 3 years", "gcp-cud-alloydb"),
    ("Commitment - dollar based v1: Cloud Spanner for 1 year", "gcp-cud-spanner"),
    ("Commitment - dollar based v1: Memorystore for 1 year", "gcp-cud-memorystore"),
    ("Commitment - dollar based v1: GCE for 1 year", "gcp-cud-flexible"),
  ])
  func feesOfGoogleNameTheirService(_ fee: String, _ product: String) {
    #expect(BillCommitment.googlePlan(fee)?.rawValue == product)
  }

  /// A plan that covers databases is the one for databases, whatever the bill calls it.
  @Test func whatAPlanCoversTellsItsProduct() {
    func placed(_ type: String) -> Product? {
      var entry = HistoryCommitment(
        id: "p", provider: "azure", account: "",
        seen: HourWindow(start: Hour(sinceEpoch: 0), hours: 1))
      entry.category = "Spend"
      entry.product = .azureSavingsPlan
      var subject = ChargeSubject(provider: "azure", account: "", service: "", region: "r")
      subject.group = UsageGroup(sku: SKU(provider: .azure, region: "r", instanceType: type))
      let cost = HistoryCost(
        day: 0, subject: subject, chargeClass: .covered, commitment: "p", list: .zero,
        contracted: .zero, billed: .zero, effective: .zero, rows: 1)
      return BillCommitment.placed([entry], by: [cost]).first?.product
    }
    #expect(placed("azure-sql/GP-Gen5")?.rawValue == "azure-savings-plan-database")
    #expect(placed("Standard_D2s_v5") == .azureSavingsPlan)
    #expect(placed("azure-app-service/P1v3") == .azureSavingsPlan)
  }

  @Test func ownedComesOutOfAHistory() async throws {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(try place.write(BillCommitmentTests.cur(slashes: false)))
    let sku = SKU(
      provider: .aws, region: "us-east-1", instanceType: "c5.xlarge", operatingSystem: "Windows")
    let prices = PriceList(
      rows: [
        PriceRow(
          sku: sku, product: .convertibleRI, term: .threeYears, payment: .partialUpfront,
          upfront: 900, hourly: 0.04),
        PriceRow(
          sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"),
          product: .ec2InstanceSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.06),
      ], lines: [2, 3], file: "prices.csv")
    let owned = OwnedReader.read(InputFile(path: place.history), prices: prices)
    #expect(owned.findings.isEmpty)
    #expect(owned.value?.commitments.count == 2)
    #expect(
      owned.value?.commitments.contains {
        $0.subject
          == .reservation(sku: sku, zone: nil, count: 3, upfront: 900, hourly: 0.04)
      } == true)
    // No row shows usage that it covers, and nothing says its price: that on demand would count.
    let unpriced = OwnedReader.read(InputFile(path: place.history))
    #expect(unpriced.findings.map(\.rule) == ["owned.inferred"])
    #expect(unpriced.value?.commitments.count == 2)
  }

  @Test func whatTheBillDoesNotTellIsAWarning() async throws {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(BillPlace.shipped.appending(path: "focus-sample-1.0.csv.gz").path)
    let owned = OwnedReader.read(InputFile(path: place.history))
    let partly = owned.findings.filter { ["owned.incomplete", "owned.inferred"].contains($0.rule) }
    #expect(!partly.isEmpty && partly.allSatisfy { $0.message.contains("term") })
  }

  @Test func aBadContractIsRefused() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let head =
      "ContractCommitmentId,ContractCommitmentCategory,ContractCommitmentPeriodStart,ContractCommitmentPeriodEnd"
    let swapped = try place.write(
      "\(head)\na,Spend,2024-01-01T00:00:00Z,2023-01-01T00:00:00Z\n", "a.csv")
    let findings = await place.complaints(swapped)
    #expect(findings.map(\.rule) == ["import.bad-contract-commitment"])
    #expect(findings.first?.place == "\(swapped):2")
    let narrow = try place.write("ContractCommitmentId,Other\na,b\n", "b.csv")
    #expect(await place.complaints(narrow).count == 3)
  }
}

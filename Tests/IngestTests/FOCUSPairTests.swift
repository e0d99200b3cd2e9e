import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// The same usage in FOCUS and in a provider's own export.
@Suite(.serialized) struct FOCUSPairTests {
  private func imported(_ names: [String], _ rows: [[String: String]]) async throws
    -> (file: ImportedFile, demand: Demand?)
  {
    let place = try BillPlace()
    defer { place.close() }
    let lines = rows.map { row in
      names.map { name in
        "\"" + (row[name] ?? "").replacing("\"", with: "\"\"") + "\""
      }.joined(separator: ",")
    }
    let bill = ([names.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    let file = try #require(try await place.run(try place.write(bill)).imported.first)
    return (file, try History(path: place.history).usage()?.demand)
  }

  private func hours(_ demand: Demand?) -> [String: Double] {
    var hours: [String: Double] = [:]
    for (number, group) in (demand?.groups ?? []).enumerated() {
      hours["\(group.sku.instanceType) \(group.sku.operatingSystem)", default: 0] +=
        demand?.hours(of: number).reduce(0, +) ?? 0
    }
    return hours
  }

  private static let azure = [
    "ChargePeriodStart": "2025-03-01T00:00:00Z", "ChargePeriodEnd": "2025-03-02T00:00:00Z",
    "ChargeCategory": "Usage", "ProviderName": "Microsoft", "PublisherName": "Microsoft",
    "SubAccountId": "s", "RegionId": "westeurope", "ServiceName": "Virtual Machines",
    "ConsumedQuantity": "24", "ConsumedUnit": "Hours", "BilledCost": "4.6", "EffectiveCost": "4.6",
    "ListCost": "4.6", "BillingCurrency": "USD", "PricingCategory": "Standard",
  ]

  /// FOCUS's own columns (`SkuMeter`, `SkuPriceDetails`) without those of Microsoft: a licence is a
  /// row of its own of the same machine, and no second machine.
  @Test func licencesOfMicrosoftAreNoMachines() async throws {
    func row(_ meter: String, _ image: String) -> [String: String] {
      Self.azure.merging([
        "SkuMeter": meter,
        "SkuPriceDetails": #"{"ServiceType":"Standard_D4s_v5","ImageType":"\#(image)"}"#,
      ]) { $1 }
    }
    let names = Self.azure.keys.sorted() + ["SkuMeter", "SkuPriceDetails"]
    let (_, demand) = try await imported(
      names,
      [
        row("D4s v5", "Canonical"), row("D4s v5", "Windows Server"),
        row("1-4 vCPU VM License", "Windows Server BYOL"), row("D4s v5 Spot", "Canonical"),
      ])
    #expect(
      hours(demand) == ["Standard_D4s_v5 Linux": 24, "Standard_D4s_v5 Windows": 24])
  }

  /// `x_SkuOrderName` is `ProductOrderName` of cost details (finops-toolkit, "Convert cost data to
  /// FOCUS"): it names the machine of a reservation and its region; the purchase counts them.
  @Test func reservationsOfMicrosoftAreNamedByTheirOrder() async throws {
    let id = "/providers/Microsoft.Capacity/reservationOrders/o/reservations/r"
    let order = "Reserved VM Instance, Standard_D4s_v5, EU West, 3 Years"
    let focus = Self.azure.merging([
      "ChargeCategory": "Purchase", "ChargeFrequency": "Recurring", "CommitmentDiscountId": id,
      "CommitmentDiscountCategory": "Usage", "CommitmentDiscountType": "Reservation",
      "x_SkuTerm": "36", "x_SkuOrderName": order, "PricingQuantity": "2", "BilledCost": "210",
      "EffectiveCost": "0", "ListCost": "0", "ConsumedQuantity": "", "ConsumedUnit": "",
    ]) { $1 }
    let own = [
      "Date": "2025-03-01", "SubscriptionId": "s", "ResourceLocation": "westeurope",
      "MeterCategory": "Virtual Machines", "MeterSubCategory": "Dsv5 Series", "MeterName": "D4s v5",
      "Quantity": "2", "CostInBillingCurrency": "210", "BillingCurrencyCode": "USD",
      "UnitOfMeasure": "1 Hour", "ChargeType": "Purchase", "PricingModel": "Reservation",
      "BenefitId": id, "Term": "36", "Frequency": "Recurring", "ProductOrderName": order,
    ]
    for row in [focus, own] {
      let (file, _) = try await imported(row.keys.sorted(), [row])
      let entry = try #require(file.commitments.first)
      #expect(entry.instanceType == "Standard_D4s_v5" && entry.region == "westeurope")
      #expect(entry.quantity == 2 && entry.payment == .noUpfront && entry.term == .threeYears)
      #expect(entry.product == .azureReservation)
    }
    let (once, _) = try await imported(
      focus.keys.sorted(), [focus.merging(["ChargeFrequency": "One-Time"]) { $1 }])
    #expect(once.commitments.first?.payment == .allUpfront)
    #expect(once.commitments.first?.start == Hour(year: 2025, month: 3, day: 1))
  }

  /// A bill without `RegionId` has the region's name, or its zone.
  @Test(arguments: [
    ("Microsoft", ["RegionName": "West Europe"], "westeurope"),
    ("Microsoft", ["x_SkuRegion": "EU West"], "westeurope"),
    ("AWS", ["RegionName": "US West (Oregon)"], "us-west-2"),
    ("AWS", ["AvailabilityZone": "eu-west-1b"], "eu-west-1"),
    ("Google Cloud", ["AvailabilityZone": "us-central1-a", "x_Credits": "[]"], "us-central1"),
    ("Google Cloud", ["x_Location": "us-central1", "x_Credits": "[]"], "us-central1"),
  ])
  func placesWithoutARegion(provider: String, more: [String: String], region: String) async throws {
    var row = Self.azure.merging(more) { $1 }
    row["RegionId"] = ""
    row["ProviderName"] = provider
    row["PublisherName"] = provider
    switch provider {
    case "AWS":
      row["ServiceName"] = "Amazon Elastic Compute Cloud"
      let prefix = more["RegionName"] == nil ? "EU" : "USW2"
      row["SkuMeter"] = "\(prefix)-BoxUsage:m5.large"
    case "Microsoft":
      row["x_SkuDetails"] = #"{"ServiceType":"Standard_D4s_v5"}"#
      row["x_SkuMeterCategory"] = "Virtual Machines"
    default:
      row["ServiceName"] = "Compute Engine"
      row["ChargeDescription"] = "N2 Instance Core running in Americas"
      row["Tags"] = #"[{"key":"compute.googleapis.com/machine_spec","value":"n2-standard-4"}]"#
    }
    let (_, demand) = try await imported(row.keys.sorted(), [row])
    #expect(demand?.groups.map(\.sku.region) == [region])
  }

  /// With FOCUS's own columns alone Google's machines are named by their tags, next to others.
  @Test func machinesOfGoogleInABillOfSeveralProviders() async throws {
    var google = Self.azure
    google["ProviderName"] = "Google Cloud"
    google["PublisherName"] = "Google Cloud"
    google["RegionId"] = "us-central1"
    google["ServiceName"] = "Compute Engine"
    google["ChargeDescription"] = "N2 Instance Core running in Americas"
    google["ConsumedQuantity"] = "\(4 * 24 * 3600)"
    google["ConsumedUnit"] = "seconds"
    google["Tags"] = #"{"compute.googleapis.com/machine_spec":"n2-standard-4","env":"prod"}"#
    var aws = Self.azure
    aws["ProviderName"] = "AWS"
    aws["PublisherName"] = "AWS"
    aws["RegionId"] = "us-east-1"
    aws["ServiceName"] = "Amazon Elastic Compute Cloud"
    aws["SkuPriceDetails"] = #"{"InstanceType":"m5.large"}"#
    aws["Tags"] = #"{"env":"prod"}"#
    let names = Set(google.keys).union(aws.keys).sorted()
    let (_, demand) = try await imported(names, [google, aws])
    #expect(hours(demand) == ["n2-standard-4 Linux": 24, "m5.large Linux": 24])
  }

  /// Without an operation no one knows whose reservations cover a database; it is said.
  @Test(arguments: [
    ("CreateDBInstance:0014", "{}", "PostgreSQL", false), ("", "{}", "Linux", true),
    ("", #"{"DatabaseEngine":"Aurora MySQL"}"#, "Aurora MySQL", false),
  ])
  func databasesWithoutAnEngineAreSaid(
    operation: String, details: String, engine: String, isSaid: Bool
  ) async throws {
    let row = Self.azure.merging([
      "ChargePeriodEnd": "2025-03-01T01:00:00Z", "ProviderName": "AWS", "PublisherName": "AWS",
      "RegionId": "us-east-1", "ServiceName": "Amazon Relational Database Service",
      "SkuMeter": "InstanceUsage:db.r6g.large", "SkuPriceDetails": details, "ConsumedQuantity": "1",
      "x_Operation": operation,
    ]) { $1 }
    let (file, demand) = try await imported(row.keys.sorted(), [row])
    #expect(hours(demand) == ["db.r6g.large \(engine)": 1])
    #expect(file.findings.contains { $0.rule == "import.unknown-engine" } == isSaid)
  }
}

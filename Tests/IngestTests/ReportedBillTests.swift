import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Bills made after public reports of what exports are really like; each has one right reading.
@Suite(.serialized) struct ReportedBillTests {
  private static let folder = BillPlace.shipped.appending(path: "reported")

  private func run(_ name: String) async throws -> (Importer.Summary, Demand?) {
    let place = try BillPlace()
    defer { place.close() }
    let summary = try await place.run(Self.folder.appending(path: name).path)
    return (summary, try History(path: place.history).usage()?.demand)
  }

  private func hours(_ demand: Demand?) -> [String: Double] {
    guard let demand else { return [:] }
    return Dictionary(
      demand.groups.enumerated().map { index, group in
        let sku = group.sku
        return (
          "\(sku.instanceType) \(sku.operatingSystem) \(sku.tenancy) \(sku.region)",
          demand.hours(of: index).reduce(0, +)
        )
      }, uniquingKeysWith: +)
  }

  /// Where the usage type is (DigitalPebble/spruce; the CID framework's FOCUS 1.2 columns);
  /// Google's view writes small letters; scale sets are metered as machines (finops-toolkit,
  /// Services.csv); Azure's FOCUS 1.0 has no seconds (finops-toolkit 0.7); machines on a host cost
  /// nothing by themselves (EC2 user guide); attributes name types of every service (FOCUS 1.1);
  /// CURs of 2018 have no region (koku).
  @Test(arguments: [
    ("focus-1.2-skumeter.csv", ["m5.large Linux default us-east-1": 2.0]),
    ("gcp-focus-view-lower-case.csv", ["n2-standard-4 Linux default us-central1": 1]),
    ("azure-scale-sets.csv.gz", ["Standard_D4s_v5 Linux default eastus": 2016]),
    ("azure-focus-1.0-no-seconds.csv", ["Standard_D4s_v5 Linux default eastus": 24]),
    ("dedicated-host.csv", ["m5.large Linux default us-east-1": 1]),
    (
      "focus-instance-type-of-other-services.csv",
      [
        "m5.large Linux default us-east-1": 1, "cache.m6g.large Linux default us-east-1": 1,
        "r6g.large.search Linux default us-east-1": 1, "ra3.4xlarge Linux default us-east-1": 1,
      ]
    ),
    ("no-region-column.csv", ["m5.large Linux default us-east-1": 1]),
    // AWS: RunInstances:0800 is Windows with one's own licence. Azure: the meter has no Windows in
    // it.
    (
      "windows-own-licence-aws.csv",
      [
        "m5.large Windows default us-east-1": 1, "m5.large Windows BYOL default us-east-1": 1,
      ]
    ),
    (
      "windows-own-licence-azure.csv",
      [
        "Standard_D4s_v5 Windows default eastus": 24, "Standard_D4s_v5 Linux default eastus": 24,
      ]
    ),
    ("parquet-empty-strings.parquet", ["m5.large Linux default us-east-1": 3]),
    // The upgrade premium of M2 is charged on the same vCPUs as their core.
    ("gcp-upgrade-premium.jsonl", ["m2-ultramem-208 Linux default us-central1": 1]),
    // Microsoft, "Daily rated usage reconciliation files"; sizes in two spellings are one.
    ("azure-partner-daily-rated.csv", ["Standard_D2s_v5 Linux default eastus": 48]),
  ])
  func hoursAreThoseOfMachines(name: String, expected: [String: Double]) async throws {
    let (_, demand) = try await run(name)
    let found = hours(demand)
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (key, value) in expected {
      #expect(abs((found[key] ?? 0) - value) < 1e-9, "\(key): \(found[key] ?? 0)")
    }
  }

  /// vCPUs by Google's pages of machine types: one machine an hour, each.
  @Test func vCPUsAreOfATableNotOfTheLastNumber() async throws {
    let (_, demand) = try await run("gcp-custom-and-accelerator-machines.csv")
    let found = hours(demand)
    #expect(found.count == 7)
    #expect(found.values.allSatisfy { abs($0 - 1) < 1e-9 }, "\(found)")
  }

  /// AWS's Parquet has '' where nothing applies (its own queries test for it).
  @Test func emptyTextsAreAbsent() async throws {
    let (summary, _) = try await run("parquet-empty-strings.parquet")
    let plan = try #require(summary.imported.first?.commitments.first)
    #expect(plan.product == .computeSavingsPlan && plan.term == .oneYear)
    #expect(plan.payment == .noUpfront && plan.hourlyCommitment == 0.1)
    #expect(plan.end == Hour(year: 2026, month: 1, day: 1))
  }

  /// ISO 8601: both rows are the hour 2025-03-01T00:00Z.
  @Test func offsetsAreConverted() async throws {
    let (_, demand) = try await run("times-with-an-offset.csv")
    #expect(demand?.window.start == Hour(year: 2025, month: 3, day: 1))
    #expect(demand?.quantities == [2])
  }

  /// The purchase of a plan costs nothing by itself; Azure's FOCUS states it as an effective cost
  /// too (finops-toolkit #1092).
  @Test func aPurchaseIsNotPaidTwice() async throws {
    let (summary, _) = try await run("azure-focus-plan-purchase.csv")
    let costs = try #require(summary.imported.first?.costs)
    #expect(costs.map(\.effective).total().formatted() == "0.10")
    #expect(costs.map(\.billed).total().formatted() == "73.00")
  }

  /// Azure writes parts with a header alone (finops-toolkit #1535).
  @Test func aPartWithoutRowsIsLeftOut() async throws {
    let (summary, demand) = try await run("header-only-part")
    #expect(demand?.quantities == [1])
    #expect(summary.findings.map(\.rule) == ["import.no-rows"])
    #expect(summary.findings.map(\.severity) == [.note])
  }

  /// A plan's refund pays back what was paid: it is no cost of a month (CID issue 1087).
  @Test func aReturnedPlanCostsWhatWasNotUsed() async throws {
    let (summary, _) = try await run("returned-savings-plan.csv.gz")
    let costs = try #require(summary.imported.first?.costs)
    #expect(costs.map(\.effective).total().formatted() == "302.40")
    #expect(costs.map(\.billed).total().formatted() == "230.40")
  }
}

/// What no demand is made of is said, with its money.
@Suite(.serialized) struct UnreadUsageTests {
  private func findings(_ rows: String...) async throws -> [Finding] {
    let place = try BillPlace()
    defer { place.close() }
    let bill = ([Focus.header] + rows).joined(separator: "\n") + "\n"
    return try await place.run(try place.write(bill)).findings
  }

  @Test func machinesWithoutARegionAreSaid() async throws {
    let row = Focus.row(usageType: "XYZ9-BoxUsage:m5.large")
      .replacing(",us-east-1,", with: ",,")
    let found = try await findings(row)
    #expect(found.map(\.rule) == ["import.no-region"])
    #expect(found.first?.message.contains("0.20 USD") == true)
  }

  @Test func whatCommitmentsCoverAndNothingReadsIsSaid() async throws {
    let row = Focus.row(
      usageType: "USE1-NodeUsage:outpost.m6g.large", operation: "CreateCacheCluster"
    )
    .replacing("Amazon EC2", with: "Amazon ElastiCache")
    let found = try await findings(Focus.row(), row)
    #expect(found.map(\.rule) == ["import.coverable"])
  }

  /// What providers sell commitments for and no rule here knows: its money is said, by the hour or
  /// the second (Microsoft Learn, "What are Azure Reservations"; Google Cloud, "Committed use
  /// discounts").
  @Test(arguments: [
    (Provider.azure, "Azure Container Apps", "Standard vCPU Active Usage", "1 Second", true),
    (.azure, "Azure VMware Solution", "AV36 Node", "1 Hour", true),
    (.azure, "Microsoft Fabric", "Capacity Usage CU", "1 Hour", true),
    (.azure, "Microsoft Fabric", "OneLake Storage", "1 GB/Month", false),
    (.azure, "Azure Managed Redis", "B5 Cache Instance", "1 Hour", true),
    (.gcp, "VMware Engine", "ve1-standard-72 Node in Iowa", "hour", true),
    (.gcp, "BigQuery", "BigQuery Enterprise Edition for US", "slot hour", true),
    (.gcp, "Cloud Dataflow", "vCPU Time Batch", "hour", false),
  ])
  func whatCanBeCommittedToIsKnown(
    provider: Provider, service: String, meter: String, unit: String, isKnown: Bool
  ) {
    let found = Coverable.find(provider, code: service, name: service)
    #expect((found?.counts(meter: meter, unit: unit) ?? false) == isKnown)
  }

  @Test func aBillWithoutAnyMachineIsSaid() async throws {
    let found = try await findings(Focus.row(usageType: "USE1-DataTransfer-Out-Bytes"))
    #expect(found.map(\.rule) == ["import.nothing-coverable"])
  }

  @Test func committedUsageWithoutAnIDIsCovered() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let summary = try await place.run(
      try place.write(Focus.bill(Focus.row(pricing: "Committed"), Focus.row())))
    #expect(summary.findings.map(\.rule) == ["import.commitment-unnamed"])
    #expect(summary.imported.first?.costs.map(\.chargeClass).contains(.covered) == true)
  }

  @Test(arguments: [
    // EMR's surcharge has EC2's usage types: it is no second machine.
    (
      "Amazon Elastic MapReduce", "USE1-BoxUsage:m5.large", "RunInstances",
      "set-aside.not-instance-hours"
    ),
    ("Amazon EC2", "USE1-HostBoxUsage:m5.large", "RunInstances", "set-aside.on-dedicated-host"),
    ("Amazon EC2", "USE1-Reservation:m5.large", "RunInstances", "set-aside.capacity-reservation"),
    ("Amazon EC2", "USE1-SpotUsage:m5.large", "RunInstances:SV000", "set-aside.spot"),
    ("Amazon EC2", "USE1-UnusedBox:m5.large", "RunInstances", "usage.instance-hours"),
    ("Amazon EC2", "USE1-DedicatedUsage:m5.large", "RunInstances", "usage.instance-hours"),
    ("Amazon OpenSearch Service", "USE1-ESInstance:r6g.large", "ESDomain", "usage.instance-hours"),
    ("Amazon Redshift", "USE1-Node:ra3.4xlarge", "RunComputeNode:0001", "usage.instance-hours"),
    (
      "Amazon Managed Streaming for Apache Kafka", "USE1-Kafka.m5.large", "RunBroker",
      "set-aside.not-instance-hours"
    ),
  ])
  func aMachineIsOfItsService(service: String, type: String, operation: String, rule: String)
    async throws
  {
    let place = try BillPlace()
    defer { place.close() }
    let row = Focus.row(usageType: type, operation: operation)
      .replacing("Amazon EC2", with: service)
    let file = try #require(try await place.run(try place.write(Focus.bill(row))).imported.first)
    #expect(file.totals.map(\.rule).filter { !$0.isEmpty } == [rule])
  }
}

/// AWS's FOCUS 1.1 and later say in the SKU's attributes what the operation said in 1.0.
@Suite(.serialized) struct MachineDetailTests {
  @Test(arguments: [
    (#"{"InstanceType":"m5.large","OperatingSystem":"Windows"}"#, "Windows", "default"),
    (
      #"{"InstanceType":"m5.large","OperatingSystem":"Windows","LicenseModel":"Bring your own license"}"#,
      "Windows BYOL", "default"
    ),
    (
      #"{"InstanceType":"m5.large","OperatingSystem":"Windows","PreInstalledSw":"SQL Std"}"#,
      "Windows with SQL Std", "default"
    ),
    ("{InstanceType=m5.large, OperatingSystem=RHEL, Tenancy=Dedicated}", "RHEL", "dedicated"),
    (
      #"{"InstanceType":"m5.large","OperatingSystem":"Linux","Tenancy":"Shared"}"#, "Linux",
      "default"
    ),
    (#"{"InstanceType":"m5.large"}"#, "Linux", "default"),
  ])
  func theSystemIsAmongThem(details: String, system: String, tenancy: String) {
    var words = BillWords { _ in "" }
    words[.seller] = "AWS"
    words[.service] = "Amazon Elastic Compute Cloud"
    words[.region] = "us-east-1"
    words[.details] = details
    let sku = SKU(
      provider: .aws, region: "us-east-1", instanceType: "m5.large", operatingSystem: system,
      tenancy: tenancy)
    #expect(BilledUsage(words, machine: "m5.large") == .machine(sku, unitsPerHour: 1))
  }

  @Test func aLicenceIsNotWhatReservationsCover() {
    var words = BillWords { _ in "" }
    words[.seller] = "Microsoft"
    words[.service] = "Virtual Machines"
    words[.meterService] = "Virtual Machines Licenses"
    words[.unit] = "Hours"
    #expect(BilledUsage(words, machine: "Standard_D4s_v5") == .notMachine)
    words[.meterService] = "Azure App Service"
    #expect(BilledUsage(words, machine: "") == .coverable("App Service"))
  }
}

/// Values as people and programs write them.
@Suite(.serialized) struct WrittenValueTests {
  @Test func twoColumnsOfOneNameAreRefused() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = Focus.bill(Focus.row()).replacing("\n", with: ",1\n")
      .replacing("CommitmentDiscountStatus,1", with: "CommitmentDiscountStatus,billedcost")
    #expect(
      await place.complaints(try place.write(bill)).map(\.rule) == ["import.duplicate-column"])
  }

  @Test func marksBetweenThousandsAreNoNumber() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = Focus.bill(Focus.row(billed: "1_000", effective: "1"))
    #expect(await place.complaints(try place.write(bill)).map(\.rule) == ["import.not-a-number"])
  }

  @Test(arguments: [
    ("2024-01-01T00:00Z", "2024-01-01T01:00Z"), ("2024-1-1 00:00:00", "2024-1-1 01:00:00"),
    ("2024-01-01T05:30:00+05:30", "2024-01-01T06:30:00+05:30"), ("01/01/2024", "01/02/2024"),
    ("2024-01-01T01:00+01:00", "2024-01-01T02:00+01:00"),
  ])
  func timesAreReadAsWritten(start: String, end: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(try place.write(Focus.bill(Focus.row(start, end))))
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.window.start == Hour(year: 2024, month: 1, day: 1))
    #expect(abs(usage.demand.quantities.reduce(0, +) - 2) < 1e-9)
  }

  @Test func bothLineEndsInOneFileAreRead() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = "\(Focus.header)\r\n\(Focus.row())\n\(Focus.row(quantity: "1"))\r\n"
    let summary = try await place.run(try place.write(bill))
    #expect(summary.imported.first?.source.rows == 2)
  }

  @Test func filesThatAreNoBillsAreLeftOutOfAFolder() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let folder = place.folder.appending(path: "export")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    _ = try place.write(Focus.bill(Focus.row()), "export/bill.csv")
    _ = try place.write("status\nREADY\n", "export/cost_and_usage_data_status.csv")
    _ = try place.write("{}", "export/manifest.json")
    let summary = try await place.run(folder.path)
    #expect(summary.imported.count == 1)
    #expect(
      Set(summary.findings.map(\.rule)) == ["import.other-files", "import.unknown-columns"])
    // Alone and by its name, it is refused.
    let status = folder.appending(path: "cost_and_usage_data_status.csv").path
    #expect(await place.complaints(status).map(\.rule) == ["import.unknown-columns"])
  }
}

/// Costs and tags in the shapes that exports have them.
@Suite(.serialized) struct BillShapeTests {
  /// Google's exports list keys and values; AWS's legacy CUR has a column a tag, also of its own
  /// tags.
  @Test(arguments: [
    #"[{""key"":""team"",""value"":""a""},{""key"":""env"",""value"":""prod""}]"#,
    #"{""env"": ""prod""}"#, #"[{'Key': env, 'Value': prod}]"#,
  ])
  func tagsOfEveryShape(tags: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = "\(Focus.header),Tags\n\(Focus.row()),\"\(tags)\"\n"
    let summary = try await place.run(try place.write(bill), tags: ["env", "owner"])
    #expect(summary.imported.first?.costs.map(\.subject.tags) == [["env": "prod"]])
    #expect(summary.findings.map(\.rule) == ["import.tag-not-found"])
  }

  /// With a private discount the net columns are what is paid; a reservation's fee is cash.
  @Test func netColumnsAreWhatIsPaid() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let header =
      "lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/UsageAccountId,"
      + "lineItem/CurrencyCode,lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,"
      + "lineItem/UsageAmount,lineItem/UnblendedCost,lineItem/NetUnblendedCost,"
      + "pricing/publicOnDemandCost,product/regionCode,reservation/ReservationARN,"
      + "reservation/EffectiveCost,reservation/NetEffectiveCost"
    func row(_ kind: String, _ amount: String, _ costs: String, _ rest: String) -> String {
      "\(kind),2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,1,USD,AmazonEC2,BoxUsage:m5.large,RunInstances,"
        + "\(amount),\(costs),us-east-1,\(rest)"
    }
    let rows = [
      row("Usage", "1", "0.096,0.09,0.096", ",,"),
      row("DiscountedUsage", "1", "0,0,0.096", "ri-1,0.06,0.05"),
      row("Fee", "1", "500,450,", "ri-1,,"),
    ]
    let bill = ([header] + rows).joined(separator: "\n") + "\n"
    let costs = try #require(try await place.run(try place.write(bill)).imported.first?.costs)
    #expect(costs.map(\.effective).total().formatted() == "0.14")
    #expect(costs.map(\.billed).total().formatted(decimals: 3) == "500.096")
  }

  /// FOCUS 1.0-preview has its own columns (finops-toolkit, FOCUS 1.0-preview(v1)).
  @Test func thePreviewIsReadByItsOwnColumns() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = """
      ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeSubcategory,ProviderName,PublisherName,SubAccountId,Region,ServiceName,UsageQuantity,UsageUnit,BilledCost,EffectiveCost,ListCost,BillingCurrency,CommitmentDiscountId,x_SkuMeterCategory,x_SkuMeterName,x_SkuDetails
      2024-01-01T00:00Z,2024-01-02T00:00Z,Usage,On-Demand,Microsoft,Microsoft,s,eastus,Virtual Machines,24,Hours,4.6,4.6,4.6,USD,,Virtual Machines,D4s v5,"{""ServiceType"":""Standard_D4s_v5""}"
      2024-01-01T00:00Z,2024-01-02T00:00Z,Usage,Used Commitment,Microsoft,Microsoft,s,eastus,Virtual Machines,24,Hours,0,3,4.6,USD,r-1,Virtual Machines,D4s v5,"{""ServiceType"":""Standard_D4s_v5""}"
      2024-01-01T00:00Z,2024-01-02T00:00Z,Usage,Unused Commitment,Microsoft,Microsoft,s,eastus,Virtual Machines,,Hours,0,1,0,USD,r-1,Virtual Machines,D4s v5,
      2024-01-01T00:00Z,2024-01-02T00:00Z,Usage,On-Demand,Microsoft,Microsoft,s,eastus,Virtual Machines,24,Hours,1,1,1,USD,,Virtual Machines,D4s v5 Spot,"{""ServiceType"":""Standard_D4s_v5""}"

      """
    let file = try #require(try await place.run(try place.write(bill)).imported.first)
    let classes = Dictionary(
      file.costs.map { ($0.chargeClass, $0.quantity) }, uniquingKeysWith: +)
    #expect(classes == [.onDemand: 24, .covered: 24, .unused: 0, .spot: 0])
  }
}

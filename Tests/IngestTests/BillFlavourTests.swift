import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// The exports' versions and makers, as their documentation describes them.
@Suite(.serialized) struct BillFlavourTests {
  struct Flavour: CustomTestStringConvertible {
    var testDescription: String
    /// Columns in place of `Focus.header`'s provider columns, and what is in them.
    var columns: [(String, String)]
    var sku: SKU

    var service: String {
      switch sku.provider {
      case .aws: "Amazon Elastic Compute Cloud"
      case .azure: "Virtual Machines"
      case .gcp: "Compute Engine"
      }
    }
  }

  private static let windows = SKU(
    provider: .aws, region: "us-east-1", instanceType: "m5.large", operatingSystem: "Windows")

  static let all = [
    Flavour(
      testDescription: "FOCUS 1.0, AWS's own columns",
      columns: [
        ("ProviderName", "AWS"), ("PublisherName", "Amazon Web Services, Inc."),
        ("x_UsageType", "USE1-BoxUsage:m5.large"), ("x_Operation", "RunInstances:0002"),
      ], sku: windows),
    Flavour(
      testDescription: "FOCUS 1.1, SkuPriceDetails",
      columns: [
        ("ProviderName", "AWS"), ("PublisherName", "AWS"),
        (
          "SkuPriceDetails",
          #"{"InstanceType": "m5.large", "OperatingSystem": "Windows", "CoreCount": 1}"#
        ),
      ], sku: windows),
    Flavour(
      testDescription: "FOCUS 1.2, a map as text",
      columns: [
        ("ProviderName", "Amazon Web Services"), ("PublisherName", "AWS"),
        ("InvoiceId", "1"), ("SkuPriceDetails", "{InstanceType=m5.large, OperatingSystem=Windows}"),
      ], sku: windows),
    Flavour(
      testDescription: "FOCUS 1.3, ServiceProviderName",
      columns: [
        ("ServiceProviderName", "AWS"), ("HostProviderName", "AWS"),
        ("SkuPriceDetails", #"{"InstanceType":"m5.large","OperatingSystem":"Windows"}"#),
        ("AllocatedMethodId", ""),
      ], sku: windows),
    Flavour(
      testDescription: "FOCUS 1.0, Azure",
      columns: [
        ("ProviderName", "Microsoft"), ("PublisherName", "Microsoft"),
        ("x_SkuMeterCategory", "Virtual Machines"),
        ("x_SkuMeterSubcategory", "Dsv5 Series Windows"),
        ("x_SkuDetails", #"{"ServiceType": "Standard_D2s_v5", "ImageType": "Windows Server"}"#),
      ],
      sku: SKU(
        provider: .azure, region: "us-east-1", instanceType: "Standard_D2s_v5",
        operatingSystem: "Windows")),
    Flavour(
      testDescription: "FOCUS 1.0, Google",
      columns: [
        ("ProviderName", "Google Cloud"), ("PublisherName", "Google"),
        ("ChargeDescription", "N2 Instance Core running in Americas"), ("x_CostType", "regular"),
        ("Tags", #"[{"key": "compute.googleapis.com/machine_spec", "value": "n2-standard-2"}]"#),
      ], sku: SKU(provider: .gcp, region: "us-east-1", instanceType: "n2-standard-2")),
  ]

  @Test(arguments: all) func theMachineIsKnown(flavour: Flavour) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let common = [
      ("ChargePeriodStart", "2024-01-01T00:00:00Z"), ("ChargePeriodEnd", "2024-01-01T01:00:00Z"),
      ("ChargeCategory", "Usage"), ("SubAccountId", "1"), ("RegionId", "us-east-1"),
      ("ServiceName", flavour.service), ("ConsumedQuantity", "4"), ("ConsumedUnit", "Hours"),
      ("BilledCost", "0.5"), ("EffectiveCost", "0.5"), ("BillingCurrency", "USD"),
    ]
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let columns = common + flavour.columns
    let bill =
      columns.map(\.0).joined(separator: ",") + "\n"
      + columns.map { quoted($0.1) }.joined(separator: ",") + "\n"
    _ = try await place.run(try place.write(bill))
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.groups.map(\.sku) == [flavour.sku])
    // Google bills vCPUs: four of them are two machines of two.
    #expect(usage.demand.quantities == [flavour.sku.provider == .gcp ? 2 : 4])
  }

  /// CUR 2.0 as AWS writes it: product and resource_tags are maps, names have underscores.
  @Test func aCURInParquetHasMaps() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let complaint = try DuckDB().run(
      """
      copy (select 'Usage' as line_item_line_item_type,
        timestamp '2024-01-01 00:00:00' as line_item_usage_start_date,
        timestamp '2024-01-01 01:00:00' as line_item_usage_end_date, '1' as line_item_usage_account_id,
        'USD' as line_item_currency_code, 'BoxUsage:m5.large' as line_item_usage_type,
        'RunInstances' as line_item_operation, 'AmazonEC2' as line_item_product_code,
        3.0::double as line_item_usage_amount, 0.288::double as line_item_unblended_cost,
        0.288::double as pricing_public_on_demand_cost, 'us-east-1' as product_region_code,
        map {'product_name': 'Amazon Elastic Compute Cloud', 'tenancy': 'Dedicated'} as product,
        map {'user_env': 'prod', 'aws_created_by': 'x'} as resource_tags) to 'cur.parquet';
      """, in: Scratch(existing: place.folder.path))
    #expect(complaint == nil)
    let file = try #require(
      try await place.run(place.folder.appending(path: "cur.parquet").path, tags: ["env"])
        .imported.first)
    #expect(file.source.format == "cur-2.0")
    let cost = try #require(file.costs.first)
    #expect(cost.subject.tags == ["env": "prod"] && cost.quantity == 3)
    #expect(cost.subject.group?.sku.tenancy == "dedicated")
  }

  @Test func foldersAndPatternsAreSearched() async throws {
    let place = try BillPlace()
    defer { place.close() }
    for folder in ["year=2024/month=1", "year=2024/month=2"] {
      try FileManager.default.createDirectory(
        at: place.folder.appending(path: folder), withIntermediateDirectories: true)
    }
    for (index, name) in [
      "year=2024/month=1/a.csv", "year=2024/month=1/b.CSV", "year=2024/month=2/c.csv",
    ].enumerated() {
      _ = try place.write(Focus.bill(Focus.row(billed: "0.\(index + 1)")), name)
    }
    _ = try place.parquet(
      try place.write(Focus.bill(Focus.row(billed: "9")), "source.txt"), costs: "double",
      "year=2024/month=2/d.parquet")
    _ = try place.write("nothing", "year=2024/manifest.json")
    let folder = place.folder.appending(path: "year=2024").path
    let summary = try await place.run(folder, "\(folder)/*/[ac].csv")
    #expect(
      summary.imported.map { ($0.source.path as NSString).lastPathComponent }
        == ["a.csv", "b.CSV", "c.csv", "d.parquet"])
    let missing = await place.complaints("\(place.folder.path)/*.orc", "\(place.folder.path)/none")
    #expect(missing.map(\.rule) == ["import.no-file", "import.no-file"])
  }
}

import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Price files as the providers publish them.
@Suite struct PublishedPriceTests {
  static func fixture(_ name: String) -> InputFile {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return InputFile(path: folder.appending(path: "Fixtures/prices/\(name)").path, name: name)
  }

  private let c4 = SKU(provider: .aws, region: "us-east-1", instanceType: "c4.large")

  private func read(_ names: String...) -> Reading<PublishedPrices> {
    PublishedPriceReader.read(names.map(Self.fixture))
  }

  /// The halves of a partial upfront offer come from two price dimensions, of two rows in CSV.
  @Test(arguments: ["aws-ec2-offer.json", "aws-ec2-offer.csv"])
  func offersOfAWSKeepBothHalves(name: String) throws {
    let reading = read(name)
    #expect(reading.report == "")
    let prices = try #require(reading.value)
    #expect(
      prices.rows == [
        PriceRow(sku: c4, product: .onDemand, hourly: 0.1),
        PriceRow(
          sku: c4, product: .convertibleRI, term: .threeYears, payment: .partialUpfront,
          upfront: 710, hourly: 0.027),
        PriceRow(
          sku: c4, product: .standardRI, term: .oneYear, payment: .noUpfront, hourly: 0.063),
        PriceRow(
          sku: c4, product: .standardRI, term: .oneYear, payment: .partialUpfront, upfront: 263,
          hourly: 0.03),
        PriceRow(
          sku: c4, product: .standardRI, term: .threeYears, payment: .partialUpfront, upfront: 539,
          hourly: 0.021),
      ])
    #expect(prices.currency == "USD")
  }

  @Test func whatIsLeftAsideIsCounted() throws {
    let source = try #require(read("aws-ec2-offer.json").value?.sources.first)
    #expect(source.prices == 5)
    #expect(
      source.leftAside == [
        .init(reason: "not a machine: IP Address", entries: 1, example: "NDET67BXTNJGSGN2")
      ])
  }

  @Test func plansOfAWSHaveRatesByUsageType() throws {
    let prices = try #require(read("aws-savings-plan.json").value)
    let denver = SKU(provider: .aws, region: "us-west-2-den-1", instanceType: "c5d.2xlarge")
    let dedicated = SKU(
      provider: .aws, region: "eu-central-1", instanceType: "c4.large", operatingSystem: "Windows",
      tenancy: "dedicated")
    let fargate = SKU(provider: .aws, region: "us-east-1", instanceType: "fargate/vCPU")
    func plan(_ sku: SKU, _ hourly: Double) -> PriceRow {
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront,
        hourly: hourly)
    }
    #expect(
      Set(prices.rows) == [
        plan(dedicated, 0.1234), plan(c4, 0.055), plan(denver, 0.285), plan(fargate, 0.03),
        PriceRow(
          sku: c4, product: .ec2InstanceSavingsPlan, term: .oneYear, payment: .allUpfront,
          hourly: 0.057),
        PriceRow(
          sku: SKU(provider: .aws, region: "us-east-1", instanceType: "ml.c4.large"),
          product: .sageMakerSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.1),
      ])
    let reasons = Set(prices.sources[0].leftAside.map(\.reason))
    #expect(reasons == ["usage UnusedBox"])
  }

  @Test func plansInCSVAreTheSame() throws {
    let json = try #require(read("aws-savings-plan.json").value)
    let csv = try #require(read("aws-savings-plan.csv").value)
    #expect(
      csv.rows
        == json.rows.filter {
          $0.sku.region != "us-west-2-den-1" && $0.product != .sageMakerSavingsPlan
        })
    #expect(csv.rows.count == 4)
  }

  /// A reservation's price is that of its term; paid monthly it is the same in all.
  @Test func azureReservationsStateTheirTerm() throws {
    let prices = try #require(read("azure-retail.json").value)
    let linux = SKU(
      provider: .azure, region: "australiacentral", instanceType: "Standard_B16als_v2")
    let book = PriceBook(rows: prices.rows)
    #expect(book.onDemand[linux] == 0.673)
    #expect(book.reservations.count == 2)
    for offer in book.reservations {
      #expect(abs(offer.effectiveHourly - 3478 / 8760) < 1e-12)
      #expect(offer.upfront == (offer.terms.payment == .allUpfront ? 3478 : 0))
    }
    let plan = OfferTerms(product: .azureSavingsPlan, term: .threeYears, payment: .noUpfront)
    #expect(book.rate(of: plan, for: linux) == 0.34323)
    let windows = SKU(
      provider: .azure, region: "australiacentral", instanceType: "Standard_B16als_v2",
      operatingSystem: "Windows")
    #expect(book.onDemand[windows] == 1.4)
    let reasons = Set(prices.sources[0].leftAside.map(\.reason))
    #expect(reasons == ["low priority", "reservation for 5 Years"])
  }

  @Test func azurePagesThatAreMissingAreTold() {
    let page = file(
      "page.json",
      #"{"BillingCurrency":"USD","Items":[{"serviceName":"Virtual Machines","#,
      #""armSkuName":"Standard_D2s_v5","armRegionName":"eastus","retailPrice":0.096,"#,
      #""productName":"Virtual Machines Dsv5 Series","meterName":"D2s v5","type":"Consumption"}],"#,
      #""NextPageLink":"https://prices.azure.com/api/retail/prices?$skip=1000"}"#)
    let alone = PublishedPriceReader.read([page])
    #expect(alone.value != nil)
    #expect(alone.findings.map(\.rule) == ["prices.more-pages"])
    let both = PublishedPriceReader.read([page, Self.fixture("azure-retail.json")])
    #expect(both.findings.isEmpty)
  }

  /// 8 × 0.031611 + 32 × 0.004237, as Google's own calculator says.
  @Test(arguments: ["google-skus.json", "google-prices.csv"])
  func googleMachinesAreTheirParts(name: String) throws {
    let reading = read(name)
    #expect(reading.findings.map(\.rule) == ["prices.derived"])
    let book = PriceBook(rows: try #require(reading.value).rows)
    for region in ["us-central1", "us-east1", "us-west1"] {
      let sku = SKU(provider: .gcp, region: region, instanceType: "n2-standard-8")
      #expect(book.onDemand[sku] == 0.388472)
      let committed = book.reservations.filter { $0.sku == sku }
      #expect(committed.map(\.hourly) == [0.244728])
      let flexible = OfferTerms(product: .gcpFlexibleCUD, term: .oneYear, payment: .noUpfront)
      #expect(book.rate(of: flexible, for: sku) == 0.27969984)
    }
  }

  private func catalogue(_ skus: [(String, String, Int)]) -> InputFile {
    let entries = skus.map { text, usage, nanos in
      #"{"description": "\#(text)", "category": {"serviceDisplayName": "Compute Engine","#
        + #""resourceFamily": "Compute", "usageType": "\#(usage)"},"#
        + #""serviceRegions": ["us-central1"], "pricingInfo": [{"pricingExpression": {"usageUnit":"#
        + #""h", "tieredRates": [{"startUsageAmount": 0, "unitPrice": {"currencyCode": "USD","#
        + #""units": "\#(nanos / 1_000_000_000)", "nanos": \#(nanos % 1_000_000_000)}}]}}]}"#
    }
    return InputFile(
      name: "skus.json",
      contents: Array(#"{"skus": [\#(entries.joined(separator: ","))]}"#.utf8))
  }

  /// 12 vCPUs, 85 GiB and an A100, as the calculator of 2026-07-30 says: 3.673385; of A2's other
  /// types those with disks are not put together.
  @Test func acceleratorsAreInThePriceOfTheirMachines() throws {
    let onDemand = [
      ("A2 Instance Core running in Americas", "OnDemand", 31_611_000),
      ("A2 Instance Ram running in Americas", "OnDemand", 4_237_000),
      ("Nvidia Tesla A100 GPU running in Americas", "OnDemand", 2_933_908_000),
      ("Commitment v1: A2 Cpu in Americas for 1 Year", "Commit1Yr", 19_915_000),
      ("Commitment v1: A2 Ram in Americas for 1 Year", "Commit1Yr", 2_669_000),
    ]
    let gpu = (
      "Commitment v1: Nvidia Tesla A100 GPU in Iowa for 1 Year", "Commit1Yr", 1_848_000_000
    )
    let sku = SKU(provider: .gcp, region: "us-central1", instanceType: "a2-highgpu-1g")
    let whole = try #require(PublishedPriceReader.read([catalogue(onDemand + [gpu])]).value)
    let prices = whole.rows.filter { $0.sku == sku }
    #expect(prices.first { $0.product == .onDemand }?.hourly == 3.673385)
    #expect(prices.first { $0.product == .gcpResourceCUD }?.hourly == 2.313845)
    let types = Set(whole.rows.map(\.sku.instanceType).filter { $0.hasPrefix("a2-") })
    #expect(types == Set([1, 2, 4, 8].map { "a2-highgpu-\($0)g" } + ["a2-megagpu-16g"]))
    let part = try #require(PublishedPriceReader.read([catalogue(onDemand)]).value)
    #expect(part.rows.filter { $0.sku == sku }.map(\.product) == [.onDemand])
  }

  @Test func filesJoin() throws {
    let prices = try #require(read("aws-ec2-offer.json", "aws-ec2-offer.csv").value)
    #expect(prices.rows.count == 5)
    #expect(prices.sources[1].leftAside.map(\.reason) == ["stated twice, the same"])
    let filtered = PublishedPriceReader.read(
      [Self.fixture("aws-savings-plan.json"), Self.fixture("azure-retail.json")],
      filter: PriceFilter(regions: ["us-east-1", "australiacentral"], operatingSystems: ["Linux"]))
    #expect(Set(try #require(filtered.value).rows.map(\.sku.region)).count == 2)
    #expect(try #require(filtered.value).rows.allSatisfy { $0.sku.operatingSystem == "Linux" })
  }

  @Test func productsBehindTheirTermsAreFound() throws {
    let text = try String(contentsOfFile: Self.fixture("aws-ec2-offer.json").path, encoding: .utf8)
    let products = try #require(text.firstRange(of: #""products""#))
    let terms = try #require(text.firstRange(of: #""terms""#))
    let head = text[..<products.lowerBound]
    let first = text[products.lowerBound..<terms.lowerBound].trimmingSuffix { ", \n".contains($0) }
    let second = text[terms.lowerBound...].trimmingSuffix { " \n}".contains($0) }
    // What trimming took of the terms' own brackets comes back.
    let swapped = String(head + second + "}}}}}," + first + "}")
    let reading = PublishedPriceReader.read([file("late.json", swapped)])
    #expect(reading.value?.rows.count == 5, "\(reading.report)")
  }

  @Test func otherCurrenciesAreLeftAside() throws {
    let text = try String(contentsOfFile: Self.fixture("azure-retail.json").path, encoding: .utf8)
    let euros = file("euros.json", text.replacing("\"USD\"", with: "\"EUR\""))
    let reading = PublishedPriceReader.read([Self.fixture("azure-retail.json"), euros])
    let alone = PublishedPriceReader.read([Self.fixture("azure-retail.json")])
    #expect(reading.value?.rows == alone.value?.rows)
    #expect(
      reading.findings.filter { $0.severity == .warning }.map(\.rule) == [
        "prices.other-currency", "prices.none",
      ])
    #expect(PublishedPriceReader.read([euros]).value?.currency == "EUR")
    #expect(PublishedPriceReader.read([euros], currency: "USD").value == nil)
    // Where others may have the prices, a file with none is a finding.
    let none = PriceReader.read(any: euros, currency: "USD")
    #expect(none.value?.rows == [])
    #expect(none.findings.map(\.rule) == ["prices.other-currency", "prices.none"])
  }

  @Test func brokenFilesAreToldWithTheirLine() throws {
    let whole = try String(contentsOfFile: Self.fixture("aws-ec2-offer.json").path, encoding: .utf8)
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    let cut = file("cut.json", lines.prefix(60).joined(separator: "\n"))
    let reading = PublishedPriceReader.read([cut])
    #expect(reading.value == nil)
    let finding = try #require(reading.findings.first { $0.rule == "prices.not-json" })
    #expect(finding.place == "cut.json:60")
    let odd = file("o'dd \"; drop.json", #"{"offerCode":"AmazonEC2","products":{]}"#)
    #expect(
      PublishedPriceReader.read([odd]).findings.first?.place == "o'dd \"; drop.json:1")
    for text in ["", "   ", "hello,world\n1,2", "{}", "[[[", "\u{0}\u{1}"] {
      let reading = PublishedPriceReader.read([file("x", text)])
      #expect(reading.value == nil)
      #expect(reading.findings.hasErrors, "\(text)")
    }
    #expect(PublishedPriceReader.read([InputFile(path: "/nonexistent/x.json")]).value == nil)
  }

  @Test func halfAPriceIsNone() throws {
    let text = try String(contentsOfFile: Self.fixture("aws-ec2-offer.csv").path, encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.contains("\"539\"") }
    let reading = PublishedPriceReader.read([file("half.csv", lines.joined(separator: "\n"))])
    #expect(reading.value?.rows.count == 4)
    #expect(reading.findings.map(\.rule) == ["prices.half-a-price"])
    let strange = text.replacing("\"3yr\"", with: "\"5yr\"").replacing("263", with: "n/a")
    let other = PublishedPriceReader.read([file("strange.csv", strange)])
    #expect(other.value?.rows.count == 2)
    let reasons = Set(other.value?.sources[0].leftAside.map(\.reason) ?? [])
    #expect(reasons == ["lease of 5yr", "price is no number", "half of the price is missing"])
  }

  /// Any prefix of a file, and any byte of it changed, ends in findings or prices, never in a trap.
  @Test func damagedFilesNeverTrap() throws {
    var generator = SeededGenerator(seed: 6)
    for name in ["aws-savings-plan.json", "azure-retail.json", "google-skus.json"] {
      let bytes = Array(try Data(contentsOf: URL(filePath: Self.fixture(name).path)))
      for _ in 0..<20 {
        var damaged = bytes
        damaged[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
        let length = Int.random(in: 1..<bytes.count, using: &generator)
        damaged = Array(damaged.prefix(length))
        let reading = PublishedPriceReader.read([InputFile(name: name, contents: damaged)])
        // A file that ends too early is an error, wherever it ends but behind its last bracket.
        let isWhole = bytes[length...].allSatisfy { [0x0A, 0x0D, 0x20].contains($0) }
        #expect(isWhole || reading.findings.hasErrors, "\(name), \(length) bytes")
        #expect((reading.value == nil) == reading.findings.hasErrors)
        #expect(reading.findings.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty })
      }
    }
  }

  @Test func platformsHaveOneName() {
    #expect(AWSPlatform.name(operation: "RunInstances:0006") == "Windows with SQL Std")
    #expect(
      AWSPlatform.name(operatingSystem: "Windows", software: "SQL Std") == "Windows with SQL Std")
    #expect(
      AWSPlatform.name(productDescription: "Windows with SQL Server Standard (Amazon VPC)")
        == "Windows with SQL Std")
    #expect(AWSPlatform.name(productDescription: "Linux/UNIX (Amazon VPC)") == "Linux")
    #expect(AWSPlatform.name(productDescription: "Red Hat Enterprise Linux") == "RHEL")
    // The EC2 API spells the last two in both ways; the bill's code is RunInstances:1014.
    for text in [
      "with HA with SQL Server Standard", "with HA and SQL Server Standard (Amazon VPC)",
    ] {
      #expect(
        AWSPlatform.name(productDescription: "Red Hat Enterprise Linux \(text)")
          == AWSPlatform.name(operation: "RunInstances:1014"))
    }
    #expect(
      AWSPlatform.name(productDescription: "Red Hat Enterprise Linux with HA") == "RHEL with HA")
    #expect(AWSPlatform.name(operation: "CreateBucket") == nil)
    #expect(AWSRegions.code(ofUsageType: "EUC1-BoxUsage:m5.large") == "eu-central-1")
    #expect(AWSRegions.code(ofUsageType: "BoxUsage:m5.large") == "us-east-1")
    #expect(AWSRegions.code(named: "EU (Ireland)") == "eu-west-1")
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isTrimmed(last) { rest.removeLast() }
    return rest
  }
}

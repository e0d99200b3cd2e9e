import CloudCosts
import Testing

@testable import Ingest

/// Prices that are found without being asked for: books, derivations, and what wins over them.
@Suite struct PriceFinderTests {
  private static let linux = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")

  private static func row(
    _ found: FoundPrices, _ sku: SKU, _ product: Product, _ years: Int?, _ payment: PaymentOption?
  ) -> FoundPrice? {
    found.prices.first {
      $0.row.sku == sku && $0.row.product == product && $0.row.term?.years == years
        && $0.row.payment == payment
    }
  }

  /// m5.large in us-east-1 of the price list of 2025-04-05.
  @Test func aBookStatesWhatItStatesAndTheRestIsDerived() throws {
    let found = PriceFinder(currency: "USD").prices(of: [Self.linux])
    #expect(found.missing.isEmpty && found.books.map(\.provider) == [.aws])
    let onDemand = try #require(Self.row(found, Self.linux, .onDemand, nil, nil))
    #expect(onDemand.row.hourly == 0.096 && !onDemand.isDerived)
    let standard = try #require(Self.row(found, Self.linux, .standardRI, 1, .noUpfront))
    #expect(standard.source == "AWS book of 2025-04-05")
    let partial = try #require(Self.row(found, Self.linux, .standardRI, 1, .partialUpfront))
    #expect(partial.isDerived)
    let paid = partial.row.hourly + partial.row.upfront / 8760
    #expect(abs(paid - standard.row.hourly / 1.05) < 1e-5)
    let plan = try #require(Self.row(found, Self.linux, .ec2InstanceSavingsPlan, 1, .noUpfront))
    #expect(plan.row.hourly == standard.row.hourly && plan.isDerived)
  }

  @Test func aPriceFileWinsOverTheBook() throws {
    let own = PriceRow(sku: Self.linux, product: .onDemand, hourly: 0.192)
    let found = PriceFinder(given: [own], currency: "EUR").prices(of: [Self.linux])
    #expect(found.prices.filter { $0.row.product == .onDemand }.map(\.row.hourly) == [0.192])
    // The book's shares of it: twice the price, whatever the currency.
    let book = PriceFinder(currency: "USD").prices(of: [Self.linux])
    let ours = try #require(Self.row(found, Self.linux, .standardRI, 3, .noUpfront))
    let theirs = try #require(Self.row(book, Self.linux, .standardRI, 3, .noUpfront))
    #expect(abs(ours.row.hourly - 2 * theirs.row.hourly) < 1e-6)
    #expect(ours.isDerived)
  }

  /// A commitment to N2's vCPUs and memory is for custom machines as well, at the same price.
  @Test(arguments: [("n2-custom-4-16384", "n2-standard-4"), ("custom-4-15360", "n1-standard-4")])
  func customMachinesAreCommittedToByTheirParts(custom: String, same: String) throws {
    func sku(_ type: String) -> SKU {
      SKU(provider: .gcp, region: "us-central1", instanceType: type)
    }
    let found = PriceFinder(currency: "USD").prices(of: [sku(custom), sku(same)])
    #expect(found.missing.isEmpty)
    func price(_ type: String, _ product: Product, _ years: Int?) throws -> Double {
      try #require(
        Self.row(found, sku(type), product, years, years == nil ? nil : .noUpfront)
      ).row.hourly
    }
    let onDemand = try price(same, .onDemand, nil)
    #expect(abs(try price(custom, .onDemand, nil) - onDemand * 1.05) < 2e-5)
    for years in [1, 3] {
      let committed = try price(same, .gcpResourceCUD, years)
      #expect(abs(try price(custom, .gcpResourceCUD, years) - committed) < 2e-5)
      #expect(
        Self.row(found, sku(custom), .gcpResourceCUD, years, .noUpfront)?.isDerived == true)
    }
    let flexible = try #require(Product(rawValue: "gcp-cud-flexible"))
    #expect(abs(try price(custom, flexible, 1) - onDemand * 1.05 * 0.72) < 2e-5)
    // Extended memory is not covered.
    let extended = PriceFinder(currency: "USD").prices(of: [sku(custom + "-ext")])
    #expect(extended.prices.isEmpty && extended.missing.count == 1)
  }

  /// The catalogue's prices are of predefined types, which both parts can be told from.
  @Test func aPriceFileOfPredefinedTypesHasCustomOnes() throws {
    func sku(_ type: String) -> SKU {
      SKU(provider: .gcp, region: "us-central1", instanceType: type)
    }
    let flexible = try #require(Product(rawValue: "gcp-cud-flexible"))
    var rows: [PriceRow] = []
    for (type, memory) in [("n2-standard-4", 16.0), ("n2-highmem-4", 32)] {
      let onDemand = 4 * 0.03 + memory * 0.004
      rows += [
        PriceRow(sku: sku(type), product: .onDemand, hourly: onDemand),
        PriceRow(
          sku: sku(type), product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
          hourly: 4 * 0.02 + memory * 0.0025),
        PriceRow(
          sku: sku(type), product: flexible, term: .oneYear, payment: .noUpfront,
          hourly: onDemand * 0.72),
      ]
    }
    let prices = PriceList(
      rows: rows, lines: rows.indices.map { $0 + 2 }, file: "prices.csv")
    let groups = ["n2-custom-6-20480", "n2-custom-6-20480-ext", "n2-standard-4"].map {
      UsageGroup(account: "", sku: sku($0))
    }
    let demand = Demand(
      window: HourWindow(start: Hour(year: 2025, month: 1, day: 1), hours: 1), groups: groups,
      quantities: [1, 1, 1])
    let usage = UsageHistory(demand: demand, firstLines: [2, 3, 4], file: "usage.csv")
    let found = prices.withCustomMachines(of: usage)
    #expect(found.findings.map(\.rule) == ["prices.derived"])
    #expect(found.prices.lines.count == found.prices.rows.count)
    let added = found.prices.rows.dropFirst(rows.count)
    #expect(Set(added.map(\.sku.instanceType)) == ["n2-custom-6-20480"])
    func hourly(_ product: Product) -> Double {
      added.first { $0.product == product }?.hourly ?? 0
    }
    let onDemand = 6 * 0.03 + 20 * 0.004
    #expect(abs(hourly(.onDemand) - onDemand * 1.05) < 1e-9)
    #expect(abs(hourly(.gcpResourceCUD) - (6 * 0.02 + 20 * 0.0025)) < 1e-9)
    #expect(abs(hourly(flexible) - onDemand * 1.05 * 0.72) < 1e-9)
  }

  /// A licence is not discounted.
  @Test func windowsKeepsItsLicence() throws {
    var windows = Self.linux
    windows.operatingSystem = "Windows"
    let price = PriceRow(sku: windows, product: .onDemand, hourly: 0.188)
    let found = PriceFinder(given: [price], currency: "USD").prices(of: [windows, Self.linux])
    let linux = try #require(Self.row(found, Self.linux, .computeSavingsPlan, 3, .noUpfront))
    let own = try #require(Self.row(found, windows, .computeSavingsPlan, 3, .noUpfront))
    #expect(abs(own.row.hourly - linux.row.hourly - 0.092) < 1e-6)
  }

  @Test func whatNobodyStatesIsMissing() {
    var dollars = Self.linux
    dollars.instanceType = "m99.large"
    #expect(PriceFinder(currency: "USD").prices(of: [dollars]).missing == [dollars])
    // A book's dollars are no euros.
    #expect(PriceFinder(currency: "EUR").prices(of: [Self.linux]).missing == [Self.linux])
  }

  @Test func pathsByTheirText() {
    #expect(FilePath.folder(of: "a") == "" && FilePath.name(of: "a") == "a")
    #expect(FilePath.folder(of: "a/b/") == "a" && FilePath.name(of: "a/b/") == "b")
    #expect(FilePath.folder(of: "/a") == "/" && FilePath.name(of: "/") == "/")
    #expect(FilePath.joined("", "x") == "x" && FilePath.joined("/", "x") == "/x")
  }
}

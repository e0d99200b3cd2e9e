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

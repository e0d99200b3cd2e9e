import CloudCosts
import Testing

@testable import Ingest

/// Negotiated discounts: which rule counts for which price.
@Suite struct DiscountTests {
  private let window = HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 100)

  private func row(_ type: String, _ product: Product, _ hourly: Double, upfront: Double = 0)
    -> PriceRow
  {
    PriceRow(
      sku: SKU(provider: .aws, region: "us-east-1", instanceType: type), product: product,
      term: product == .onDemand ? nil : .oneYear,
      payment: product == .onDemand ? nil : .partialUpfront, upfront: upfront, hourly: hourly)
  }

  private func applied(
    _ rows: [PriceRow], _ lines: String...
  ) throws -> (hourly: [Double], upfront: [Double], findings: [Finding]) {
    let text = (["provider,product,family,region,percent,from,to,applies_to"] + lines)
      .joined(separator: "\n")
    let rules = try #require(DiscountReader.read(file("discounts.csv", text)).value)
    let list = PriceList(rows: rows, lines: rows.map { _ in 1 }, file: "prices.csv")
    let result = rules.applied(to: list, window: window)
    return (
      result.prices.rows.map(\.hourly), result.prices.rows.map(\.upfront), result.findings
    )
  }

  /// What limits a rule must not be left out in silence.
  @Test(arguments: [
    ("percent,account\n20,123\n", "remove it"),
    ("percent,instnce_type\n20,m5.large\n", "rename it to 'instance_type'"),
  ])
  func unknownColumnsAreSaid(text: String, remedy: String) {
    let findings = DiscountReader.read(file("discounts.csv", text)).findings
    #expect(findings.map(\.rule) == ["discounts.unknown-column"])
    #expect(findings.first?.severity == .warning)
    #expect(findings.first?.remedy.contains(remedy) == true)
  }

  /// A discount across services comes off last, and not off the rates of plans.
  @Test func aDiscountOfTheBillComesOffBesidePrivateRates() throws {
    let rows = [
      row("m5.large", .onDemand, 1), row("m5.large", .computeSavingsPlan, 0.7),
      row("m5.large", .standardRI, 0.5, upfront: 10),
    ]
    let text = "percent,provider,family,applies_to\n10,aws,,\n20,aws,m5,\n"
    let rules = try #require(DiscountReader.read(file("discounts.csv", text)).value)
    let list = PriceList(rows: rows, lines: [1, 1, 1], file: "prices.csv")
    let applied = rules.applied(to: list, window: window)
    for (row, right) in zip(applied.prices.rows, [0.72, 0.56, 0.36]) {
      #expect(abs(row.hourly - right) < 1e-12)
    }
    #expect(applied.prices.paidShares == [.aws: 0.9])
    #expect(applied.findings.isEmpty)
  }

  /// The years of one contract, and a rule for a part of the window next to one for all of it: in
  /// every hour the first of those in force.
  @Test(arguments: [
    (["aws,,,,10,,2024-01-03T02:00:00Z,", "aws,,,,20,2024-01-03T02:00:00Z,,"], 0.85),
    ([",,,,5,,,", "aws,,,,10,2024-01-03T02:00:00Z,,"], 0.925),
    (["aws,m5,,,10,,,price", "aws,,,,40,2024-01-01,2024-01-02,price"], 0.9),
    (["aws,,,,10,2024-01-02,2024-01-03,", "aws,,,,30,2024-01-02T12:00:00Z,2024-01-03,"], 0.952),
  ])
  func rulesWithDatesFollowOneAnother(lines: [String], left: Double) throws {
    let rows = [row("m5.large", .onDemand, 1)]
    let text = (["provider,family,product,region,percent,from,to,applies_to"] + lines)
      .joined(separator: "\n")
    let rules = try #require(DiscountReader.read(file("discounts.csv", text)).value)
    let list = PriceList(rows: rows, lines: [1], file: "prices.csv")
    let result = rules.applied(to: list, window: window)
    #expect(abs(result.prices.rows[0].hourly - left) < 1e-12)
    if !text.contains("price") {
      #expect(abs((result.prices.paidShares[.aws] ?? 1) - left) < 1e-12)
      #expect(!result.findings.contains { $0.rule == "discounts.never-first" })
    }
  }

  @Test func whichOfTheTwoARuleIsMayBeSaid() throws {
    let result = try applied(
      [row("m5.large", .computeSavingsPlan, 1)], "aws,,,,10,,,price", "aws,,,,5,,,bill")
    #expect(result.hourly == [0.9])
    let bad = DiscountReader.read(
      file("discounts.csv", "percent,family,applies_to", "10,m5,bill", "10,,both"))
    #expect(
      bad.findings.map(\.rule) == [
        "discounts.bill-discount-of-a-part", "discounts.unknown-applies-to",
      ])
  }

  /// A discount on usage alone leaves fees as they are, and a plan's commitment is used up at
  /// public rates; with one of the bill the larger counts for usage.
  @Test func usageMayBeDiscountedAlone() throws {
    let rows = [
      row("m5.large", .onDemand, 1), row("m5.large", .computeSavingsPlan, 0.7),
      row("m5.large", .standardRI, 0.5, upfront: 10),
    ]
    func applied(_ lines: String...) throws -> PriceList {
      let text = (["provider,product,percent,applies_to"] + lines).joined(separator: "\n")
      let rules = try #require(DiscountReader.read(file("discounts.csv", text)).value)
      let list = PriceList(rows: rows, lines: [1, 1, 1], file: "prices.csv")
      let (prices, findings) = rules.applied(to: list, window: window)
      #expect(findings.isEmpty)
      return prices
    }
    let alone = try applied("aws,,40,usage")
    #expect(alone.rows.map(\.hourly) == [0.6, 0.7, 0.5])
    #expect(alone.paidShares.isEmpty && alone.usageShares == [.aws: 0.6])
    let book = alone.book()
    #expect(book.paidShare(of: .aws) == 1)
    // More expensive than usage is after the discount, and used all the same: the public price is
    // 1.
    #expect(book.planUnits(0.7, of: rows[0].sku, onDemand: 0.6) == 0.7)
    let both = try applied("aws,on-demand,20,usage", ",,5,bill")
    for (row, right) in zip(both.rows, [0.8, 0.7, 0.475]) {
      #expect(abs(row.hourly - right) < 1e-12)
    }
    #expect(both.paidShares == [.aws: 0.95] && both.usageShares == [.aws: 0.8])
    let bad = DiscountReader.read(
      file("discounts.csv", "percent,product,applies_to", "10,on-demand,bill", "5,sp-compute,usage")
    )
    #expect(
      bad.findings.map(\.remedy) == [
        "write usage in the column applies_to: it comes off usage on demand, and not off fees of"
          + " commitments",
        "leave product empty, or write price in the column applies_to",
      ])
  }

  /// What bands of yearly spend would come to is reported; of 1,000,000 above the second, 3 % of
  /// it.
  @Test func bandsOfSpendAreTold() throws {
    let reading = DiscountReader.read(
      file(
        "discounts.csv", "percent,provider,from_spend", "5,aws,", "10,aws,1000000",
        "13,aws,5000000", "9,azure,0"))
    #expect(reading.value?.rules.map(\.share) == [0.05, 0.09])
    #expect(
      reading.findings.map { "\($0.place) \($0.rule)" } == [
        "discounts.csv:3 discounts.spend-band", "discounts.csv:4 discounts.spend-band",
      ])
    #expect(reading.findings[0].message.contains("50,000 too high"))
    #expect(reading.findings[1].message.contains("30,000 too high"))
  }

  @Test func theRuleThatNamesMostCounts() throws {
    let rows = [
      row("m5.large", .onDemand, 1), row("m5.large", .standardRI, 1, upfront: 8),
      row("c5.large", .onDemand, 1), row("c5.large", .computeSavingsPlan, 1),
    ]
    let result = try applied(
      rows, "aws,,,,10,,,price", "aws,on-demand,,,20,,,", "aws,,m5,,25,,,",
      "aws,on-demand,m5,us-east-1,50,,,"
    )
    #expect(result.hourly == [0.5, 0.75, 0.8, 0.9])
    #expect(result.upfront == [0, 6, 0, 0])
    #expect(result.findings.isEmpty)
  }

  /// The price before the discount stays known, and reaches the price book.
  @Test func theListPriceStaysKnown() throws {
    let text = "product,percent\non-demand,10\nri-standard,50\n"
    let rules = try #require(DiscountReader.read(file("discounts.csv", text)).value)
    let rows = [
      row("m5.large", .onDemand, 1), row("m5.large", .standardRI, 1, upfront: 8),
      row("m5.large", .computeSavingsPlan, 0.7),
    ]
    let list = PriceList(rows: rows, lines: [1, 1, 1], file: "prices.csv")
    let book = rules.applied(to: list, window: window).prices.book()
    #expect(book.onDemandPrice(of: rows[0].sku) == 0.9)
    #expect(book.listPrice(of: rows[0].sku) == 1)
    #expect(book.reservations[0].list == ListPrice(upfront: 8, hourly: 1))
    #expect(book.reservations[0].upfront == 4)
  }

  @Test func rulesThatDoNothingAreTold() throws {
    let result = try applied(
      [row("m5.large", .onDemand, 1)], "aws,,m6,,10,,,", "aws,,,,5,,,price", "aws,,m5,,20,,,",
      "aws,,m5,,90,2023-01-01T00:00:00Z,2023-02-01T00:00:00Z,")
    #expect(result.hourly == [0.8])
    #expect(
      result.findings.map { "\($0.place) \($0.rule)" } == [
        "discounts.csv:2 discounts.no-match", "discounts.csv:3 discounts.never-first",
        "discounts.csv:5 discounts.outside-window",
      ])
  }

  @Test func aPartOfTheWindowCountsByItsHours() throws {
    let result = try applied(
      [row("m5.large", .onDemand, 1)], "aws,,,,40,2024-01-02T00:00:00Z,2024-01-03T01:00:00Z,")
    #expect(result.hourly == [0.9])
    #expect(result.findings.map(\.rule) == ["discounts.part-of-window"])
  }

  @Test func badRulesAreTold() {
    let reading = DiscountReader.read(
      file(
        "discounts.csv", "provider,product,percent,from,to", "oracle,,10,,", "aws,sp,10,,",
        ",,120,,", ",,-1,,", ",,ten,,", ",,5,2024-02-01T00:00:00Z,2024-01-01T00:00:00Z",
        ",,5,soon,"))
    #expect(reading.value == nil)
    #expect(
      reading.findings.map { "\($0.place) \($0.rule)" } == [
        "discounts.csv:2 discounts.unknown-provider", "discounts.csv:3 discounts.unknown-product",
        "discounts.csv:4 discounts.absurd-percent", "discounts.csv:5 discounts.negative-percent",
        "discounts.csv:6 discounts.not-a-number", "discounts.csv:7 discounts.end-before-start",
        "discounts.csv:8 discounts.bad-timestamp",
      ])
  }
}

import CloudCosts
import Testing

@testable import Ingest

/// Tables as other programs write them: their line ends, headings, words and account numbers.
@Suite struct ForeignTableTests {
  private let lines = [
    "timestamp,provider,account,region,instance_type,operating_system,quantity",
    "2024-01-01T00:00:00Z,aws,111122223333,us-east-1,m5.large,Linux,2",
    "2024-01-01T01:00:00Z,aws,111122223333,us-east-1,m5.large,Linux,3",
  ]

  private func read(_ text: String) -> Reading<UsageHistory> {
    UsageReader.read(InputFile(name: "usage.csv", contents: Array(text.utf8)))
  }

  /// A CR alone (old spreadsheets), CRLF, and two CRs (converted twice).
  @Test(arguments: ["\r", "\n", "\r\n", "\r\r\n"])
  func lineEnds(_ end: String) {
    let reading = read(lines.joined(separator: end) + end)
    #expect(reading.findings.isEmpty, "\(reading.report)")
    #expect(reading.value?.demand.quantities == [2, 3])
  }

  @Test func aLineEndBetweenQuotesDecidesNothing() {
    let text = lines.joined(separator: "\r\n").replacing("m5.large", with: "\"m5.large\"")
    #expect(read("\"note\rit\"," + text.replacing("\r\n2", with: "\r\n,2")).value != nil)
  }

  /// Lines are counted where CRs end them.
  @Test func findingsNameTheLine() {
    let reading = read(lines.joined(separator: "\r").replacing(",3", with: ",three"))
    #expect(reading.findings.map(\.place) == ["usage.csv:3"])
  }

  @Test(arguments: [
    "TIMESTAMP,PROVIDER,ACCOUNT,REGION,INSTANCE_TYPE,OPERATING_SYSTEM,QUANTITY",
    "Timestamp,Provider,Account,Region,Instance Type,Operating-System,Quantity",
  ])
  func headings(_ header: String) {
    let reading = read(([header] + lines.dropFirst()).joined(separator: "\n"))
    #expect(reading.findings.isEmpty, "\(reading.report)")
    #expect(reading.value?.demand.quantities == [2, 3])
  }

  /// The one that is written as it should be counts; of two others neither.
  @Test func twoHeadingsOfOneName() {
    let text = lines.joined(separator: "\n")
    #expect(
      read(
        text.replacing(",region,", with: ",region,Region,").replacing(
          "us-east-1,", with: "us-east-1,x,")
      )
      .value?.demand.groups.map(\.sku.region) == ["us-east-1"])
    #expect(
      read(
        text.replacing(",region,", with: ",REGION,Region,").replacing(
          "us-east-1,", with: "us-east-1,x,")
      )
      .findings.map(\.rule) == ["usage.duplicate-column"])
  }

  @Test func wordsMayBeInCapitals() {
    let reading = read(lines.joined(separator: "\n").replacing(",aws,", with: ",AWS,"))
    #expect(reading.value?.demand.groups.map(\.sku.provider) == [.aws])
    let prices = PriceReader.read(
      file(
        "prices.csv", "provider,region,instance_type,product,term_years,payment,upfront,hourly",
        "AWS,us-east-1,m5.large,On-Demand,,,0,0.1",
        "aws,us-east-1,m5.large,RI-Standard,1,No Upfront,0,0.06"))
    #expect(prices.value?.rows.map(\.payment) == [nil, .noUpfront], "\(prices.report)")
  }

  /// Accounts of AWS have twelve digits, whatever lost their zeros.
  @Test func zerosBeforeAnAccount() {
    let reading = read(lines.joined(separator: "\n").replacing("111122223333", with: "1122223333"))
    #expect(reading.value?.demand.groups.map(\.account) == ["001122223333"])
    #expect(AccountName.of("1122223333", .gcp) == "1122223333")
    #expect(AccountName.of("12345678", .aws) == "12345678")
    #expect(AccountName.stated("1122223333") == "001122223333")
  }

  @Test func aRoundedAccountIsSaid() {
    let reading = read(lines.joined(separator: "\n").replacing("111122223333", with: "1.11122E+11"))
    #expect(reading.findings.map(\.rule) == ["usage.rounded-account"])
    #expect(reading.findings.map(\.severity) == [.warning])
    #expect(!AccountName.isRounded("1E") && !AccountName.isRounded("sub-E+1"))
  }

  /// Years of other calendars are centuries off.
  @Test(arguments: ["2567", "1445"]) func yearsOfOtherCalendars(_ year: String) {
    let reading = OwnedReader.read(
      file(
        "owned.csv",
        "id,provider,product,term_years,payment,region,instance_type,quantity,upfront,hourly,start,end",
        "x,aws,ri-standard,1,no-upfront,us-east-1,m5.large,1,0,0.06,\(year)-01-01T00:00:00Z,"
          + "\(year)-06-01T00:00:00Z"))
    #expect(reading.findings.map(\.rule) == ["owned.absurd-start"])
    let usage = read(lines.joined(separator: "\n").replacing("2024-", with: "\(year)-"))
    #expect(usage.findings.map(\.rule) == ["usage.unlikely-date"])
  }

  @Test func aFractionOfAPercentIsSuspected() {
    let reading = DiscountReader.read(file("d.csv", "Percent,Provider", "0.1,aws"))
    #expect(reading.findings.map(\.rule) == ["discounts.unlikely-percent"])
    #expect(reading.value != nil)
  }
}

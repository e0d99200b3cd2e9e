import CloudCosts
import Testing

@testable import Ingest

@Suite struct OwnedReaderTests {
  private let header =
    "id,provider,account,region,instance_type,zone,product,term_years,payment,quantity,"
    + "hourly_commitment,upfront,hourly,start,end"

  @Test func rowsBecomeCommitments() throws {
    let reading = OwnedReader.read(
      file(
        "owned.csv", header,
        "r,aws,1,us-east-1,m5.large,us-east-1a,ri-standard,1,partial-upfront,2,,262.8,0.03,"
          + "2023-07-01T00:00:00Z,2024-06-30T00:00:00Z",
        "c,aws,,,,,sp-compute,1,no-upfront,,12.5,0,,2023-01-01T00:00:00Z,2024-01-01T00:00:00Z",
        "e,aws,,us-east-1,m5,,sp-ec2-instance,1,no-upfront,,1,,,"
          + "2023-01-01T00:00:00Z,2024-01-01T00:00:00Z",
        "f,aws,,us-east-1,m5.large,,sp-ec2-instance,1,no-upfront,,1,,,"
          + "2023-01-01T00:00:00Z,2024-01-01T00:00:00Z"))
    #expect(reading.findings.isEmpty)
    let owned = try #require(reading.value).commitments
    let m5 = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
    let family = SavingsPlanScope(provider: .aws, region: "us-east-1", family: "m5")
    #expect(
      owned.map(\.subject) == [
        .reservation(sku: m5, zone: "us-east-1a", count: 2, upfront: 262.8, hourly: 0.03),
        .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 12.5),
        .savingsPlan(scope: family, hourlyCommitment: 1),
        .savingsPlan(scope: family, hourlyCommitment: 1),
      ])
    #expect(owned.map(\.account) == ["1", "", "", ""])
    #expect(owned.map { $0.end - $0.start } == [8760, 8760, 8760, 8760])
  }

  @Test func nothingOwnedIsInOrder() {
    let reading = OwnedReader.read(file("owned.csv", header))
    #expect(reading.findings.isEmpty)
    #expect(reading.value?.commitments == [])
  }

  @Test func mistakesAreToldTogether() {
    let life = "2023-01-01T00:00:00Z,2024-01-01T00:00:00Z"
    let reading = OwnedReader.read(
      file(
        "owned.csv", header,
        "a,aws,,us-east-1,m5.large,,ri-standard,1,no-upfront,,,0,0.03,\(life)",
        "a,aws,,,,,sp-compute,1,no-upfront,3,,0,,\(life)",
        ",aws,,,m5,,sp-ec2-instance,1,no-upfront,,0,0,,\(life)",
        "d,aws,,us-east-1,m5.large,,ri-standard,1,no-upfront,1.5,,0,0.03,\(life)",
        "e,aws,,us-east-1,m5.large,,on-demand,1,no-upfront,1,,0,0.03,\(life)",
        "f,gcp,,,,,sp-compute,1,no-upfront,,3,0,,\(life)",
        "g,aws,,,,,sp-compute,3,no-upfront,,3,0,,\(life)",
        "h,aws,,,,,sp-compute,1,no-upfront,,3,0,,2024-01-01T00:00:00Z,2024-01-01T00:00:00Z",
        "i,aws,,us-east-1,.large,,sp-ec2-instance,1,no-upfront,,3,0,,\(life)",
        "j,aws,,,,,sp-compute,1,no-upfront,,3,0,,2023-01-01T00:00:00Z,9999-01-01T00:00:00Z"))
    #expect(reading.value == nil)
    #expect(
      reading.report == """
        error owned.missing-quantity owned.csv:2: quantity is empty; a reservation states how many \
        machines
          fill in quantity
        error owned.duplicate-id owned.csv:3: id 'a' is already on line 2
          give every commitment its own id
        error owned.missing-hourly-commitment owned.csv:3: hourly_commitment is empty; a savings \
        plan states its money per hour
          fill in hourly_commitment
        error owned.empty-id owned.csv:4: id is empty
          fill it in; every row needs it
        error owned.zero-hourly-commitment owned.csv:4: hourly_commitment is 0
          remove the row, or state what is owned
        error owned.empty-region owned.csv:4: region is empty
          fill it in; every row needs it
        error owned.fractional-quantity owned.csv:5: quantity '1.5' is no whole number
          count machines, not normalised units
        error owned.on-demand owned.csv:6: on-demand is no commitment
          remove the row, or correct the product
        error owned.product-of-other-provider owned.csv:7: gcp does not sell sp-compute
          correct the provider or the product
        warning owned.term-mismatch owned.csv:8: from start to end are 8,760 hours; a term of 3 \
        years has 26,280
          the end is 2025-12-31T00:00:00Z, unless it was sold or exchanged before
        error owned.end-before-start owned.csv:9: the end 2024-01-01T00:00:00Z is not after the \
        start 2024-01-01T00:00:00Z
          write the first hour in which it applies, and the first in which it no longer does
        error owned.bad-family owned.csv:10: instance_type '.large' names no family
          write the family, m5, or a type of it, m5.large
        error owned.absurd-end owned.csv:11: the end 9999-01-01T00:00:00Z is more than twenty years \
        after the start 2023-01-01T00:00:00Z
          correct the year
        """)
  }

  @Test func commitmentsWithoutEffectAreTold() throws {
    let life = "2023-01-01T00:00:00Z,2024-01-01T00:00:00Z"
    let owned = OwnedReader.read(
      file(
        "owned.csv", header,
        "a,aws,,us-east-1,m5.large,,ri-standard,1,no-upfront,1,,0,0.03,\(life)",
        "b,aws,,,,,sp-compute,1,no-upfront,,3,0,,\(life)"))
    let prices = PriceList(rows: [], lines: [], file: "prices.csv")
    let window = HourWindow(start: Hour(year: 2023, month: 1, day: 1), hours: 24)
    let after = HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 24)
    let value = try #require(owned.value)
    #expect(
      CrossChecks.owned(value, prices: prices, window: window).report == """
        warning owned.no-rates owned.csv:3: prices.csv has no rates for sp-compute, 1 year, \
        no-upfront: 'b' covers nothing
          add the plan's rates, also where the plan is no longer sold
        """)
    #expect(
      CrossChecks.owned(value, prices: prices, window: after).map(\.rule)
        == ["owned.outside-window", "owned.outside-window"])
  }
}

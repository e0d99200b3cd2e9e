import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Commitments that a bill names in part, or not at all: what they cover is owned.
@Suite(.serialized) struct OwnedInferenceTests {
  private static let machine = SKU(
    provider: .aws, region: "us-east-1", instanceType: "m5.large")

  private static func hour(_ hour: Int) -> String {
    Hour(sinceEpoch: Hour(year: 2024, month: 1, day: 1).sinceEpoch + hour).iso8601
  }

  /// Two days of rows, made hour by hour.
  private func bill(_ rows: (_ start: String, _ end: String, _ hour: Int) -> [String]) -> String {
    let lines = (0..<48).flatMap { rows(Self.hour($0), Self.hour($0 + 1), $0 % 24) }
    return ([Focus.header] + lines).joined(separator: "\n") + "\n"
  }

  private func owned(
    _ bill: String, prices: [PriceRow] = []
  ) async throws -> Reading<OwnedCommitments> {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(try place.write(bill))
    return read(place, prices)
  }

  private func read(_ place: BillPlace, _ prices: [PriceRow] = []) -> Reading<OwnedCommitments> {
    let list = PriceList(rows: prices, lines: prices.map { _ in 0 }, file: "prices.csv")
    return OwnedReader.read(InputFile(path: place.history), prices: list)
  }

  /// A constant amount never covers more than is used.
  @Test(arguments: [
    (0.0, 0.0), (4.0, 1.0), (6.0, 2.0), (7.0, 3.0), (6.5, 2.5), (100.0, 3.0),
  ])
  func theLeastAmountExplainsTheCoveredHours(covered: Double, least: Double) {
    let usage = [1.0, 0, 3, 1, 2]
    #expect(abs(CoveredUse.leastAmount(covering: covered, of: usage) - least) < 1e-12)
  }

  private static func half(_ start: String, _ end: String) -> [String] {
    [
      Focus.row(
        start, end, quantity: "1", billed: "0", effective: "0.06", commitment: "ri-1",
        status: "Used"),
      Focus.row(
        start, end, quantity: "1", billed: "0", effective: "0.06",
        usageType: "USE1-HeavyUsage:m5.large", commitment: "ri-1", status: "Unused"),
    ]
  }

  /// No column says what it is, how many, from when to when: one of two was used in every hour.
  @Test func aReservationIsWhatItsRowsShow() async throws {
    let reading = try await owned(bill { start, end, _ in Self.half(start, end) })
    let commitment = try #require(reading.value?.commitments.first)
    #expect(reading.value?.commitments.map(\.id) == ["ri-1"] && commitment.isInferred)
    guard case .reservation(let sku, nil, let count, let upfront, let hourly) = commitment.subject
    else { return #expect(Bool(false), "\(commitment)") }
    #expect(sku == Self.machine && count == 2 && upfront == 0 && abs(hourly - 0.06) < 1e-9)
    #expect(commitment.start == Hour(year: 2024, month: 1, day: 1))
    // No term is longer than three years, and it was there on the first day.
    #expect(commitment.end - commitment.start == Term.threeYears.hours)
    let finding = try #require(reading.findings.first { $0.rule == "owned.inferred" })
    #expect(finding.message.contains("product, term, payment, start, end"))
    #expect(finding.message.contains("2 × m5.large us-east-1, 0.1200 an hour"))
    #expect(finding.message.contains("until 2026-12-31T00:00:00Z at the latest"))
    // FOCUS has no class of reservations.
    #expect(finding.message.contains("as Standard Reserved Instances, neither exchanged nor sold"))
    #expect(finding.remedy.contains("plimsoll import periods.csv"))
  }

  /// A month so far has the fee of the whole month: its days to come make nothing cheaper.
  @Test func aMonthSoFarIsPricedByItsDays() async throws {
    let header =
      "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,"
      + "lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/CurrencyCode,"
      + "lineItem/UnblendedCost,product/region,pricing/publicOnDemandCost,"
      + "reservation/ReservationARN,reservation/EffectiveCost,reservation/NumberOfReservations,"
      + "pricing/PurchaseOption,pricing/LeaseContractLength,pricing/OfferingClass"
    let fee =
      "1,RIFee,2024-01-01T00:00:00Z,2024-01-31T23:59:59Z,AmazonEC2,HeavyUsage:m5.large,744,USD,0,"
      + "us-east-1,,ri-1,,1,All Upfront,1yr,standard"
    let used = (0..<48).map {
      "1,DiscountedUsage,\(Self.hour($0)),\(Self.hour($0 + 1)),AmazonEC2,BoxUsage:m5.large,1,USD,0,"
        + "us-east-1,0.096,ri-1,0.055,,,,"
    }
    let reading = try await owned(([header, fee] + used).joined(separator: "\n") + "\n")
    let commitment = try #require(reading.value?.commitments.first)
    #expect(abs(commitment.effectiveHourly - 0.055) < 1e-9, "\(reading.report)")
    #expect(commitment.amount == 1)
  }

  /// Where machines stop, what is owned goes on being billed as unused: those hours are hours in
  /// which it was owned, and no more of it in the hours before.
  @Test(arguments: [(36, ""), (96, ""), (96, "ri-1,Purchase")])
  func whatIsIdleIsOwnedOnce(hours: Int, fee: String) async throws {
    func row(_ start: Int, _ end: Int, _ facts: String) -> String {
      "\(Self.hour(start)),\(Self.hour(end)),AWS,AWS,1,us-east-1,Amazon EC2,Hours,USD,"
        + "BoxUsage:m5.large,RunInstances,\(facts)"
    }
    let header =
      "ChargePeriodStart,ChargePeriodEnd,ProviderName,PublisherName,SubAccountId,RegionId,"
      + "ServiceName,ConsumedUnit,BillingCurrency,x_UsageType,x_Operation,CommitmentDiscountId,"
      + "ChargeCategory,CommitmentDiscountStatus,ConsumedQuantity,BilledCost,EffectiveCost,ListCost"
    let used = (0..<24).map { row($0, $0 + 1, "ri-1,Usage,Used,1,0,0.06,0.096") }
    let idle = (24..<hours).map { row($0, $0 + 1, "ri-1,Usage,Unused,,0,0.06,0") }
    let fees = fee.isEmpty ? [] : [row(0, 744, "\(fee),,,44.64,0,44.64")]
    let reading = try await owned(
      ([header] + used + idle + fees).joined(separator: "\n") + "\n")
    let commitment = try #require(reading.value?.commitments.first)
    #expect(commitment.amount == 1, "\(reading.report)")
    #expect(abs(commitment.effectiveHourly - 0.06) < 1e-9)
  }

  /// The remedy works as it is written.
  @Test func aPeriodThatIsImportedEndsIt() async throws {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(try place.write(bill { start, end, _ in Self.half(start, end) }))
    let period = """
      ContractCommitmentId,ContractCommitmentCategory,ContractCommitmentPeriodStart,ContractCommitmentPeriodEnd
      ri-1,Usage,2023-02-01T00:00:00Z,2024-02-01T00:00:00Z
      """
    _ = try await place.run(try place.write(period, "periods.csv"))
    let commitment = try #require(read(place).value?.commitments.first)
    #expect(commitment.start == Hour(year: 2023, month: 2, day: 1))
    #expect(commitment.end == Hour(year: 2024, month: 2, day: 1))
    #expect(commitment.amount == 2)
  }

  /// Rows that say "committed" and name no commitment: three machines by day, one by night, of
  /// which two are covered at most.
  @Test func coveredUsageWithoutACommitmentIsOwned() async throws {
    let reading = try await owned(
      bill { start, end, hour in
        let isDay = hour < 10
        let covered = Focus.row(
          start, end, pricing: "Committed", quantity: isDay ? "2" : "1", billed: "0",
          effective: isDay ? "0.12" : "0.06")
        return isDay ? [covered, Focus.row(start, end, quantity: "1")] : [covered]
      })
    let commitment = try #require(reading.value?.commitments.first)
    #expect(commitment.id == "covered usage of \(Self.machine)")
    #expect(abs(commitment.amount - 2) < 1e-6 && !commitment.coversOtherSizes)
    let finding = try #require(reading.findings.first { $0.rule == "owned.inferred" })
    #expect(finding.message.contains("the history does not tell the commitment"))
  }

  private static func plan(_ start: String, _ end: String) -> [String] {
    [
      Focus.row(
        start, end, quantity: "2", billed: "0", effective: "0.12", commitment: "sp-1",
        status: "Used"),
      Focus.row(
        start, end, quantity: "", billed: "0", effective: "0.03",
        usageType: "ComputeSP:1yrNoUpfront", commitment: "sp-1", status: "Unused"),
    ]
  }

  /// A plan's rates say which plan it is: used and unused are its commitment.
  @Test func aPlanIsTheOneWhoseRatesFit() async throws {
    func rate(_ term: Term, _ payment: PaymentOption, _ hourly: Double) -> PriceRow {
      PriceRow(
        sku: Self.machine, product: .computeSavingsPlan, term: term, payment: payment,
        hourly: hourly)
    }
    let text = bill { start, end, _ in Self.plan(start, end) }
      .replacing("ComputeSP:1yrNoUpfront", with: "")
      .split(separator: "\n").enumerated()
      .map { $0 == 0 ? "\($1),CommitmentDiscountCategory" : "\($1),Spend" }
      .joined(separator: "\n")
    let prices = [
      rate(.oneYear, .noUpfront, 0.07), rate(.threeYears, .noUpfront, 0.0601),
      rate(.threeYears, .allUpfront, 0.05),
    ]
    let reading = try await owned(text, prices: prices)
    let plan = try #require(reading.value?.commitments.first)
    #expect(
      plan.terms
        == OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront))
    #expect(abs(plan.amount - 0.15) < 1e-9)
    // Without any rates it is owned as the machines that it covered, at what it cost.
    let unrated = try await owned(text)
    let machines = try #require(unrated.value?.commitments.first)
    #expect(unrated.value?.commitments.count == 1)
    #expect(machines.amount == 2 && machines.terms.product == .standardRI)
    #expect(abs(machines.effectiveHourly - 0.15) < 1e-9)
  }

  /// Where no row costs anything, the price on demand counts: no saving is claimed.
  @Test func withoutCostsItIsPricedOnDemand() async throws {
    let text = bill { start, end, _ in
      [Focus.row(start, end, quantity: "2", billed: "0", effective: "0", commitment: "ri-1")]
    }
    let reading = try await owned(
      text, prices: [PriceRow(sku: Self.machine, product: .onDemand, hourly: 0.1)])
    let commitment = try #require(reading.value?.commitments.first)
    #expect(commitment.amount == 2 && abs(commitment.effectiveHourly - 0.2) < 1e-9)
    #expect(reading.findings.contains { $0.message.contains("no saving is claimed") })
  }
}

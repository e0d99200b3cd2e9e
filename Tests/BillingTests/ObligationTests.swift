import Billing
import CloudCosts
import Testing

/// When all that is bound is repaid, also what is not paid yet.
@Suite struct ObligationTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let start = Hour(year: 2023, month: 1, day: 1)

  /// On demand costs 1 an hour, the reservation `hourly`; `used` of the hours have usage.
  private func obligation(
    hourly: Double, years: Int, hours: Int, used: Int? = nil
  ) throws -> Obligation? {
    let book = PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 1)])
    let demand = Demand(
      window: HourWindow(start: start, hours: hours), groups: [UsageGroup(sku: sku)],
      quantities: (0..<hours).map { $0 < used ?? hours ? 1 : 0 })
    let term = Term(years: years)
    let commitment = Commitment(
      id: "ri", terms: OfferTerms(product: .standardRI, term: term, payment: .noUpfront),
      subject: .reservation(sku: sku, zone: nil, count: 1, upfront: 0, hourly: hourly),
      start: start, end: start + term.hours)
    return try Judge(prices: book).bill(demand, under: [commitment]).obligation(ofLast: 1)
  }

  /// Half the price on demand: after half a year all is repaid, though half is still to be paid.
  @Test func halfThePriceIsRepaidInHalfTheTerm() throws {
    let all = try #require(try obligation(hourly: 0.5, years: 1, hours: 8760))
    #expect(all.committed == Money(rounding: 4380))
    #expect(all.repaid == Money(rounding: 8760) && all.repaidShare == 1)
    // 4,380 hours: six months (4,344 h) and 36 of July's 744 hours.
    #expect(abs(try #require(all.months) - (6 + 36.0 / 744)) < 1e-9)
    #expect(all.monthsAtThisPace == all.months)
  }

  @Test func whatTheWindowDoesNotRepayIsCarriedOnAtItsPace() throws {
    // Three years at 0.5: 13,140; the first year's usage is worth 8,760.
    let all = try #require(try obligation(hourly: 0.5, years: 3, hours: 8760))
    #expect(all.months == nil)
    #expect(abs(all.repaidShare - 2.0 / 3) < 1e-12)
    // 13,140 hours from 2023-01-01: July 2, 2024, 12:00.
    #expect(abs(try #require(all.monthsAtThisPace) - (18 + 36.0 / 744)) < 0.04)
  }

  @Test func whatIsUsedTooLittleIsNeverRepaid() throws {
    let all = try #require(try obligation(hourly: 0.5, years: 1, hours: 8760, used: 4000))
    #expect(all.months == nil && all.monthsAtThisPace == nil)
    #expect(all.repaid == Money(rounding: 4000))
  }

  @Test func withoutPurchasesThereIsNone() throws {
    let book = PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 1)])
    let demand = Demand(
      window: HourWindow(start: start, hours: 24), groups: [UsageGroup(sku: sku)],
      quantities: [Double](repeating: 1, count: 24))
    #expect(try Judge(prices: book).bill(demand, under: []).obligation(ofLast: 0) == nil)
  }
}

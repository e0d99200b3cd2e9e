import Billing
import CloudCosts
import Testing

/// What is paid when, what money costs, and when it has come back.
@Suite struct CashTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let year = HourWindow(start: Hour(year: 2023, month: 1, day: 1), hours: 8760)

  @Test func upfrontIsPaidOnceAndRecurringByTheHour() throws {
    let bill = try bill(reservation(.partialUpfront, upfront: 438, hourly: 0.05))
    #expect(bill.upfront == Money(rounding: 438))
    #expect(
      bill.payments.first
        == Payment(
          kind: .upfront, month: CalendarMonth(year: 2023, month: 1), commitment: "ri",
          amount: Money(rounding: 438)))
    #expect(bill.payments.count { $0.kind == .recurring } == 12)
    #expect(bill.monthly[1].cash == Money(rounding: 28 * 24 * 0.05))
    // FOCUS: over its whole term a commitment's effective cost is what was billed for it.
    #expect(bill.cash == bill.cost)
  }

  @Test func upfrontBeforeTheWindowIsNotPaidAgain() throws {
    let late = HourWindow(from: year.start + 1, to: year.end)
    let bill = try bill(reservation(.allUpfront, upfront: 876, hourly: 0), window: late)
    #expect(bill.upfront == .zero)
    #expect(bill.cost == Money(rounding: 875.9))
  }

  @Test func halfOfAPartialUpfrontPlanIsPaidOnTheFirstDay() throws {
    let plan = Commitment(
      id: "plan",
      terms: OfferTerms(
        product: .computeSavingsPlan, term: .threeYears, payment: .partialUpfront),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 0.07),
      start: year.start, end: year.start + Term.threeYears.hours)
    let bill = try bill(plan)
    #expect(bill.upfront == Money(rounding: 0.07 * 26_280 / 2))
    #expect(
      bill.payments.filter { $0.kind == .recurring }.map(\.amount).total()
        == Money(rounding: 0.035 * 8760))
    #expect(bill.cost == Money(rounding: 0.07 * 8760))
  }

  @Test func onDemandIsPaidAsUsed() throws {
    let bill = try Judge(prices: prices).bill(demand(year), under: [])
    #expect(bill.cash == bill.cost)
    #expect(bill.payments.allSatisfy { $0.kind == .onDemand && $0.commitment == nil })
    #expect(bill.payments.count == 12)
  }

  // MARK: Cost of capital

  @Test func moneyPaidBeforeItIsUsedUpCostsInterest() throws {
    let reservation = reservation(.allUpfront, upfront: 876, hourly: 0)
    let bill = try bill(reservation, costOfCapital: 0.08)
    var expected = 0.0
    for t in 0..<8760 { expected += 0.08 / 8760 * 876 * (1 - Double(t) / 8760) }
    #expect(abs(bill.cost(of: .costOfCapital).value - expected) < 1e-6)
    // It does not depend on usage.
    let idle = try Judge(prices: prices)
      .bill(demand(year, quantity: 0), under: [reservation], costOfCapital: 0.08)
    #expect(idle.cost(of: .costOfCapital) == bill.cost(of: .costOfCapital))
    // Falling, month by month.
    let months = bill.rows.filter { $0.kind == .costOfCapital }
    #expect(months.count == 12)
    #expect(months[0].effective > months[11].effective)
    #expect(bill.commitments[0].amortized == Money(rounding: 876))
  }

  @Test func interestOfALateWindowIsOnWhatIsLeft() throws {
    let half = HourWindow(start: year.start + 4380, hours: 1)
    let bill = try bill(
      reservation(.allUpfront, upfront: 876, hourly: 0), window: half, costOfCapital: 0.1)
    #expect(abs(bill.cost(of: .costOfCapital).value - 0.1 / 8760 * 438) < 1.1e-6)
  }

  @Test func nothingUpfrontCostsNoInterest() throws {
    let bill = try bill(reservation(.noUpfront, upfront: 0, hourly: 0.06), costOfCapital: 0.08)
    #expect(bill.rows.allSatisfy { $0.kind != .costOfCapital })
  }

  // MARK: Break-even

  @Test func breakEvenLiesWhereSavingsHaveRepaidTheUpfront() throws {
    // 0.10 an hour saved: 438 are repaid in 4,380 hours, which is noon of 2 July.
    let bill = try bill(reservation(.allUpfront, upfront: 438, hourly: 0))
    let months = try #require(BreakEven.months(of: bill.commitments[0], in: bill.window))
    #expect(abs(months - (6 + 1.5 / 31)) < 1e-6)
  }

  @Test func withoutUpfrontItPaysFromTheFirstHour() throws {
    let bill = try bill(reservation(.noUpfront, upfront: 0, hourly: 0.06))
    #expect(BreakEven.months(of: bill.commitments[0], in: bill.window) == 0)
  }

  @Test func whatIsNeverRepaidHasNoBreakEven() throws {
    let bill = try bill(reservation(.allUpfront, upfront: 900, hourly: 0))
    #expect(BreakEven.months(of: bill.commitments[0], in: bill.window) == nil)
  }

  @Test func aRelapseMovesBreakEvenBack() throws {
    // Used in January, idle in February and March, used again.
    let idle = 24 * 31..<24 * 90
    var demand = demand(year)
    for h in idle { demand[0, h] = 0 }
    let bill = try Judge(prices: prices)
      .bill(demand, under: [reservation(.noUpfront, upfront: 0, hourly: 0.06)])
    let months = try #require(BreakEven.months(of: bill.commitments[0], in: bill.window))
    // January saves 29.76 and two idle months cost 84.96; April saves 28.80 and May the rest.
    #expect(abs(months - (4 + (84.96 - 29.76 - 28.80) / 29.76)) < 1e-6)
  }

  @Test func aStartBeforeTheWindowHidesBreakEven() throws {
    let late = HourWindow(from: year.start + 1, to: year.end)
    let bill = try bill(reservation(.noUpfront, upfront: 0, hourly: 0.06), window: late)
    #expect(BreakEven.months(of: bill.commitments[0], in: bill.window) == nil)
  }

  // MARK: What there is

  private var prices: PriceBook {
    PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 0.1),
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .threeYears, payment: .partialUpfront,
        hourly: 0.07),
    ])
  }

  private func demand(_ window: HourWindow, quantity: Double = 1) -> Demand {
    Demand(
      window: window, groups: [UsageGroup(sku: sku)],
      quantities: [Double](repeating: quantity, count: window.hours))
  }

  private func reservation(
    _ payment: PaymentOption, upfront: Double, hourly: Double
  ) -> Commitment {
    Commitment(
      id: "ri", terms: OfferTerms(product: .standardRI, term: .oneYear, payment: payment),
      subject: .reservation(sku: sku, zone: nil, count: 1, upfront: upfront, hourly: hourly),
      start: year.start, end: year.end)
  }

  private func bill(
    _ commitment: Commitment, window: HourWindow? = nil, costOfCapital: Double = 0
  ) throws -> Bill {
    try Judge(prices: prices)
      .bill(demand(window ?? year), under: [commitment], costOfCapital: costOfCapital)
  }
}

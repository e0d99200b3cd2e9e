import Billing
import CloudCosts
import Testing

/// Spend commitments: what is missing in a contract year is paid all the same.
@Suite struct SpendCommitmentTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let start = Hour(year: 2024, month: 1, day: 1)

  private func judge(_ commitments: [SpendCommitment]) -> Judge {
    var judge = Judge(
      prices: PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 1)]))
    judge.spendCommitments = commitments
    return judge
  }

  private func demand(hours: Int) -> Demand {
    Demand(
      window: HourWindow(start: start, hours: hours), groups: [UsageGroup(sku: sku)],
      quantities: [Double](repeating: 1, count: hours))
  }

  private func contract(
    _ provider: Provider, _ amount: Double, hours: Int, other: Double = 0,
    per period: SpendCommitment.Period = .contract
  ) -> SpendCommitment {
    SpendCommitment(
      name: "edp", provider: provider, window: HourWindow(start: start, hours: hours),
      amount: amount, other: other, period: period)
  }

  @Test(arguments: [
    (700.0, 0.0, 744.0), (1000, 0, 1000), (1000, 100, 900), (1000, 300, 744),
  ])
  func whatIsMissingIsPaid(amount: Double, other: Double, cost: Double) throws {
    let bill = try judge([contract(.aws, amount, hours: 744, other: other)])
      .bill(demand(hours: 744), under: [])
    #expect(bill.cost == Money(rounding: cost))
    #expect(bill.cash == bill.cost)
    let year = try #require(bill.contractYears.first)
    #expect(year.spent == Money(rounding: 744 + other))
    #expect(year.shortfall == Money(rounding: max(0, amount - 744 - other)))
  }

  /// Another provider's spend does not count, and a year that the window cuts counts by its hours.
  @Test func yearsAndProviders() throws {
    let azure = try judge([contract(.azure, 10, hours: 744)]).bill(demand(hours: 744), under: [])
    #expect(azure.cost == Money(rounding: 754))
    let cut = try judge([contract(.aws, 2 * 8784, hours: 8784, per: .year)])
      .bill(demand(hours: 744), under: [])
    #expect(cut.contractYears.map(\.amount) == [Money(rounding: 1488)])
    #expect(cut.cost == Money(rounding: 1488))
    let two = contract(.aws, 1, hours: 366 * 24 + 48, per: .year).years
    #expect(two.map(\.window.hours) == [8784, 48])
  }

  private func hour(_ year: Int, _ month: Int, _ day: Int = 1) -> Hour {
    Hour(year: year, month: month, day: day)
  }

  private func demand(_ window: HourWindow, _ quantity: (Int) -> Double) -> Demand {
    Demand(
      window: window, groups: [UsageGroup(sku: sku)],
      quantities: (0..<window.hours).map(quantity))
  }

  /// 17,568 a year from the first hour of 2024: 2 an hour.
  private var year2024: SpendCommitment {
    contract(.aws, 2 * 8784, hours: 8784, per: .year)
  }

  /// One reservation, all upfront: 8,784 for 8,760 hours.
  private func upfront(from start: Hour) -> Commitment {
    Commitment(
      id: "ri", terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .allUpfront),
      subject: .reservation(sku: sku, zone: nil, count: 1, upfront: 8784, hourly: 0),
      start: start, end: start + 8760)
  }

  private func february(
    _ commitment: SpendCommitment, _ commitments: [Commitment] = [], givenUp: [GivingUp] = [],
    use: Double = 1
  ) throws -> (bill: Bill, year: ContractYear) {
    var judge = judge([commitment])
    judge.givenUp = givenUp
    let bill = try judge.bill(
      demand(HourWindow(from: hour(2024, 2), to: hour(2024, 3))) { _ in use }, under: commitments)
    return (bill, try #require(bill.contractYears.first))
  }

  /// Thirteen months at 8,760 a year: the last year is one month, and owes its 744 hours' part.
  @Test func aYearThatTheContractCutsOwesItsPart() throws {
    let cut = SpendCommitment(
      name: "edp", provider: .aws, window: HourWindow(from: hour(2024, 1), to: hour(2025, 2)),
      amount: 8760)
    let bill = try judge([cut]).bill(
      demand(HourWindow(from: hour(2025, 1), to: hour(2025, 2))) { _ in 0.5 }, under: [])
    #expect(bill.contractYears.map(\.amount) == [Money(rounding: 744)])
    #expect(bill.contractYears.map(\.shortfall) == [Money(rounding: 372)])
    #expect(bill.cost == Money(rounding: 744))
  }

  /// Three years, of which January is 744 of 26,304 hours.
  @Test func anAmountForTheWholeContract() throws {
    var macc = SpendCommitment(
      name: "macc", provider: .aws, window: HourWindow(from: hour(2024, 1), to: hour(2027, 1)),
      amount: 2 * 26_304, other: 26_304 / 4, period: .contract)
    let bill = try judge([macc]).bill(demand(hours: 744), under: [])
    #expect(bill.contractYears.map(\.amount) == [Money(rounding: 1488)])
    #expect(bill.contractYears.map(\.spent) == [Money(rounding: 744 + 186)])
    #expect(bill.cost == Money(rounding: 744 + 558))
    macc.period = .year
    #expect(macc.years.count == 3)
  }

  /// Paid on the first day for the year: January has 31 of its 366 days.
  @Test func anUpfrontPaymentCountsByThePartOfTheYear() throws {
    let bill = try judge([year2024]).bill(demand(hours: 744), under: [upfront(from: start)])
    let year = try #require(bill.contractYears.first)
    #expect(year.amount == Money(rounding: 1488) && year.spent == Money(rounding: 744))
    // Amortised, 8,784 / 8,760 an hour.
    #expect(bill.cost == Money(rounding: 744 * 8784.0 / 8760) + Money(rounding: 744))
    // The cash is all of it.
    #expect(bill.cash == Money(rounding: 8784 + 744))
  }

  /// What was paid earlier in the year counts by the same part; what was paid before it does not.
  @Test func upfrontPaidEarlierInTheYearCounts() throws {
    let paid = try february(year2024, [upfront(from: start)]).year
    #expect(paid.amount == Money(rounding: 1392) && paid.spent == Money(rounding: 696))
    let before = try february(year2024, [upfront(from: hour(2023, 12, 31))]).year
    #expect(before.spent == .zero && before.shortfall == Money(rounding: 1392))
    var modified = upfront(from: hour(2024, 1, 15))
    modified.prepaid = HourWindow(start: start, hours: 8760)
    #expect(try february(year2024, [modified]).year.spent == .zero)
  }

  /// What was paid for a reservation that is sold stays spent; what a provider pays back does not.
  @Test func whatWasPaidForWhatIsGivenUpCounts() throws {
    func givenUp(_ way: GivingUpWay, _ received: Double) -> [GivingUp] {
      [
        GivingUp(
          commitment: upfront(from: start), way: way, at: hour(2024, 2), until: hour(2024, 3),
          remaining: 8000, received: received, loss: 0)
      ]
    }
    let sold = try february(year2024, givenUp: givenUp(.sell, 3660)).year
    #expect(sold.spent == Money(rounding: 696 + 696) && sold.shortfall == .zero)
    // 3,660 x 696 / 8,784 = 290.
    let refunded = try february(year2024, givenUp: givenUp(.refund, 3660)).year
    #expect(refunded.spent == Money(rounding: 696 + 696 - 290))
    #expect(refunded.shortfall == Money(rounding: 290))
    let ending = try february(
      year2024, [upfront(from: start)], givenUp: givenUp(.renewalOff, 0)
    ).year
    #expect(ending.spent == Money(rounding: 696))
  }

  /// 12,568 are left for the 8,040 hours from February on; the upfront of January is in the 5,000.
  @Test func whatIsLeftIsOwed() throws {
    var known = year2024
    known.known = SpendCommitment.Known(spent: 5000, until: hour(2024, 2))
    let year = try february(known, [upfront(from: start)], use: 2).year
    #expect(year.amount == Money(rounding: 12_568.0 * 696 / 8040))
    #expect(year.spent == Money(rounding: 696))
    known.known = SpendCommitment.Known(spent: 20_000, until: hour(2024, 2))
    let met = try february(known).year
    #expect(met.amount == .zero && met.shortfall == .zero)
  }

  /// One year ends and the next begins on the eleventh, at unlike usage.
  @Test func yearsInsideAMonth() throws {
    let edp = SpendCommitment(
      name: "edp", provider: .aws,
      window: HourWindow(from: hour(2023, 1, 11), to: hour(2025, 1, 11)), amount: 8784)
    let bill = try judge([edp]).bill(
      demand(HourWindow(from: start, to: hour(2024, 2))) { $0 < 240 ? 2 : 0.5 }, under: [])
    #expect(bill.contractYears.map(\.spent) == [Money(rounding: 480), Money(rounding: 252)])
    #expect(
      bill.contractYears.map(\.amount)
        == [Money(rounding: 8784.0 * 240 / 8760), Money(rounding: 504)])
    #expect(bill.contractYears.map(\.shortfall) == [.zero, Money(rounding: 252)])
    #expect(bill.cost == Money(rounding: 732 + 252))
  }

  /// Cut anywhere, the parts of a year owe what the year does, and an invoice counts once in all.
  @Test func partsAddUp() throws {
    let bounds = [
      hour(2024, 1), hour(2024, 2, 13), hour(2024, 7), hour(2024, 11, 3), hour(2025, 1),
    ]
    let years = try zip(bounds, bounds.dropFirst()).map { from, to in
      try #require(
        judge([year2024]).bill(
          demand(HourWindow(from: from, to: to)) { Double($0 % 3) },
          under: [upfront(from: hour(2024, 5))]
        ).contractYears.first)
    }
    let whole = try #require(
      judge([year2024]).bill(
        demand(HourWindow(from: hour(2024, 1), to: hour(2025, 1))) { _ in 0 },
        under: [upfront(from: hour(2024, 5))]
      ).contractYears.first)
    #expect(abs((years.map(\.amount).total() - whole.amount).value) < 1e-5)
    #expect(whole.spent == Money(rounding: 8784) && whole.share == 1)
    #expect(abs(years.map(\.share).reduce(0, +) - 1) < 1e-12)
  }
}

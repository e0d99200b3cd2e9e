import Billing
import CloudCosts
import Testing

/// What an accountant books: prepaid balances and expenses, by month and account.
@Suite struct PrepaidTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let start = Hour(year: 2023, month: 1, day: 1)

  private func reservation(
    _ id: String, account: String = "a", upfront: Double, start: Hour, hours: Int = 8760
  ) -> Commitment {
    Commitment(
      id: id, account: account,
      terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .allUpfront),
      subject: .reservation(sku: sku, zone: nil, count: 1, upfront: upfront, hourly: 0),
      start: start, end: start + hours)
  }

  /// 8,760 paid for 8,760 hours: an hour is 1.
  @Test func anUpfrontIsExpensedHourByHour() {
    let months = [reservation("ri", upfront: 8760, start: start)].prepaid(from: start)
    #expect(months.count == 12)
    #expect(months[0].opening == .zero && months[0].paid == Money(rounding: 8760))
    #expect(months[0].expense == Money(rounding: 744))
    #expect(months[0].closing == Money(rounding: 8016))
    #expect(months[1].opening == Money(rounding: 8016) && months[1].paid == .zero)
    #expect(months[1].expense == Money(rounding: 672))
    #expect(months.map(\.expense).total() == Money(rounding: 8760))
    #expect(months[11].closing == .zero)
  }

  @Test func whatWasPaidBeforeIsTheOpeningBalance() {
    let months = [reservation("ri", upfront: 8760, start: start + -8016)].prepaid(from: start)
    #expect(months.count == 1)
    #expect(months[0].opening == Money(rounding: 744) && months[0].paid == .zero)
    #expect(months[0].expense == Money(rounding: 744) && months[0].closing == .zero)
  }

  @Test func thirdsAddUpExactly() {
    // 100 over 8,760 hours is no round number in any month.
    let months = [reservation("ri", upfront: 100, start: start + 17)].prepaid(from: start)
    #expect(months.map(\.expense).total() == Money(rounding: 100))
    for (before, after) in zip(months, months.dropFirst()) {
      #expect(before.closing == after.opening)
    }
    #expect(months.last?.closing == .zero)
  }

  @Test func accountsAreApartAndMonthsInOrder() {
    let months = [
      reservation("1", account: "b", upfront: 8760, start: start),
      reservation("2", account: "a", upfront: 876, start: start),
      reservation("3", account: "a", upfront: 876, start: start + 744),
      reservation("4", account: "c", upfront: 0, start: start),
    ].prepaid(from: start)
    #expect(Set(months.map(\.account)) == ["a", "b"])
    #expect(months[0].account == "a" && months[1].account == "b")
    let february = months.first { $0.account == "a" && $0.month.month == 2 }
    #expect(february?.paid == Money(rounding: 876))
    #expect(february?.expense == Money(rounding: 2 * 67.2))
  }

  /// A modified reservation takes over what was paid for its original.
  @Test func aModificationTransfersTheBalance() {
    var original = reservation("old", upfront: 8760, start: start)
    original.end = start + 744
    original.prepaid = HourWindow(start: start, hours: 8760)
    var modified = reservation("new", upfront: 8760, start: start + 744, hours: 8016)
    modified.prepaid = HourWindow(start: start, hours: 8760)
    let months = [original, modified].prepaid(from: start)
    #expect(months[0].closing == .zero && months[0].transferred == Money(rounding: -8016))
    #expect(months[1].opening == .zero && months[1].transferred == Money(rounding: 8016))
    #expect(months.map(\.transferred).total() == .zero)
    #expect(months.map(\.expense).total() == Money(rounding: 8760))
    #expect(months.map(\.paid).total() == Money(rounding: 8760))
  }

  @Test func aBillsPrepaidIsItsUpfront() throws {
    let book = PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 1)])
    let window = HourWindow(start: start, hours: 8760)
    let demand = Demand(
      window: window, groups: [UsageGroup(account: "a", sku: sku)],
      quantities: [Double](repeating: 1, count: 8760))
    let bill = try Judge(prices: book).bill(
      demand, under: [reservation("ri", upfront: 5000.55, start: start + 100)])
    #expect(bill.prepaid.map(\.paid).total() == bill.upfront)
    let inside = bill.prepaid.filter { $0.month.start < window.end }
    #expect(inside.map(\.expense).total() == bill.commitments[0].amortized)
  }
}

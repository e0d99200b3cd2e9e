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

  private func contract(_ provider: Provider, _ amount: Double, hours: Int, other: Double = 0)
    -> SpendCommitment
  {
    SpendCommitment(
      name: "edp", provider: provider, window: HourWindow(start: start, hours: hours),
      amount: amount, other: other)
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
    let cut = try judge([contract(.aws, 2 * 8784, hours: 8784)])
      .bill(demand(hours: 744), under: [])
    #expect(cut.contractYears.map(\.amount) == [Money(rounding: 1488)])
    #expect(cut.cost == Money(rounding: 1488))
    let two = contract(.aws, 1, hours: 366 * 24 + 48).years
    #expect(two.map(\.hours) == [8784, 48])
  }
}

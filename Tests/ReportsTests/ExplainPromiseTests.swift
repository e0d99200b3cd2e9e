import Billing
import CloudCosts
import Scenarios
import Testing

@testable import Reports

/// An hour is explained by the judge that made its bill: with what was promised, and what is given
/// up.
@Suite struct ExplainPromiseTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let start = Hour(year: 2024, month: 1, day: 1)

  private func document() throws -> ExplainDocument {
    var judge = Judge(
      prices: PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 0.1)]))
    let window = HourWindow(start: start, hours: 24)
    judge.spendCommitments = [
      SpendCommitment(
        name: "EDP", provider: .aws, window: HourWindow(start: start, hours: 366 * 24),
        amount: 366 * 10)
    ]
    judge.givenUp = [
      GivingUp(
        commitment: Commitment(
          id: "ri",
          terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .allUpfront),
          subject: .reservation(sku: sku, zone: nil, count: 1, upfront: 876, hourly: 0),
          start: start + -4380, end: start + 4380), way: .sell, at: start, until: start + 24,
        remaining: 438, received: 400, loss: 43.8)
    ]
    let billed = BilledOutcome(
      scenario: "s", run: "base", outcome: .current, judge: judge,
      demand: Demand(
        window: window, groups: [UsageGroup(account: "A", sku: sku)],
        quantities: [Double](repeating: 2, count: 24)), commitments: [])
    return try ExplainDocument(billed, at: start + 3)
  }

  @Test func promisesAndLossesAreTold() throws {
    let document = try document()
    let promise = try #require(document.promises?.first)
    // A day of 10 $; 24 h x 2 x 0.10 less 400 that a buyer pays.
    #expect(promise.amount.formatted(decimals: 2) == "10.00")
    #expect(promise.shortfall == promise.amount - promise.spent)
    #expect(promise.from == "2024-01-01T00:00:00Z" && promise.to == "2024-01-02T00:00:00Z")
    let givenUp = try #require(document.givenUp?.first)
    #expect(givenUp.commitment == "ri" && givenUp.way == .sell)
    #expect(givenUp.cost.formatted(decimals: 4) == "0.0100")
    #expect(document.cost.formatted(decimals: 2) == "0.21")
    let text = ExplainTable(document).text
    #expect(text.contains("Promised to spend") && text.contains("EDP: "))
    #expect(text.contains("ri (sell) at 2024-01-01T00:00:00Z"))
  }

  /// Where nothing is promised the document has no such fields.
  @Test func nothingPromisedIsNotTold() throws {
    let billed = BilledOutcome(
      scenario: "s", run: "base", outcome: .current,
      judge: Judge(prices: PriceBook(rows: [PriceRow(sku: sku, product: .onDemand, hourly: 0.1)])),
      demand: Demand(
        window: HourWindow(start: start, hours: 1), groups: [UsageGroup(account: "A", sku: sku)],
        quantities: [2]), commitments: [])
    let json = try ExplainDocument(billed, at: start).json()
    #expect(!json.contains("spend_commitments") && !json.contains("given_up"))
  }
}

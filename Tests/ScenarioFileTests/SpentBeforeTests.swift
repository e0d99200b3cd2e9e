import CloudCosts
import Testing

@testable import Ingest
@testable import Scenarios

/// What bills say of the contract year that runs when a window begins.
@Suite struct SpentBeforeTests {
  private let start = Hour(year: 2024, month: 4, day: 1)

  private func cost(
    _ day: Int, _ billed: Double, _ kind: ChargeClass = .onDemand, isMachine: Bool = true
  ) -> HistoryCost {
    let money = Money(rounding: billed)
    let sku = SKU(provider: .aws, region: "r", instanceType: "m5.large")
    return HistoryCost(
      day: Hour(year: 2024, month: 1, day: 1).sinceEpoch / 24 + day,
      subject: ChargeSubject(
        provider: "aws", account: "1", service: "s", region: "r",
        group: isMachine ? UsageGroup(account: "1", sku: sku) : nil),
      chargeClass: kind, list: money, contracted: money, billed: money, effective: money, rows: 1)
  }

  private func contract(from: Hour) -> SpendCommitment {
    SpendCommitment(
      name: "edp", provider: .aws, window: HourWindow(from: from, to: from.adding(months: 24)),
      amount: 10_000)
  }

  private func known(_ costs: [HistoryCost], from: Hour) -> (SpendCommitment.Known?, [Finding]) {
    let spent = SpentBefore(
      [contract(from: from)], billed: [.aws: BilledSpend(costs, discounts: [:])], before: start,
      place: "h.db")
    return (spent.commitments.first?.known, spent.findings)
  }

  /// 91 days from January on at 10 a day, with tax, a credit and a marketplace's charge next to it.
  @Test func whatCountsIsReadFromTheHistory() throws {
    let others = [cost(3, 7, .tax), cost(3, -5, .credit), cost(3, 99, .marketplace)]
    let (known, findings) = known(
      (0..<91).map { cost($0, 10) } + others, from: Hour(year: 2024, month: 1, day: 1))
    #expect(try #require(known) == SpendCommitment.Known(spent: 910, until: start))
    #expect(findings.map(\.severity) == [.note])
    // Of a year's 10,000 what is left is owed in the rest of it.
    var commitment = contract(from: Hour(year: 2024, month: 1, day: 1))
    commitment.known = known
    #expect(commitment.years.first?.amount == 9090 && commitment.years.first?.open.start == start)
  }

  /// Bills that begin in the year tell of the days before them, too; and it is a warning.
  @Test func daysBeforeTheFirstBillGoAsTheOthers() throws {
    let (known, findings) = known(
      (31..<91).map { cost($0, 10) }, from: Hour(year: 2024, month: 1, day: 1))
    #expect(abs(try #require(known).spent - 910) < 1e-9)
    #expect(findings.map(\.severity) == [.warning])
    #expect(findings.first?.message.contains("with 600.00") == true, "\(findings)")
  }

  /// Bills that end before the window leave the days between to what is owed.
  @Test func theLastBillEndsWhatIsKnown() throws {
    let (known, _) = known((0..<60).map { cost($0, 10) }, from: Hour(year: 2024, month: 1, day: 1))
    #expect(try #require(known) == .init(spent: 600, until: Hour(year: 2024, month: 3, day: 1)))
  }

  @Test func otherYearsTellNothing() {
    let costs = (0..<91).map { cost($0, 10) }
    #expect(known(costs, from: start).0 == nil)
    #expect(known(costs, from: Hour(year: 2025, month: 1, day: 1)).0 == nil)
    #expect(known([], from: Hour(year: 2024, month: 1, day: 1)).0 == nil)
  }

  /// What is billed on other usage is in no plan: what to write so that it goes on is said.
  @Test func spendingElsewhereIsAskedFor() throws {
    let (known, findings) = known(
      (0..<91).flatMap { [cost($0, 8), cost($0, 2, isMachine: false)] },
      from: Hour(year: 2024, month: 1, day: 1))
    #expect(try #require(known).spent == 910)
    #expect(findings.map(\.severity) == [.warning])
    #expect(findings.first?.remedy.contains("write other: 730 into") == true, "\(findings)")
  }

  /// A contract's discount comes off in rows of its own.
  @Test func discountsComeOff() {
    let month = Hour(year: 2024, month: 1, day: 1).month
    let spend = BilledSpend(
      (0..<60).map { cost($0, 10) }, discounts: [month: Money(rounding: -31)])
    let first = Hour(year: 2024, month: 1, day: 1)
    #expect(abs(spend.spent(from: first, to: first + 31 * 24) - 279) < 1e-9)
    #expect(abs(spend.spent(from: first + 31 * 24, to: first + 33 * 24 + 12) - 25) < 1e-9)
  }
}

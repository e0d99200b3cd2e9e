import Billing
import CloudCosts
import Testing

/// The figures of a part of a bill, each from amounts that can be added up by hand.
@Suite struct PartMeasureTests {
  private let start = Hour(year: 2023, month: 1, day: 1)

  private func commitment(
    start: Hour, end: Hour, upfront: Double = 0, hourly: Double = 1
  ) -> Commitment {
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
    return Commitment(
      id: "ri", account: "a",
      terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .allUpfront),
      subject: .reservation(sku: sku, zone: nil, count: 1, upfront: upfront, hourly: hourly),
      start: start, end: end)
  }

  private func use(
    used: Double, unused: Double, covered: Double, interest: Double = 0, end: Hour? = nil
  ) -> CommitmentUse {
    CommitmentUse(
      commitment: commitment(start: start, end: end ?? start + 8760),
      used: Money(rounding: used), unused: Money(rounding: unused),
      coveredOnDemand: Money(rounding: covered), costOfCapital: Money(rounding: interest))
  }

  @Test func ratesOfAPart() {
    var part = Measures(name: "a")
    #expect(part.vacancy == nil && part.utilization == nil)
    part.list = Money(rounding: 10)
    part.cost = Money(rounding: 6)
    part.committed = Money(rounding: 4)
    part.used = Money(rounding: 3)
    #expect(abs(part.effectiveSavingsRate - 0.4) < 1e-12)
    #expect(part.utilization == 0.75)
    #expect(part.vacancy == 0.25)
  }

  /// What costs 1 an hour until midnight of the first of March is gone with February.
  @Test func whatEndsAtMidnightEndsInTheOldMonth() {
    let march = Hour(year: 2023, month: 3, day: 1)
    let ends = [
      use(used: 0, unused: 0, covered: 0, end: march),
      use(used: 0, unused: 0, covered: 0, end: march + 1),
    ].expiries
    #expect(ends.map(\.month.month) == [2, 3])
    #expect(ends.map(\.commitments) == [1, 1])
  }

  @Test func unrealizedSavings() {
    // Each unit of cost met 1.5 units of usage; 4 units were empty.
    #expect(use(used: 2, unused: 4, covered: 3).unrealizedSavings == Money(rounding: 6))
    #expect(use(used: 0, unused: 4, covered: 0).unrealizedSavings == Money(rounding: 4))
    #expect(use(used: 2, unused: 0, covered: 3).unrealizedSavings == .zero)
  }

  @Test func aCommitmentSavesLessThanItsInterest() {
    #expect(use(used: 3, unused: 1, covered: 10, interest: 2).savings == Money(rounding: 4))
  }

  /// A modified reservation goes on with what was paid for its original: its age counts from there.
  @Test func interestGoesOnWithTheOriginal() {
    var modified = commitment(start: start + 5000, end: start + 8760, upfront: 8760, hourly: 0)
    modified.prepaid = HourWindow(start: start, hours: 8760)
    let window = HourWindow(start: start + 6000, hours: 100)
    // Hour by hour, as `costOfCapital` states it.
    var expected = 0.0
    for hour in 6000..<6100 { expected += 0.1 * (1 - Double(hour) / 8760) }
    let found = modified.costOfCapital(in: window, rate: 0.1)
    #expect(abs(found.value - expected) < 1e-5)
  }
}

import CloudCosts
import Testing

@Suite struct DemandTests {
  private let start = Hour(year: 2023, month: 1, day: 1)
  private let large = UsageGroup(
    account: "A", sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"))
  private let xlarge = UsageGroup(
    account: "A", sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.xlarge"))

  private var demand: Demand {
    Demand(
      window: HourWindow(start: start, hours: 3), groups: [large, xlarge],
      quantities: [1, 2, 3, 4, 5, 6])
  }

  @Test func standsGroupByGroup() {
    #expect(demand[0, 2] == 3)
    #expect(demand[1, 0] == 4)
    #expect(Array(demand.hours(of: 1)) == [4, 5, 6])
    var changed = demand
    changed[1, 1] = 0
    #expect(changed.quantities == [1, 2, 3, 4, 0, 6])
  }

  @Test(arguments: [
    (1, 2, [2, 3, 5, 6]), (0, 3, [1, 2, 3, 4, 5, 6]), (-1, 3, [0, 1, 2, 0, 4, 5]),
    (2, 3, [3, 0, 0, 6, 0, 0]), (5, 1, [0, 0]), (-4, 2, [0, 0, 0, 0]), (1, 0, []),
  ])
  func restricted(_ shift: Int, _ hours: Int, _ quantities: [Double]) {
    let window = HourWindow(start: start + shift, hours: hours)
    let part = demand.restricted(to: window)
    #expect(part.window == window)
    #expect(part.groups == demand.groups)
    #expect(part.quantities == quantities)
  }

  // MARK: Actions

  private func chosen(_ hours: [Int], from group: UsageGroup, to target: SKU?) -> ChosenAction {
    ChosenAction(
      resource: Resource(id: "i-1", group: group), runningHours: hours,
      action: CandidateAction(target: target, reason: ""))
  }

  @Test func aResizeMovesItsRunningHours() {
    let after = demand.applying([chosen([0, 2], from: xlarge, to: large.sku)])
    #expect(after.groups == [large, xlarge])
    #expect(after.quantities == [2, 2, 4, 3, 5, 5])
  }

  @Test func aNewTargetBecomesAGroup() {
    var medium = large.sku
    medium.instanceType = "m5.2xlarge"
    let after = demand.applying([chosen([1], from: large, to: medium)])
    #expect(after.groups == [UsageGroup(account: "A", sku: medium), large, xlarge])
    #expect(after.quantities == [0, 1, 0, 1, 1, 3, 4, 5, 6])
  }

  @Test func aTerminationOnlyTakesAway() {
    let after = demand.applying([chosen([0, 1, 2], from: large, to: nil)])
    #expect(after.quantities == [0, 1, 2, 4, 5, 6])
  }

  @Test func nothingDoneNothingChanged() {
    #expect(demand.applying([]) == demand)
  }
}

@Suite struct CommitmentTests {
  private let start = Hour(year: 2023, month: 1, day: 1)

  @Test func aReservationSpreadsItsUpfront() {
    let commitment = Commitment(
      id: "ri",
      terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .partialUpfront),
      subject: .reservation(
        sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"), zone: nil,
        count: 3, upfront: 438, hourly: 0.05),
      start: start, end: start + 8760)
    #expect(commitment.upfront == 1314)
    #expect(abs(commitment.recurringHourly - 0.15) < 1e-12)
    #expect(abs(commitment.effectiveHourly - 0.30) < 1e-12)
  }

  @Test(arguments: [
    (PaymentOption.noUpfront, 0, 2), (.partialUpfront, 26_280, 1), (.allUpfront, 52_560, 0),
  ])
  func aPlanIsPaidByItsShare(_ payment: PaymentOption, _ upfront: Double, _ recurring: Double) {
    let commitment = Commitment(
      id: "plan",
      terms: OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: payment),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 2),
      start: start, end: start + 26_280)
    #expect(commitment.upfront == upfront)
    #expect(commitment.recurringHourly == recurring)
    #expect(commitment.effectiveHourly == 2)
  }
}

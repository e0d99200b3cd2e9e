import Billing
import CloudCosts
import Planning
import Testing

@testable import Scenarios

/// AWS's convertible reservations may become others, worth at least as much.
@Suite struct ConvertibleExchangeTests {
  private static let start = Small.window(1).start

  private static func convertible(
    _ sku: SKU, _ count: Double, hourly: Double, upfront: Double = 0,
    payment: PaymentOption = .noUpfront, left days: Int = 100, id: String = "cri"
  ) -> Commitment {
    Commitment(
      id: id, terms: OfferTerms(product: .convertibleRI, term: .oneYear, payment: payment),
      subject: .reservation(sku: sku, zone: nil, count: count, upfront: upfront, hourly: hourly),
      start: start + 24 * (days - 365), end: start + 24 * days)
  }

  private static func offer(
    _ sku: SKU, _ hourly: Double, payment: PaymentOption = .noUpfront, upfront: Double = 0
  ) -> PriceRow {
    PriceRow(
      sku: sku, product: .convertibleRI, term: .oneYear, payment: payment, upfront: upfront,
      hourly: hourly)
  }

  private static func ways(_ owned: Commitment, _ rows: [PriceRow]) -> [GivingUp] {
    GivingUpRules(GivingUpPolicy(ways: [.exchange]), at: start)
      .ways(of: owned, offers: PriceBook(rows: rows).reservations)
  }

  private static func counts(_ ways: [GivingUp]) -> [Double] {
    ways.compactMap { $0.replacement?.amount }
  }

  // MARK: The rule

  /// The user guide's example: one worth 35 becomes four worth 10 each.
  @Test func asManyAreGivenAsAreWorthAsMuch() throws {
    let owned = Self.convertible(Small.large, 1, hourly: 0.035)
    let ways = Self.ways(owned, [Self.offer(Small.other, 0.01)])
    let entry = try #require(ways.first)
    #expect(ways.count == 1 && entry.way == .exchange)
    let replacement = try #require(entry.replacement)
    #expect(replacement.amount == 4 && replacement.end == owned.end)
    #expect(replacement.start == Self.start && replacement.account == owned.account)
    #expect(entry.received == 0 && entry.loss == 0 && entry.trueUp == 0)
    #expect(entry.until == owned.end + -24)
    // Worth exactly as much: no one more for dust.
    #expect(
      Self.counts(
        Self.ways(
          Self.convertible(Small.large, 3, hourly: 0.1),
          [
            Self.offer(Small.other, 0.3)
          ])) == [1])
  }

  /// 500 of its upfront payment are left, and the new one's share is 600: 100 are due.
  @Test func moreUpfrontIsDueAtOnce() throws {
    let owned = Self.convertible(
      Small.large, 1, hourly: 0, upfront: 500 * 365 / 100, payment: .allUpfront)
    let target = Self.offer(Small.other, 0, payment: .allUpfront, upfront: 600 * 365 / 100)
    let entry = try #require(Self.ways(owned, [target]).first)
    #expect(abs(entry.received - 500) < 1e-6 && abs((entry.trueUp ?? 0) - 100) < 1e-6)
    #expect(abs((entry.replacement?.upfront ?? 0) - 600) < 1e-6)
    #expect(entry.loss == 0)
    // Half of the payment by the hour: the number grows until none of what was paid is lost.
    let partial = Self.offer(Small.other, 0.25, payment: .partialUpfront, upfront: 300 * 365 / 100)
    let grown = try #require(Self.ways(owned, [partial]).first)
    #expect(grown.replacement?.amount == 2 && abs((grown.trueUp ?? 0) - 100) < 1e-6)
  }

  /// Region, term, payments, a day left; not what it already is, and no standard one.
  @Test func whatIsNotAllowedIsNotOffered() {
    let owned = Self.convertible(Small.large, 1, hourly: 0.04)
    var elsewhere = Small.other
    elsewhere.region = "eu-west-1"
    var long = Self.offer(Small.other, 0.03)
    long.term = .threeYears
    let rows = [
      Self.offer(elsewhere, 0.03), long, Small.reservation(Small.other, 0.03),
      Self.offer(Small.large, 0.04),
    ]
    #expect(Self.ways(owned, rows).isEmpty)
    let upfront = Self.offer(Small.other, 0, payment: .allUpfront, upfront: 300)
    #expect(Self.ways(owned, [upfront]).count == 1)
    let paid = Self.convertible(
      Small.large, 1, hourly: 0, upfront: 300, payment: .allUpfront)
    #expect(Self.ways(paid, [Self.offer(Small.other, 0.03)]).isEmpty)
    #expect(Self.ways(paid, [upfront]).count == 1)
    func left(_ hours: Int) -> Int {
      var late = owned
      late.end = Self.start + hours
      return Self.ways(late, [Self.offer(Small.other, 0.03)]).count
    }
    #expect(left(25) == 1 && left(24) == 0)
    var standard = owned
    standard.terms.product = .standardRI
    #expect(Self.ways(standard, [Self.offer(Small.other, 0.03)]).isEmpty)
  }

  // MARK: The decision

  private func inputs(
    _ use: [SKU: [Double]], _ rows: [PriceRow], owned: [Commitment], may: Bool = true
  ) -> ScenarioInputs {
    var effort = PlanningEffort()
    effort.gap = 1e-9
    var inputs = ScenarioInputs(
      name: "base", demand: Small.demand(use), prices: PriceBook(rows: rows), owned: owned,
      candidates: [], offers: OfferFilter(), policy: Policy(), effort: effort,
      compare: [.current, .committed])
    inputs.givingUpPolicy = GivingUpPolicy(ways: may ? [.exchange] : [])
    return inputs
  }

  private func outcome(_ inputs: ScenarioInputs) throws -> Outcome {
    var planner = OutcomePlanner(inputs)
    let run = try planner.run { _ in }
    return try #require(run.outcomes.first { $0.kind == .committed })
  }

  /// m5 was left for c5, of which a reservation costs less: one m5 becomes two c5, by the hour.
  @Test func whatIsNotUsedBecomesWhatIs() throws {
    let use = [Small.other: [Double](repeating: 2, count: 48)]
    let rows = [
      Small.onDemand(Small.large, 0.1), Small.onDemand(Small.other, 0.1),
      Self.offer(Small.other, 0.06),
    ]
    let owned = [Self.convertible(Small.large, 1, hourly: 0.07)]
    let kept = try outcome(inputs(use, rows, owned: owned, may: false))
    // 0.07 an hour for nothing, and two bought.
    #expect(kept.bill.cost == Money(rounding: 48 * (0.07 + 0.12)))
    let changed = try outcome(inputs(use, rows, owned: owned))
    #expect(changed.bill.cost == Money(rounding: 48 * 0.12))
    let plan = try #require(changed.plan)
    #expect(plan.purchases.isEmpty && plan.gap < 1e-9)
    let entry = try #require(plan.givenUp.first)
    #expect(entry.givingUp.replacement?.amount == 2)
    #expect(entry.worth == Money(rounding: 48 * (0.07 + 0.2 - 0.12)))
    let finding = try #require(
      PlanFindings.givingUp(ScenarioRun(name: "base", outcomes: [changed])).first)
    #expect(finding.remedy.contains("exchange it for 2 × c5.large (Linux, no-upfront"))
  }

  /// The search against all combinations of what each may become and what is bought.
  @Test(arguments: 0..<30) func noCombinationIsBetter(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed))
    let skus = [
      Small.large, Small.other,
      SKU(
        provider: .aws, region: "us-east-1", instanceType: "r5.large"),
    ]
    let hours = 24
    var use: [SKU: [Double]] = [:]
    for sku in skus { use[sku] = (0..<hours).map { _ in Double(dice.next(4)) } }
    let owned = (0..<2).map { index in
      Self.convertible(
        skus[dice.next(3)], Double(1 + dice.next(3)), hourly: 0.03 + 0.01 * Double(dice.next(6)),
        id: "cri-\(index)")
    }
    let rows = skus.flatMap {
      [
        Small.onDemand($0, 0.08 + 0.01 * Double(dice.next(4))),
        Self.offer($0, 0.04 + 0.01 * Double(dice.next(5))),
      ]
    }
    let inputs = inputs(use, rows, owned: owned)
    let found = try outcome(inputs)
    let options = owned.map { commitment in
      [nil]
        + inputs.givingUpRules.ways(of: commitment, offers: inputs.prices.reservations)
        .map(Optional.some)
    }
    var least = Money(rounding: 1e9)
    for first in options[0] {
      for second in options[1] {
        let rest = inputs.givingUp([first, second].compactMap(\.self))
        for n in 0..<125 {
          let counts = [n / 25, n / 5 % 5, n % 5]
          let bought = Small.bought(
            zip(skus, counts), .convertibleRI, inputs.prices, from: Self.start)
          least = min(least, try rest.judge.bill(inputs.demand, under: rest.owned + bought).cost)
        }
      }
    }
    #expect(abs((found.bill.cost - least).value) < 1e-5, "\(found.bill.cost) \(least)")
    let plan = try #require(found.plan)
    #expect(plan.certificate.bound <= least.value + 1e-5)
    #expect(plan.gap < 1e-6, "two commitments are searched to the end")
  }
}

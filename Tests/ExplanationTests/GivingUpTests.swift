import Billing
import CloudCosts
import Planning
import Testing

@testable import Scenarios

/// What is owned is a decision too, where the provider allows it and the policy does.
@Suite struct GivingUpTests {
  private static let start = Small.window(1).start
  private static let azure = SKU(
    provider: .azure, region: "westeurope", instanceType: "Standard_D4s_v5")

  private static func plan(
    _ hourly: Double, bought days: Double = 2, _ id: String = "sp",
    payment: PaymentOption = .noUpfront
  ) -> Commitment {
    let first = start + -Int(days * 24)
    return Commitment(
      id: id,
      terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: payment),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: hourly),
      start: first, end: first + 8760)
  }

  private static func reservation(
    _ sku: SKU, _ count: Double, _ product: Product, hourly: Double = 0.06, upfront: Double = 0,
    bought days: Int = 60, id: String = "ri"
  ) -> Commitment {
    Commitment(
      id: id, terms: OfferTerms(product: product, term: .oneYear, payment: .noUpfront),
      subject: .reservation(sku: sku, zone: nil, count: count, upfront: upfront, hourly: hourly),
      start: start + -24 * days, end: start + -24 * days + 8760)
  }

  private static func rules(_ ways: GivingUpWay..., price: Double = 0, refunded: Double = 0)
    -> GivingUpRules
  {
    GivingUpRules(
      GivingUpPolicy(ways: Set(ways), salePrice: price, refunded: refunded), at: start)
  }

  /// A bill that does not tell a reservation's class or start tells no one whether it may be sold.
  @Test func whatIsInferredIsNotGivenUp() {
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
    var owned = Self.reservation(sku, 1, .standardRI, upfront: 100)
    #expect(Self.rules(.sell, price: 0.9).ways(of: owned).count == 1)
    owned.isInferred = true
    #expect(Self.rules(.sell, price: 0.9).ways(of: owned).isEmpty)
  }

  // MARK: Each rule's limit

  /// 100 $/h, seven days, the same calendar month: the window starts on the first of January.
  @Test func plansAreReturnedInTimeOnly() {
    let at = Hour(year: 2024, month: 1, day: 10)
    let rules = GivingUpRules(GivingUpPolicy(ways: [.returning]), at: at)
    func ways(_ plan: Commitment) -> Int { rules.ways(of: plan).count }
    func bought(_ day: Int, _ hourly: Double) -> Commitment {
      var plan = Self.plan(hourly)
      plan.start = Hour(year: 2024, month: 1, day: day)
      plan.end = plan.start + 8760
      return plan
    }
    #expect(ways(bought(9, 100)) == 1 && ways(bought(9, 100.001)) == 0)
    #expect(ways(bought(4, 1)) == 1 && ways(bought(3, 1)) == 0)
    #expect(rules.ways(of: bought(4, 1)).first?.until == Hour(year: 2024, month: 1, day: 11))
    // On the first day of a month nothing of the last one can be returned.
    #expect(Self.rules(.returning).ways(of: Self.plan(1)).isEmpty)
    #expect(Self.rules(.sell).ways(of: bought(9, 1)).isEmpty)
    // Ten a year.
    let ten = (0..<11).map { _ in rules.ways(of: bought(9, 1)) }
    #expect(rules.together(Array(ten.dropLast()), buying: []) != nil)
    #expect(rules.together(ten, buying: []) == nil)
  }

  /// Thirty days of owning, thirty days left, 12 % of what is paid for it.
  @Test func reservationsAreSoldForAFee() throws {
    func ways(_ days: Int, price: Double = 0.5, _ product: Product = .standardRI) -> [GivingUp] {
      Self.rules(.sell, price: price).ways(
        of: Self.reservation(Small.large, 2, product, hourly: 0, upfront: 365, bought: days))
    }
    #expect(ways(29).isEmpty && ways(30).count == 1 && ways(335).isEmpty && ways(334).count == 1)
    #expect(ways(60, .convertibleRI).isEmpty)
    // 2 × 365 paid for 365 days, of which 305 are left.
    let sale = try #require(ways(60).first)
    #expect(abs(sale.received - 610 * 0.5 * 0.88) < 1e-9)
    #expect(abs(sale.loss - (610 - sale.received)) < 1e-9)
    // The loss is spread over what was left.
    #expect(abs(sale.loss(in: Small.window(24)) - sale.loss / 305) < 1e-9)
  }

  /// Since January 2024 nothing that was bought at a discount may be sold (AWS Service Terms, 5.5).
  @Test func whatWasDiscountedIsNotSold() {
    var owned = Self.reservation(Small.large, 2, .standardRI, hourly: 0, upfront: 365)
    owned.paidShare = 0.9
    func ways(at hour: Hour) -> Int {
      GivingUpRules(GivingUpPolicy(ways: [.sell], salePrice: 0.5), at: hour).ways(of: owned).count
    }
    owned.start = Hour(year: 2023, month: 6, day: 1)
    owned.end = owned.start + 8760
    #expect(ways(at: Hour(year: 2024, month: 1, day: 14)) == 1)
    #expect(ways(at: Hour(year: 2024, month: 1, day: 15)) == 0)
    owned.paidShare = 1
    #expect(ways(at: Hour(year: 2024, month: 1, day: 15)) == 1)
  }

  /// 50,000 a year, what was refunded before counted; what is left to pay counts.
  @Test func refundsHaveALimit() throws {
    func remaining(_ count: Double, refunded: Double = 0) -> Bool {
      let rules = Self.rules(.refund, refunded: refunded)
      let ways = rules.ways(of: Self.reservation(Self.azure, count, .azureReservation, hourly: 1))
      return rules.together([ways], buying: []) != nil
    }
    // 305 days of 24 are 7,320 each.
    #expect(remaining(6) && !remaining(7))
    #expect(remaining(6, refunded: 6080) && !remaining(6, refunded: 6081))
    let entry = try #require(
      Self.rules(.refund).ways(of: Self.reservation(Self.azure, 1, .azureReservation, hourly: 1))
        .first)
    #expect(abs(entry.remaining - 7320) < 1e-9 && entry.loss == 0 && entry.received == 0)
  }

  /// For other reservations, or for a plan, worth as much as was left to pay.
  @Test func exchangesNeedAsMuchBought() throws {
    let owned = Self.reservation(Self.azure, 1, .azureReservation, hourly: 1)
    func bought(_ product: Product, _ hourly: Double) -> Commitment {
      var other = Self.reservation(Self.azure, 1, product, hourly: hourly, bought: 0, id: "buy")
      if product == .azureSavingsPlan {
        other.subject = .savingsPlan(
          scope: SavingsPlanScope(provider: .azure), hourlyCommitment: hourly)
      }
      return other
    }
    for (way, product) in [
      (GivingUpWay.exchange, Product.azureReservation), (.tradeIn, .azureSavingsPlan),
    ] {
      let rules = Self.rules(way)
      let ways = [rules.ways(of: owned)]
      #expect(rules.together(ways, buying: nil) != nil)
      #expect(rules.together(ways, buying: []) == nil)
      // 7,320 are left; a year of 0.8356 an hour is worth 7,319.9.
      #expect(rules.together(ways, buying: [bought(product, 0.8357)]) != nil)
      #expect(rules.together(ways, buying: [bought(product, 0.8356)]) == nil)
    }
    #expect(
      Self.rules(.exchange).together(
        [Self.rules(.exchange).ways(of: owned)], buying: [bought(.azureSavingsPlan, 9)]) == nil)
    // From February 2027 on what is bought can no longer be exchanged, and still traded in.
    var late = owned
    late.start = Hour(year: 2027, month: 2, day: 1)
    late.end = late.start + 8760
    let later = GivingUpRules(
      GivingUpPolicy(ways: [.exchange, .tradeIn]), at: Hour(year: 2027, month: 6, day: 1))
    #expect(later.ways(of: late).map(\.way) == [.tradeIn])
  }

  /// Where one limit is used up, another way is taken.
  @Test func waysAreAssignedTogether() throws {
    let rules = Self.rules(.refund, .tradeIn)
    let ways = ["a", "b"].map {
      rules.ways(of: Self.reservation(Self.azure, 4, .azureReservation, hourly: 1, id: $0))
    }
    var plan = Self.plan(3.4)
    plan.terms.product = .azureSavingsPlan
    (plan.start, plan.end) = (Self.start, Self.start + 8760)
    #expect(rules.together(ways, buying: []) == nil)
    let chosen = try #require(rules.together(ways, buying: [plan]))
    #expect(Set(chosen.map(\.way)) == [.refund, .tradeIn])
    // Of a third, smaller one the others are refunded as far as the limit goes.
    let small = rules.ways(of: Self.reservation(Self.azure, 1, .azureReservation, hourly: 1))
    let least = try #require(rules.leastBound(ways + [small]))
    #expect(least.map(\.way) == [.refund, .tradeIn, .refund])
  }

  // MARK: The decision

  private func inputs(
    _ use: [SKU: [Double]], _ rows: [PriceRow], owned: [Commitment], _ policy: GivingUpPolicy
  ) -> ScenarioInputs {
    var effort = PlanningEffort()
    effort.gap = 1e-9
    var inputs = ScenarioInputs(
      name: "base", demand: Small.demand(use), prices: PriceBook(rows: rows), owned: owned,
      candidates: [], offers: OfferFilter(), policy: Policy(), effort: effort,
      compare: [.current, .committed])
    inputs.givingUpPolicy = policy
    return inputs
  }

  private func outcome(_ inputs: ScenarioInputs) throws -> Outcome {
    var planner = OutcomePlanner(inputs)
    let run = try planner.run { _ in }
    return try #require(run.outcomes.first { $0.kind == .committed })
  }

  /// A reservation of what no longer runs is sold; its hourly payments end.
  @Test func whatIsNotUsedIsGivenUp() throws {
    let idle = Self.reservation(Small.other, 1, .standardRI, hourly: 0.05)
    let rows = [Small.onDemand(Small.large, 0.1), Small.onDemand(Small.other, 0.1)]
    let use = [Small.large: [Double](repeating: 1, count: 48)]
    let kept = try outcome(inputs(use, rows, owned: [idle], GivingUpPolicy()))
    #expect(kept.bill.cost == Money(rounding: 7.2) && kept.plan?.givingUpDecision == nil)
    let sold = try outcome(inputs(use, rows, owned: [idle], GivingUpPolicy(ways: [.sell])))
    #expect(sold.bill.cost == Money(rounding: 4.8))
    let entry = try #require(sold.plan?.givenUp.first)
    #expect(entry.givingUp.way == .sell && entry.worth == Money(rounding: 2.4))
    #expect(sold.plan?.givingUpDecision?.saves == Money(rounding: 2.4))
    // What is used, and cheaper than on demand, stays.
    let busy = [Small.other: [Double](repeating: 1, count: 48)]
    let stays = try outcome(inputs(busy, rows, owned: [idle], GivingUpPolicy(ways: [.sell])))
    #expect(stays.plan?.givenUp.isEmpty == true && stays.plan?.givingUpDecision != nil)
  }

  /// What is paid out, and what is lost, are rows of the bill.
  @Test func aSaleIsOnTheBill() throws {
    let idle = Self.reservation(Small.other, 1, .standardRI, hourly: 0, upfront: 365)
    let rows = [Small.onDemand(Small.large, 0.1)]
    let use = [Small.large: [Double](repeating: 1, count: 48)]
    let policy = GivingUpPolicy(ways: [.sell], salePrice: 0.5)
    let sold = try outcome(inputs(use, rows, owned: [idle], policy))
    // A day of it costs 1, and 0.44 of that comes back.
    #expect(sold.bill.cost(of: .settlement) == Money(rounding: 2 * 0.56))
    #expect(sold.bill.cash == Money(rounding: 4.8 - 305 * 0.44))
    #expect(sold.bill.cost == Money(rounding: 4.8 + 2 * 0.56))
    let plan = try #require(sold.plan)
    #expect(plan.certificate.bound <= plan.billed + 1e-9)
    #expect(abs(plan.billed - sold.bill.cost.value) < 1e-6)
  }

  /// Renewals end, the commitment itself goes on.
  @Test func renewalsAreSwitchedOff() throws {
    var owned = Self.reservation(Small.other, 1, .standardRI, hourly: 0.05, bought: 364)
    owned.renews = true
    let all = owned.withRenewals(until: Self.start + 96)
    let rows = [Small.onDemand(Small.large, 0.1)]
    let use = [Small.large: [Double](repeating: 1, count: 96)]
    let off = try outcome(inputs(use, rows, owned: all, GivingUpPolicy(ways: [.renewalOff])))
    #expect(off.bill.cost == Money(rounding: 9.6 + 24 * 0.05))
    let entry = try #require(off.plan?.givenUp.first?.givingUp)
    #expect(entry.way == .renewalOff && entry.until == Self.start + 24)
  }

  /// Azure takes reservations back for others that are worth as much: also for more than are used,
  /// where that is cheaper than to keep them. Against every number of reservations.
  @Test(arguments: 0..<30) func noExchangeIsBetter(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed))
    let skus = ["Standard_D4s_v5", "Standard_E4s_v5"].map {
      SKU(provider: .azure, region: "westeurope", instanceType: $0)
    }
    var use: [SKU: [Double]] = [:]
    for sku in skus { use[sku] = (0..<24).map { _ in Double(dice.next(3)) } }
    use[skus[1]]?[0] = 1
    let owned = (0..<2).map { index in
      Self.reservation(
        skus[0], Double(1 + dice.next(3)), .azureReservation,
        hourly: 0.1 + 0.02 * Double(dice.next(5)), bought: 60 + 60 * dice.next(4),
        id: "ri-\(index)")
    }
    let rows = skus.flatMap { sku in
      [
        Small.onDemand(sku, 0.25),
        PriceRow(
          sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront,
          hourly: 0.1 + 0.02 * Double(dice.next(5))),
      ]
    }
    let ways: Set<GivingUpWay> = dice.next(2) == 0 ? [.exchange] : [.exchange, .refund]
    let policy = GivingUpPolicy(ways: ways, refunded: 50_000 - 1500 * Double(1 + dice.next(4)))
    let inputs = inputs(use, rows, owned: owned, policy)
    let found = try outcome(inputs)
    var least = Money(rounding: 1e9)
    let choices = inputs.givingUpOptions.reduce([[GivingUp]()]) { chosen, ways in
      chosen + chosen.flatMap { rest in ways.map { rest + [$0] } }
    }
    for entries in choices {
      let rest = inputs.givingUp(entries)
      for (a, b) in (0..<256).map({ ($0 / 16, $0 % 16) }) {
        let bought = Small.bought(
          zip(skus, [a, b]), .azureReservation, inputs.prices, from: Self.start)
        guard inputs.givingUpRules.isAllowed(entries, bought) else { continue }
        least = min(least, try rest.judge.bill(inputs.demand, under: rest.owned + bought).cost)
      }
    }
    #expect(abs((found.bill.cost - least).value) < 1e-5, "\(found.bill.cost) \(least)")
    let plan = try #require(found.plan)
    #expect(plan.certificate.bound <= least.value + 1e-5)
    #expect(plan.gap < 1e-6, "every combination buys what it needs")
  }

  /// One reservation is exchanged for another one, and the other is traded in for a plan: each
  /// purchase has a use, while two exchanges, or two trade-ins, buy what no one uses.
  @Test func exchangesGoNextToTradeIns() throws {
    func sku(_ type: String) -> SKU {
      SKU(provider: .azure, region: "westeurope", instanceType: type)
    }
    let (reserved, planned) = (sku("Standard_D2s_v6"), sku("Standard_D2as_v6"))
    let rows = [
      Small.onDemand(reserved, 0.1), Small.onDemand(planned, 0.05),
      PriceRow(
        sku: reserved, product: .azureReservation, term: .oneYear, payment: .noUpfront,
        hourly: 0.06),
      PriceRow(
        sku: planned, product: .azureSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.03),
    ]
    let hour = [Double](repeating: 1, count: 24)
    // Half a year is left of both: 306.60 and 240.90.
    let owned = [("Standard_E2s_v6", 0.07), ("Standard_F2s_v2", 0.055)].map { type, hourly in
      Self.reservation(
        sku(type), 1, .azureReservation, hourly: hourly, bought: 182, id: type)
    }
    let inputs = inputs(
      [reserved: hour, planned: hour], rows, owned: owned,
      GivingUpPolicy(ways: [.exchange, .tradeIn]))
    let found = try outcome(inputs)
    #expect(found.bill.cost == Money(rounding: 24 * 0.09))
    let plan = try #require(found.plan)
    #expect(plan.givenUp.map(\.givingUp.way) == [.exchange, .tradeIn])
    #expect(plan.gap < 1e-6 && plan.givingUpDecision?.notLookedAt.isEmpty == true)
  }

  /// The search against every combination of what is kept with every number of reservations.
  @Test(arguments: 0..<30) func noCombinationIsBetter(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed))
    let skus = [Small.large, Small.other]
    let hours = 24
    var use: [SKU: [Double]] = [:]
    for sku in skus { use[sku] = (0..<hours).map { _ in Double(dice.next(4)) } }
    let owned = (0..<3).map { index in
      Self.reservation(
        skus[dice.next(2)], Double(1 + dice.next(2)), .standardRI,
        hourly: 0.03 + 0.01 * Double(dice.next(6)), upfront: Double(dice.next(3)) * 100,
        id: "ri-\(index)")
    }
    let rows = skus.flatMap {
      [Small.onDemand($0, 0.1), Small.reservation($0, 0.04 + 0.01 * Double(dice.next(4)))]
    }
    let policy = GivingUpPolicy(ways: [.sell], salePrice: 0.5 * Double(dice.next(3)))
    let inputs = inputs(use, rows, owned: owned, policy)
    let found = try outcome(inputs)
    var least = Money(rounding: 1e9)
    for subset in 0..<8 {
      let entries = inputs.givingUpOptions.enumerated()
        .filter { subset & (1 << $0.offset) != 0 }.compactMap(\.element.first)
      let rest = inputs.givingUp(entries)
      for (a, b) in (0..<25).map({ ($0 / 5, $0 % 5) }) {
        let bought = Small.bought(zip(skus, [a, b]), .standardRI, inputs.prices, from: Self.start)
        least = min(least, try rest.judge.bill(inputs.demand, under: rest.owned + bought).cost)
      }
    }
    // Every row of a bill is rounded to a millionth.
    #expect(abs((found.bill.cost - least).value) < 1e-5, "\(found.bill.cost) \(least)")
    let plan = try #require(found.plan)
    #expect(plan.certificate.bound <= least.value + 1e-5)
    #expect(plan.gap < 1e-6, "three commitments are searched to the end")
  }
}

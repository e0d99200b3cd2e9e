import Billing
import CloudCosts
import TestSupport
import Testing

@testable import Scenarios

/// Who should buy: against every way of giving purchases to accounts.
@Suite struct OwnerTests {
  /// A few accounts with a few hours of usage, random sharing, and purchases without an owner yet.
  struct Organisation {
    var judge: Judge
    var demand: Demand
    var owned: [Commitment] = []
    var purchases: [Purchase] = []
    static let accounts = ["A", "B", "C"]

    init(seed: UInt64, purchases count: Int) {
      var random = SeededGenerator(seed: seed)
      let skus = ["m5.large", "m5.2xlarge", "c5.xlarge"].map {
        SKU(provider: .aws, region: "us-east-1", instanceType: $0)
      }
      let plan = OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront)
      let rows = skus.flatMap { sku in
        let price = Double.random(in: 0.05...0.9, using: &random)
        return [
          PriceRow(sku: sku, product: .onDemand, hourly: price),
          PriceRow(
            sku: sku, product: plan.product, term: plan.term, payment: plan.payment,
            hourly: price * Double.random(in: 0.5...1, using: &random)),
        ]
      }
      let modes = Sharing.Mode.allCases
      let sharing = Sharing(
        mode: modes.randomElement(using: &random) ?? .organization,
        groups: [["x": ["A", "B"]], ["x": ["A"], "y": ["B", "C"]], [:]]
          .randomElement(using: &random) ?? [:],
        off: Set(Self.accounts.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }))
      judge = Judge(prices: PriceBook(rows: rows), sharing: sharing)
      let groups = Self.accounts.flatMap { account in
        skus.filter { _ in Int.random(in: 0..<3, using: &random) > 0 }
          .map { UsageGroup(account: account, sku: $0) }
      }.sorted()
      let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 12)
      demand = Demand(
        window: window, groups: groups,
        quantities: (0..<groups.count * window.hours).map { _ in
          Double(Int.random(in: 0...6, using: &random))
        })
      for index in 0...count {
        let subject: Commitment.Subject =
          Bool.random(using: &random)
          ? .savingsPlan(
            scope: SavingsPlanScope(provider: .aws),
            hourlyCommitment: Double(Int.random(in: 1...20, using: &random)) / 10)
          : .reservation(
            sku: skus[Int.random(in: 0..<3, using: &random)], zone: nil,
            count: Double(Int.random(in: 1...8, using: &random)), upfront: 0, hourly: 0.03)
        var terms = plan
        if case .reservation = subject { terms.product = .standardRI }
        let commitment = Commitment(
          id: "c\(index)", account: index == count ? "B" : "", terms: terms, subject: subject,
          start: window.start, end: window.start + 8760)
        if index == count {
          owned.append(commitment)
        } else {
          purchases.append(Purchase(commitment: commitment, reason: ""))
        }
      }
    }

    init(judge: Judge, demand: Demand, purchases: [Purchase]) {
      self.judge = judge
      self.demand = demand
      self.purchases = purchases
    }

    var choice: OwnerChoice {
      OwnerChoice(judge: judge, demand: demand, owned: owned, costOfCapital: 0)
    }

    func cost(_ accounts: [String]) throws -> Money {
      var commitments = purchases.map(\.commitment)
      for (index, account) in accounts.enumerated() { commitments[index].account = account }
      return try judge.bill(demand, under: owned + commitments).cost
    }

    /// All ways to name an account of the usage for each purchase.
    var ways: [[String]] {
      let accounts = Set(demand.groups.map(\.account)).sorted()
      return purchases.reduce([[]]) { ways, _ in
        ways.flatMap { way in accounts.map { way + [$0] } }
      }
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>, [1, 3])
  func theNamedOwnersHaveTheLeastBill(_ seed: UInt64, count: Int) throws {
    let organisation = Organisation(seed: seed, purchases: count)
    let (chosen, options) = try organisation.choice.choose(organisation.purchases)
    let named = chosen.map(\.commitment.account)
    let cost = try organisation.cost(named)
    for way in organisation.ways {
      let other = try organisation.cost(way)
      #expect(cost <= other, "\(way) costs less than \(named)")
    }
    // What is reported of another owner is the whole bill with that owner, all else as named.
    for (index, options) in options.enumerated() {
      for option in options {
        var way = named
        way[index] = option.account
        #expect(try organisation.cost(way) == option.cost)
      }
    }
  }

  /// Too many ways to try them all: still no other account could make any one purchase for less.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func noOtherOwnerOfOnePurchaseIsCheaper(_ seed: UInt64) throws {
    let organisation = Organisation(seed: seed, purchases: 6)
    let (chosen, options) = try organisation.choice.choose(organisation.purchases)
    let cost = try organisation.cost(chosen.map(\.commitment.account))
    #expect(options.contains { !$0.isEmpty })
    for option in options.joined() { #expect(cost <= option.cost) }
  }

  /// Of a large fleet only what differs is looked at: the same as whole bills say.
  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func whatDiffersIsWhatWholeBillsSay(_ seed: UInt64) throws {
    let organisation = Organisation(seed: seed, purchases: 5)
    var choice = organisation.choice
    let whole = try choice.choose(organisation.purchases)
    choice.mostWork = 0
    let (chosen, options) = try choice.choose(organisation.purchases)
    let named = chosen.map(\.commitment.account)
    let cost = try organisation.cost(named).value
    #expect(cost <= (try organisation.cost(whole.purchases.map(\.commitment.account)).value) + 1e-4)
    for (index, options) in options.enumerated() {
      for option in options {
        var way = named
        way[index] = option.account
        // Each row of a bill is rounded.
        #expect(abs(try organisation.cost(way).value - option.cost.value) < 1e-4)
        #expect(option.cost.value >= cost - 1e-4)
      }
    }
  }

  /// Of equal bills the account with most usage that the purchase may cover is named.
  @Test func tiesGoToTheAccountWithMostUsage() throws {
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
    let other = SKU(provider: .aws, region: "us-east-1", instanceType: "c5.large")
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 2)
    let demand = Demand(
      window: window,
      groups: [
        UsageGroup(account: "A", sku: sku), UsageGroup(account: "B", sku: sku),
        UsageGroup(account: "C", sku: other),
      ], quantities: [1, 1, 3, 3, 90, 90])
    let reservation = Commitment(
      id: "r", terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
      subject: .reservation(sku: sku, zone: nil, count: 2, upfront: 0, hourly: 0.06),
      start: window.start, end: window.start + 8760)
    let rows = [sku, other].map { PriceRow(sku: $0, product: .onDemand, hourly: 0.1) }
    for sharing in [Sharing(), Sharing(off: ["A"])] {
      let choice = OwnerChoice(
        judge: Judge(prices: PriceBook(rows: rows), sharing: sharing), demand: demand, owned: [],
        costOfCapital: 0)
      let (chosen, options) = try choice.choose([Purchase(commitment: reservation, reason: "")])
      #expect(chosen[0].commitment.account == "B")
      #expect(options[0].map(\.account) == ["B", "A", "C"])
      let costs = options[0].map(\.cost)
      // A, which shares nothing, would leave one of its two unused; C has no usage for it, and
      // shares.
      #expect(costs[0] == costs[2])
      #expect((costs[1] > costs[0]) == !sharing.off.isEmpty)
    }
  }

  /// What a commitment without an owner meets: no account's usage comes first.
  @Test func aCommitmentWithoutAnOwnerMeetsTheOrganisation() throws {
    var organisation = Organisation(seed: 2, purchases: 3)
    organisation.judge = Judge(prices: organisation.judge.prices, sharing: Sharing(off: ["C"]))
    let trace = try organisation.judge.trace(
      organisation.demand, under: organisation.purchases.map(\.commitment),
      at: organisation.demand.window.start)
    #expect(!trace.applications.isEmpty)
    for step in trace.applications {
      #expect(
        step.rule.audience
          == "usage of the accounts of the organisation that share (it names no owner)")
    }
    let owned = try organisation.judge.trace(
      organisation.demand, under: organisation.owned, at: organisation.demand.window.start)
    #expect(owned.applications.allSatisfy { !$0.rule.audience.contains("no owner") })
  }

  /// Seven accounts have 2 × m5, on which a plan saves half, and 10 × c5, on which it saves a tenth;
  /// an eighth has next to nothing. Owned by one of the seven, 1 $/h would be spent on its c5 before
  /// the others' m5; owned by the eighth it covers 2 $/h of m5.
  @Test func theAccountWithLeastUsageIsTried() throws {
    let (m5, c5) = (Small.large, Small.other)
    let prices = PriceBook(rows: [
      Small.onDemand(m5, 0.1), Small.onDemand(c5, 0.1), Small.plan(m5, 0.05), Small.plan(c5, 0.09),
    ])
    let big = (1...7).map { "big-\($0)" }
    let groups =
      (big.flatMap { account in
        [m5, c5].map { UsageGroup(account: account, sku: $0) }
      } + [UsageGroup(account: "small", sku: m5)]).sorted()
    let window = Small.window(2)
    let demand = Demand(
      window: window, groups: groups,
      quantities: groups.flatMap { group in
        let quantity = group.account == "small" ? 0.1 : group.sku == m5 ? 2 : 10
        return [quantity, quantity]
      })
    let purchase = Commitment(
      id: "p", terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 0.7),
      start: window.start, end: window.start + 8760)
    let organisation = Organisation(
      judge: Judge(prices: prices, sharing: Sharing(off: ["big-7"])), demand: demand,
      purchases: [Purchase(commitment: purchase, reason: "")])
    let chosen = try organisation.choice.choose(organisation.purchases).purchases
    #expect(chosen.map(\.commitment.account) == ["small"])
    // 14 × m5 less those of big-7, all of them covered for 0.605; 0.095 is left for c5.
    let covered = 0.05 * 12.1
    let rest = 0.1 * (2 + 70) - (0.7 - covered) / 0.9
    #expect(try organisation.cost(["small"]) == Money(rounding: 2 * (0.7 + rest)))
    #expect(try organisation.cost(["big-1"]) > organisation.cost(["small"]))
  }
}

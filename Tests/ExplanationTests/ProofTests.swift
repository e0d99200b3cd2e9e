import Billing
import CloudCosts
import TestSupport
import Testing

@testable import Planning
@testable import Scenarios

/// What is claimed of a plan, under every family of limits: its limits hold on the bill, nothing is
/// better by doing nothing, and the bound is above no bill of any plan that keeps the policy.
@Suite struct ProofTests {
  static let skus = [
    ("us-east-1", "m5.large"), ("us-east-1", "m5.xlarge"), ("us-east-1", "c5.large"),
    ("us-west-2", "r5.xlarge"),
  ].map { SKU(provider: .aws, region: $0.0, instanceType: $0.1) }
  static let accounts = ["shop", "lab"]

  /// A few groups of two accounts over some hours, with everything on sale, now and then something
  /// owned.
  static func inputs(
    seed: UInt64, _ families: [PolicyFamily], accounts: [String] = accounts
  ) -> ScenarioInputs {
    var random = SeededGenerator(seed: seed &* 977 &+ 5)
    var rows: [PriceRow] = []
    for sku in skus {
      let price = Double.random(in: 0.08...0.4, using: &random)
      rows.append(Small.onDemand(sku, price))
      if Bool.random(using: &random) {
        rows.append(Small.reservation(sku, price * Double.random(in: 0.55...0.7, using: &random)))
      }
      if Bool.random(using: &random) {
        let rate = price * Double.random(in: 0.35...0.5, using: &random)
        rows.append(
          Small.reservation(
            sku, 0, term: .threeYears, payment: .allUpfront,
            upfront: rate * Double(Term.threeYears.hours)))
      }
      rows.append(Small.plan(sku, price * Double.random(in: 0.6...0.8, using: &random)))
      rows.append(
        Small.plan(sku, price * Double.random(in: 0.45...0.6, using: &random), term: .threeYears))
      var narrow = Small.plan(sku, price * Double.random(in: 0.5...0.7, using: &random))
      narrow.product = .ec2InstanceSavingsPlan
      rows.append(narrow)
    }
    let hours = Int.random(in: 6...14, using: &random)
    let groups = skus.flatMap { sku in accounts.map { UsageGroup(account: $0, sku: sku) } }
      .filter { _ in Int.random(in: 0..<3, using: &random) > 0 }.sorted()
    let levels = groups.map { _ in Double.random(in: 1...6, using: &random) }
    let quantities = levels.flatMap { level in
      (0..<hours).map { _ in (level * Double.random(in: 0.2...1.6, using: &random)).rounded() }
    }
    let demand = Demand(window: Small.window(hours), groups: groups, quantities: quantities)
    var owned: [Commitment] = []
    if Int.random(in: 0..<3, using: &random) == 0 {
      let start = Small.window(1).start + Int.random(in: -4000 ... -1, using: &random)
      owned = [
        Commitment(
          id: "buy-1", terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
          subject: .reservation(
            sku: skus[Int.random(in: 0..<4, using: &random)], zone: nil, count: 2, upfront: 0,
            hourly: 0.06), start: start, end: start + Term.oneYear.hours)
      ]
    }
    let list = groups.indices.reduce(0.0) { sum, g in
      sum + (rows.first { $0.sku == groups[g].sku && $0.product == .onDemand }?.hourly ?? 0)
        * demand.hours(of: g).reduce(0, +)
    }
    var policy = Policy()
    for family in families { limit(&policy, family, list / Double(hours), &random) }
    return ScenarioInputs(
      name: "\(seed)", demand: demand, prices: PriceBook(rows: rows), owned: owned, candidates: [],
      offers: OfferFilter(), policy: policy, effort: PlanningEffort(gap: 1e-4, timeLimit: 10),
      compare: [.current, .committed])
  }

  /// Adds a limit; those by family are on one of `names`.
  static func limit(
    _ policy: inout Policy, _ family: PolicyFamily, _ hourly: Double,
    _ random: inout SeededGenerator, names: [String] = ["m5", "c5", "r5"]
  ) {
    let share = Double.random(in: 0.2...0.9, using: &random)
    let floor = Double.random(in: 0.1...0.6, using: &random)
    let name = names.randomElement(using: &random) ?? ""
    let account = accounts.randomElement(using: &random) ?? ""
    let isFamily = Bool.random(using: &random)
    switch family {
    case .maxUpfront: policy.maxUpfront = share * hourly * 8760
    case .maxUpfrontPerMonth: policy.maxUpfrontPerMonth = share * hourly * 8760
    case .maxHourlyCommitment: policy.maxHourlyCommitment = share * hourly
    case .maxThreeYearShare: policy.maxThreeYearShare = share
    case .minCoverage: policy.minCoverage = floor
    case .maxCoverage: policy.maxCoverage = share
    case .minCoverageBy:
      if isFamily {
        policy.minCoverageBy.families[name] = floor
      } else {
        policy.minCoverageBy.accounts[account] = floor
      }
    case .maxCoverageBy:
      if isFamily {
        policy.maxCoverageBy.families[name] = share
      } else {
        policy.maxCoverageBy.accounts[account] = share
      }
    case .maxExpiringPerMonth: policy.maxExpiringPerMonth = share * hourly
    case .minPurchase: policy.minPurchase = 0.3 * share * hourly
    case .maxPurchases: policy.maxPurchases = Int.random(in: 1...3, using: &random)
    case .maxBreakEvenMonths: policy.maxBreakEvenMonths = Int.random(in: 6...24, using: &random)
    case .minUtilization: policy.minUtilization = max(0.6, share)
    case .exclude:
      if isFamily {
        policy.exclude.families = [name]
      } else {
        policy.exclude.accounts = [account]
      }
    case .costOfCapital: policy.costOfCapital = 0.1
    // There are no machines to change here.
    case .maxActions, .maxRisk, .maxEffortPerMonth, .together: break
    case .may: policy.worthAtOnce = [.standardRI: share * hourly * 8760]
    }
  }

  private static func hasFloor(_ policy: Policy) -> Bool {
    policy.minCoverage != nil || policy.minCoverageBy != UsageShares()
      || !policy.worthAtOnce.isEmpty
  }

  /// Plans near one: with some amounts moved, some purchases gone, and others new.
  private static func neighbours(
    _ purchases: [Commitment], _ offers: [Commitment], _ random: inout SeededGenerator
  ) -> [Commitment] {
    var result = purchases.compactMap { purchase -> Commitment? in
      let factors = [0.0, 0.5, 0.9, 1, 1, 1.1, 2]
      let factor = factors[Int.random(in: factors.indices, using: &random)]
      let moved = purchase.with(amount: purchase.amount * factor)
      return moved.amount > 0 ? moved : nil
    }
    for index in 0..<Int.random(in: 0...2, using: &random) {
      guard var offer = offers.randomElement(using: &random) else { continue }
      offer = offer.with(amount: offer.amount * Double.random(in: 0...1, using: &random))
      offer.id = "more-\(index)"
      if offer.amount > 0, !result.contains(where: { $0.withoutAmount == offer.withoutAmount }) {
        result.append(offer)
      }
    }
    return result
  }

  static let kinds: [[PolicyFamily]] =
    PolicyFamily.allCases.map { [$0] }
    + PolicyFamily.allCases.indices.map { i in
      let all = PolicyFamily.allCases
      return [all[i], all[(i * 7 + 4) % all.count]]
    }

  @Test(arguments: kinds)
  func claimsHold(_ families: [PolicyFamily]) throws {
    var tried = 0
    for seed in 0..<6 as Range<UInt64> {
      let inputs = Self.inputs(seed: seed &+ UInt64(families.count) &* 100, families)
      tried += try Self.checkClaims(inputs, seed: seed)
    }
    if families.count == 1, families != [.maxPurchases] { #expect(tried > 20) }
  }

  /// Of one account it is known whose usage comes first, and bounds make use of that.
  @Test(arguments: [
    [PolicyFamily.maxCoverageBy], [.maxCoverage, .maxCoverageBy], [.maxCoverageBy, .exclude],
    [.maxCoverageBy, .maxUpfront], [.maxCoverage, .exclude], [.minUtilization, .maxCoverageBy],
    [.minUtilization], [.minUtilization, .maxUpfront],
  ])
  func claimsHoldInOneAccount(_ families: [PolicyFamily]) throws {
    var tried = 0
    for seed in 200..<206 as Range<UInt64> {
      let inputs = Self.inputs(seed: seed, families, accounts: ["shop"])
      tried += try Self.checkClaims(inputs, seed: seed)
    }
    #expect(tried > 10)
  }

  /// What is claimed of the plan; how many others that keep the policy were billed.
  static func checkClaims(_ inputs: ScenarioInputs, seed: UInt64) throws -> Int {
    var planner = OutcomePlanner(inputs)
    let outcomes: [Outcome]
    do {
      outcomes = try planner.run { _ in }.outcomes
    } catch is LimitsNotKept {
      #expect(hasFloor(inputs.policy), "seed \(seed): nothing bought always keeps the rest")
      return 0
    } catch PlanningError.infeasible {
      #expect(hasFloor(inputs.policy), "seed \(seed): nothing bought always keeps the rest")
      return 0
    }
    let plan = try #require(outcomes.last?.plan)
    let bill = try #require(outcomes.last?.bill)
    let dust = 1e-6 * max(1, plan.billed)
    let missed = plan.limits.filter { !$0.isKept }
    #expect(missed.isEmpty, "seed \(seed)")
    #expect(plan.certificate.stop != .undercut, "seed \(seed)")
    #expect(plan.certificate.bound <= plan.certificate.objective + dust, "seed \(seed)")
    #expect(plan.certificate.objective <= plan.billed + dust, "seed \(seed)")
    #expect(
      abs(plan.gap - (plan.searchGap + plan.billingGap)) < 1e-6, "seed \(seed): two parts")
    if !hasFloor(inputs.policy) {
      #expect(bill.cost <= outcomes[0].bill.cost, "seed \(seed): worse than doing nothing")
    }
    return try others(inputs, plan, seed: seed)
  }

  /// Bills other plans that keep the policy; how many did.
  private static func others(
    _ inputs: ScenarioInputs, _ plan: PlannedOutcome, seed: UInt64
  ) throws -> Int {
    let problem = OutcomePlanner.problem(inputs, mayBuy: true, mayResize: false)
    let biller = PathBiller(inputs, judge: Judge(prices: inputs.prices, sharing: inputs.sharing))
    let trials = BillTrials(problem, biller, owned: try biller.bills(under: inputs.owned).bill)
    let revision = try PlanRevision(problem, gap: 1e-4)
    let offers = revision.offers
    var random = SeededGenerator(seed: seed &* 31 &+ 1)
    var kept = 0
    let bought = plan.purchases.map { purchase in
      var commitment = purchase.purchase.commitment
      commitment.account = ""
      return commitment
    }
    let owners = [""] + Set(inputs.demand.groups.map(\.account)).sorted()
    for round in 0..<60 {
      var purchases = neighbours(bought, offers, &random)
      // Whose usage comes first is the buyer's choice.
      for index in purchases.indices where round % 2 == 1 {
        purchases[index].account = owners.randomElement(using: &random) ?? ""
      }
      guard revision.allows(purchases, []) else { continue }
      let trial = try trials.trial(purchases, [])
      guard trial.isKept else { continue }
      kept += 1
      #expect(
        plan.certificate.bound <= trial.measured + 1e-6 * max(1, trial.measured),
        "seed \(seed): \(purchases.map { "\($0.terms.product) \($0.amount)" })")
    }
    return kept
  }

  /// Rounding seldom keeps what rows over use ask for where accounts share in groups: such a plan
  /// saved 13 % of what 38 % could be saved of.
  @Test func purchasesAreUsedEnoughInSharingGroups() throws {
    for seed in 300..<306 as Range<UInt64> {
      var inputs = Self.inputs(seed: seed, [.minUtilization, .maxUpfront])
      inputs.policy.minUtilization = 0.9
      inputs.sharing.mode = .restrictedGroup
      inputs.sharing.groups = ["x": ["shop"], "y": ["lab"]]
      var planner = OutcomePlanner(inputs)
      let plan = try #require(try planner.run { _ in }.outcomes.last?.plan)
      #expect(plan.gap < 0.1, "seed \(seed)")
    }
  }

  // MARK: Single cases

  private static func outcome(
    _ use: [SKU: Double], _ rows: [PriceRow], _ policy: Policy, sharing: Sharing = Sharing(),
    accounts: [String] = [""], gap: Double = 1e-6
  ) throws -> [Outcome] {
    let window = Small.window(24)
    let groups = accounts.flatMap { account in
      use.keys.map { UsageGroup(account: account, sku: $0) }
    }.sorted()
    let demand = Demand(
      window: window, groups: groups,
      quantities: groups.flatMap { Array(repeating: use[$0.sku] ?? 0, count: 24) })
    var inputs = ScenarioInputs(
      name: "case", demand: demand, prices: PriceBook(rows: rows), owned: [], candidates: [],
      offers: OfferFilter(), policy: policy, effort: PlanningEffort(gap: gap),
      compare: [.current, .committed])
    inputs.sharing = sharing
    var planner = OutcomePlanner(inputs)
    return try planner.run { _ in }.outcomes
  }

  private static let (m5, c5) = (Small.large, Small.other)

  private static func rows(_ first: Double, _ second: Double) -> [PriceRow] {
    [
      Small.onDemand(m5, 0.1), Small.onDemand(c5, 0.1), Small.plan(m5, first),
      Small.plan(c5, second),
    ]
  }

  /// A wide plan is bought for all usage at once: what it covers of excluded usage lowers the bill,
  /// and the bound with it.
  @Test(arguments: [(0.07, 0.05), (0.05, 0.07)])
  func widePlansCoverExcludedUsage(_ first: Double, _ second: Double) throws {
    var policy = Policy()
    policy.exclude.families = ["c5"]
    let outcome = try #require(
      try Self.outcome([Self.m5: 10, Self.c5: 10], Self.rows(first, second), policy).last)
    let plan = try #require(outcome.plan)
    #expect(plan.certificate.bound <= 28.8 + 1e-6)
    #expect(abs(outcome.bill.cost.value - 28.8) < 1e-6 && plan.certificate.status == .optimal)
  }

  /// The provider covers m5 first, so a cap on it is one on what is bought; the bound knows that.
  @Test func capsHoldOnTheBill() throws {
    var policy = Policy()
    policy.maxCoverageBy.families = ["m5": 0.2]
    let outcome = try #require(
      try Self.outcome([Self.m5: 10, Self.c5: 10], Self.rows(0.05, 0.08), policy).last)
    let plan = try #require(outcome.plan)
    #expect(plan.limits.map(\.isKept) == [true] && abs(outcome.bill.cost.value - 45.6) < 1e-6)
    #expect(plan.certificate.bound <= 45.6 + 1e-6 && plan.certificate.status == .optimal)
    #expect(plan.gap < 1e-6)
  }

  /// Bought in an account without m5, the same plan covers that account's c5 first, and no m5: what
  /// a cap makes of purchases in one account must not bound that.
  @Test func anotherOwnerKeepsACap() throws {
    var policy = Policy()
    policy.maxCoverageBy.families = ["m5": 0.2]
    let groups = [
      UsageGroup(account: "lab", sku: Self.c5), UsageGroup(account: "shop", sku: Self.m5),
    ]
    let demand = Demand(
      window: Small.window(24), groups: groups, quantities: Array(repeating: 10, count: 48))
    let inputs = ScenarioInputs(
      name: "owners", demand: demand, prices: PriceBook(rows: Self.rows(0.05, 0.08)), owned: [],
      candidates: [], offers: OfferFilter(), policy: policy, effort: PlanningEffort(gap: 1e-6),
      compare: [.current, .committed])
    var planner = OutcomePlanner(inputs)
    let outcome = try #require(try planner.run { _ in }.outcomes.last)
    let plan = try #require(outcome.plan)
    // 0.8 $/h for 10 × c5, 10 × m5 on demand; with two of those covered as well, 0.9 and 0.8.
    #expect(plan.certificate.bound <= 24 * 1.7 + 1e-6)
    #expect(plan.limits.map(\.isKept) == [true] && outcome.bill.cost.value < 45.6 - 1)
  }

  /// Within the gap that was asked for nothing was stopped early, also where the search wanted
  /// less.
  @Test func aReachedGapIsNoTimeLimit() {
    func stop(_ stop: Certificate.Stop, bound: Double) -> Certificate.Stop {
      var certificate = Certificate(
        status: .feasible, stop: stop, method: .decomposition, objective: 100, bound: bound,
        solver: "", seconds: 1)
      certificate.judge(100, isFeasible: true, gap: 0.01, isObjective: false)
      return certificate.stop
    }
    #expect(stop(.timeLimit, bound: 99.5) == .gapReached)
    #expect(stop(.timeLimit, bound: 90) == .timeLimit)
    #expect(stop(.gapReached, bound: 90) == .billingOrder)
    #expect(stop(.interrupted, bound: 99.5) == .interrupted)
  }

  /// A bound above a bill that keeps the policy is called none, and not a gap of nothing.
  @Test func aBoundAboveTheBillIsNone() {
    func judged(_ bound: Double, isFeasible: Bool) -> Certificate {
      var certificate = Certificate(
        status: .optimal, stop: .gapReached, method: .decomposition, objective: 101, bound: bound,
        solver: "", seconds: 1, proof: BoundProof(parts: []))
      certificate.judge(100, isFeasible: isFeasible, gap: 0.01, isObjective: false)
      return certificate
    }
    let undercut = judged(101, isFeasible: true)
    #expect(undercut.stop == .undercut && undercut.status == .feasible)
    #expect(undercut.bound == 0 && undercut.proof == nil)
    #expect(judged(100.00005, isFeasible: true).bound == 100.00005)
    // A bill that misses the policy says nothing about plans that keep it.
    #expect(judged(101, isFeasible: false).bound == 101)
  }

  /// At this amount the provider covers m5 whole and no c5: no plan keeps the floor.
  @Test func floorsThatNoBillKeepsAreNoPlan() throws {
    var policy = Policy(maxHourlyCommitment: 0.5)
    policy.minCoverageBy.families = ["c5": 0.5]
    let narrow = policy
    #expect(throws: LimitsNotKept.self) {
      _ = try Self.outcome([Self.m5: 10, Self.c5: 10], Self.rows(0.05, 0.08), narrow)
    }
    policy.maxHourlyCommitment = 1
    let outcome = try #require(
      try Self.outcome([Self.m5: 10, Self.c5: 10], Self.rows(0.05, 0.08), policy).last)
    #expect(outcome.plan?.limits.map(\.isKept) == [true])
  }

  /// Ten accounts that share nothing: a purchase serves its owner alone.
  @Test func nothingIsWorseThanDoingNothing() throws {
    let accounts = (0..<10).map { "account-\($0)" }
    let outcomes = try Self.outcome(
      [Self.m5: 3, Self.c5: 2], Self.rows(0.06, 0.07), Policy(),
      sharing: Sharing(off: Set(accounts)), accounts: accounts)
    #expect(outcomes[1].bill.cost <= outcomes[0].bill.cost)
    let bound = try #require(outcomes[1].plan).certificate.bound
    // Money is rounded to millionths, bounds are not.
    #expect(bound <= outcomes[1].bill.cost.value + 1e-6)
  }
}

@Suite struct VerdictTests {
  /// There is one gap, between the bill and what is proven; the objective is between the two.
  @Test func theGapIsThatOfTheBill() throws {
    var plan = PlannedOutcome(
      certificate: Certificate(
        status: .feasible, stop: .gapReached, method: .decomposition, objective: 95, bound: 90,
        solver: "", seconds: 0, proof: nil), purchases: [], actions: [], billed: 100,
      lockedBeyondWindow: .zero, totalCommitted: .zero)
    let claim = PlanClaim(
      run: "base", outcome: .committed, cost: Money(rounding: 100), objective: 95, bound: 90,
      stop: .gapReached, method: .decomposition, proof: nil, purchases: [], actions: [])
    var verdict = Verdict(
      claim: claim, multiplierBound: 90, searchedBound: nil, objective: 95, leastObjective: 95,
      cost: Money(rounding: 100), measuredCost: 100, work: 0, missed: [], unknown: [])
    #expect(verdict.provenGap == plan.gap && abs(plan.gap - 0.1) < 1e-12)
    // A bill that earns something.
    (plan.billed, verdict.measuredCost) = (-80, -80)
    (plan.certificate.bound, verdict.multiplierBound) = (-100, -100)
    #expect(plan.gap == 0.25)
    verdict.multiplierBound = nil
    #expect(verdict.provenGap == nil)
  }
}

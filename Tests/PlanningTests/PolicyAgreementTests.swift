import CloudCosts
import MIP
import TestSupport
import Testing

@testable import Planning

/// Each constraint family on random instances: extensive form and trying everything agree, and
/// removing dominated instruments does not change the optimum.
@Suite struct PolicyAgreementTests {
  /// An instance under one family; `nil` sets several at once.
  static func problem(
    seed: UInt64, _ sale: RandomInstance.Sale, _ family: PolicyFamily?,
    hours: ClosedRange<Int> = 2...4
  ) -> PlanningProblem {
    var problem = RandomInstance(
      seed: seed, sale, .none, skus: 1...2, hours: hours, mostUse: 2, accounts: ["", "lab"]
    ).problem
    var random = SeededGenerator(seed: seed &* 31)
    problem.policy.costOfCapital = 0
    let families =
      family.map { [$0] } ?? PolicyFamily.allCases.filter { _ in Bool.random(using: &random) }
    for family in families { limit(&problem, family, &random) }
    return problem
  }

  /// Sets one limit at random.
  private static func limit(
    _ problem: inout PlanningProblem, _ family: PolicyFamily, _ random: inout SeededGenerator
  ) {
    let demand = problem.demand
    let list = demand.groups.indices.reduce(0.0) { sum, g in
      sum + (problem.prices.onDemand[demand.groups[g].sku] ?? 0)
        * demand.hours(of: g).reduce(0, +)
    }
    let hourly = list / Double(demand.window.hours)
    let share = Double.random(in: 0.1...0.9, using: &random)
    let group = demand.groups.randomElement(using: &random)
    let family1 = group?.sku.family ?? ""
    var policy = problem.policy
    switch family {
    case .maxUpfront: policy.maxUpfront = share * hourly * 8760
    case .maxUpfrontPerMonth: policy.maxUpfrontPerMonth = share * hourly * 8760
    case .maxHourlyCommitment: policy.maxHourlyCommitment = share * hourly
    case .maxThreeYearShare: policy.maxThreeYearShare = share
    case .minCoverage: policy.minCoverage = share
    case .maxCoverage: policy.maxCoverage = share
    case .minCoverageBy:
      policy.minCoverageBy = UsageShares(
        families: [family1: share],
        accounts: Bool.random(using: &random) ? ["lab": share] : [:])
    case .maxCoverageBy: policy.maxCoverageBy.families[family1] = share
    case .maxExpiringPerMonth: policy.maxExpiringPerMonth = share * hourly
    case .minPurchase: policy.minPurchase = share * hourly
    case .maxPurchases: policy.maxPurchases = Int.random(in: 0...2, using: &random)
    case .maxBreakEvenMonths: policy.maxBreakEvenMonths = Int.random(in: 1...20, using: &random)
    case .minUtilization: policy.minUtilization = share
    case .exclude:
      policy.exclude = UsageExclusion(
        families: Bool.random(using: &random) ? [family1] : [],
        accounts: Bool.random(using: &random) ? ["lab"] : [],
        regions: Int.random(in: 0..<4, using: &random) == 0 ? ["eu-west-1"] : [])
    case .costOfCapital: policy.costOfCapital = share
    case .maxActions: policy.actions.most = Int.random(in: 0...1, using: &random)
    case .maxRisk:
      policy.actions.risk = share / 2
      problem.candidates.setFits(&random)
    case .maxEffortPerMonth:
      policy.actions.effortPerMonth = Double.random(in: 0...2, using: &random)
    case .together:
      for i in problem.candidates.indices { problem.candidates[i].resource.fleet = "web" }
    case .may:
      let offer = problem.prices.reservations.randomElement(using: &random)
      if let offer {
        policy.worthAtOnce[offer.terms.product] =
          3 * share * offer.effectiveHourly * Double(offer.terms.term.hours)
      }
    }
    problem.policy = policy
  }

  /// Whether trying everything knows the best allocation too: a floor on an account where sizes
  /// share a scope, a floor on utilisation next to excluded usage, and zonal reservations under a
  /// floor on utilisation or with excluded usage, need more.
  static func isPlain(_ problem: PlanningProblem) -> Bool {
    let policy = problem.policy
    let skus = Set(problem.demand.groups.map(\.sku))
    let scopes = Set(skus.map { ReservationScope(of: $0) })
    let isZonal = problem.owned.contains {
      if case .reservation(_, .some, _, _, _) = $0.subject { return true }
      return false
    }
    if !policy.minCoverageBy.accounts.isEmpty, scopes.count < skus.count { return false }
    if policy.minUtilization != nil, policy.exclude != UsageExclusion() { return false }
    return !(isZonal && (policy.minUtilization != nil || policy.exclude != UsageExclusion()))
  }

  @Test(arguments: PolicyFamily.allCases.map(Optional.some) + [nil])
  func triedOut(_ family: PolicyFamily?) throws {
    var compared = 0
    var changed = 0
    var onPaper = 0
    for seed in 0..<(family == nil ? 200 : 70) as Range<UInt64> {
      let problem = Self.problem(seed: seed, .reservations, family)
      var brute = BruteForce(problem)
      guard brute.size <= 300, Self.isPlain(problem) else { continue }
      brute.run()
      compared += 1
      let found = try AgreementTests.extensive(try AgreementTests.model(problem)).cost
      let best = brute.best ?? .infinity
      let dust = brute.best == nil ? 0 : 1e-6 * max(best, 1e-3)
      if found == nil { changed += 1 }
      if let found {
        var free = problem
        free.policy = Policy()
        let limitless = try AgreementTests.extensive(try AgreementTests.model(free)).cost ?? 0
        if found > limitless + dust { changed += 1 }
      }
      // Next to owned commitments, whose use purchases may take, a floor on utilisation asks for
      // less.
      let isWider =
        problem.policy.maxCoverage != nil || problem.policy.maxCoverageBy != UsageShares()
        || problem.policy.minUtilization != nil && !problem.owned.isEmpty
      if isWider, let found, found < best - dust {
        // See `CoverageTests.capIsNotKeptOnPaperOnly`: still a bound.
        onPaper += 1
        continue
      }
      #expect(abs((found ?? .infinity) - best) <= dust || found == brute.best, "seed \(seed)")
    }
    #expect(compared >= 25)
    // Few of these small programs have machines enough; `sampleIsTight` has one that binds.
    let seldom: [PolicyFamily: Int] = [
      .maxActions: 1, .maxRisk: 1, .maxEffortPerMonth: 1, .together: 0,
    ]
    #expect(changed >= family.flatMap { seldom[$0] } ?? 5, "the limit hardly ever binds")
    #expect(onPaper < compared)
  }

  @Test(arguments: PolicyFamily.allCases.map(Optional.some) + [nil])
  func dominatedInstrumentsAreOfNoUse(_ family: PolicyFamily?) throws {
    var removed = 0
    for sale in RandomInstance.Sale.allCases {
      for seed in 500..<(family == nil ? 540 : 508) as Range<UInt64> {
        let problem = Self.problem(seed: seed, sale, family, hours: 2...3)
        var whole = ModelBuilder(problem)
        let all = try whole.build(reducing: false)
        let reduced = try AgreementTests.model(problem)
        removed += all.instruments.count - reduced.instruments.count
        let least = try AgreementTests.extensive(all).cost
        let found = try AgreementTests.extensive(reduced).cost
        #expect((least == nil) == (found == nil), "\(sale), seed \(seed)")
        guard let least, let found else { continue }
        #expect(abs(found - least) <= 1e-6 * max(least, 1e-3), "\(sale), seed \(seed)")
      }
    }
    #expect(removed > 0)
  }

  /// A Compute plan that costs no more and covers all that an EC2 Instance plan does may still be
  /// used less, where it takes less for the usage of an hour; then a floor on utilisation wants the
  /// other.
  @Test func poolsMatterWhereUseCounts() throws {
    let skus = ["m5.large", "m5.xlarge"].map {
      SKU(provider: .aws, region: "us-east-1", instanceType: $0)
    }
    func row(_ g: Int, _ product: Product, _ hourly: Double) -> PriceRow {
      product == .onDemand
        ? PriceRow(sku: skus[g], product: product, hourly: hourly)
        : PriceRow(
          sku: skus[g], product: product, term: .oneYear, payment: .noUpfront, hourly: hourly)
    }
    let rows = [
      row(0, .onDemand, 0.1), row(1, .onDemand, 0.2),
      row(0, .ec2InstanceSavingsPlan, 0.06), row(1, .ec2InstanceSavingsPlan, 0.12),
      row(0, .computeSavingsPlan, 0.06), row(1, .computeSavingsPlan, 0.09),
    ]
    var problem = PlanningProblem(
      demand: Demand(
        window: HourWindow(start: RandomInstance.start, hours: 3),
        groups: skus.map { UsageGroup(sku: $0) }, quantities: [2, 2, 0, 0, 0, 1]),
      prices: PriceBook(rows: rows))
    #expect(
      try Planner(problem).plan().purchases.map(\.commitment.terms.product)
        == [.computeSavingsPlan])
    problem.policy.minUtilization = 0.95
    let plan = try Planner(problem).plan()
    #expect(plan.purchases.contains { $0.commitment.terms.product == .ec2InstanceSavingsPlan })
    #expect(abs(plan.certificate.objective - 0.36) < 1e-9)
  }
}

extension [RightsizingCandidate] {
  /// Gives each action hours above capacity, and a price.
  fileprivate mutating func setFits(_ random: inout SeededGenerator) {
    for i in indices {
      for a in self[i].actions.indices {
        self[i].actions[a].fit = ActionFit(
          readings: [], unknown: [], hours: 10, hoursAbove: Int.random(in: 0...5, using: &random),
          band: 0...1)
        self[i].actions[a].cost = Double.random(in: 0...0.1, using: &random)
      }
    }
  }
}

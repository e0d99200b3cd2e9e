import CloudCosts
import MIP
import Testing

@testable import Planning

/// Each constraint family on random instances: extensive form and trying everything agree, and removing
/// dominated instruments does not change the optimum.
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
    }
    problem.policy = policy
  }

  /// Whether trying everything knows the best allocation too: a floor on an account where sizes share
  /// a scope, and zonal reservations under a floor on utilisation or with excluded usage, need more.
  static func isPlain(_ problem: PlanningProblem) -> Bool {
    let policy = problem.policy
    let skus = Set(problem.demand.groups.map(\.sku))
    let scopes = Set(skus.map { ReservationScope(of: $0) })
    let isZonal = problem.owned.contains {
      if case .reservation(_, .some, _, _, _) = $0.subject { return true }
      return false
    }
    if !policy.minCoverageBy.accounts.isEmpty, scopes.count < skus.count { return false }
    return !(isZonal && (policy.minUtilization != nil || policy.exclude != UsageExclusion()))
  }

  @Test(arguments: PolicyFamily.allCases)
  func triedOut(_ family: PolicyFamily) throws {
    var compared = 0
    var changed = 0
    var onPaper = 0
    for seed in 0..<70 as Range<UInt64> {
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
      let isCap = family == .maxCoverage || family == .maxCoverageBy
      if isCap, let found, found < best - dust {
        // See `CoverageTests.capIsNotKeptOnPaperOnly`: still a bound.
        onPaper += 1
        continue
      }
      #expect(abs((found ?? .infinity) - best) <= dust || found == brute.best, "seed \(seed)")
    }
    #expect(compared >= 25)
    #expect(changed >= 5, "the limit hardly ever binds")
    #expect(onPaper < compared)
  }

  @Test(arguments: PolicyFamily.allCases.map(Optional.some) + [nil])
  func dominatedInstrumentsAreOfNoUse(_ family: PolicyFamily?) throws {
    var removed = 0
    for sale in RandomInstance.Sale.allCases {
      for seed in 500..<(family == nil ? 520 : 508) as Range<UInt64> {
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
}

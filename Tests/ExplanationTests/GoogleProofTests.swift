import Billing
import CloudCosts
import Planning
import TestSupport
import Testing

@testable import Scenarios

/// As `ProofTests`, by Google's rules: vCPUs and memory serve several shapes, and some series get a
/// discount for sustained use, which the bill's coverage does not count and its cost does.
@Suite struct GoogleProofTests {
  private static let types: [(name: String, price: Double)] = [
    ("e2-standard-4", 0.134), ("e2-highmem-4", 0.181), ("n1-standard-4", 0.19),
    ("n2-standard-4", 0.194), ("n2-highcpu-4", 0.143), ("c2-standard-8", 0.417),
  ]

  private static func inputs(seed: UInt64, _ families: [PolicyFamily]) -> ScenarioInputs {
    var random = SeededGenerator(seed: seed &* 613 &+ 9)
    var rows: [PriceRow] = []
    let chosen = types.shuffled(using: &random).prefix(3)
    let hasFlexible = Bool.random(using: &random)
    for (name, price) in chosen {
      let sku = SKU(provider: .gcp, region: "us-central1", instanceType: name)
      rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
      for (term, resource, flexible) in [(Term.oneYear, 0.63, 0.72), (.threeYears, 0.45, 0.54)] {
        rows.append(
          PriceRow(
            sku: sku, product: .gcpResourceCUD, term: term, payment: .noUpfront,
            hourly: price * resource))
        guard hasFlexible else { continue }
        rows.append(
          PriceRow(
            sku: sku, product: .gcpFlexibleCUD, term: term, payment: .noUpfront,
            hourly: price * flexible))
      }
    }
    // The end of one month and the start of the next.
    let hours = Int.random(in: 12...40, using: &random)
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 31), hours: hours)
    let skus = chosen.map { SKU(provider: .gcp, region: "us-central1", instanceType: $0.name) }
    let groups = skus.flatMap { sku in
      ProofTests.accounts.map { UsageGroup(account: $0, sku: sku) }
    }.sorted()
    let quantities = groups.flatMap { _ -> [Double] in
      let level = Double.random(in: 1...9, using: &random)
      return (0..<hours).map { _ in (level * Double.random(in: 0.2...1.6, using: &random)).rounded()
      }
    }
    let list = rows.filter { $0.product == .onDemand }.reduce(0) { $0 + 8 * $1.hourly }
    var policy = Policy()
    for family in families {
      ProofTests.limit(&policy, family, list, &random, names: skus.map(\.family))
    }
    return ScenarioInputs(
      name: "\(seed)",
      demand: Demand(window: window, groups: groups, quantities: quantities),
      prices: PriceBook(rows: rows), owned: [], candidates: [], offers: OfferFilter(),
      policy: policy, effort: PlanningEffort(gap: 1e-4, timeLimit: 10),
      compare: [.current, .committed])
  }

  static let kinds: [[PolicyFamily]] = [
    [], [.minCoverage], [.maxCoverage], [.minCoverageBy], [.maxCoverageBy], [.maxThreeYearShare],
    [.minUtilization], [.minPurchase], [.maxPurchases], [.maxHourlyCommitment], [.exclude],
    [.costOfCapital], [.minCoverage, .maxThreeYearShare], [.maxCoverage, .minUtilization],
    [.minCoverageBy, .maxPurchases], [.maxCoverageBy, .exclude],
  ]

  @Test(arguments: kinds)
  func claimsHold(_ families: [PolicyFamily]) throws {
    for seed in 0..<6 as Range<UInt64> {
      let inputs = Self.inputs(seed: seed &+ UInt64(families.count) &* 100, families)
      _ = try ProofTests.checkClaims(inputs, seed: seed)
    }
  }

  /// Machines without a discount run half of the day; those with one all day, and half of all list
  /// money is theirs. A floor of a half is kept by covering them alone.
  @Test func coverageCountsPricesBeforeTheDiscountForSustainedUse() throws {
    let skus = ["e2-standard-4", "n1-standard-4"].map {
      SKU(provider: .gcp, region: "us-central1", instanceType: $0)
    }
    let rows = zip(skus, [0.63, 0.5]).flatMap { sku, share in
      [
        PriceRow(sku: sku, product: .onDemand, hourly: 0.2),
        PriceRow(
          sku: sku, product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
          hourly: 0.2 * share),
      ]
    }
    let window = HourWindow(start: Hour(year: 2024, month: 4, day: 1), hours: 720)
    let demand = Demand(
      window: window, groups: skus.map { UsageGroup(sku: $0) },
      quantities: (0..<720).map { $0 % 24 < 12 ? 200 : 0 } + (0..<720).map { _ in 100 })
    let inputs = ScenarioInputs(
      name: "floor", demand: demand, prices: PriceBook(rows: rows), owned: [], candidates: [],
      offers: OfferFilter(), policy: Policy(minCoverage: 0.5), effort: PlanningEffort(gap: 1e-6),
      compare: [.current, .committed])
    var planner = OutcomePlanner(inputs)
    let outcome = try #require(try planner.run { _ in }.outcomes.last)
    // 360 h × 200 × 0.2 on demand, and 720 h × 100 × 0.1 committed.
    #expect(abs(outcome.bill.cost.value - 21_600) < 1e-4)
    let plan = try #require(outcome.plan)
    #expect(abs(plan.certificate.bound - 21_600) < 1)
    #expect(plan.certificate.status == .optimal)
  }

  /// Over several futures the discount for sustained use counts in each by itself, whatever the
  /// measure compares it with.
  @Test(arguments: [RiskSettings.Measure.loss, .cvar, .worst, .regret, .expected])
  func eachFutureIsProvenByTheHour(_ measure: RiskSettings.Measure) throws {
    let sku = SKU(provider: .gcp, region: "us-central1", instanceType: "n1-standard-4")
    let terms = OfferTerms(product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront)
    let book = PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 0.2),
      PriceRow(
        sku: sku, product: terms.product, term: terms.term, payment: terms.payment, hourly: 0.12),
    ])
    var random = SeededGenerator(seed: 4)
    let window = HourWindow(start: Hour(year: 2024, month: 4, day: 1), hours: 720)
    let paths = [6.0, 9, 14].map { level in
      Demand(
        window: window, groups: [UsageGroup(sku: sku)],
        quantities: (0..<720).map { hour in
          (level * (hour % 24 < 10 ? 1.5 : 0.8) * Double.random(in: 0.9...1.1, using: &random))
            .rounded()
        })
    }
    var inputs = ScenarioInputs(
      name: "futures", demand: paths[1], prices: book, owned: [], candidates: [],
      offers: OfferFilter(), policy: Policy(), effort: PlanningEffort(gap: 1e-4),
      compare: [.current, .committed])
    inputs.paths = DemandPaths(paths: paths, probabilities: [0.3, 0.4, 0.3])
    inputs.risk = RiskSettings(measure: measure, level: 0.6, weight: 0.5)
    var planner = OutcomePlanner(inputs)
    let outcome = try #require(try planner.run { _ in }.outcomes.last)
    let certificate = try #require(outcome.plan).certificate
    #expect(certificate.bound <= certificate.objective * (1 + 1e-9))
    #expect(certificate.bound >= certificate.objective * (1 - 2e-3))
    // What no other number of machines undercuts, each future by its own bill.
    let judge = Judge(prices: book)
    func bills(_ count: Int) throws -> [Double] {
      let commitment = Commitment(
        id: "c", terms: terms,
        subject: .reservation(
          sku: sku, zone: nil, count: Double(count), upfront: 0, hourly: 0.12),
        start: window.start, end: window.start + 8760)
      return try paths.map {
        try judge.bill($0, under: count == 0 ? [] : [commitment]).cost.value
      }
    }
    let all = try (0...22).map(bills)
    let reference =
      switch measure {
      case .loss: all[0]
      case .regret: paths.indices.map { path in all.map { $0[path] }.min() ?? 0 }
      default: [Double]?.none
      }
    let measurement = RiskMeasurement(
      RiskSettings(measure: measure, level: 0.6, weight: 0.5), probabilities: [0.3, 0.4, 0.3],
      reference: reference)
    // What the purchase wastes behind the window is not in these.
    let least = all.map(measurement.value(of:)).min() ?? 0
    #expect(certificate.objective >= least * (1 - 1e-4))
  }
}

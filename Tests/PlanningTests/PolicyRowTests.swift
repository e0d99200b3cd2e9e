import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// What golden LPs of two hours cannot show: windows of years, calendars, names of clashes, orders.
@Suite struct PolicyRowTests {
  /// A year and a half from April on: what lasts a year is bought twice.
  private func long(
    _ policy: Policy, owned: [Commitment] = [],
    from start: Hour = Hour(year: 2022, month: 4, day: 30)
  ) throws -> Model {
    let window = HourWindow(start: start, hours: 13_000)
    var builder = ModelBuilder(
      PlanningProblem(
        demand: Demand(
          window: window, groups: [UsageGroup(sku: PolicySample.batch)],
          quantities: Array(repeating: 1, count: window.hours)),
        prices: PriceBook(rows: PolicySample.rows), owned: owned, policy: policy))
    return try builder.build(reducing: false)
  }

  @Test func cashOfEachMonthIsLimited() throws {
    var policy = Policy()
    policy.maxUpfrontPerMonth = 500
    let rows = try long(policy).rows
    #expect(
      rows.map(\.name) == ["max_upfront_per_month 2022-04", "max_upfront_per_month 2023-04"])
    #expect(rows.map { $0.instruments.map(\.index) } == [[0], [1]])
    #expect(rows.allSatisfy { $0.instruments[0].coefficient == 0.025 * 8760 && $0.upper == 500 })
  }

  @Test func whatEndsInAMonthIsLimited() throws {
    var policy = Policy()
    policy.maxExpiringPerMonth = 2
    func owned(_ id: String, _ count: Double, end: Hour) -> Commitment {
      Commitment(
        id: id, terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
        subject: .reservation(
          sku: PolicySample.batch, zone: nil, count: count, upfront: 0, hourly: 0.5),
        start: end + -8760, end: end)
    }
    let rows = try long(
      policy,
      owned: [
        // Its last hour is in April.
        owned("a", 1, end: Hour(year: 2023, month: 5, day: 1)),
        owned("b", 1, end: Hour(year: 2023, month: 6, day: 1)),
        // More than the limit; it is owned all the same.
        owned("c", 9, end: Hour(year: 2024, month: 4, day: 1)),
        owned("d", 9, end: Hour(year: 2024, month: 4, day: 20)),
      ]
    ).rows
    #expect(
      rows.map(\.name) == ["max_expiring_per_month 2023-04", "max_expiring_per_month 2024-04"])
    #expect(rows.map(\.upper) == [1.5, 0])
    #expect(rows.map { $0.instruments.map(\.index) } == [[0], [1]])
  }

  /// What is bought at a month's first hour for a year has its last hour in the month before.
  @Test func whatEndsAtAMonthsFirstHourEndsInTheMonthBefore() throws {
    var policy = Policy()
    policy.maxExpiringPerMonth = 2
    let rows = try long(policy, from: Hour(year: 2022, month: 5, day: 1)).rows
    // A leap year's day brings the second to the end of April by itself.
    #expect(
      rows.map(\.name) == ["max_expiring_per_month 2023-04", "max_expiring_per_month 2024-04"])
    #expect(rows.map { $0.instruments.map(\.index) } == [[0], [1]])
  }

  /// What was bought on earlier dates is still paid for on later ones.
  @Test func theHourlyCommitmentOfEarlierDatesCounts() throws {
    let window = HourWindow(start: Hour(year: 2022, month: 4, day: 30), hours: 400)
    var problem = PlanningProblem(
      demand: Demand(
        window: window, groups: [UsageGroup(sku: PolicySample.batch)],
        quantities: Array(repeating: 1, count: window.hours)),
      prices: PriceBook(rows: PolicySample.rows))
    problem.policy.maxHourlyCommitment = 1
    problem.ladder = Ladder(every: .week, count: 3)
    var builder = ModelBuilder(problem)
    let rows = try builder.build(reducing: false).rows
    #expect(
      rows.map(\.name) == ["", " at hour 168", " at hour 336"].map { "max_hourly_commitment\($0)" })
    #expect(rows.map(\.instruments.count) == [1, 2, 3])
  }

  /// Of 0.43 an hour on demand half may be bound for three years.
  @Test func threeYearsAreAShareOfTheUsage() throws {
    func isNear(_ a: Double?, _ b: Double) -> Bool { abs((a ?? .nan) - b) < 1e-12 }
    func row(owned: [Commitment]) throws -> PolicyRow {
      var problem = PolicySample.problem(.maxThreeYearShare)
      problem.owned = owned
      var builder = ModelBuilder(problem)
      return try #require(try builder.build(reducing: false).rows.first)
    }
    func held(_ term: Term, _ count: Double) -> Commitment {
      Commitment(
        id: "\(term)",
        terms: OfferTerms(product: .standardRI, term: term, payment: .noUpfront),
        subject: .reservation(
          sku: PolicySample.web, zone: nil, count: count, upfront: 0, hourly: 0.05),
        start: PolicySample.window.start + -5, end: PolicySample.window.start + 100)
    }
    let free = try row(owned: [])
    // Web: 0.1 × 5; batch: 0.09 × 4; of two hours the mean.
    #expect(isNear(free.upper, 0.5 * (0.5 + 0.36) / 2))
    // Only what is bought for three years counts, at what it covers on demand: nothing else admits
    // it.
    #expect(free.instruments.count == 1)
    #expect(isNear(free.instruments.first?.coefficient, 0.1))
    #expect(try row(owned: [held(.oneYear, 3)]).upper == free.upper)
    #expect(isNear(try row(owned: [held(.threeYears, 1)]).upper, free.upper - 0.1))
    #expect(try row(owned: [held(.threeYears, 9)]).upper == 0)
  }

  /// A step of a walk: the same policy says more than to a plan by itself.
  @Test func aStepOfAWalkCountsWhatIsHeld() throws {
    func held(_ term: Term, _ hourly: Double) -> Commitment {
      let terms = OfferTerms(product: .standardRI, term: term, payment: .noUpfront)
      return Commitment(
        id: "\(term)", terms: terms,
        subject: .reservation(
          sku: PolicySample.batch, zone: nil, count: 1, upfront: 0, hourly: hourly),
        start: Hour(year: 2022, month: 4, day: 1), end: Hour(year: 2023, month: 4, day: 1))
    }
    func rows(_ policy: Policy, _ step: WalkStep?) throws -> [PolicyRow] {
      var problem = PolicySample.problem(.maxThreeYearShare)
      problem.policy = policy
      problem.step = step
      var builder = ModelBuilder(problem)
      return try builder.build(reducing: false).rows
    }
    let cap = Policy(maxCoverage: 0.5)
    #expect(try rows(cap, nil).map(\.name) == ["max_coverage"])
    let capped = try rows(cap, WalkStep(owned: [], room: 0.75))
    #expect(capped.map(\.name) == ["max_coverage", "max_coverage today"])
    #expect(capped[1].upper == 0.75)
    #expect(!capped[1].instruments.isEmpty)
    // What ends in a month is counted by its real end.
    var expiring = Policy()
    expiring.maxExpiringPerMonth = 2
    let ends = try rows(expiring, WalkStep(owned: [held(.oneYear, 1.5)]))
    #expect(ends.allSatisfy { $0.upper == 2 || $0.upper == 0.5 })
  }

  @Test func monthsAreThoseOfTheCalendar() {
    let start = Hour(year: 2024, month: 1, day: 31, hour: 5)
    #expect(start.adding(months: 1) == Hour(year: 2024, month: 2, day: 29, hour: 5))
    #expect(start.adding(months: 12) == Hour(year: 2025, month: 1, day: 31, hour: 5))
    #expect(start.adding(months: -2) == Hour(year: 2023, month: 11, day: 30, hour: 5))
    #expect(start.adding(months: 0) == start)
  }

  /// 0.025 · 8760 = 219 upfront; full use saves 0.09 − 0.03 an hour, so it takes 3,650 hours: 152
  /// days and 2 hours. Five months from 30 April are 153 days, from 31 January 2023 only 150.
  @Test func breakEvenCountsCalendarMonths() throws {
    func isOnSale(_ start: Hour) throws -> Bool {
      var problem = PolicySample.problem(.costOfCapital)
      problem.demand = Demand(
        window: HourWindow(start: start, hours: 1), groups: [UsageGroup(sku: PolicySample.batch)],
        quantities: [1])
      problem.policy = Policy()
      problem.policy.maxBreakEvenMonths = 5
      let leftOut = try Planner(problem).leftOutOffers()
      #expect(leftOut.isEmpty || leftOut.map(\.breakEvenMonths) == [6])
      return leftOut.isEmpty
    }
    #expect(try isOnSale(Hour(year: 2022, month: 4, day: 30)))
    #expect(try !isOnSale(Hour(year: 2023, month: 1, day: 31)))
  }

  /// The charge is the sum of interest on what is not used up, hour by hour.
  @Test func interestIsASum() throws {
    let model = try long(Policy(costOfCapital: 0.08))
    for instrument in model.instruments {
      let unused = (0..<instrument.active.count).reduce(0.0) { sum, t in
        sum + instrument.upfront * (1 - Double(t) / Double(instrument.term.hours))
      }
      let cost = Double(instrument.active.count) * instrument.hourly + unused * 0.08 / 8760
      #expect(abs(instrument.cost - cost) < 1e-9 * cost)
    }
    #expect(model.instruments.map(\.active.count) == [8760, 4240])
  }

  @Test func clashesAreNamed() throws {
    func clashing(_ change: (inout PlanningProblem) -> Void) throws -> [String] {
      var problem = PolicySample.problem(.costOfCapital)
      problem.policy = Policy()
      change(&problem)
      do {
        _ = try Planner(problem).plan()
        return []
      } catch PlanningError.infeasible(let clashing) {
        return clashing.map(\.row).sorted()
      }
    }
    #expect(
      try clashing {
        $0.policy.minCoverage = 0.5
        $0.policy.maxUpfront = 1e6
        $0.policy.minPurchase = 1e12
      } == ["min_coverage", "min_purchase"])
    #expect(
      try clashing {
        $0.policy.minCoverageBy.families = ["c5": 0.9, "m5": 0.1]
        $0.policy.minUtilization = 0.9
      } == [
        "min_coverage_by family c5",
        "min_utilization ri-standard_us-east-1_c5.large_1y_partial-upfront",
      ])
    #expect(
      try clashing {
        $0.policy.minCoverageBy.accounts["lab"] = 0.1
        $0.policy.exclude.families = ["m5"]
      } == [])
    #expect(
      try clashing {
        $0.policy.minCoverage = 0.1
        $0.policy.maxBreakEvenMonths = 1
        $0.policy.exclude.families = ["m5"]
      } == ["min_coverage"])
  }

  /// Neither prices nor usage have an order: the same plan, to the last digit.
  @Test func orderIsOfNoConsequence() throws {
    for seed in 0..<12 as Range<UInt64> {
      let instance = RandomInstance(
        seed: seed, .both, .none, skus: 2...3, hours: 2...3, accounts: ["", "lab", "shop"],
        mayResize: false)
      var problem = instance.problem
      var texts = Set<String>()
      var plans: [Plan] = []
      var random = SeededGenerator(seed: seed)
      for _ in 0..<3 {
        problem.prices = PriceBook(rows: instance.rows.shuffled(using: &random))
        let demand = instance.problem.demand
        let order = demand.groups.indices.shuffled(using: &random)
        problem.demand = Demand(
          window: demand.window, groups: order.map { demand.groups[$0] },
          quantities: order.flatMap { demand.hours(of: $0).map { $0 * 0.1 } })
        texts.insert(try Planner(problem).linearProgram(named: "shuffled"))
        plans.append(try Planner(problem).plan())
      }
      #expect(texts.count == 1, "seed \(seed)")
      #expect(Set(plans.map(\.purchases)).count == 1, "seed \(seed)")
      #expect(Set(plans.map(\.certificate.objective)).count == 1, "seed \(seed)")
    }
  }
}

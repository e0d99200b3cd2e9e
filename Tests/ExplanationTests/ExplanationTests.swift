import CloudCosts
import Testing

@testable import Planning

/// Why a purchase is as large as it is, against figures by hand.
@Suite struct ExplanationTests {
  /// Ten hours with 1, 2, … 10 instances at 1.00; a reservation at 0.55 pays while it is used in
  /// more than 55 % of the hours: the fifth is (6 of 10), the sixth is not (5 of 10).
  @Test func ladderByHand() throws {
    let plan = try Planner(
      Small.problem(
        [Small.large: (1...10).map(Double.init)],
        [Small.onDemand(Small.large, 1), Small.reservation(Small.large, 0.55)])
    ).plan()
    let figures = try #require(plan.purchases.first?.explanation)
    guard case .reservation(_, _, let count, _, _) = plan.purchases[0].commitment.subject else {
      Issue.record("no reservation")
      return
    }
    #expect(count == 5)
    #expect(isNear(figures.marginalValue, 5 - 5.5))
    #expect(isNear(figures.marginalValuePerYear, (5 - 5.5) * 876))
    #expect(isNear(figures.stopPrice, 6 - 5.5))
    #expect(isNear(figures.demandQuantile, 0.5))
    #expect(isNear(figures.expectedUtilization, (50.0 - 4 - 3 - 2 - 1) / 50))
    #expect(figures.keptBy == nil && figures.heldBackBy == nil && figures.alternative == nil)
  }

  /// No purchase is made only because it admits another: what may be bound for three years is a
  /// share of the usage, and not of what is bought.
  @Test func nothingIsBoughtToAdmitAnother() throws {
    let plan = try Planner(
      Small.problem(
        [Small.large: Array(repeating: 100, count: 10)],
        [
          Small.onDemand(Small.large, 1), Small.reservation(Small.large, 1.02),
          Small.reservation(Small.large, 0.3, term: .threeYears),
        ], Policy(maxThreeYearShare: 0.5))
    ).plan()
    let only = try #require(plan.purchases.first)
    #expect(plan.purchases.count == 1)
    #expect(only.commitment.terms.term == .threeYears)
    #expect(only.commitment.effectiveHourly == 0.3 * 50)
    #expect(only.explanation?.keptBy == nil)
    #expect(only.explanation?.heldBackBy == "max_three_year_share")
    #expect(isNear(plan.threeYearShare, 0.5))
  }

  /// A floor of coverage asks for a purchase that loses money: it says so.
  @Test func keptForTheSakeOfAFloor() throws {
    let plan = try Planner(
      Small.problem(
        [Small.large: Array(repeating: 100, count: 10)],
        [Small.onDemand(Small.large, 1), Small.reservation(Small.large, 1.02)],
        Policy(minCoverage: 0.5))
    ).plan()
    let figures = try #require(plan.purchases.first?.explanation)
    #expect(figures.stopPrice < 0)
    #expect(figures.keptBy == "min_coverage")
  }

  @Test func heldBackByALimit() throws {
    let plan = try Planner(
      Small.problem(
        [Small.large: Array(repeating: 10, count: 4)],
        [Small.onDemand(Small.large, 1), Small.reservation(Small.large, 0.5)],
        Policy(maxHourlyCommitment: 2))
    ).plan()
    let figures = try #require(plan.purchases.first?.explanation)
    #expect(isNear(figures.marginalValue, 2))
    #expect(figures.heldBackBy == "max_hourly_commitment")
    #expect(isNear(figures.demandQuantile, 1))
  }

  /// With the alternative in place of one unit, the whole plan costs more by just what was said.
  @Test func theAlternativeCostsWhatIsTold() throws {
    let problem = Small.problem(
      [Small.large: [3, 4, 5, 4], Small.other: [2, 2, 2, 2]],
      [
        Small.onDemand(Small.large, 1), Small.onDemand(Small.other, 0.9),
        Small.reservation(Small.large, 0.5), Small.plan(Small.large, 0.6),
        Small.plan(Small.other, 0.55),
      ])
    let plan = try Planner(problem).plan()
    let reserved = try #require(plan.purchases.first { $0.commitment.terms.product.isReservation })
    let next = try #require(reserved.explanation?.alternative)
    #expect(next.terms.product == .computeSavingsPlan)
    #expect(isNear(next.extraCost, (0.6 - 0.5) * 4))
    guard case .reservation(_, _, let count, _, _) = reserved.commitment.subject else { return }
    // One instance fewer, and 0.6 an hour more of the plan.
    let plans = plan.purchases.filter { $0.commitment.terms.product.isSavingsPlan }
      .map(\.commitment.effectiveHourly).reduce(0, +)
    let before = try Brute(problem).cost(reserved: count, plan: plans)
    let after = try Brute(problem).cost(reserved: count - 1, plan: plans + 0.6)
    #expect(isNear(after - before, next.extraCost, 1e-6))
  }

  /// Marginal value and stop price are differences of two allocations, however purchases interact.
  @Test(arguments: 0..<40)
  func marginsAreDifferences(_ seed: Int) throws {
    var random = Dice(seed: UInt64(seed))
    let use = [
      Small.large: (0..<6).map { _ in Double(random.next(6)) },
      Small.other: (0..<6).map { _ in Double(random.next(4)) },
    ]
    let rows = [
      Small.onDemand(Small.large, 1), Small.onDemand(Small.other, 0.8),
      Small.reservation(Small.large, 0.4 + 0.05 * Double(random.next(6))),
      Small.plan(Small.large, 0.65), Small.plan(Small.other, 0.5),
    ]
    let problem = Small.problem(use, rows)
    let plan = try Planner(problem).plan()
    var count = 0.0
    var money = 0.0
    for purchase in plan.purchases {
      switch purchase.commitment.subject {
      case .reservation(_, _, let number, _, _): count += number
      case .savingsPlan(_, let hourly): money += hourly
      }
    }
    let brute = Brute(problem)
    let base = try brute.cost(reserved: count, plan: money)
    for purchase in plan.purchases {
      let figures = try #require(purchase.explanation)
      let isReserved = purchase.commitment.terms.product.isReservation
      let step = isReserved ? 1 : 0.001
      let more = try brute.cost(
        reserved: count + (isReserved ? 1 : 0), plan: money + (isReserved ? 0 : step))
      let fewer = try brute.cost(
        reserved: count - (isReserved ? 1 : 0), plan: money - (isReserved ? 0 : step))
      #expect(isNear(figures.marginalValue, (base - more) / step, 1e-6), "\(seed)")
      #expect(isNear(figures.stopPrice, (fewer - base) / step, 1e-6), "\(seed)")
    }
  }

  /// The quick way, two evaluations for all purchases, agrees with single allocations where usage
  /// varies smoothly.
  @Test func theQuickWayAgrees() throws {
    let hours = 4000
    var random = Dice(seed: 7)
    let use = [
      Small.large: (0..<hours).map { _ in 200 + Double(random.next(1000)) / 10 },
      Small.other: (0..<hours).map { _ in 300 + Double(random.next(2000)) / 10 },
    ]
    let problem = Small.problem(
      use,
      [
        Small.onDemand(Small.large, 1), Small.onDemand(Small.other, 0.9),
        Small.reservation(Small.large, 0.5), Small.reservation(Small.other, 0.45),
      ])
    var builder = ModelBuilder(problem)
    let model = try builder.build()
    var decision = Decision.nothing(model)
    for j in decision.purchases.indices { decision.purchases[j] = 250 + 100 * Double(j) }
    let costToGo = CostToGo(model)
    let quick = MarginalValues(model, costToGo, decision, patience: 0)
    let exact = MarginalValues(model, costToGo, decision, patience: .max)
    for j in decision.purchases.indices {
      #expect(isNear(quick.saved[j], exact.saved[j] ?? .nan, 0.01))
      #expect(isNear(quick.lost[j], exact.lost[j] ?? .nan, 0.01))
    }
  }
}

import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// A horizon that is planned for by a sample of its hours.
@Suite struct SampledHoursTests {
  private static let step = 5

  /// The same question, each hour five times; everything that has a date moved apart likewise.
  private static func stretched(_ problem: PlanningProblem) -> PlanningProblem {
    let demand = problem.demand
    var long = problem
    long.demand = Demand(
      window: HourWindow(start: demand.window.start, hours: demand.window.hours * step),
      groups: demand.groups,
      quantities: demand.quantities.flatMap { Array(repeating: $0, count: step) })
    return long
  }

  /// Where each hour represents five equal ones, the sample has the same plan and the same cost.
  @Test func equalHoursAreOneHour() throws {
    var bought = 0
    for seed in 0..<30 as Range<UInt64> {
      var problem = RandomInstance(seed: seed, .both, .upfront, mayResize: false).problem
      problem.policy.costOfCapital = 0.1
      problem.owned = problem.owned.map { owned in
        var owned = owned
        owned.start = Hour(sinceEpoch: owned.start.sinceEpoch)
        owned.end = max(owned.end, problem.demand.window.start + 200)
        owned.start = min(owned.start, problem.demand.window.start)
        return owned
      }
      problem.ladder = Ladder(on: [problem.demand.window.start + Self.step])
      let effort = PlanningEffort(gap: 1e-9, timeLimit: 20)
      let whole = try Planner(Self.stretched(problem), effort: effort).plan()
      problem.hoursPerStep = Self.step
      let sample = try Planner(problem, effort: effort).plan()
      let (a, b) = (whole.certificate.objective, sample.certificate.objective)
      #expect(abs(a - b) <= 1e-7 * max(1, abs(a)), "seed \(seed)")
      #expect(sample.certificate.bound <= b + 1e-9 * max(1, b))
      #expect(sample.certificate.proof == nil)
      bought += sample.purchases.count
      let starts = Set(sample.purchases.map { $0.commitment.start - problem.demand.window.start })
      #expect(starts.isSubset(of: [0, Self.step]), "seed \(seed)")
      for purchase in sample.purchases.map(\.commitment) {
        #expect(purchase.end - purchase.start == purchase.terms.term.hours)
      }
    }
    #expect(bought > 10)
  }

  @Test func laddersHaveTheDatesThatAreNamed() {
    let start = Hour(year: 2024, month: 1, day: 1)
    let window = HourWindow(start: start, hours: 100)
    #expect(
      Ladder(on: [start + 50, start, start + 50, start + 100, start + -1]).dates(in: window)
        == [0, 50])
  }
}

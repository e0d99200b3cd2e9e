import CloudCosts
import Testing

@testable import Planning

/// The measure `loss`: what buying may lose, against buying nothing on the same path.
@Suite struct LossTests {
  private static let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private static let window = HourWindow(
    start: Hour(year: 2024, month: 1, day: 1), hours: 24)

  /// Ten futures of one usage: a few that end early, some that stay, some that grow.
  private static func problem(_ risk: RiskSettings, owned: [Commitment] = []) -> PlanningProblem {
    let levels: [Double] = [2, 5, 8, 10, 10, 11, 12, 15, 20, 30]
    let paths = levels.map { level in
      Demand(
        window: window, groups: [UsageGroup(sku: sku)],
        quantities: (0..<24).map { $0 < 12 ? level : 0.7 * level })
    }
    func row(_ product: Product, _ hourly: Double) -> PriceRow {
      PriceRow(
        sku: sku, product: product, term: product == .onDemand ? nil : .oneYear,
        payment: product == .onDemand ? nil : .noUpfront, hourly: hourly)
    }
    return PlanningProblem(
      paths: DemandPaths(paths: paths, probabilities: levels.map { _ in 0.1 }), risk: risk,
      prices: PriceBook(rows: [row(.onDemand, 0.1), row(.computeSavingsPlan, 0.06)]),
      owned: owned)
  }

  private static func bought(_ risk: RiskSettings) throws -> Double {
    try Planner(problem(risk)).plan().purchases.reduce(0) { $0 + $1.commitment.effectiveHourly }
  }

  @Test func moreAversionNeverBuysMore() throws {
    for level in [0.5, 0.8, 0.95] {
      var last = Double.infinity
      for weight in [0, 0.1, 0.25, 0.5, 0.75, 1] {
        let bought = try Self.bought(RiskSettings(measure: .loss, level: level, weight: weight))
        #expect(bought <= last + 1e-6, "level \(level), weight \(weight)")
        last = bought
      }
    }
  }

  /// What it is for: the same aversion to cost buys more, since the most expensive futures are
  /// those that grow.
  @Test func aversionToCostBuysMore() throws {
    let neutral = try Self.bought(RiskSettings(measure: .expected))
    #expect(try Self.bought(RiskSettings(measure: .cvar, level: 0.8, weight: 0.8)) > neutral + 0.01)
    #expect(try Self.bought(RiskSettings(measure: .loss, level: 0.8, weight: 0.8)) < neutral - 0.01)
  }

  @Test func untouchedIsTheBillWithNothingBought() throws {
    let problem = Self.problem(RiskSettings(measure: .loss))
    let costs = try Planner.untouched(problem)
    let expected = problem.paths?.paths.map { $0.quantities.reduce(0, +) * 0.1 } ?? []
    #expect(zip(costs, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(costs.count == 10)
  }
}

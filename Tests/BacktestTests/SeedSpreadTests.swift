import Foundation
import Reports
import Testing

@testable import Scenarios

/// One walk with several seeds of the futures.
@Suite struct SeedSpreadTests {
  private static func keys(_ seeds: String) -> String {
    "{from: 2024-01-29T00:00:00Z, every: 168, policies: [on-demand, flat-7-days, planner],"
      + " planner: {paths: 3, horizon: 12, sample: 25\(seeds)}}"
  }

  @Test func meanAndDeviationAreThoseOfASample() {
    let spread = SeedSpread(rates: [0.1, 0.2, 0.3])
    #expect(abs(spread.mean - 0.2) < 1e-12)
    #expect(abs(spread.deviation - 0.1) < 1e-12)
    #expect(SeedSpread(rates: [0.1]).deviation == 0)
    #expect(SeedSpread(rates: []).mean == 0)
  }

  @Test func theRowIsThatOfTheFirstSeed() throws {
    let one = try #require(
      BacktestTests.Folder(Self.keys("")).backtest().backtests.first)
    let result = try BacktestTests.Folder(Self.keys(", seeds: 2")).backtest()
    let two = try #require(result.backtests.first)
    #expect(one.policies.allSatisfy { $0.seeds == nil })
    #expect(one.policies.map(\.cost) == two.policies.map(\.cost))
    // Who draws no futures has no seeds.
    #expect(two.policies.filter { $0.seeds != nil }.map(\.name) == [.planner])
    let walked = try #require(two.policies.first { $0.name == .planner })
    let spread = try #require(walked.seeds)
    #expect(spread.rates.count == 2)
    #expect(abs(spread.rates[0] - walked.netSavings.value / two.onDemand.value) < 1e-9)
    let document = BacktestDocument(
      scenario: result.scenario, result.backtests, findings: result.findings)
    #expect(try document.json().contains("\"seeds\""))
    #expect(BacktestTable(document).text.contains("in the mean of 2 seeds"))
    #expect(BacktestPage(document).text.contains("in the mean of 2 seeds"))
  }

  @Test func seedsAreAWholeNumber() throws {
    #expect(
      try BacktestTests.Folder("{planner: {seeds: 0}}").failures() == ["scenario.out-of-range"])
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Forecast

/// Statistics by hand, and what counts as wild.
@Suite struct RobustTests {
  @Test(
    arguments: [
      ([], 0), ([7], 7), ([3, 1, 2], 2), ([10, 1, 2, 4], 3), ([1, 1, 1, 100], 1),
    ] as [([Double], Double)])
  func median(values: [Double], expected: Double) { #expect(Robust.median(values) == expected) }

  /// Of a normal distribution the median absolute deviation is 0.67449 of the standard deviation.
  @Test func deviation() {
    #expect(abs(Robust.deviation([1, 2, 3, 4, 5]) - 1.4826) < 1e-12)
    #expect(abs(Robust.deviation([1, 2, 3, 4, 5]) - 1 / 0.67449) < 1e-4)
    #expect(Robust.deviation([2, 2, 2, 900]) == 0)
  }

  @Test func slopeOfMostPairs() {
    #expect(Robust.slope([0, 2, 4, 6, 1000, 10, 12]) == 2)
    #expect(Robust.slope([3]) == 0)
  }

  /// Three weeks at one, but for an hour of the second.
  @Test(arguments: [(4.9, nil), (5.5, 5), (50, 5)] as [(Double, Double?)])
  func anOutlierIsFiveTimesWhatIsAround(value: Double, limit: Double?) {
    let hours = 3 * Forecaster.week
    var demand = Demand(
      window: HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: hours),
      groups: [UsageGroup(sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"))],
      quantities: Array(repeating: 1, count: hours))
    demand[0, Forecaster.week + 40] = value
    let rule = OutlierRule(demand: demand, weeks: 3)
    #expect(rule.limit(0, week: 1) == limit)
    #expect(rule.limit(0, week: 0) == nil && rule.limit(0, week: 2) == nil)
  }
}

/// What carries a level on, by hand.
@Suite struct CarriedLevelTests {
  /// A year of growth is 8,760 hours.
  @Test func aYearGrowsByTheRate() {
    let hours = 2 * 8760 + 1
    let demand = Demand(
      window: HourWindow(start: Hour(year: 2023, month: 1, day: 1), hours: hours),
      groups: [UsageGroup(sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"))],
      quantities: Array(repeating: 2, count: hours)
    ).growing(0.44)
    #expect(demand[0, 0] == 2)
    #expect(abs(demand[0, 8760] - 2.88) < 1e-12)
    #expect(abs(demand[0, 4380] - 2.4) < 1e-12)
    #expect(abs(demand[0, 2 * 8760] - 2.88 * 1.44) < 1e-12)
  }

  /// Ten times as much as a year ago: no more than half as much again is carried on.
  @Test func growthIsCapped() throws {
    let levels = Array(repeating: 1.0, count: 60) + Array(repeating: 10, count: 52)
    let history = try #require(LevelHistory(levels))
    #expect(abs((LastYear.measuredGrowth(of: history) ?? 0) - log(10)) < 1e-12)
    #expect(abs(LastYear.growth(of: history) - log(1.5)) < 1e-12)
  }

  /// Who errs half as much counts four times.
  @Test func weightsAreInverseVariances() throws {
    let levels: [Double] = (0..<150).map { week in
      let season: Double = 30 * sin(Double(week) / 52 * 2 * Double.pi)
      return 100 + season + Double(week % 7)
    }
    let entrants = Competition(levels).entrants
    #expect(entrants.count > 1)
    let first = try #require(entrants.first)
    for one in entrants {
      let ratio = (first.error / one.error) * (first.error / one.error)
      #expect(abs(one.weight / first.weight - ratio) < 1e-9)
    }
    #expect(entrants.contains { abs($0.error - first.error) > 1e-6 })
    let sum = entrants.reduce(0.0) { $0 + $1.weight }
    #expect(abs(sum - 1) < 1e-12)
  }

  /// Within six weeks what happens has happened: a twelfth, half or twice as much is left.
  @Test(arguments: [(0, 0.08), (0.5, 0.5), (0.99, 2)] as [(Double, Double)])
  func whatHappensToAFleet(what: Double, left: Double) {
    let path = FleetEvents.path(when: 0, what: what, weeks: 12)
    #expect(path.suffix(6).allSatisfy { abs($0 - log(left)) < 1e-12 })
    #expect(abs((path.first ?? 0) - log(1 + (left - 1) / 6)) < 1e-12)
    #expect(FleetEvents.path(when: 0.9, what: what, weeks: 12).allSatisfy { $0 == 0 })
  }
}

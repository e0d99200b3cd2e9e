import CloudCosts
import Foundation
import Testing

@testable import Forecast

/// Bands are as wide as the forecasts of the past were wrong.
@Suite struct SpreadTests {
  /// A level that steps by so much from week to week, in logarithms, for good.
  private static func walk(_ deviation: Double, weeks: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    var level = log(100.0)
    return (0..<weeks).map { _ in
      level += deviation * random.normal()
      return exp(level)
    }
  }

  private static func history(_ levels: [Double], weeks: Int) -> Demand {
    Sample.history(weeks: weeks, ["m5.large"]) { _, hour in
      levels[hour / 168] * Sample.rhythm(hour) / Sample.meanRhythm
    }
  }

  /// The errors of the past, and nothing of what comes, make the band: of many worlds whose levels
  /// walk at random, the mean of the fourth month is in the 10 to 90 % band in about four of five.
  @Test(arguments: [0.01, 0.05]) func bandsHoldFourOfFive(deviation: Double) throws {
    let (weeks, ahead, worlds) = (70, 16, 40)
    var inside = 0
    for world in 0..<worlds {
      let levels = Self.walk(deviation, weeks: weeks + ahead, seed: UInt64(world) &+ 31)
      let paths = try Sample.forecast(
        Self.history(levels, weeks: weeks),
        ForecastSettings(method: .bootstrap, paths: 60, seed: UInt64(world)), hours: ahead * 168)
      let came = levels.suffix(4).reduce(0, +) / 4
      let sums = paths.paths.paths.map { path in
        path.hours(of: 0).suffix(4 * 168).reduce(0, +) / (4 * 168)
      }.sorted()
      if sums[5] <= came, came <= sums[54] { inside += 1 }
    }
    #expect((26...38).contains(inside), "\(inside) of \(worlds)")
  }

  private static func spread(_ demand: Demand) -> TrendSpread {
    let model = Model(demand, place: "")
    let none = model.groups.map { _ in 0.0 }
    return TrendSpread(model, walk: .init(total: 0, region: 0, own: none, usual: 0))
  }

  @Test func calmAndWildHistories() {
    let calm = Self.spread(Self.history(Self.walk(0.001, weeks: 80, seed: 3), weeks: 80))
    let wild = Self.spread(Self.history(Self.walk(0.06, weeks: 80, seed: 3), weeks: 80))
    #expect(calm.total.level < 0.012)
    #expect(wild.total.level > 0.08)
    #expect(wild.total.slope > 2 * calm.total.slope)
    // One region: it does not go its own way.
    #expect(calm.region.level == 0 && calm.region.slope == 0)
  }

  /// Of four weeks nothing is known but how they differ.
  @Test func shortHistoriesAreOffByWhatIsUsual() {
    let flat = Self.spread(Self.history(Array(repeating: 100, count: 5), weeks: 5))
    #expect(abs(flat.total.level - 0.03) < 1e-9)
    #expect(abs(flat.total.slope - 0.2 / 52) < 1e-9)
    let uneven = Self.spread(Self.history([100, 130, 95, 125, 100], weeks: 5))
    #expect(uneven.total.level > 0.15)
  }

  /// A group that differs from the rest is known for it, and makes the rest no less sure.
  @Test func groupsHaveSpreadsOfTheirOwn() {
    let wild = Self.walk(0.08, weeks: 100, seed: 9)
    let demand = Sample.history(weeks: 100, ["c5.large", "m5.large", "r5.large"]) { type, hour in
      Sample.rhythm(hour) * (type == 0 ? 0.2 * wild[hour / 168] : type == 1 ? 100 : 50)
    }
    let spread = Self.spread(demand)
    // m5 is the largest, which shares are reported against.
    #expect(spread.own[0].level > 2 * spread.own[2].level)
    #expect(spread.own.allSatisfy { $0.level <= 0.25 && $0.slope <= 0.015 })
  }

  @Test func bandOfErrorsByTheirWeights() {
    let errors = [(0.1, 4.0), (-0.2, 4), (0.9, 1), (5, 1)].map {
      PastErrors.Error(value: $0.0, weight: $0.1)
    }
    #expect(PastErrors.band(errors) == 0.2)
    #expect(PastErrors.band([]) == 0)
  }

  /// What fell for a month and came back goes on as it came back.
  @Test func aMonthsGapOfOneGroupIsNoTrend() throws {
    let demand = Sample.history(weeks: 24, ["c5.large", "m5.large"]) { type, hour in
      type == 0 && (12..<16).contains(hour / 168) ? 0 : (type == 0 ? 20 : 40) * Sample.rhythm(hour)
    }
    let forecast = try Sample.forecast(demand, ForecastSettings(method: .trend), hours: 26 * 168)
    #expect(forecast.findings.map(\.rule) == ["forecast.level-shift"])
    let path = forecast.paths.paths[0]
    for (g, level) in [20.0, 40].enumerated() {
      let last = path.hours(of: g).suffix(168).reduce(0, +) / 168
      #expect(abs(last / (level * Sample.meanRhythm) - 1) < 0.05, "\(g): \(last)")
    }
  }
}

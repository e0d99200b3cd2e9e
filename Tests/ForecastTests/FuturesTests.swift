import CloudCosts
import Foundation
import Testing

@testable import Forecast

/// The method `futures`: forecasters that compete, and what happens to fleets.
@Suite struct FuturesTests {
  private static let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")

  private static func season(_ week: Double) -> Double { 100 + 50 * sin(2 * .pi * week / 52) }

  /// Weeks of a level by week, with nights.
  private static func demand(weeks: Int, _ level: (Double) -> Double) -> Demand {
    Demand(
      window: HourWindow(start: Hour(year: 2021, month: 1, day: 4), hours: weeks * 168),
      groups: [UsageGroup(sku: sku)],
      quantities: (0..<weeks * 168).map { hour in
        level(Double(hour) / 168) * (hour % 24 < 8 ? 0.8 : 1.1)
      })
  }

  private static func futures(_ history: Demand, paths: Int = 24, seed: UInt64 = 1) throws
    -> DemandPaths
  {
    try Forecaster(ForecastSettings(method: .futures, paths: paths, seed: seed)).paths(
      history: history, horizon: HourWindow(start: history.window.end, hours: 8760)
    ).paths
  }

  private static func level(_ path: Demand, week: Int) -> Double {
    path.quantities[week * 168..<(week + 1) * 168].reduce(0, +) / 168
  }

  /// Who looks further ahead sees the same first year.
  @Test func aLongerHorizonBeginsAsAShorterOne() throws {
    let history = Self.demand(weeks: 60) { 100 + 0.5 * $0 }
    let year = try Self.futures(history)
    let longer = try Forecaster(ForecastSettings(method: .futures)).paths(
      history: history, horizon: HourWindow(start: history.window.end, hours: 26_280)
    ).paths
    #expect(longer.window.hours == 26_280)
    #expect(longer.restricted(to: year.window) == year)
  }

  /// At the season's height, what comes in half a year is the season's depth.
  @Test func aSeasonIsNoLevel() throws {
    let history = Self.demand(weeks: 65 + 52, Self.season)
    let paths = try Self.futures(history).paths
    let middle = paths.map { Self.level($0, week: 26) }.sorted()[12]
    #expect(abs(middle - 50) < 12, "\(middle)")
  }

  @Test func theForecasterThatIsRightIsBelieved() {
    let seasonal = Competition((0..<156).map { Self.season(Double($0)) })
    #expect(seasonal.entrants.max { $0.weight < $1.weight }?.forecaster.name == "last year")
    let flat = Competition((0..<156).map { 100 + Double($0 * 7 % 5) })
    // All are right on what never moves: none is far ahead, and all are surer than on other fleets.
    #expect(flat.entrants.allSatisfy { $0.error < $0.forecaster.usualError })
  }

  @Test func growthIsCarriedOnByHalfAndCapped() throws {
    let levels = (0..<112).map { 100 * pow(4, Double($0) / 52) }
    let history = try #require(LevelHistory(levels))
    let path = try #require(LastYear().path(of: history, weeks: 52))
    // Fourfold a year is carried on as 1.5-fold at most, half of it.
    #expect((path.max() ?? 0) <= log(LastYear.mostGrowth) + 1e-9)
    #expect(LastYear().path(of: try #require(LevelHistory(levels.suffix(40))), weeks: 52) == nil)
  }

  /// Growth that is cut is said, unless the scenario states how it goes on.
  @Test func cappedGrowthIsAFinding() throws {
    func rules(_ yearly: Double, weeks: Int, _ change: (inout ForecastSettings) -> Void = { _ in })
      throws -> [String]
    {
      let history = Self.demand(weeks: weeks) { 100 * pow(yearly, $0 / 52) }
      var settings = ForecastSettings(method: .futures, paths: 2)
      change(&settings)
      return try Forecaster(settings).paths(
        history: history, horizon: HourWindow(start: history.window.end, hours: 8760)
      ).findings.map(\.rule).filter { $0 == "forecast.growth-capped" }
    }
    #expect(try rules(2, weeks: 112).count == 1)
    #expect(try rules(1.3, weeks: 112).isEmpty)
    // Of half a year, by the slope.
    #expect(try rules(4, weeks: 26).count == 1)
    #expect(try rules(1.3, weeks: 26).isEmpty)
    #expect(try rules(2, weeks: 112) { $0.growth = 0.8 }.isEmpty)
    let known = KnownChange(
      .growth(yearly: 0.8), of: UsageSelection(), on: Hour(year: 2023, month: 6, day: 1))
    #expect(try rules(2, weeks: 112) { $0.changes = [known] }.isEmpty)
  }

  @Test func cappedGrowthSaysHowMuchItIs() throws {
    let doubled = (0..<112).map { 100 * pow(2, Double($0) / 52) }
    let cap = try #require(GrowthCap(doubled))
    #expect(abs(cap.factor - 2) < 1e-9 && cap.isOfYear)
    let message = cap.finding(place: "").message
    #expect(message.hasPrefix("usage is 2.0 times that of the same weeks"), "\(message)")
    let young = try #require(
      GrowthCap(doubled.suffix(30).enumerated().map { $1 * exp(Double($0) / 40) }))
    #expect(!young.isOfYear && young.factor > LastYear.mostGrowth)
  }

  /// Some futures end, some lose half: as often as they are stated to.
  @Test func somethingHappensAsOftenAsStated() throws {
    let rate = FleetEvents.kinds.reduce(0) { $0 + $1.rate }
    let count = (0..<1000).count { i in
      FleetEvents.path(when: (Double(i) + 0.5) / 1000, what: 0.5, weeks: 52).contains { $0 != 0 }
    }
    #expect(abs(Double(count) / 1000 - (1 - exp(-rate))) < 0.005)
    let ended = FleetEvents.path(when: 0, what: 0, weeks: 52)
    #expect(ended.last ?? 0 < log(0.1))
  }

  @Test func theSameSeedGivesTheSame() throws {
    let history = Self.demand(weeks: 60, Self.season)
    #expect(try Self.futures(history) == Self.futures(history))
    #expect(try Self.futures(history) != Self.futures(history, seed: 2))
  }

  /// Days differ by chance, as with the weather: bands of the first month know it. (Five weeks
  /// stand for each; levels that are unsure add the rest.)
  @Test func daysThatDifferByChanceAreInTheBand() throws {
    var random = SplitMix64(seed: 11)
    let days = (0..<(112 + 4) * 7).map { _ in 0.7 + 0.6 * random.unit() }
    let whole = Self.demand(weeks: 112 + 4) { week in 100 * days[Int(week * 7)] }
    let history = Demand(
      window: HourWindow(start: whole.window.start, hours: 112 * 168), groups: whole.groups,
      quantities: Array(whole.quantities[..<(112 * 168)]))
    let paths = try Self.futures(history, paths: 100).paths
    let inside = (0..<4 * 168).count { h in
      let sorted = paths.map { $0.quantities[h] }.sorted()
      let came = whole.quantities[112 * 168 + h]
      return came >= sorted[10] && came <= sorted[89]
    }
    #expect((0.55...0.95).contains(Double(inside) / (4 * 168)), "\(inside) of \(4 * 168)")
  }

  @Test func quantilesOfTheNormal() {
    for (share, value) in [
      (0.5, 0.0), (0.9, 1.281_551_6), (0.01, -2.326_347_9), (0.995, 2.575_829_3),
    ] {
      #expect(abs(Futures.normal(share) - value) < 1e-6)
    }
  }
}

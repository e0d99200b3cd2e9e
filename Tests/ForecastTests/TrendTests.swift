import CloudCosts
import Foundation
import Testing

@testable import Forecast

@Suite struct TrendTests {
  @Test func aSteadySeriesComesOutAsItIs() throws {
    let history = Sample.history(weeks: 10, ["m5.large"]) { 40 * Sample.rhythm($1) }
    let path = try Sample.forecast(history, ForecastSettings(method: .trend)).paths.paths[0]
    for h in 0..<8760 { #expect(abs(path[0, h] - 40 * Sample.rhythm(h)) < 1e-9) }
  }

  @Test func growthIsCarriedOnAndDamped() throws {
    let weekly = 0.01
    let history = Sample.history(weeks: 52, ["m5.large"]) {
      100 * exp(weekly * (Double($1) / 168 - 52)) * Sample.rhythm($1)
    }
    let path = try Sample.forecast(history, ForecastSettings(method: .trend)).paths.paths[0]
    func level(_ week: Int) -> Double {
      path.hours(of: 0)[week * 168..<(week + 1) * 168].reduce(0, +) / 168 / Sample.meanRhythm
    }
    #expect(abs(level(0) / (100 * exp(0.5 * weekly)) - 1) < 0.005)
    // After a year the trend is where 36.6 weeks of it would.
    let damped = weekly * (1 - pow(0.985, 51.5)) / 0.015
    #expect(abs(level(51) / (100 * exp(damped)) - 1) < 0.005)
  }

  @Test func theSlopeSurvivesAFifthOfWildWeeks() {
    var levels = (0..<26).map { 100 * exp(0.02 * Double($0)) }
    for w in stride(from: 2, to: 25, by: 5) { levels[w] *= 30 }
    #expect(abs(Trend(levels[...]).slope - 0.02) < 0.001)
  }

  @Test func aLevelShiftSetsTheBaselineAnew() throws {
    let history = Sample.history(weeks: 40, ["m5.large"]) {
      ($1 < 30 * 168 ? 100 : 300) * Sample.rhythm($1)
    }
    let forecast = try Sample.forecast(history, ForecastSettings(method: .trend))
    #expect(forecast.findings.map(\.rule) == ["forecast.level-shift"])
    #expect(forecast.findings[0].message.contains("2021-08-30"))
    let mean = forecast.paths.paths[0].quantities.reduce(0, +) / 8760
    #expect(abs(mean / (300 * Sample.meanRhythm) - 1) < 0.01)
  }

  @Test func growthIsNoLevelShift() {
    let levels = (0..<30).map { 10 * exp(0.1 * Double($0)) }
    #expect(Trend(levels[...]).shift == nil)
    #expect(Trend(levels[...]).slope == Trend.steepest)
  }

  @Test func daysOfTheYearComeBack() throws {
    // From the 24th to the 26th of December half of it runs.
    func isHoliday(_ hour: Int) -> Bool {
      let day = (Sample.start + hour).iso8601.prefix(10).suffix(5)
      return ["12-24", "12-25", "12-26"].contains(String(day))
    }
    let history = Sample.history(weeks: 80, ["m5.large"]) { _, hour in
      100 * (isHoliday(hour) ? 0.5 : 1)
    }
    let seasonal = try Sample.forecast(history, ForecastSettings(method: .seasonal))
    let trend = try Sample.forecast(history, ForecastSettings(method: .trend))
    #expect(seasonal.findings.isEmpty)
    let path = seasonal.paths.paths[0]
    // 364 days behind the 25th of December 2021.
    let christmas = Hour(year: 2022, month: 12, day: 24, hour: 12) - path.window.start
    #expect(abs(path[0, christmas] - 50) < 1e-9)
    #expect(path.quantities.filter { abs($0 - 50) < 1e-9 }.count == 72)
    #expect(path.quantities.filter { abs($0 - 100) < 1e-9 }.count == 8760 - 72)
    #expect(abs(trend.paths.paths[0][0, christmas] - 100) < 1e-9)
  }

  @Test func withoutAYearThereAreNoDaysOfTheYear() throws {
    let history = Sample.history(weeks: 30, ["m5.large"]) { 40 * Sample.rhythm($1) }
    let forecast = try Sample.forecast(history, ForecastSettings(method: .seasonal))
    #expect(forecast.findings.map(\.rule) == ["forecast.no-year"])
  }
}

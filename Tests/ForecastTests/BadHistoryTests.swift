import CloudCosts
import Foundation
import Testing

@testable import Forecast

/// What a history may lack, and the rule for each: nothing of it becomes a silent zero.
@Suite struct BadHistoryTests {
  private static let methods: [ForecastSettings.Method] = [
    .trend, .seasonal, .bootstrap, .futures,
  ]

  private func rules(_ demand: Demand, _ settings: ForecastSettings) -> [String] {
    do {
      return try Sample.forecast(demand, settings, hours: 168).findings.map(\.rule)
    } catch {
      return (error as? FindingsError)?.findings.map { "\($0.severity) \($0.rule)" } ?? []
    }
  }

  @Test(arguments: methods) func lessThanFourWeeksAreRefused(method: ForecastSettings.Method) {
    let history = Sample.history(weeks: 3, ["m5.large"]) { _, _ in 1 }
    #expect(rules(history, ForecastSettings(method: method)) == ["error forecast.short-history"])
  }

  @Test(arguments: ForecastSettings.Method.allCases)
  func allZerosAreRefused(method: ForecastSettings.Method) {
    let history = Sample.history(weeks: 10, ["m5.large"]) { _, _ in 0 }
    #expect(
      rules(history, ForecastSettings(method: method, horizonMonths: 1))
        == ["error forecast.no-usage"])
  }

  @Test func pathsOfAMethodThatHasOne() {
    let history = Sample.history(weeks: 10, ["m5.large"]) { _, _ in 1 }
    #expect(
      rules(history, ForecastSettings(method: .trend, paths: 5)) == ["error forecast.one-path"])
  }

  @Test(arguments: methods) func aSeriesOfZerosIsToldAndStays(method: ForecastSettings.Method)
    throws
  {
    let history = Sample.history(weeks: 60, ["c5.large", "m5.large"]) { type, hour in
      type == 0 ? (hour < 1000 ? 5 : 0) : 40 * Sample.rhythm(hour)
    }
    let forecast = try Sample.forecast(history, ForecastSettings(method: method), hours: 1000)
    #expect(forecast.findings.map(\.rule) == ["forecast.unused"])
    #expect(forecast.findings[0].message.contains("c5.large"))
    #expect(forecast.paths.paths.allSatisfy { $0.hours(of: 0).allSatisfy { $0 == 0 } })
    #expect(forecast.paths.paths.allSatisfy { $0.hours(of: 1).contains { $0 > 10 } })
  }

  @Test(arguments: methods)
  func aSeriesThatStartsLateIsMeasuredFromItsStart(method: ForecastSettings.Method) throws {
    let history = Sample.history(weeks: 60, ["c5.large", "m5.large"]) { type, hour in
      // It starts on a Wednesday, two weeks and a bit before the end.
      type == 0 ? (hour >= 57 * 168 + 50 ? 30 * Sample.rhythm(hour) : 0) : 40 * Sample.rhythm(hour)
    }
    let forecast = try Sample.forecast(history, ForecastSettings(method: method), hours: 168)
    // All usage is 1.75 times that of a year ago, which futures do not carry on.
    let capped = method == .futures ? ["forecast.growth-capped"] : []
    #expect(forecast.findings.map(\.rule).sorted() == capped + ["forecast.young"])
    let sums = forecast.paths.paths.map { $0.hours(of: 0).reduce(0, +) / 168 }.sorted()
    let middle = sums[sums.count / 2]
    #expect(abs(middle / (30 * Sample.meanRhythm) - 1) < 0.1, "\(middle)")
  }

  @Test(arguments: methods) func oneOutlierOfAMillionMovesNothing(method: ForecastSettings.Method)
    throws
  {
    let clean = Sample.history(weeks: 60, ["m5.large"]) { 40 * Sample.rhythm($1) }
    for hour in [5, 59 * 168 + 30, 60 * 168 - 1] {
      var wild = clean
      wild[0, hour] *= 1e6
      let settings = ForecastSettings(method: method, paths: method.hasManyPaths ? 5 : nil)
      let forecast = try Sample.forecast(wild, settings)
      #expect(forecast.findings.map(\.rule) == ["forecast.outlier"])
      #expect(forecast.findings[0].message.contains((Sample.start + hour).iso8601))
      let before = try Sample.forecast(clean, settings).paths.mean.quantities.reduce(0, +)
      let after = forecast.paths.mean.quantities.reduce(0, +)
      #expect(abs(after / before - 1) < 0.01, "hour \(hour)")
    }
  }

  @Test(arguments: methods) func aMissingMonthIsNoZero(method: ForecastSettings.Method) throws {
    let clean = Sample.history(weeks: 60, ["c5.large", "m5.large"]) { 40 * Sample.rhythm($1) }
    var gappy = clean
    for g in 0...1 { for h in 55 * 168..<59 * 168 + 40 { gappy[g, h] = 0 } }
    let settings = ForecastSettings(method: method, paths: method.hasManyPaths ? 5 : nil)
    let forecast = try Sample.forecast(gappy, settings)
    #expect(forecast.findings.map(\.rule) == ["forecast.gap"])
    #expect(forecast.findings[0].message.contains("712 hours"))
    let before = try Sample.forecast(clean, settings).paths.mean
    #expect(
      zip(before.quantities, forecast.paths.mean.quantities).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func hoursWithoutUsageOfAGroupThatRestsAtNightAreNoGap() throws {
    let history = Sample.history(weeks: 10, ["m5.large"]) { _, hour in
      (8..<20).contains(hour % 24) ? 10 : 0
    }
    let forecast = try Sample.forecast(history, ForecastSettings(method: .trend), hours: 48)
    #expect(forecast.findings.isEmpty)
    #expect(forecast.paths.paths[0][0, 3] == 0)
    #expect(abs(forecast.paths.paths[0][0, 12] - 10) < 1e-9)
  }
}

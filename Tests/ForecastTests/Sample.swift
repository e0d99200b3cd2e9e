import CloudCosts
import Foundation

@testable import Forecast

/// What several suites make their histories from.
enum Sample {
  /// A Monday.
  static let start = Hour(year: 2021, month: 2, day: 1)

  static func group(
    _ type: String, account: String = "", region: String = "us-east-1"
  ) -> UsageGroup {
    UsageGroup(account: account, sku: SKU(provider: .aws, region: region, instanceType: type))
  }

  /// Whole weeks of one or more groups, in the order of their types' names.
  static func history(
    weeks: Int, _ types: [String], _ usage: (_ type: Int, _ hour: Int) -> Double
  ) -> Demand {
    let window = HourWindow(start: start, hours: weeks * 168)
    return Demand(
      window: window, groups: types.map { group($0) },
      quantities: types.indices.flatMap { g in (0..<window.hours).map { usage(g, $0) } })
  }

  /// A day's and a week's rhythm around 1: weekdays by day 1.3, nights 0.9, weekends 0.7.
  static func rhythm(_ hour: Int) -> Double {
    hour / 24 % 7 >= 5 ? 0.7 : (8..<18).contains(hour % 24) ? 1.3 : 0.9
  }

  /// The mean of `rhythm` over a week.
  static let meanRhythm = (0..<168).reduce(0) { $0 + rhythm($1) } / 168

  static func forecast(
    _ history: Demand, _ settings: ForecastSettings, hours: Int = 8760
  ) throws -> Forecast {
    try Forecaster(settings).paths(
      history: history, horizon: HourWindow(start: history.window.end, hours: hours))
  }
}

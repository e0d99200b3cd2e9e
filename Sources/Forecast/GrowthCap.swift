import CloudCosts
import Foundation

/// Growth that is more than what is carried on (`LastYear.mostGrowth`): it is cut, and said.
///
/// What has doubled in a year seldom doubles again, and a plan that buys for it ahead pays for
/// machines that never come. Who knows that it goes on states it as a known change, which comes on
/// top of what the history tells.
struct GrowthCap {
  /// What usage grows by in a year, as the history has it: 2 is twice as much.
  let factor: Double
  /// Whether that is the growth on the same weeks of last year; false: the slope of the last weeks.
  let isOfYear: Bool

  /// Nil where the growth is carried on as it is.
  ///
  /// - Parameter levels: weekly levels of all usage.
  init?(_ levels: some Collection<Double>) {
    guard let history = LevelHistory(levels) else { return nil }
    let year = LastYear.measuredGrowth(of: history)
    guard let growth = year ?? DampedTrend.measuredGrowth(of: history),
      growth > log(LastYear.mostGrowth)
    else { return nil }
    factor = exp(growth)
    isOfYear = year != nil
  }

  func finding(place: String) -> Finding {
    let times = (factor * 10).rounded() / 10
    let most = LastYear.mostGrowth
    return Finding(
      .warning, rule: "forecast.growth-capped", place: place,
      message: (isOfYear
        ? "usage is \(times) times that of the same weeks of last year"
        : "the slope of the last weeks would make usage \(times) times as much in a year")
        + "; no forecast carries on more than \(most) times a year",
      remedy: "state growth that is known to go on under forecast.changes or as forecast.growth")
  }
}

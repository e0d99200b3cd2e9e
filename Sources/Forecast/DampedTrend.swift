import Foundation

/// The slope of the last 26 weeks, damped (`Trend`): right where growth goes on, and wrong by far
/// where it was a season.
struct DampedTrend: LevelForecaster {
  let name = "damped trend"
  let usualError = ForecasterErrors.dampedTrend

  func path(of history: LevelHistory, weeks: Int) -> [Double]? {
    guard let slope = Self.slope(of: history) else { return nil }
    return (0..<weeks).map { w in
      min(
        Trend.drift(slope, weeks: Double(w) + 0.5),
        log(LastYear.mostGrowth) * Double(w / LevelHistory.year + 1))
    }
  }

  /// Nil where there are too few weeks.
  private static func slope(of history: LevelHistory) -> Double? {
    guard history.logs.count >= Trend.memory / 2 else { return nil }
    return Trend.slope(
      ofLogs: Array(history.logs.suffix(Trend.memory)), steepest: Trend.steepest)
  }

  /// The growth of a year, in logarithms, before it is capped; nil where there are too few weeks.
  static func measuredGrowth(of history: LevelHistory) -> Double? {
    slope(of: history).map { Trend.drift($0, weeks: Double(LevelHistory.year)) }
  }
}

import Foundation

/// The slope of the last 26 weeks, damped (`Trend`): right where growth goes on, and wrong by far
/// where it was a season.
struct DampedTrend: LevelForecaster {
  let name = "damped trend"
  let usualError = ForecasterErrors.dampedTrend

  func path(of history: LevelHistory, weeks: Int) -> [Double]? {
    guard history.logs.count >= Trend.memory / 2 else { return nil }
    let slope = Trend.slope(
      ofLogs: Array(history.logs.suffix(Trend.memory)), steepest: Trend.steepest)
    return (0..<weeks).map { w in
      min(
        Trend.drift(slope, weeks: Double(w) + 0.5),
        log(LastYear.mostGrowth) * Double(w / LevelHistory.year + 1))
    }
  }
}

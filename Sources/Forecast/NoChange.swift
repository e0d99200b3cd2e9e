/// Tomorrow is as today: hard to beat where there is no season.
struct NoChange: LevelForecaster {
  let name = "no change"
  let usualError = ForecasterErrors.noChange

  func path(of history: LevelHistory, weeks: Int) -> [Double]? {
    Array(repeating: 0, count: weeks)
  }
}

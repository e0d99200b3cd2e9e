import CloudCosts

/// The method `repeat`: the last whole weeks of the history, over and over, without gaps and
/// outliers (`Baseline`).
///
/// The hour of the week is kept, and where there are 52 weeks of history, also the time of the
/// year, to a day or two.
struct Repetition {
  private static let longest = 52 * Forecaster.week
  private let history: Demand
  /// A whole number of weeks, in hours.
  private let period: Int

  /// - Precondition: a week of history or more.
  init(_ history: Demand) {
    self.history = history
    let weeks = max(1, history.window.hours / Forecaster.week)
    period = min(weeks * Forecaster.week, Self.longest)
  }

  /// - Precondition: `horizon` starts where the history ends, or later.
  func demand(over horizon: HourWindow) -> Demand {
    var quantities: [Double] = []
    quantities.reserveCapacity(history.groups.count * horizon.hours)
    let first = history.window.hours - period
    let shift = horizon.start - history.window.end
    for g in history.groups.indices {
      let row = history.hours(of: g)
      let base = row.startIndex + first
      var position = shift % period
      for _ in 0..<horizon.hours {
        quantities.append(row[base + position])
        position += 1
        if position == period { position = 0 }
      }
    }
    return Demand(window: horizon, groups: history.groups, quantities: quantities)
  }
}

import CloudCosts

/// In which hours of a window machines run: those in which they were measured, or, in a window
/// behind the history, those in which they can be expected to.
package struct MachineHours: Sendable {
  let window: HourWindow
  private let isFuture: Bool
  private let end: Hour
  private var counts: [UsageGroup: [Int]] = [:]

  /// Weeks of the end of a history that say when a machine will run.
  static let weeks = 4
  /// A machine that was measured in the last so many hours stays.
  static let recent = 48

  /// Machines of a history in a window of it.
  ///
  /// - Parameter isShrinking: whether usage is planned to be less than it was: each machine then
  ///   counts for its share of it.
  package init(_ history: UtilizationHistory, window: HourWindow, isShrinking: Bool = false) {
    self.window = window
    isFuture = false
    end = window.end
    if isShrinking { count(history) }
  }

  /// Machines that stay, in a window behind the history. New ones are not known, and keep what they
  /// have; where a path has less usage than machines, each counts for its share.
  package init(_ history: UtilizationHistory, future window: HourWindow) {
    self.window = window
    isFuture = true
    end = history.series.compactMap(\.hours.last).max().map { $0 + 1 } ?? window.start
    count(history)
  }

  private mutating func count(_ history: UtilizationHistory) {
    for series in history.series {
      for h in running(series) {
        counts[series.resource.group, default: [Int](repeating: 0, count: window.hours)][h] += 1
      }
    }
  }

  /// As in `RightsizingCandidate`: nil where usage is never less than machines.
  package func alongside(_ group: UsageGroup) -> [Int]? { counts[group] }

  /// The hours (indices of the window) in which a machine runs.
  package func running(_ series: UtilizationSeries) -> [Int] {
    guard isFuture else { return series.runningHours(in: window) }
    guard let last = series.hours.last, end - last <= Self.recent else { return [] }
    var ran = [Int](repeating: 0, count: 168)
    var weeks = 0
    let first = max(series.hours.first ?? end, end + -168 * Self.weeks)
    weeks = max(1, (end - first + 167) / 168)
    for hour in series.hours.reversed() {
      guard hour >= first else { break }
      ran[IdleWeek.slot(hour)] += 1
    }
    return (0..<window.hours).filter { 2 * ran[IdleWeek.slot(window.start + $0)] >= weeks }
  }
}

extension Rightsizer {
  /// The same for a window behind the history: machines that stay are carried into it.
  package func advice(_ history: UtilizationHistory, future window: HourWindow) -> RightsizingAdvice
  {
    advice(history, machines: MachineHours(history, future: window))
  }
}

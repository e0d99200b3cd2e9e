import CloudCosts

extension RightsizingCandidate {
  /// The same machine in a window to come: it runs in an hour if it ran in that hour of the week in the last
  /// seven days of the history.
  func carried(from history: HourWindow, to window: HourWindow) -> RightsizingCandidate {
    guard history != window else { return self }
    let first = max(0, history.hours - 168)
    let week = Set(
      runningHours.filter { $0 >= first }.map { (history.start + $0).sinceEpoch % 168 })
    return RightsizingCandidate(
      resource: resource,
      runningHours: (0..<window.hours).filter {
        week.contains((window.start + $0).sinceEpoch % 168)
      }, actions: actions)
  }
}

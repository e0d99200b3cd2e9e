import CloudCosts

/// Where work is limited by the month, an action may be done in any of the next months: each is an
/// action of its own, which changes the hours from then on.
package enum WorkCalendar {
  /// Later than so many months no one plans a resize.
  package static let months = 6

  /// The same candidates with each action at the start of the window and of each month after it.
  package static func spread(
    _ candidates: [RightsizingCandidate], window: HourWindow
  ) -> [RightsizingCandidate] {
    var starts: [Hour] = []
    var month = window.start.month
    for _ in 1..<months {
      month = month.next
      if month.start < window.end { starts.append(month.start) }
    }
    guard !starts.isEmpty else { return candidates }
    return candidates.map { candidate in
      var spread = candidate
      spread.actions = candidate.actions.flatMap { action in
        [action] + starts.compactMap { later(action, candidate, from: $0, window) }
      }
      return spread
    }
  }

  private static func later(
    _ action: CandidateAction, _ candidate: RightsizingCandidate, from start: Hour,
    _ window: HourWindow
  ) -> CandidateAction? {
    var later = action
    let hours = (action.hours ?? candidate.runningHours).filter { window.start + $0 >= start }
    guard !hours.isEmpty else { return nil }
    later.hours = hours
    later.start = start
    return later
  }
}

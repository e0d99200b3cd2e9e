/// When purchases may be made in addition to the first hour of the window.
///
/// Every date is one on which each offer is on sale; the ILP chooses how much of what is bought
/// when. What is bought later is a purchase with a later start: a queued one, where the provider
/// takes such orders.
package struct Ladder: Hashable, Sendable {
  package enum Step: String, Hashable, Sendable, CaseIterable {
    case month
    case week
  }

  package var step: Step
  /// How many dates at most, the first hour of the window among them; nil: as many as the window
  /// has.
  package var count: Int?
  /// No purchase at or after this hour; nil: no such limit.
  package var until: Hour?
  /// These dates in place of the steps; nil: the steps.
  private var named: [Hour]?

  package init(every step: Step, count: Int? = nil, until: Hour? = nil) {
    self.step = step
    self.count = count
    self.until = until
  }

  /// Purchases on these dates.
  package init(on dates: [Hour]) {
    self.init(every: .month)
    named = dates
  }

  /// The hours of a window (0 ..< `hours`) in which purchases may be made: its first hour, and the
  /// same hour of each later week, or of the same day of each later calendar month (UTC).
  package func dates(in window: HourWindow) -> [Int] {
    if let named {
      return Set(named.map { $0 - window.start }).filter { (0..<window.hours).contains($0) }
        .sorted()
    }
    var dates: [Int] = []
    for i in 0..<(count ?? .max) {
      let date = step == .week ? window.start + 168 * i : window.start.adding(months: i)
      guard date < window.end, i == 0 || date < until ?? window.end else { break }
      dates.append(date - window.start)
    }
    return dates
  }
}

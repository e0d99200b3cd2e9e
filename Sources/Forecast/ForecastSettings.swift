import CloudCosts

/// How the demand to plan for comes out of the history.
package struct ForecastSettings: Hashable, Sendable {
  package enum Method: String, Hashable, Sendable, CaseIterable {
    /// What was, once more: the window as it is, or the last whole weeks over and over.
    case `repeat`
    /// The window as it was: what could it have saved at best? No one knows that before.
    case hindsight
    /// The level of today, carried on by a robust damped trend, in the profile of a week.
    case trend
    /// The same, with the days of the year that differed in years before.
    case seasonal
    /// Many futures: blocks of past weeks around trends that are themselves uncertain.
    case bootstrap
    /// Many futures: forecasters that compete, as wrong as they usually are, and what happens to
    /// fleets (`Futures`).
    case futures

    /// Whether usage is carried on, and not taken as it was.
    var carriesOn: Bool { self != .repeat && self != .hindsight }
    /// Whether it makes more than one future.
    package var hasManyPaths: Bool { self == .bootstrap || self == .futures }
  }

  package var method: Method
  /// Yearly growth on top of what the method finds: 0.4 makes the demand 1.4 times as large after
  /// 8,760 hours.
  package var growth: Double
  /// How many calendar months behind the history to plan for; nil: the method's own default.
  package var horizonMonths: Int?
  /// How many futures; nil: the method's own default.
  package var paths: Int?
  /// The same seed gives the same futures on every machine.
  package var seed: UInt64
  /// Length of the stretches of history that futures are put together from, in weeks.
  package var blockWeeks: Int
  /// What is known to change, in the order of the scenario.
  package var changes: [KnownChange]
  /// Whether usage of a family that is superseded moves to groups of its own
  /// (`UsageGroup.successor`), and not to the other groups of its region; bootstrap only.
  package var namesSuccessors = false
  /// Whether the scenario names no method, so that the history decides: see `decided(by:)`.
  package var isUnstated = false

  package init(
    method: Method = .repeat, growth: Double = 0, horizonMonths: Int? = nil, paths: Int? = nil,
    seed: UInt64 = 1, blockWeeks: Int = 4, changes: [KnownChange] = []
  ) {
    self.method = method
    self.growth = growth
    self.horizonMonths = horizonMonths
    self.paths = paths
    self.seed = seed
    self.blockWeeks = blockWeeks
    self.changes = changes
  }

  /// Longest horizon, in months: the longest term on sale.
  package static let longestHorizon = 36
  /// Most futures.
  package static let mostPaths = 1000

  /// Whether the future is planned for, and not the window as it was.
  package var looksAhead: Bool {
    method.carriesOn || (method == .repeat && horizonMonths != nil)
  }

  /// Whether the scenario says how usage goes on growing.
  var statesGrowth: Bool {
    growth != 0
      || changes.contains {
        if case .growth = $0.kind { return true }
        return false
      }
  }

  /// The least weeks of history that say anything of what comes.
  package static let leastWeeks = 8
  /// Weeks of history from which on a season can be reported from growth: thirteen months.
  package static let seasonWeeks = 56

  /// The same; where the scenario names no method, many futures as far as there is a history to
  /// make them from, else the window as it was.
  package func decided(by history: HourWindow) -> ForecastSettings {
    guard isUnstated, history.hours >= Self.leastWeeks * Forecaster.week else { return self }
    var decided = self
    decided.method = .futures
    return decided
  }

  /// The hours to plan for behind a history that ends at `end`; nil: the window as it was.
  ///
  /// Calendar months; whole years are years of 365 days, as terms are: a leap day would be one on
  /// which every 1-year plan has ended, and is bought again.
  package func horizon(behind end: Hour) -> HourWindow? {
    guard looksAhead else { return nil }
    let months = horizonMonths ?? 12
    guard months % 12 > 0 else {
      return HourWindow(start: end, hours: Term(years: months / 12).hours)
    }
    return HourWindow(from: end, to: end.adding(months: months))
  }
}

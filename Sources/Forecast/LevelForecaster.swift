import Foundation

/// A way to carry the weekly level of usage on: one of those that compete (`Competition`).
protocol LevelForecaster: Sendable {
  /// For people, and in the table of errors.
  var name: String { get }
  /// How wrong it is on many fleets: the error of the logarithm of the level a year ahead
  /// (`ForecasterErrors`).
  var usualError: Double { get }
  /// The level of each week ahead against today's, in logarithms; nil where the history is too
  /// short for it.
  func path(of history: LevelHistory, weeks: Int) -> [Double]?
}

/// Weekly levels of usage up to today.
struct LevelHistory: Sendable {
  /// Weeks of which the median is today's level.
  static let recent = 4
  /// Weeks of a year.
  static let year = 52
  /// Levels below this share of the highest one count as that share, so that they have logarithms.
  private static let floor = 0.01

  /// Logarithms, from the first week of use on.
  let logs: [Double]
  /// That of today's level.
  let now: Double

  /// Nil where nothing is used today.
  init?(_ levels: some Collection<Double>) {
    let used = Array(levels.drop { $0 <= 0 })
    guard let highest = used.max(), used.last ?? 0 > Self.floor * highest else { return nil }
    logs = used.map { log(max($0, Self.floor * highest)) }
    now = Robust.median(Array(logs.suffix(Self.recent)))
  }

  /// The mean logarithm of the weeks around one.
  func smooth(_ week: Int) -> Double {
    let around = logs[max(0, week - 1)...min(logs.count - 1, week + 1)]
    return around.reduce(0, +) / Double(around.count)
  }
}

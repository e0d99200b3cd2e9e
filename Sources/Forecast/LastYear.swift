import Foundation

/// The same week of last year, times the square root of the growth on the year before: half of a
/// growth is believed.
///
///     level(w) = level(w − 52) · G^{1 − 2^{−y}} · e^{−w / 13} · (what today differs from that),   G ≤ 1.5 a year
///
/// with y = 1 in the first year ahead, 2 in the second. How today differs from the same forecast of
/// today is forgotten within a quarter. Needs a year of history; for the growth also what was there
/// a year ago.
struct LastYear: LevelForecaster {
  let name = "last year"
  let usualError = ForecasterErrors.lastYear
  /// The largest growth in a year that is carried on.
  static let mostGrowth = 1.5
  /// Weeks after which a third of today's difference is left.
  private static let memory = 13.0

  func path(of history: LevelHistory, weeks: Int) -> [Double]? {
    let year = LevelHistory.year
    let count = history.logs.count
    guard count >= year else { return nil }
    let growth = Self.growth(of: history)
    let start = history.smooth(count - year) + growth / 2
    return (0..<weeks).map { w in
      let years = Double(w / year + 1)
      let level = history.smooth(count - year + w % year) + growth * (1 - pow(2, -years))
      return level - history.now + (history.now - start) * exp(-Double(w) / Self.memory)
    }
  }

  /// The logarithm of the growth on the same weeks a year ago; 0 where that is not known.
  static func growth(of history: LevelHistory) -> Double {
    min(measuredGrowth(of: history) ?? 0, log(mostGrowth))
  }

  /// The same before it is capped; nil where it is not known.
  static func measuredGrowth(of history: LevelHistory) -> Double? {
    let before = history.logs.dropLast(LevelHistory.year).suffix(LevelHistory.recent)
    guard before.count == LevelHistory.recent else { return nil }
    return history.now - Robust.median(Array(before))
  }
}

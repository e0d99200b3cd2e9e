import Foundation

/// What may happen to a whole fleet from one month to the next, and no history of its own tells.
///
/// Yearly rates: of the nine fleets and four regions that were looked at, 33 years in all, one was
/// switched off, one lost half at once, one doubled. To that is added as much again of nothing,
/// since fleets are chosen for what happens to them.
enum FleetEvents {
  struct Kind: Sendable {
    /// Probability a year.
    var rate: Double
    /// What is left, or has come.
    var factor: Double
  }

  static let kinds = [
    Kind(rate: 0.02, factor: 0.08), Kind(rate: 0.04, factor: 0.5), Kind(rate: 0.03, factor: 2),
  ]
  /// Weeks that it takes.
  private static let duration = 6.0

  /// What one future has of them: in logarithms, for each week ahead.
  ///
  /// - Parameters: numbers from 0 to 1 that say when and what.
  static func path(when: Double, what: Double, weeks: Int) -> [Double] {
    let all = kinds.reduce(0) { $0 + $1.rate }
    let start = -log(1 - min(when, 1 - 1e-9)) / all * 52
    var rest = what * all
    let kind =
      kinds.first {
        rest -= $0.rate
        return rest < 0
      } ?? kinds[kinds.count - 1]
    return (0..<weeks).map { w in
      let done = min(1, max(0, (Double(w) + 1 - start) / duration))
      return log(1 + (kind.factor - 1) * done)
    }
  }
}

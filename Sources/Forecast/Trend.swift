import CloudCosts
import Foundation

/// Where the weekly level of one group is, and how it moves.
struct Trend {
  /// Weeks that the slope is taken from.
  static let memory = 26
  /// What is left of the slope from week to week: trends bend (Gardner and McKenzie 1985).
  static let damping = 0.985
  /// Steepest slope that is carried on, in logarithms a week: about 4.8 × a year up or down.
  static let steepest = 0.03
  /// Levels below this share of the highest one count as that share, so that they have logarithms.
  static let floor = 0.01

  /// The level behind the last week.
  private(set) var level = 0.0
  /// In logarithms, a week.
  private(set) var slope = 0.0
  /// The first week behind the last level shift, where there was one.
  private(set) var shift: Int?

  /// - Parameter levels: weekly means from the group's first week on.
  init(_ levels: ArraySlice<Double>) {
    let recent = levels.suffix(Self.memory)
    let peak = recent.max() ?? 0
    guard peak > 0, recent.last ?? 0 > 0 else { return }
    let logs = recent.map { log(max($0, Self.floor * peak)) }
    shift = Self.shift(in: logs).map { $0 + recent.startIndex }
    let since = logs[(shift.map { $0 - recent.startIndex } ?? 0)...]
    slope = Self.slope(of: since, steepest: Self.steepest)
    let last = Array(since.suffix(4))
    let slope = slope
    let carried = last.indices.map { last[$0] + slope * (Double(last.count - $0) - 0.5) }
    level = exp(Robust.median(carried))
  }

  /// The slope behind the last level shift.
  static func slope(ofLogs logs: [Double], steepest: Double) -> Double {
    slope(of: logs[(shift(in: logs) ?? 0)...], steepest: steepest)
  }

  private static func slope(of since: ArraySlice<Double>, steepest: Double) -> Double {
    // Of three weeks or fewer a slope says nothing.
    since.count > 3 ? min(max(Robust.slope(since), -steepest), steepest) : 0
  }

  /// The damped trend's logarithm after so many weeks, for a slope.
  static func drift(_ slope: Double, weeks: Double) -> Double {
    slope * (1 - pow(damping, weeks)) / (1 - damping)
  }

  /// The last week at which the level jumps and stays: by more than half or a third, five times as
  /// far as the weeks usually differ, and nearly all of it at once. What fell for a month and came
  /// back has jumped twice, and only what came behind says how it goes on.
  private static func shift(in logs: [Double]) -> Int? {
    guard logs.count >= 6 else { return nil }
    let usual = Robust.deviation(zip(logs.dropFirst(), logs).map { $0 - $1 })
    var last: Int?
    for k in 2...(logs.count - 2) {
      let before = Robust.median(Array(logs[max(0, k - 4)..<k]))
      let after = Robust.median(Array(logs[k..<min(logs.count, k + 4)]))
      let jump = after - before
      let atOnce = logs[k] - logs[k - 1]
      guard abs(jump) > max(0.4, 5 * usual), atOnce / jump > 0.7 else { continue }
      last = k
    }
    return last
  }
}

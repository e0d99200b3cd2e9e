import CloudCosts
import Foundation

/// What the methods that carry a trend on know of a history.
struct Model {
  /// Weeks that the profile of a week is taken from.
  static let profileWeeks = 8
  /// Weeks that futures take their shapes from: a year, so that all seasons are among them.
  static let shapeWeeks = 52
  /// A group is alive in a week whose level is at least this share of its highest of the year before.
  static let aliveShare = 0.1

  let baseline: Baseline
  let days: SpecialDays?
  let trends: [Trend]
  /// Weekly levels, each the median of the five weeks around: what a week is measured against.
  let smooth: [[Double]]
  private(set) var findings: [Finding]

  var groups: [UsageGroup] { baseline.demand.groups }
  var weeks: Int { baseline.weeks }

  /// - Precondition: four weeks of history or more.
  init(_ history: Demand, place: String) {
    let baseline = Baseline(history, place: place)
    self.baseline = baseline
    days = SpecialDays(baseline.demand)
    trends = baseline.levels.indices.map { g in
      Trend(baseline.levels[g][min(baseline.births[g], baseline.weeks)...])
    }
    smooth = baseline.levels.indices.map { g in
      Self.smooth(baseline.levels[g], from: baseline.births[g])
    }
    findings = baseline.findings
    for g in groups.indices { describe(g, place) }
  }

  private static func smooth(_ levels: [Double], from birth: Int) -> [Double] {
    levels.indices.map { w in
      guard w >= birth else { return 0 }
      return Robust.median(Array(levels[max(birth, w - 2)...min(levels.count - 1, w + 2)]))
    }
  }

  private mutating func describe(_ g: Int, _ place: String) {
    let age = weeks - baseline.births[g]
    if age == 0 || trends[g].level == 0 {
      findings.append(
        Finding(
          .note, rule: "forecast.unused", place: place,
          message:
            "\(groups[g]) was not used in the last week of the history: it is expected to stay"
            + " unused",
          remedy: "nothing, if it was given up"))
    } else if age < 4, baseline.births[g] > 0 {
      findings.append(
        Finding(
          .note, rule: "forecast.young", place: place,
          message:
            "\(groups[g]) is used since \(age) \(age == 1 ? "week" : "weeks") only: its level"
            + " is carried on without a trend",
          remedy: "add what is known of it under forecast.changes"))
    } else if let shift = trends[g].shift {
      let week = baseline.demand.window.start + (shift * Forecaster.week)
      findings.append(
        Finding(
          .note, rule: "forecast.level-shift", place: place,
          message: "\(groups[g]) jumped to another level in the week of \(week): only what came"
            + " behind sets its trend",
          remedy: "nothing, if it is there to stay"))
    }
  }

  /// Whether a group's week can stand for the group: it is there, and not on its way in or out.
  func isAlive(_ g: Int, week: Int) -> Bool {
    guard week >= baseline.births[g] else { return false }
    let peak = smooth[g][max(0, week - 52)...week].max() ?? 0
    return peak > 0 && smooth[g][week] >= Self.aliveShare * peak
  }

  /// The usage of an hour over the level of its week, without what made its day special.
  func shape(_ g: Int, hour: Int) -> Double {
    baseline.demand[g, hour] / smooth[g][hour / Forecaster.week] / (days?.own(hour) ?? 1)
  }

  /// The mean shape of the group's last weeks; flat where it has none.
  func profile(of g: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: Forecaster.week)
    var count = 0.0
    for w in max(0, weeks - Self.profileWeeks)..<weeks where isAlive(g, week: w) {
      count += 1
      for h in sums.indices { sums[h] += shape(g, hour: w * Forecaster.week + h) }
    }
    return count > 0 ? sums.map { $0 / count } : sums.map { _ in 1 }
  }

  /// The one path of the expected: trend times profile, times special days where asked for.
  func expected(over horizon: HourWindow, withSpecialDays: Bool) -> Demand {
    let shift = horizon.start - baseline.demand.window.end
    let days = withSpecialDays ? days : nil
    let special = (0..<horizon.hours).map { days?.factor(horizon.start + $0) ?? 1 }
    var quantities: [Double] = []
    quantities.reserveCapacity(groups.count * horizon.hours)
    for g in groups.indices {
      let profile = profile(of: g)
      var factor = 0.0
      for h in 0..<horizon.hours {
        let position = (shift + h) % Forecaster.week
        if h == 0 || position == 0 {
          let weeks = Double((shift + h) / Forecaster.week) + 0.5
          factor = trends[g].level * exp(Trend.drift(trends[g].slope, weeks: weeks))
        }
        quantities.append(factor * profile[position] * special[h])
      }
    }
    return Demand(window: horizon, groups: groups, quantities: quantities)
  }
}

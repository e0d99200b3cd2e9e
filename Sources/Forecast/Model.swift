import CloudCosts
import Foundation

/// What the methods that carry a trend on know of a history.
struct Model {
  /// Weeks that the profile of a week is taken from.
  static let profileWeeks = 8
  /// Weeks that futures take their shapes from: a year, so that all seasons are among them.
  static let shapeWeeks = 52
  /// A group is alive in a week whose level is at least this share of its highest of the year
  /// before.
  static let aliveShare = 0.1

  let baseline: Baseline
  let days: SpecialDays?
  let trends: [Trend]
  /// Weekly levels, each the median of the five weeks around: what a week is measured against.
  let smooth: [[Double]]
  /// What becomes of the groups' shares in the usage of their region.
  let substitution: Substitution
  private(set) var findings: [Finding]

  var groups: [UsageGroup] { baseline.demand.groups }
  var weeks: Int { baseline.weeks }

  /// - Precondition: four weeks of history or more.
  init(_ history: Demand, place: String) {
    let baseline = Baseline(history, place: place)
    self.baseline = baseline
    days = SpecialDays(baseline.demand)
    let trends = baseline.levels.indices.map { g in
      Trend(baseline.levels[g][min(baseline.births[g], baseline.weeks)...])
    }
    let smooth = baseline.levels.indices.map { g in
      Self.smooth(baseline.levels[g], from: baseline.births[g])
    }
    self.trends = trends
    self.smooth = smooth
    substitution = Substitution(
      groups: baseline.demand.groups, levels: baseline.levels, births: baseline.births,
      now: trends.map(\.level))
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

  /// Whether a group's week can be drawn for a future: it is alive, and its own level is no more
  /// than twice or half of what the weeks around it say. Otherwise it is a step, and its hours over
  /// their level no shape.
  func isTypical(_ g: Int, week: Int) -> Bool {
    let ratio = baseline.levels[g][week] / smooth[g][week]
    return isAlive(g, week: week) && ratio <= 2 && ratio >= 0.5
  }

  /// The usage of an hour over the level of its week, without what made its day special.
  func shape(_ g: Int, hour: Int) -> Double {
    baseline.demand[g, hour] / smooth[g][hour / Forecaster.week] / (days?.own(hour) ?? 1)
  }

  /// The mean shape of the group's last weeks, 1 in the mean; flat where it has none.
  func profile(of g: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: Forecaster.week)
    var count = 0.0
    for w in max(0, weeks - Self.profileWeeks)..<weeks where isTypical(g, week: w) {
      count += 1
      for h in sums.indices { sums[h] += shape(g, hour: w * Forecaster.week + h) }
    }
    let mean = sums.reduce(0, +) / Double(sums.count)
    return count > 0 && mean > 0 ? sums.map { $0 / mean } : sums.map { _ in 1 }
  }

  /// The one path of the expected: trend times profile, times special days where asked for.
  func expected(over horizon: HourWindow, withSpecialDays: Bool) -> Demand {
    let shift = horizon.start - baseline.demand.window.end
    let days = withSpecialDays ? days : nil
    let special = (0..<horizon.hours).map { days?.factor(horizon.start + $0) ?? 1 }
    let count = (shift + horizon.hours + Forecaster.week - 1) / Forecaster.week
    let levels = levels(weeks: count, Movement(self, weeks: count))
    var quantities: [Double] = []
    quantities.reserveCapacity(groups.count * horizon.hours)
    for g in groups.indices {
      let profile = profile(of: g)
      var factor = 0.0
      for h in 0..<horizon.hours {
        let position = (shift + h) % Forecaster.week
        if h == 0 || position == 0 {
          factor = levels[g][(shift + h) / Forecaster.week]
        }
        quantities.append(factor * profile[position] * special[h])
      }
    }
    return Demand(window: horizon, groups: groups, quantities: quantities)
  }

  /// How totals and shares go in one future.
  struct Movement {
    /// Of each region's total, week by week, in logarithms against today.
    var totals: [[Double]]
    /// Of each group's share before shares are made to add up, week by week.
    var shares: [[Double]]

    /// What is expected.
    init(_ model: Model, weeks: Int) {
      func drift(_ slope: Double) -> [Double] {
        (0..<weeks).map { Trend.drift(slope, weeks: Double($0) + 0.5) }
      }
      totals = model.substitution.trends.map { drift($0.slope) }
      shares = model.groups.indices.map { g in
        (0..<weeks).map { model.substitution.drift(g, weeks: Double($0) + 0.5) }
      }
    }
  }

  /// Largest factor on today's total, in logarithms: nothing grows twentyfold without being known
  /// of.
  private static let mostGrowth = log(20.0)

  /// Group by group, the level of each week ahead: the total of the region, divided by shares.
  func levels(weeks: Int, _ movement: Movement) -> [[Double]] {
    var levels = groups.map { _ in [Double](repeating: 0, count: weeks) }
    let units = substitution.units
    for (r, members) in substitution.regions.enumerated() {
      let now = members.map { units[$0] * trends[$0].level }
      let total = now.reduce(0, +)
      for w in 0..<weeks {
        let parts = zip(members, now).map { $1 * exp(movement.shares[$0][w]) }
        let whole = total * exp(min(movement.totals[r][w], Self.mostGrowth))
        let scale = whole / parts.reduce(0, +)
        for (g, part) in zip(members, parts) { levels[g][w] = part * scale / units[g] }
      }
    }
    return levels
  }
}

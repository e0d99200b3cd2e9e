import CloudCosts
import Foundation

/// A history in whole weeks, counted back from its end, without what should set no baseline.
///
/// - Hours in which nothing at all ran, 24 or more in a row, while usage lies before and behind:
///   the export lacks them. Each takes the value of a week before (of a week behind at the start).
/// - An outlier (`OutlierRule`). It takes the median of its week.
struct Baseline {
  /// The least hours without any usage that are a gap.
  static let shortestGap = 24

  /// Cleaned; its window is a whole number of weeks.
  private(set) var demand: Demand
  let weeks: Int
  /// The mean of each week, group by group.
  private(set) var levels: [[Double]] = []
  /// For each group the first whole week in which it is used; `weeks` where there is none.
  private(set) var births: [Int] = []
  private(set) var findings: [Finding] = []
  private let place: String

  /// - Precondition: a week of history or more.
  init(_ history: Demand, place: String) {
    self.place = place
    weeks = history.window.hours / Forecaster.week
    let hours = weeks * Forecaster.week
    demand = history.restricted(
      to: HourWindow(start: history.window.end + -hours, hours: hours))
    fillGaps()
    for g in demand.groups.indices {
      removeOutliers(g)
      levels.append(
        (0..<weeks).map { w in
          demand.hours(of: g).dropFirst(w * Forecaster.week).prefix(Forecaster.week)
            .reduce(0, +) / Double(Forecaster.week)
        })
      births.append(birth(of: g))
    }
  }

  private func birth(of g: Int) -> Int {
    guard let first = demand.hours(of: g).firstIndex(where: { $0 > 0 }) else { return weeks }
    let hour = first - g * demand.window.hours
    let week = (hour + Forecaster.week - 1) / Forecaster.week
    // One that began in the last week has that week, short as it is.
    return min(week, weeks - 1)
  }

  private mutating func fillGaps() {
    let hours = demand.window.hours
    var isUsed = [Bool](repeating: false, count: hours)
    for g in demand.groups.indices {
      for h in 0..<hours where demand[g, h] > 0 { isUsed[h] = true }
    }
    guard let first = isUsed.firstIndex(of: true), let last = isUsed.lastIndex(of: true) else {
      return
    }
    var missing: [Range<Int>] = []
    var h = first
    while h < last {
      guard !isUsed[h] else {
        h += 1
        continue
      }
      let start = h
      while !isUsed[h] { h += 1 }
      if h - start >= Self.shortestGap { missing.append(start..<h) }
    }
    for gap in missing {
      for h in gap {
        let source = h >= Forecaster.week ? h - Forecaster.week : h + Forecaster.week
        guard source < hours else { continue }
        for g in demand.groups.indices { demand[g, h] = demand[g, source] }
      }
      findings.append(
        Finding(
          .warning, rule: "forecast.gap", place: place,
          message: "nothing at all ran from \(demand.window.start + gap.lowerBound) to"
            + " \(demand.window.start + gap.upperBound), \(gap.count) hours: taken as missing, and"
            + " filled with the week before",
          remedy: "export these hours, or end the window before them if usage really stopped"))
    }
  }

  private mutating func removeOutliers(_ g: Int) {
    var worst: (hour: Int, value: Double, limit: Double)?
    var count = 0
    let size = Forecaster.week
    for w in 0..<weeks {
      // Weeks before are clean by now, and set no limit of their own outliers'.
      guard let limit = OutlierRule(demand: demand, weeks: weeks).limit(g, week: w) else {
        continue
      }
      let week = demand.hours(of: g).dropFirst(w * size).prefix(size)
      let middle = Robust.median(Array(week))
      for h in w * size..<(w + 1) * size where demand[g, h] > limit {
        count += 1
        if demand[g, h] > worst?.value ?? 0 { worst = (h, demand[g, h], limit) }
        demand[g, h] = middle
      }
    }
    guard let worst else { return }
    findings.append(
      Finding(
        .warning, rule: "forecast.outlier", place: place,
        message: "\(demand.groups[g]) has \(count) \(count == 1 ? "hour" : "hours") far above all"
          + " around, the worst \(demand.window.start + worst.hour) with \(worst.value); they count"
          + " as the median of their week",
        remedy: "check the export; nothing, if it really was so for an hour"))
  }
}

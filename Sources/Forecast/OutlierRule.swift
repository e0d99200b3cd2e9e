import CloudCosts

/// Which hours are outliers: those above five times the 99 % quantile of the three weeks around
/// them.
struct OutlierRule {
  /// The limit, as a multiple of the quantile.
  static let factor = 5.0

  let demand: Demand
  /// Whole weeks that the demand's window has, from its start.
  let weeks: Int

  /// What is too much in a week; nil where nothing is.
  func limit(_ g: Int, week w: Int) -> Double? {
    let size = Forecaster.week
    let week = demand.hours(of: g).dropFirst(w * size).prefix(size)
    // Without this no hour can be above five times the quantile; it spares the sorting.
    guard let peak = week.max(), peak > 0, peak * Double(size) > 4 * week.reduce(0, +) else {
      return nil
    }
    let around = demand.hours(of: g).dropFirst(max(0, w - 1) * size)
      .prefix((min(weeks, w + 2) - max(0, w - 1)) * size).sorted()
    let limit = Self.factor * around[Int(0.99 * Double(around.count - 1))]
    // Usage of a few hours only is no outlier against nothing.
    return limit > 0 && peak > limit ? limit : nil
  }
}

/// Outliers in a window that is planned for as it was. They stay, as the bill has them, and are
/// reported where they are so much of all usage that a plan is about little else.
package enum UsageOutliers {
  /// The least share of all instance-hours that is reported.
  private static let least = 0.01

  /// - Parameter place: what the usage file is called.
  package static func findings(in demand: Demand, place: String) -> [Finding] {
    let total = demand.quantities.reduce(0, +)
    let rule = OutlierRule(demand: demand, weeks: demand.window.hours / Forecaster.week)
    return demand.groups.indices.compactMap { g in
      var excess = 0.0
      var worst: (hour: Int, value: Double)?
      for w in 0..<rule.weeks {
        guard let limit = rule.limit(g, week: w) else { continue }
        let row = demand.hours(of: g)
        for h in w * Forecaster.week..<(w + 1) * Forecaster.week {
          let value = row[row.startIndex + h]
          guard value > limit else { continue }
          excess += value
          if value > worst?.value ?? 0 { worst = (h, value) }
        }
      }
      guard let worst, excess > least * total else { return nil }
      let percent = Money(rounding: 100 * excess / total).formatted(decimals: 1)
      return Finding(
        .warning, rule: "usage.outlier", place: place,
        message: "\(demand.groups[g]) has hours far above all around, the worst"
          + " \(demand.window.start + worst.hour) with \(worst.value): they are \(percent) % of"
          + " all usage, and are billed and planned for as they are",
        remedy:
          "check the export; with forecast.method or forecast.horizon outliers set no baseline")
    }
  }
}

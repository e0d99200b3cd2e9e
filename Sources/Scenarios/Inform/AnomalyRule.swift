import CloudCosts

/// A day that is too unlike the others to be in a baseline.
package struct AnomalousDay: Hashable, Sendable {
  /// Days since 1970-01-01.
  package var day: Int
  /// What it belongs to: `all usage`, or a service.
  package var subject: String
  /// Usage of the day, at list prices.
  package var usage: Money
  /// What such a weekday has around it.
  package var expected: Money
  /// How many robust standard deviations it is off.
  package var deviations: Double
}

/// Finds days that should not set a baseline.
///
/// A day is compared with the median of the same weekday in the four weeks before and after it:
/// usage has a weekly rhythm and a trend, and a median does not follow the outlier itself, which a
/// mean and a standard deviation would. The scale is 1.4826 times the median of the absolute
/// differences (for normal differences that is their standard deviation). A day is reported where
/// it is off by more than five of these, which chance does in one of some millions of days, and by
/// more than a tenth of what was expected, so that a series without noise does not cry at every
/// cent. At least three weeks of history, and two neighbours of the weekday, are needed, and usage
/// on at least half of the days: what runs now and then sets no baseline. Where more than half of
/// the days are just as expected the median difference is 0; then 1.2533 times the mean difference
/// represents it.
package enum AnomalyRule {
  package static let deviations = 5.0
  package static let share = 0.1
  package static let fewestDays = 21
  private static let weeks = 4

  /// The days of a series that are off, with what was expected of them.
  ///
  /// - Parameter values: one for each day, in order.
  static func find(_ values: [Double]) -> [(index: Int, expected: Double, deviations: Double)] {
    guard values.count >= fewestDays, values.count(where: { $0 != 0 }) * 2 >= values.count
    else { return [] }
    let expected = values.indices.map { day -> Double? in
      let near = (-weeks...weeks).filter { $0 != 0 }.map { day + 7 * $0 }
        .filter(values.indices.contains).map { values[$0] }
      return near.count < 2 ? nil : median(near)
    }
    let differences = zip(values, expected).compactMap { value, expected in
      expected.map { abs(value - $0) }
    }
    let middle = 1.4826 * median(differences)
    let mean = differences.reduce(0, +) / Double(max(1, differences.count))
    let scale = middle > 0 ? middle : 1.2533 * mean
    return values.indices.compactMap { day in
      guard let expected = expected[day] else { return nil }
      let off = abs(values[day] - expected)
      guard off > deviations * scale, off > share * abs(expected), off > 0 else { return nil }
      return (day, expected, scale > 0 ? (values[day] - expected) / scale : .infinity)
    }
  }

  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

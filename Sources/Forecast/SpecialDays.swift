import CloudCosts

/// How days of the year differ from the weeks around them, all groups together: holidays.
///
/// A day is compared with the same weekday of four weeks before and behind. The day 364 days before
/// has the same weekday and nearly the same date; with two years or more it is the mean of both.
/// What is slower than nine weeks is trend, and not distinguished from it.
struct SpecialDays {
  /// The least difference that counts; also, three times as far as days usually differ.
  static let least = 0.05
  private static let year = 364
  private let first: Int
  /// Day by day of the history; nil where the weeks around are not all there.
  private let ratios: [Double?]
  private let threshold: Double

  /// Nil where there is no year of history, and the weeks around it.
  init?(_ demand: Demand) {
    let days = demand.window.hours / 24
    guard days >= Self.year + 28 else { return nil }
    first = demand.window.start.sinceEpoch
    var totals = [Double](repeating: 0, count: days)
    for g in demand.groups.indices {
      let row = demand.hours(of: g)
      for h in 0..<days * 24 { totals[h / 24] += row[row.startIndex + h] }
    }
    ratios = (0..<days).map { day in
      guard day >= 28, day + 28 < days else { return nil }
      let usual = Robust.median((-4...4).map { totals[day + 7 * $0] })
      return usual > 0 ? totals[day] / usual : nil
    }
    threshold = max(Self.least, 3 * Robust.deviation(ratios.compactMap { $0 }))
  }

  /// The factor of the day in which an hour lies: 1 on ordinary days.
  func factor(_ hour: Hour) -> Double {
    let day = Int((Double(hour.sinceEpoch - first) / 24).rounded(.down))
    var sum = 0.0
    var count = 0.0
    var past = day - Self.year
    while past >= ratios.count { past -= Self.year }
    while past >= 0 {
      if let ratio = ratios[past] {
        sum += ratio
        count += 1
      }
      past -= Self.year
    }
    guard count > 0, abs(sum / count - 1) >= threshold else { return 1 }
    return sum / count
  }

  /// What the day in which an hour of the history lies was like itself.
  func own(_ hour: Int) -> Double {
    guard let ratio = ratios[hour / 24], abs(ratio - 1) >= threshold else { return 1 }
    return ratio
  }
}

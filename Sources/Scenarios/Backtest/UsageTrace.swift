/// Hourly usage with its running sum, so that means of stretches cost nothing.
struct UsageTrace: Sendable {
  let hours: [Double]
  private let sums: [Double]

  init(_ hours: [Double]) {
    self.hours = hours
    var sums = [0.0]
    sums.reserveCapacity(hours.count + 1)
    for hour in hours { sums.append(sums[sums.count - 1] + hour) }
    self.sums = sums
  }

  /// The sum over hours of a range.
  func sum(_ range: Range<Int>) -> Double { sums[range.upperBound] - sums[range.lowerBound] }

  /// Means of the `count` weeks before an hour (fewer where the trace is shorter), oldest first.
  func weeklyMeans(before now: Int, count: Int) -> [Double] {
    let weeks = min(count, now / 168)
    return (0..<weeks).map { week in
      let start = now - (weeks - week) * 168
      return sum(start..<start + 168) / 168
    }
  }

  /// The hours before `now`, at most `count` of them.
  func last(_ count: Int, before now: Int) -> ArraySlice<Double> {
    hours[max(0, now - count)..<now]
  }
}

/// Order statistics.
enum Statistics {
  /// The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan).
  static func quantile(_ values: some Collection<Double>, _ level: Double) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.last else { return 0 }
    let place = Double(sorted.count - 1) * min(max(level, 0), 1)
    let lower = Int(place)
    guard lower + 1 < sorted.count else { return last }
    return sorted[lower] + (place - Double(lower)) * (sorted[lower + 1] - sorted[lower])
  }

  static func median(_ values: some Collection<Double>) -> Double { quantile(values, 0.5) }

  /// The median of all slopes between two points, a step apart each (Theil and Sen): a level shift
  /// or an outlier in less than 29 % of the points does not move it far.
  static func slope(_ values: [Double]) -> Double {
    var slopes: [Double] = []
    for i in values.indices {
      for j in values.indices.dropFirst(i + 1) {
        slopes.append((values[j] - values[i]) / Double(j - i))
      }
    }
    return median(slopes)
  }

  static func mean(_ values: some Collection<Double>) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

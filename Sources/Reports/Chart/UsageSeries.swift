import Billing
import CloudCosts

/// Usage against commitment over time, condensed to days so that a year fits a page.
struct UsageSeries {
  /// One stretch of hours; amounts per hour, usage at on-demand prices.
  struct Bucket {
    /// In hours from the window's start, where the stretch begins and ends.
    var hours: Range<Int>
    var low: Double
    var mean: Double
    var high: Double
    var covered: Double
    /// What the commitments can carry.
    var capacity: Double
  }

  let buckets: [Bucket]
  let bucketHours: Int

  init(_ bill: Bill) {
    let hours = bill.hourlyOnDemand.count
    let size = hours <= 14 * 24 ? 1 : hours <= 1100 * 24 ? 24 : 168
    let capacity = UsageSeries.capacity(of: bill)
    bucketHours = size
    buckets = stride(from: 0, to: hours, by: size).map { first in
      let range = first..<min(first + size, hours)
      let list = bill.hourlyOnDemand[range]
      return Bucket(
        hours: range, low: list.min() ?? 0, mean: UsageSeries.mean(list), high: list.max() ?? 0,
        covered: UsageSeries.mean(bill.hourlyCovered[range]),
        capacity: UsageSeries.mean(capacity[range]))
    }
  }

  var meanCapacity: Double {
    let hours = buckets.reduce(0) { $0 + $1.hours.count }
    return buckets.reduce(0) { $0 + $1.capacity * Double($1.hours.count) } / Double(max(1, hours))
  }

  /// Per hour, what the active commitments can carry at on-demand prices: each one's hourly cost
  /// times what its used money was worth on demand, on average over the window.
  private static func capacity(of bill: Bill) -> [Double] {
    let hours = bill.hourlyOnDemand.count
    var changes = [Double](repeating: 0, count: hours + 1)
    for use in bill.commitments {
      let range = bill.window.indices(from: use.commitment.start, to: use.commitment.end)
      let worth = use.used > .zero ? use.coveredOnDemand.value / use.used.value : 1
      changes[range.lowerBound] += use.commitment.effectiveHourly * worth
      changes[range.upperBound] -= use.commitment.effectiveHourly * worth
    }
    var level = 0.0
    return changes.dropLast().map { change in
      level += change
      return max(0, level)
    }
  }

  private static func mean(_ values: ArraySlice<Double>) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

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
    let capacity = bill.hourlyCapacity
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

  private static func mean(_ values: ArraySlice<Double>) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

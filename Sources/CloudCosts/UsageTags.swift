/// Whose usage is whose below the account: a tag's values, by the instance-hours of each group and
/// month.
///
/// Providers apply commitments without regard to tags. So what a group costs in a month is shared
/// out by instance-hours: no value of the tag is covered before another.
package struct UsageTags: Hashable, Sendable {
  /// Instance-hours by value; "" where a row has none.
  package private(set) var hours: [UsageGroup: [CalendarMonth: [String: Double]]] = [:]

  package init() {}

  package mutating func add(
    _ hours: Double, of group: UsageGroup, in month: CalendarMonth, value: String
  ) {
    self.hours[group, default: [:]][month, default: [:]][value, default: 0] += hours
  }

  /// The share of each value in a group's usage of a month, by value, adding up to 1: that of the
  /// whole history where the month has none of it, and "" where nothing is known.
  package func shares(of group: UsageGroup, in month: CalendarMonth) -> [(
    value: String, share: Double
  )] {
    let months = hours[group.asListed] ?? [:]
    let own = months[month] ?? months.values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    // Floating-point sums depend on their order, so it is a fixed one.
    let sorted = own.sorted { $0.key < $1.key }.filter { $0.value > 0 }
    let total = sorted.map(\.value).reduce(0, +)
    return total > 0 ? sorted.map { ($0.key, $0.value / total) } : [("", 1)]
  }
}

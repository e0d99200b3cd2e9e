import CloudCosts

/// The shape of usage against commitments, all at this customer's on-demand prices per hour.
extension Bill {
  /// For each hour of the window, what the active commitments can carry: each one's hourly cost
  /// times what its used money was worth on demand, on average over the window.
  package var hourlyCapacity: [Double] {
    let hours = hourlyOnDemand.count
    var changes = [Double](repeating: 0, count: hours + 1)
    for use in commitments {
      let range = window.indices(from: use.commitment.start, to: use.commitment.end)
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

  /// The hours from the busiest to the quietest, condensed.
  ///
  /// - Parameter count: how many points at most.
  package func loadDuration(points count: Int) -> [LoadPoint] {
    let hours = hourlyOnDemand.indices.sorted { hourlyOnDemand[$0] > hourlyOnDemand[$1] }
    guard !hours.isEmpty, count > 0 else { return [] }
    let capacity = hourlyCapacity
    let size = max(1, (hours.count + count - 1) / count)
    return stride(from: 0, to: hours.count, by: size).map { first in
      LoadPoint(
        hours[first..<min(first + size, hours.count)], first: first, of: self, capacity: capacity)
    }
  }

  /// The hours of the week (UTC), Monday's first hour first: means over the window; nil for hours
  /// that the window has none of.
  package var weekProfile: [LoadPoint?] {
    let capacity = hourlyCapacity
    var hours = [[Int]](repeating: [], count: 168)
    for hour in hourlyOnDemand.indices {
      // 1970-01-01 was a Thursday.
      let ofWeek = ((window.start.sinceEpoch + hour + 72) % 168 + 168) % 168
      hours[ofWeek].append(hour)
    }
    return hours.map {
      $0.isEmpty ? nil : LoadPoint($0[...], first: 0, of: self, capacity: capacity)
    }
  }
}

/// Means over some hours, currency units per hour.
package struct LoadPoint: Hashable, Sendable {
  /// How many hours there are before these, in the order that was asked for.
  package var first: Int
  package var hours: Int
  /// All usage on demand.
  package var usage: Double
  /// The covered part of it.
  package var covered: Double
  /// What commitments could carry.
  package var capacity: Double

  fileprivate init(_ members: ArraySlice<Int>, first: Int, of bill: Bill, capacity: [Double]) {
    func mean(_ values: [Double]) -> Double {
      members.reduce(0) { $0 + (values.indices.contains($1) ? values[$1] : 0) }
        / Double(members.count)
    }
    self.first = first
    hours = members.count
    usage = mean(bill.hourlyOnDemand)
    covered = mean(bill.hourlyCovered)
    self.capacity = mean(capacity)
  }
}

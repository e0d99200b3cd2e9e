import CloudCosts
import Ingest

/// Machines of a group that always run on demand: as many as ran on demand on nine of ten days on
/// average, and ran at all in nine of ten hours. Bills tell by the day which of them commitments
/// cover.
struct AlwaysOnDemand {
  /// Instance-hours on demand of each group and day.
  private var hours: [UsageGroup: [Int: Double]] = [:]
  private let days: Int

  /// - Parameter days: of the whole history.
  init(_ costs: [HistoryCost], days: Int, of groups: Set<UsageGroup>? = nil) {
    self.days = days
    for cost in costs where cost.chargeClass == .onDemand {
      guard let group = cost.subject.group, groups?.contains(group) ?? true else { continue }
      hours[group, default: [:]][cost.day, default: 0] += cost.quantity
    }
  }

  var groups: some Collection<UsageGroup> { hours.keys }

  /// - Parameter floor: machines of the group that ran in nine of ten hours, covered or not.
  func machines(_ group: UsageGroup, floor: Double) -> Double {
    guard let byDay = hours[group] else { return 0 }
    let sorted =
      ([Double](repeating: 0, count: max(0, days - byDay.count)) + byDay.values).sorted()
    return min(floor, sorted[sorted.count / 10] / 24)
  }
}

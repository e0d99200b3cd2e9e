import CloudCosts

/// What a provider billed, day by day, as far as it counts for what one promised to spend: without
/// tax, credits and what others sell on its marketplace, less the discounts of the contract.
///
/// Source: AWS Enterprise Discount Program, as its customers publish it, and Microsoft Learn,
/// "Track your Microsoft Azure Consumption Commitment": what is eligible is billed after discounts
/// and before tax; credits do not count. What of a marketplace counts, differs from contract to
/// contract.
package struct BilledSpend: Hashable, Sendable {
  /// What of it counts.
  package enum Part: Hashable, Sendable {
    case all
    /// On usage that is no group's, and so in no plan: storage, traffic, support.
    case elsewhere
  }

  /// Currency units by days since 1970.
  private var days: [Int: Double] = [:]
  private var elsewhere: [Int: Double] = [:]

  /// The hours from the first day with anything to the last.
  package var window: HourWindow? {
    guard let first = days.keys.min(), let last = days.keys.max() else { return nil }
    return HourWindow(start: Hour(sinceEpoch: first * 24), hours: (last - first + 1) * 24)
  }

  /// From one hour to another; a day that is in it in part counts by its hours.
  package func spent(_ part: Part = .all, from start: Hour, to end: Hour) -> Double {
    (part == .all ? days : elsewhere).reduce(0) { sum, day in
      let first = max(start.sinceEpoch, day.key * 24)
      let last = min(end.sinceEpoch, day.key * 24 + 24)
      return sum + day.value * Double(max(0, last - first)) / 24
    }
  }

  /// - Parameter discounts: of each month, what comes off in rows of its own.
  init(_ costs: [HistoryCost], discounts: [CalendarMonth: Money]) {
    var months: [CalendarMonth: Double] = [:]
    for cost in costs where Self.counts(cost.chargeClass) {
      days[cost.day, default: 0] += cost.billed.value
      if Self.isElsewhere(cost) { elsewhere[cost.day, default: 0] += cost.billed.value }
      months[Hour(sinceEpoch: cost.day * 24).month, default: 0] += cost.billed.value
    }
    for day in days.keys {
      let month = Hour(sinceEpoch: day * 24).month
      guard let discount = discounts[month], let sum = months[month], sum > 0 else { continue }
      let paid = max(0, 1 + discount.value / sum)
      days[day, default: 0] *= paid
      elsewhere[day]? *= paid
    }
  }

  /// What commitments cost and cover is not.
  private static func isElsewhere(_ cost: HistoryCost) -> Bool {
    guard cost.subject.group == nil, cost.commitment.isEmpty else { return false }
    return cost.chargeClass != .purchase && cost.chargeClass != .unused
  }

  private static func counts(_ chargeClass: ChargeClass) -> Bool {
    switch chargeClass {
    case .tax, .credit, .marketplace: false
    default: true
    }
  }
}

extension History {
  /// By provider; none where the history is in another currency.
  package func billedSpend(
    of providers: Set<Provider>, in currency: String
  ) throws(FindingsError) -> [Provider: BilledSpend] {
    guard try sources().allSatisfy({ $0.currency == currency || $0.currency.isEmpty }) else {
      return [:]
    }
    let costs = Dictionary(grouping: try costs()) { $0.subject.provider }
    // Only AWS's own reports have discounts in rows of their own.
    let discounts = Dictionary(
      try totals().filter { $0.rule == "set-aside.discount" }.map { ($0.month, $0.billed) },
      uniquingKeysWith: +)
    return Dictionary(
      uniqueKeysWithValues: providers.compactMap { provider in
        costs[provider.rawValue].map { costs in
          (provider, BilledSpend(costs, discounts: provider == .aws ? discounts : [:]))
        }
      })
  }
}

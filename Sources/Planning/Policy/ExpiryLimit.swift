import CloudCosts

/// `max_expiring_per_month`: Σ_{j ending in month m} hourly_j x_j ≤ max(0, C − E_m) for every
/// calendar month m.
///
/// hourly_j is the amortised price per hour, E_m the hourly commitment of what is owned and ends in
/// m, both in currency units per hour. A commitment ends in the month (UTC) of its last hour; most
/// of these months lie after the window. Where owned commitments alone pass the limit, nothing more
/// may end in that month, and the plan is not refused for it.
func expiryLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.maxExpiringPerMonth else { return [] }
  func last(_ instrument: Instrument) -> CalendarMonth { (model.end(of: instrument) + -1).month }
  return Set(model.instruments.map(last)).sorted().map { month in
    PolicyRow(
      name: "max_expiring_per_month \(month)",
      instruments: model.weighted(by: \.hourly) { last($0) == month },
      upper: max(0, limit - model.ownedExpiring[month, default: 0]))
  }
}

extension Sequence where Element == Commitment {
  /// E_m: the hourly commitment that ends in each month, by the month of its last hour.
  var expiring: [CalendarMonth: Double] {
    reduce(into: [:]) { $0[($1.end + -1).month, default: 0] += $1.effectiveHourly }
  }
}

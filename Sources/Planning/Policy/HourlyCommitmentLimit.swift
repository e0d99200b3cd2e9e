import CloudCosts

/// `max_hourly_commitment`: Σ_{j active at h} hourly_j x_j ≤ C for every h, hourly_j the amortised
/// price per hour.
///
/// The sum changes only where a purchase starts, so there is one row for each such hour. What is
/// owned does not count.
func hourlyCommitmentLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.maxHourlyCommitment else { return [] }
  return Set(model.instruments.map(\.active.lowerBound)).sorted().map { hour in
    PolicyRow(
      name: hour == 0 ? "max_hourly_commitment" : "max_hourly_commitment at hour \(hour)",
      instruments: model.weighted(by: \.hourly) { $0.active.contains(hour) }, upper: limit)
  }
}

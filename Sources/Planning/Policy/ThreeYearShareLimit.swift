import CloudCosts

/// `max_three_year_share`: Σ_{j of three years} hourly_j x_j ≤ s Σ_j hourly_j x_j.
///
/// The share of the purchases' amortised hourly commitment that is bound for three years.
func threeYearShareLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let share = policy.maxThreeYearShare, share < 1 else { return [] }
  let weights = model.weighted { instrument in
    (instrument.term == .threeYears ? 1 - share : -share) * instrument.hourly
  }
  return [PolicyRow(name: "max_three_year_share", instruments: weights, upper: 0)]
}

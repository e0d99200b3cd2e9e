import CloudCosts

/// `max_three_year_share`: Σ_{j of three years} hourly_j x_j ≤ s Σ_j hourly_j x_j.
///
/// The share of the purchases' amortised hourly commitment that is bound for three years.
///
/// In a step of a walk it is the share of all that is then held: Σ_{j of three years, active at h} hourly_j x_j + O₃ ≤
/// s (Σ_{j active at h} hourly_j x_j + O) for every h in which something is bought, O being the hourly commitment
/// that is owned and O₃ what of it is bound for three years. Where that alone is more than s (one-year
/// plans have ended), later purchases keep s among themselves, and now none is for three years.
func threeYearShareLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let share = policy.maxThreeYearShare, share < 1 else { return [] }
  func weight(_ instrument: Instrument) -> Double {
    (instrument.term == .threeYears ? 1 - share : -share) * instrument.hourly
  }
  guard let step = model.step else {
    return [
      PolicyRow(name: "max_three_year_share", instruments: model.weighted(by: weight), upper: 0)
    ]
  }
  let (all, threeYears) = step.hourly
  let room = share * all - threeYears
  return Set(model.instruments.map(\.active.lowerBound)).sorted().map { hour in
    let name = "max_three_year_share at hour \(hour)"
    guard hour > 0 || room >= 0 else {
      let bound = model.weighted(by: \.hourly) {
        $0.term == .threeYears && $0.active.lowerBound == 0
      }
      return PolicyRow(name: name, instruments: bound, upper: 0)
    }
    return PolicyRow(
      name: name, instruments: model.weighted(by: weight) { $0.active.contains(hour) },
      upper: max(0, room))
  }
}

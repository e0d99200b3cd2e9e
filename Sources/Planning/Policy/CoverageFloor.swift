import CloudCosts

/// `min_coverage`: θ ≤ (1 − f) (D + Σ_ia ΔD_ia z_ia).
///
/// θ is the on-demand cost that remains for eligible usage, D the on-demand cost of all of it, ΔD what
/// an action changes of D. Coverage is 1 − θ / D.
func coverageFloor(_ policy: Policy, _ model: Model) -> PolicyRow? {
  guard let floor = policy.minCoverage, floor > 0 else { return nil }
  return PolicyRow(
    name: "min_coverage", remaining: 1,
    actions: model.onDemandChanges().map { ($0.machine, $0.action, -(1 - floor) * $0.coefficient) },
    upper: (1 - floor) * model.eligible)
}

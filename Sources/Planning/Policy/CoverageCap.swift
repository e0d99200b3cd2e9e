import CloudCosts

/// `max_coverage`: θ ≥ (1 − c) (D + Σ_ia ΔD_ia z_ia).
///
/// θ and D as in the coverage floor. Capacity that is bought and not used costs money, so the row
/// binds on purchases.
func coverageCap(_ policy: Policy, _ model: Model) -> PolicyRow? {
  guard let cap = policy.maxCoverage, cap < 1 else { return nil }
  return PolicyRow(
    name: "max_coverage", remaining: 1,
    actions: model.onDemandChanges().map { ($0.machine, $0.action, -(1 - cap) * $0.coefficient) },
    lower: (1 - cap) * model.eligible)
}

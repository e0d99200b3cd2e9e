import CloudCosts

/// `max_coverage`: θ ≥ (1 − c) (D + Σ_ia ΔD_ia z_ia) + N + Σ_ia ΔN_ia z_ia.
///
/// θ, D and N as in the coverage floor. Capacity that is bought and not used costs money, so the row
/// binds on purchases.
func coverageCap(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let cap = policy.maxCoverage, cap < 1 else { return [] }
  return [coverageCap(cap, of: .all, named: "max_coverage", model)]
}

/// The row of a coverage cap on some of the usage.
func coverageCap(
  _ cap: Double, of part: UsagePart, named name: String, _ model: Model
) -> PolicyRow {
  let least = model.remaining(share: 1 - cap, of: part)
  return PolicyRow(
    name: name, remaining: model.classes(of: part),
    actions: least.actions.map { ($0.machine, $0.action, -$0.coefficient) }, lower: least.constant)
}

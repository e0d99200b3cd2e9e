import CloudCosts

/// `min_coverage`: θ ≤ (1 − f) (D + Σ_ia ΔD_ia z_ia) + N + Σ_ia ΔN_ia z_ia.
///
/// θ is the on-demand cost that remains, D the on-demand cost of all eligible usage, N that of the
/// usage for which no commitment exists (all of it remains), Δ what an action changes of them.
/// Coverage is 1 − (θ − N) / D. Excluded usage counts in none of them.
func coverageFloor(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let floor = policy.minCoverage, floor > 0 else { return [] }
  return [coverageFloor(floor, of: .all, named: "min_coverage", model)]
}

/// The row of a coverage floor on some of the usage.
func coverageFloor(
  _ floor: Double, of part: UsagePart, named name: String, _ model: Model
) -> PolicyRow {
  let most = model.remaining(share: 1 - floor, of: part)
  return PolicyRow(
    name: name, remaining: model.classes(of: part),
    actions: most.actions.map { ($0.machine, $0.action, -$0.coefficient) }, upper: most.constant)
}

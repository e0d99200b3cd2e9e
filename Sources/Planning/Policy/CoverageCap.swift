import CloudCosts

/// `max_coverage`: θ ≥ (1 − c) (D + Σ_ia ΔD_ia z_ia) + N + Σ_ia ΔN_ia z_ia.
///
/// θ, D and N as in the coverage floor. Capacity that is bought and not used costs money, so the row
/// binds on purchases. Owned commitments count, and stay: where they alone cover more than c, the row
/// holds coverage where it is, with c raised to their coverage before any action.
func coverageCap(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let cap = policy.maxCoverage, cap < 1 else { return [] }
  return [coverageCap(cap, of: .all, named: "max_coverage", model)]
}

/// The row of a coverage cap on some of the usage.
func coverageCap(
  _ cap: Double, of part: UsagePart, named name: String, _ model: Model
) -> PolicyRow {
  let cap = max(cap, model.ownedCoverage(of: part))
  let least = model.remaining(share: 1 - cap, of: part)
  return PolicyRow(
    name: name, remaining: model.classes(of: part),
    actions: least.actions.map { ($0.machine, $0.action, -$0.coefficient) }, lower: least.constant)
}

extension Model {
  /// The coverage of a part of the usage if nothing is bought and nothing done.
  fileprivate func ownedCoverage(of part: UsagePart) -> Double {
    guard pools.contains(where: { !$0.owned.isEmpty }) else { return 0 }
    let eligible = remaining(share: 1, of: part).constant - remaining(share: 0, of: part).constant
    guard eligible > 0 else { return 0 }
    let costToGo = CostToGo(self)
    let nothing = Decision.nothing(self)
    let allocation = costToGo.allocate(
      purchased: costToGo.capacity(of: nothing.purchases), actions: nothing.actions)
    let open = zip(classes(of: part), allocation.onDemand).reduce(0) { $0 + $1.0 * $1.1 }
    let rest = open - remaining(share: 0, of: part).constant
    return min(1, max(0, 1 - rest / eligible))
  }
}

import CloudCosts

/// Every limit of the policy that is set, as rows; one constraint family a file.
func policyRows(_ policy: Policy, model: Model) -> [PolicyRow] {
  let single = [
    upfrontLimit(policy, model), threeYearShareLimit(policy, model), coverageFloor(policy, model),
    coverageCap(policy, model),
  ]
  return single.compactMap { $0 } + hourlyCommitmentLimit(policy, model)
}

extension Model {
  /// What stays on demand if a share of the eligible usage does: s (D + Σ_ia ΔD_ia z_ia) + N + Σ_ia
  /// ΔN_ia z_ia, with D the on-demand cost of the eligible usage, N that of the other usage (all of
  /// which stays), Δ what an action moves of it: Σ_h (p_to − p_from).
  func remaining(
    share: Double
  ) -> (constant: Double, actions: [(machine: Int, action: Int, coefficient: Double)]) {
    func worth(_ g: Int) -> Double { price[g] * (ineligibleSKUs.contains(g) ? 1 : share) }
    let actions = machines.enumerated().flatMap { i, machine in
      machine.targets.enumerated().map { a, target in
        let change = (target.map(worth) ?? 0) - worth(machine.from)
        return (i, a, change * Double(machine.candidate.runningHours.count))
      }
    }
    return (share * eligible + ineligible, actions)
  }
}

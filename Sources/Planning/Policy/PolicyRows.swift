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
  /// How each action moves the on-demand cost of the eligible usage: Σ_h (p_to − p_from).
  func onDemandChanges() -> [(machine: Int, action: Int, coefficient: Double)] {
    machines.enumerated().flatMap { i, machine in
      machine.targets.enumerated().map { a, target in
        let change = (target.map { price[$0] } ?? 0) - price[machine.from]
        return (i, a, change * Double(machine.candidate.runningHours.count))
      }
    }
  }
}

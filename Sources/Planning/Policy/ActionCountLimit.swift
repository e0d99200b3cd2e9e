import CloudCosts

/// `max_actions`: Σ_ia z_ia ≤ N.
///
/// The number of machines that change.
func actionCountLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.actions.most else { return [] }
  return [
    PolicyRow(
      name: "max_actions", actions: model.weightedActions { _, _ in 1 }, upper: Double(limit))
  ]
}

extension Model {
  /// A coefficient of each action, those of 0 left out.
  func weightedActions(
    by weight: (Machine, Int) -> Double
  ) -> [(machine: Int, action: Int, coefficient: Double)] {
    machines.enumerated().flatMap { i, machine in
      machine.targets.indices.compactMap { a in
        let coefficient = weight(machine, a)
        return coefficient == 0 ? nil : (i, a, coefficient)
      }
    }
  }
}

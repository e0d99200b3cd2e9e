import CloudCosts

/// `max_risk`: Σ_ia r_ia t_ia z_ia ≤ R Σ_i t_i.
///
/// t are machine-hours (t_ia those that an action changes), r the share of measured hours whose
/// peak is above the new capacity (`ActionFit.shareAbove`), R the share that all machines with
/// actions together may have. Where nothing was measured, as of a machine that is gone, r is 0.
func actionRiskLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.actions.risk else { return [] }
  let hours = model.machines.reduce(0) { $0 + Double($1.candidate.runningHours.count) }
  return [
    PolicyRow(
      name: "max_risk",
      actions: model.weightedActions { machine, a in
        (machine.candidate.actions[a].fit?.shareAbove ?? 0) * model.movedHours(machine, a)
      }, upper: limit * hours)
  ]
}

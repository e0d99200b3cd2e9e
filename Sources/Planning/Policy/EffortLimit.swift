import CloudCosts

/// `max_effort_per_month`: Σ_ia e_ia z_ia ≤ E, over the actions that are done in a month; a row for
/// each month.
///
/// e are hours of work. An action that may be done in several months is an action for each of them.
func effortLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.actions.effortPerMonth else { return [] }
  func month(_ action: CandidateAction) -> CalendarMonth { (action.start ?? model.start).month }
  let months = Set(model.machines.flatMap { $0.candidate.actions.map(month) })
  return months.sorted().map { one in
    PolicyRow(
      name: "max_effort_per_month \(one)",
      actions: model.weightedActions { machine, a in
        let action = machine.candidate.actions[a]
        return month(action) == one ? action.effort : 0
      }, upper: limit)
  }
}

import CloudCosts

/// `together`: z_ia − z_ja = 0 for machines i, j of a fleet and every change a.
///
/// Machines behind one load balancer change together, in the same month, or not at all. Each
/// machine is compared with the one before it.
func fleetsTogether(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  var last: [String: Int] = [:]
  var rows: [PolicyRow] = []
  for (i, machine) in model.machines.enumerated() where !machine.candidate.resource.fleet.isEmpty {
    let fleet = machine.candidate.resource.fleet
    defer { last[fleet] = i }
    guard let before = last[fleet] else { continue }
    let others = model.machines[before].candidate.actions
    for (a, action) in machine.candidate.actions.enumerated() {
      let name = "together \(machine.candidate.resource.id) \(action.label)"
      guard let b = others.firstIndex(where: { $0.label == action.label }) else {
        rows.append(PolicyRow(name: name, actions: [(i, a, 1)], upper: 0))
        continue
      }
      rows.append(
        PolicyRow(name: name, actions: [(before, b, 1), (i, a, -1)], lower: 0, upper: 0))
    }
    for (b, other) in others.enumerated()
    where !machine.candidate.actions.contains(where: { $0.label == other.label }) {
      rows.append(
        PolicyRow(
          name: "together \(machine.candidate.resource.id) \(other.label)",
          actions: [(before, b, 1)], upper: 0))
    }
  }
  return rows
}

import CloudCosts

/// Machines that change together are offered only what fits all of them: where one cannot change,
/// or it is not known whether it can, none of them does.
struct Fleets {
  /// All that run, by their fleet, whether anything could be done with them or not.
  private var members: [String: [String]] = [:]
  /// What the machines that are kept from changing could save, currency units per hour.
  private var lost = 0.0
  private var kept: [String] = []
  /// The first machine in the way, and its fleet.
  private var first: (machine: String, fleet: String)?

  mutating func add(_ resource: Resource) {
    guard !resource.fleet.isEmpty else { return }
    members[resource.fleet, default: []].append(resource.id)
  }

  /// - Parameter saving: what a machine could save alone, currency units per hour.
  mutating func together(
    _ candidates: [RightsizingCandidate], saving: (RightsizingCandidate) -> Double
  ) -> [RightsizingCandidate] {
    guard !members.isEmpty else { return candidates }
    let fleets = Dictionary(
      grouping: candidates.filter { !$0.resource.fleet.isEmpty }, by: \.resource.fleet)
    return candidates.compactMap { candidate in
      let fleet = candidate.resource.fleet
      guard let all = members[fleet], all.count > 1, let able = fleets[fleet] else {
        return candidate
      }
      let names = Set(able.map(\.resource.id))
      var others = candidate
      others.actions.removeAll { action in
        all.contains { !names.contains($0) }
          || !able.allSatisfy { $0.actions.contains { $0.isSameChange(as: action) } }
      }
      guard others.actions.isEmpty else { return others }
      kept.append(candidate.resource.id)
      lost += saving(candidate)
      if first == nil {
        // Where each could do something, but not the same, the one with the least choice.
        let least = able.min { $0.actions.count < $1.actions.count }?.resource.id ?? all[0]
        first = (all.first { !names.contains($0) } ?? least, fleet)
      }
      return nil
    }
  }

  func findings(currency: String) -> [Finding] {
    guard let first, let one = kept.first else { return [] }
    return [
      Finding(
        .note, rule: "utilization.group", place: one,
        message: "\(Text.count(kept.count)) (\(Text.names(kept))) could be cheaper by up to"
          + " \(Text.amount(Money(rounding: lost).value)) \(currency) an hour on demand, but"
          + " nothing is known that all of their group could become (group \(first.fleet):"
          + " \(first.machine)): they keep what they have.",
        remedy: "Look at \(first.machine) by hand, or take it out of the group: the column group"
          + " of the resources.")
    ]
  }
}

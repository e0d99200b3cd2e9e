import CloudCosts

/// Machines that change together are offered only what fits all of them.
enum Fleets {
  static func together(_ candidates: [RightsizingCandidate]) -> [RightsizingCandidate] {
    let fleets = Dictionary(
      grouping: candidates.filter { !$0.resource.fleet.isEmpty }, by: \.resource.fleet)
    guard !fleets.isEmpty else { return candidates }
    return candidates.compactMap { candidate in
      guard let members = fleets[candidate.resource.fleet], members.count > 1 else {
        return candidate
      }
      var kept = candidate
      kept.actions.removeAll { action in
        !members.allSatisfy { $0.actions.contains { $0.isSameChange(as: action) } }
      }
      return kept.actions.isEmpty ? nil : kept
    }
  }
}

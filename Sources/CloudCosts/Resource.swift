/// A machine: one resource of a usage group, with the hours it ran.
package struct Resource: Hashable, Sendable, Identifiable {
  package var id: String
  package var group: UsageGroup
  /// Machines of the same name change together, or not at all; empty: by itself.
  package var fleet = ""
  /// What its owner allows in addition to what the rules allow all machines.
  package var consent: Set<ActionKind> = []
  /// Whether its type changed inside the history, so that its percentages mean two things.
  package var isResized = false
  /// Whether some of its measurements cannot be, so that none of them is believed.
  package var isMismeasured = false

  package init(id: String, group: UsageGroup) {
    self.id = id
    self.group = group
  }
}

/// A machine with what could be done with it: at most one of the actions is taken.
package struct RightsizingCandidate: Hashable, Sendable {
  package var resource: Resource
  /// The hours (indices of the window, ascending) in which the machine ran; each is one
  /// instance-hour of its group.
  package var runningHours: [Int]
  /// How many machines of its group are known to run in each hour of the window: where usage is
  /// less, each counts for its share of it. Nil: usage is never less.
  package var alongside: [Int]?
  package var actions: [CandidateAction]

  package init(resource: Resource, runningHours: [Int], actions: [CandidateAction]) {
    self.resource = resource
    self.runningHours = runningHours
    self.actions = actions
  }
}

/// What was decided for one machine.
package struct ChosenAction: Hashable, Sendable {
  package var resource: Resource
  package var runningHours: [Int]
  /// As in `RightsizingCandidate`.
  package var alongside: [Int]?
  package var action: CandidateAction

  package init(resource: Resource, runningHours: [Int], action: CandidateAction) {
    self.resource = resource
    self.runningHours = runningHours
    self.action = action
  }
}

extension RightsizingCandidate {
  /// The decision for one of its actions.
  package func choosing(_ action: CandidateAction) -> ChosenAction {
    var chosen = ChosenAction(resource: resource, runningHours: runningHours, action: action)
    chosen.alongside = alongside
    return chosen
  }
}

extension [ChosenAction] {
  /// What they cost once, in currency units: no part of a bill.
  package var costOfWork: Double { reduce(0) { $0 + $1.action.cost } }
}

extension ChosenAction {
  /// The hours of the window in which usage changes.
  package var hours: [Int] { action.hours ?? runningHours }

  /// The group that the usage of its hours joins; nil: none.
  package var targetGroup: UsageGroup? {
    action.target.map { UsageGroup(account: resource.group.account, sku: $0) }
  }
}

extension Demand {
  /// The demand after machines were resized, stopped or terminated: their hours leave their group
  /// and join the target's.
  package func applying(_ actions: [ChosenAction]) -> Demand {
    guard !actions.isEmpty else { return self }
    let targets = actions.flatMap { chosen -> [UsageGroup] in
      guard let target = chosen.targetGroup else { return [] }
      let licence = UsageGroup(
        account: target.account, sku: chosen.resource.group.sku.licence)
      return [target]
        + (groups.contains(licence)
          ? [UsageGroup(account: target.account, sku: target.sku.licence)] : [])
    }
    let allGroups = Set(groups).union(targets).sorted()
    let index = Dictionary(uniqueKeysWithValues: allGroups.enumerated().map { ($1, $0) })
    var result = Demand(
      window: window, groups: allGroups,
      quantities: [Double](repeating: 0, count: allGroups.count * window.hours))
    for (g, group) in groups.enumerated() {
      guard let row = index[group] else { continue }
      for h in 0..<window.hours { result[row, h] = self[g, h] }
    }
    let rows = Dictionary(
      groups.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for chosen in actions {
      let group = chosen.resource.group
      // A licence that is metered apart goes with its machine.
      for (from, to) in [
        (group.sku, chosen.action.target), (group.sku.licence, chosen.action.target?.licence),
      ] {
        let source = UsageGroup(account: group.account, sku: from)
        guard let row = index[source], let before = rows[source] else { continue }
        let target = to.flatMap { index[UsageGroup(account: group.account, sku: $0)] }
        let share = self.share(of: rows[group] ?? before, alongside: chosen.alongside)
        result.move(row, to: target, in: chosen.hours, share: share)
      }
    }
    return result
  }

  /// What of an instance-hour each machine of a group moves, hour by hour.
  package func share(of row: Int, alongside: [Int]?) -> (Int) -> Double {
    guard let alongside else { return { _ in 1 } }
    return { h in
      guard alongside.indices.contains(h), alongside[h] > 0 else { return 1 }
      return min(1, max(0, self[row, h]) / Double(alongside[h]))
    }
  }

  private mutating func move(_ from: Int, to: Int?, in hours: [Int], share: (Int) -> Double) {
    for h in hours {
      // Exports round instance-hours, and a path may have less usage than machines that ran.
      let wanted = share(h)
      let moved = self[from, h] < wanted - 1e-9 ? max(0, self[from, h]) : wanted
      self[from, h] -= moved
      if let to { self[to, h] += moved }
    }
  }
}

/// A machine: one resource of a usage group, with the hours it ran.
public struct Resource: Hashable, Sendable, Identifiable {
  public var id: String
  public var group: UsageGroup

  public init(id: String, group: UsageGroup) {
    self.id = id
    self.group = group
  }
}

/// Something that could be done with a machine.
public struct CandidateAction: Hashable, Sendable {
  /// What the machine would become; nil: it would be terminated.
  public var target: SKU?
  /// Why it is safe, with the figures that say so.
  public var reason: String

  public init(target: SKU?, reason: String) {
    self.target = target
    self.reason = reason
  }
}

/// A machine with what could be done with it: at most one of the actions is taken.
public struct RightsizingCandidate: Hashable, Sendable {
  public var resource: Resource
  /// The hours (indices of the window, ascending) in which the machine ran; each is one
  /// instance-hour of its group.
  public var runningHours: [Int]
  public var actions: [CandidateAction]

  public init(resource: Resource, runningHours: [Int], actions: [CandidateAction]) {
    self.resource = resource
    self.runningHours = runningHours
    self.actions = actions
  }
}

/// What was decided for one machine.
public struct ChosenAction: Hashable, Sendable {
  public var resource: Resource
  public var runningHours: [Int]
  public var action: CandidateAction

  public init(resource: Resource, runningHours: [Int], action: CandidateAction) {
    self.resource = resource
    self.runningHours = runningHours
    self.action = action
  }
}

extension Demand {
  /// The demand after machines were resized or terminated: their running hours leave their group
  /// and join the target's.
  public func applying(_ actions: [ChosenAction]) -> Demand {
    guard !actions.isEmpty else { return self }
    let targets = actions.flatMap { chosen -> [UsageGroup] in
      guard let target = chosen.action.target else { return [] }
      let account = chosen.resource.group.account
      let licence = UsageGroup(account: account, sku: chosen.resource.group.sku.licence)
      return [UsageGroup(account: account, sku: target)]
        + (groups.contains(licence) ? [UsageGroup(account: account, sku: target.licence)] : [])
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
    for chosen in actions {
      let group = chosen.resource.group
      // A licence that is metered apart goes with its machine.
      for (from, to) in [
        (group.sku, chosen.action.target), (group.sku.licence, chosen.action.target?.licence),
      ] {
        result.move(
          index[UsageGroup(account: group.account, sku: from)],
          to: to.flatMap { index[UsageGroup(account: group.account, sku: $0)] },
          in: chosen.runningHours)
      }
    }
    return result
  }

  private mutating func move<Hours: Sequence>(
    _ from: Int?, to: Int?, in hours: Hours
  ) where Hours.Element == Int {
    guard let from else { return }
    for h in hours {
      // A path may have less usage than the machines that ran before.
      let moved = self[from, h] < 1 - 1e-9 ? max(0, self[from, h]) : 1
      self[from, h] -= moved
      if let to { self[to, h] += moved }
    }
  }
}

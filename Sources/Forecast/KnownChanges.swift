import CloudCosts
import Foundation

/// Puts what the scenario knows of the future into the paths, in the order of the scenario.
///
/// What part of a change lies before the end of the history is in the history: the change begins
/// there at the earliest, and ends when it would have ended.
struct KnownChanges {
  private let changes: [KnownChange]
  private let historyEnd: Hour
  private let place: String

  init(_ changes: [KnownChange], behind historyEnd: Hour, place: String) {
    self.changes = changes.filter(\.isOfUsage)
    self.historyEnd = historyEnd
    self.place = place
  }

  /// - Throws: where a change cannot be understood; `findings` gets those without effect.
  func applied(
    to paths: DemandPaths, _ findings: inout [Finding]
  ) throws(FindingsError) -> DemandPaths {
    var result = paths
    var errors: [Finding] = []
    for change in changes {
      let targets = targets(of: change, in: result, &findings, &errors)
      guard !targets.isEmpty, errors.isEmpty else { continue }
      result = DemandPaths(
        paths: result.paths.map { applying(change, targets, to: $0) },
        probabilities: result.probabilities)
    }
    guard errors.isEmpty else { throw FindingsError(findings + errors) }
    return result
  }

  /// The groups that a change is about, each with the group its usage moves to.
  private func targets(
    of change: KnownChange, in paths: DemandPaths, _ findings: inout [Finding],
    _ errors: inout [Finding]
  ) -> [UsageGroup: UsageGroup?] {
    let chosen = paths.groups.filter(change.usage.contains)
    let place = change.place.isEmpty ? place : change.place
    if chosen.isEmpty {
      findings.append(
        Finding(
          .warning, rule: "forecast.no-such-usage", place: place,
          message: "there is no usage that this change is about: it has no effect",
          remedy: "check its account, region, family and instance type"))
    } else if change.date >= paths.window.end {
      findings.append(
        Finding(
          .note, rule: "forecast.beyond-horizon", place: place,
          message: "the change of \(change.date) comes after the horizon, which ends at"
            + " \(paths.window.end): it has no effect",
          remedy: "nothing, if that is meant"))
      return [:]
    }
    var targets: [UsageGroup: UsageGroup?] = [:]
    for group in chosen {
      guard case .migration(let name, _, _) = change.kind else {
        targets[group] = .some(nil)
        continue
      }
      guard let type = Self.instanceType(of: group.sku, movedTo: name, change.usage) else {
        errors.append(
          Finding(
            .error, rule: "forecast.no-target", place: place,
            message: "\(group.sku.instanceType) has no size that \(name) could keep",
            remedy: "state an instance_type, and the instance type it moves to"))
        continue
      }
      var target = group
      target.sku.instanceType = type
      // What moves to itself stays.
      if target != group { targets[group] = target }
    }
    return targets
  }

  /// The instance type that usage of a SKU moves to: the name itself where one instance type is
  /// moved, else the same size of the family of that name.
  private static func instanceType(
    of sku: SKU, movedTo name: String, _ usage: UsageSelection
  ) -> String? {
    if usage.instanceType != nil { return name }
    guard sku.provider == .aws, !sku.size.isEmpty else { return nil }
    return "\(name).\(sku.size)"
  }

  private func applying(
    _ change: KnownChange, _ targets: [UsageGroup: UsageGroup?], to demand: Demand
  ) -> Demand {
    let groups = Set(demand.groups).union(targets.values.compactMap { $0 }).sorted()
    var result = demand.with(groups: groups)
    let rows = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
    let start = max(change.date, historyEnd) - demand.window.start
    let length = change.date.adding(months: change.months) - demand.window.start - start
    for (group, target) in targets {
      guard let from = rows[group] else { continue }
      let to = target.flatMap { rows[$0] }
      for h in max(0, start)..<max(0, start, demand.window.hours) {
        // At once, or in equal steps; the last hour of the change has all of it.
        let done = length > 0 ? min(1, Double(h - start + 1) / Double(length)) : 1
        switch change.kind {
        case .growth(let yearly):
          result[from, h] *= pow(1 + yearly, Double(h - start) / 8760)
        case .retirement:
          result[from, h] *= 1 - done
        case .migration(_, let ratio, let share):
          // Read from what was, so that a chain of types moves each once.
          guard let to, let old = demand.groups.firstIndex(of: group) else { continue }
          let moved = demand[old, h] * share * done
          result[from, h] -= moved
          result[to, h] += moved * ratio
        case .price: continue
        }
      }
    }
    return result
  }
}

extension Demand {
  /// The same with more groups, which are not used. `groups` in ascending order, all of ours in it.
  func with(groups: [UsageGroup]) -> Demand {
    guard groups != self.groups else { return self }
    let known = Dictionary(uniqueKeysWithValues: self.groups.enumerated().map { ($1, $0) })
    var quantities: [Double] = []
    quantities.reserveCapacity(groups.count * window.hours)
    for group in groups {
      if let row = known[group] {
        quantities.append(contentsOf: hours(of: row))
      } else {
        quantities.append(contentsOf: repeatElement(0, count: window.hours))
      }
    }
    return Demand(window: window, groups: groups, quantities: quantities)
  }
}

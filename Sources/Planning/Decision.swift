/// Values for all that can be decided.
struct Decision: Sendable {
  /// `x`, for each instrument.
  var purchases: [Double]
  /// `z`, for each action of each machine, in order.
  var actions: [Double]

  /// Nothing bought, nothing done.
  static func nothing(_ model: Model) -> Decision {
    Decision(
      purchases: Array(repeating: 0, count: model.instruments.count),
      actions: Array(
        repeating: 0, count: model.machines.reduce(0) { $0 + $1.targets.count }))
  }
}

extension Model {
  /// What the decision costs in addition to what stays on demand.
  func fixedCost(_ decision: Decision) -> Double {
    var cost = constant
    for (j, instrument) in instruments.enumerated() {
      cost += instrument.cost * decision.purchases[j]
    }
    return zip(decision.actions, actionCosts).reduce(cost) { $0 + $1.0 * $1.1 }
  }

  /// What is minimised: what the decision costs under an allocation, and what contract years miss,
  /// by the measure of risk over paths.
  func cost(_ decision: Decision, _ allocation: Allocation) -> Double {
    guard risk.isAverse || !spendRows.isEmpty else {
      return fixedCost(decision) + allocation.total
    }
    return fixedCost(decision)
      + risk.value(zip(allocation.paths, shortfalls(decision, allocation)).map { $0 + $1 })
  }

  /// The first index of each machine's actions in `Decision.actions`.
  var actionStarts: [Int] {
    machines.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.targets.count) }
  }

  /// By how much a decision misses a policy row, relative to the row's size; 0 where it keeps it.
  func violation(of row: PolicyRow, _ decision: Decision, _ allocation: Allocation) -> Double {
    let (activity, gross) = sums(of: row, decision, allocation)
    return max(0, activity - row.upper, row.lower - activity) / size(of: row, gross)
  }

  /// What a row's slack is small or large compared with.
  func size(of row: PolicyRow, _ gross: Double) -> Double {
    max(gross, row.upper < .infinity ? abs(row.upper) : abs(row.lower), 1e-9)
  }

  /// The sum that a policy row limits.
  func activity(of row: PolicyRow, _ decision: Decision, _ allocation: Allocation) -> Double {
    sums(of: row, decision, allocation).activity
  }

  /// A row's sum, and that of the sizes of its terms, actions aside.
  func sums(
    of row: PolicyRow, _ decision: Decision, _ allocation: Allocation
  ) -> (activity: Double, gross: Double) {
    var activity = 0.0
    var size = 0.0
    func add(_ term: Double) {
      activity += term
      size += abs(term)
    }
    for (coefficient, left) in zip(row.remaining, allocation.onDemand) { add(coefficient * left) }
    for (pool, coefficient) in row.used { add(coefficient * allocation.used[pool]) }
    for (j, coefficient) in row.instruments { add(coefficient * decision.purchases[j]) }
    for (s, coefficient) in row.switches where decision.purchases[switches[s].instrument] > 0 {
      add(coefficient)
    }
    let starts = actionStarts
    for (machine, action, coefficient) in row.actions {
      activity += coefficient * decision.actions[starts[machine] + action]
    }
    return (activity, size)
  }

  /// By how much `remaining` is more than the coverage floors allow, in currency units.
  func excess(_ decision: Decision, remaining: Double) -> Double {
    let starts = actionStarts
    return rows.filter(\.isFloor).reduce(0) { most, row in
      let moved = row.actions.reduce(0) {
        $0 + $1.coefficient * decision.actions[starts[$1.machine] + $1.action]
      }
      return max(most, (row.remaining.first ?? 0) * remaining + moved - row.upper)
    }
  }

  /// The largest violation of any policy row, and of the least amounts that switches ask for.
  func violation(_ decision: Decision, _ allocation: Allocation) -> Double {
    rows.reduce(violationApart(decision)) {
      $1.countsParts ? max($0, violation(of: $1, decision, allocation)) : $0
    }
  }

  /// The largest violation of what no allocation changes: rows over purchases and actions, least
  /// amounts.
  func violationApart(_ decision: Decision) -> Double {
    let nothing = Allocation(onDemand: [], used: [])
    return rows.reduce(shortOfLeast(decision)) {
      $1.countsParts ? $0 : max($0, violation(of: $1, decision, nothing))
    }
  }
}

extension Model {
  /// Whether a decision keeps all limits that no allocation changes.
  func keepsLimitsApart(_ decision: Decision) -> Bool {
    violationApart(decision) <= Decomposition.tolerance
  }

  /// Whether something is bought of which at least more must be.
  func isBelowLeast(_ decision: Decision) -> Bool {
    shortOfLeast(decision) > Decomposition.tolerance
  }

  /// By how much a purchase is below its least amount, relative to that.
  fileprivate func shortOfLeast(_ decision: Decision) -> Double {
    switches.reduce(0) { most, choice in
      let bought = decision.purchases[choice.instrument]
      return bought > 0 ? max(most, (choice.minimum - bought) / max(choice.minimum, 1e-9)) : most
    }
  }
}

/// What an allocation of capacity to usage comes to, all hours together; the expected sum of
/// several paths.
struct Allocation: Sendable {
  /// The on-demand cost that is left, for each class of usage.
  var onDemand: [Double]
  /// The capacity that is used of each pool.
  var used: [Double]
  /// The on-demand cost that is left on each path.
  var paths: [Double] = []
  /// What of it counts in each of `Model.spendRows`, on each path.
  var spent: [[Double]] = []

  var total: Double { onDemand.reduce(0, +) }
}

import Billing
import CloudCosts
import Planning

/// What the machines of a plan save.
extension OutcomePlanner {
  /// So many bills are made, however long they take; and no more: the actions that save least stay
  /// without a worth.
  private static let worths = 60...300
  /// Hours of groups and machines that are billed in about a second.
  private static let affordable = 2e8

  /// What makes two actions worth the same: the same usage moves in the same hours.
  private struct Move: Hashable {
    var from: UsageGroup
    var to: UsageGroup?
    var hours: [Int]
    var alongside: [Int]?

    init(_ action: ChosenAction) {
      from = action.resource.group
      to = action.targetGroup
      hours = action.hours
      alongside = action.alongside
    }
  }

  /// What each action is worth while all the others and the purchases stay.
  func setWorth(_ actions: inout [JudgedAction], of plan: Plan) throws {
    guard !actions.isEmpty else { return }
    let commitments = inputs.owned + plan.purchases.map(\.commitment)
    func cost(_ actions: [ChosenAction]) throws -> Money {
      try inputs.judge.bill(biller.paths.mean.applying(actions), under: commitments).cost
    }
    let all = try cost(plan.actions)
    let demand = biller.paths.mean
    let work = Double(demand.window.hours * (demand.groups.count + actions.count))
    let most = min(
      max(Int(Self.affordable / max(1, work)), Self.worths.lowerBound), Self.worths.upperBound)
    var known: [Move: Money] = [:]
    let order = actions.indices.sorted { (actions[$1].savings, $0) < (actions[$0].savings, $1) }
    for index in order {
      let move = Move(plan.actions[index])
      if known[move] == nil, known.count < most {
        var others = plan.actions
        others.remove(at: index)
        known[move] = try cost(others) - all
      }
      actions[index].worth = known[move]
    }
  }

  /// The expected instance-hours that an action changes.
  private func movedHours(_ action: ChosenAction) -> Double {
    let demand = biller.paths.mean
    guard action.alongside != nil, let row = demand.groups.firstIndex(of: action.resource.group)
    else { return Double(action.hours.count) }
    let share = demand.share(of: row, alongside: action.alongside)
    return action.hours.reduce(0) { $0 + share($1) }
  }

  func judged(_ action: ChosenAction) -> JudgedAction {
    let prices = inputs.prices
    // A licence that is metered apart goes with its machine.
    func price(_ sku: SKU) -> Double {
      (prices.onDemandPrice(of: sku) ?? 0) + (prices.onDemandPrice(of: sku.licence) ?? 0)
    }
    let before = price(action.resource.group.sku)
    let after = action.action.target.map(price) ?? 0
    return JudgedAction(
      action: action,
      savings: Money(rounding: (before - after) * movedHours(action)))
  }
}

import Billing
import CloudCosts
import Planning

/// What the machines of a plan save.
extension OutcomePlanner {
  /// More actions than these are not billed one by one.
  private static let mostWorths = 60

  /// What each action is worth while all the others and the purchases stay.
  func setWorth(_ actions: inout [JudgedAction], of plan: Plan) throws {
    guard !actions.isEmpty, actions.count <= Self.mostWorths else { return }
    let commitments = inputs.owned + plan.purchases.map(\.commitment)
    func cost(_ actions: [ChosenAction]) throws -> Money {
      try inputs.judge.bill(biller.paths.mean.applying(actions), under: commitments).cost
    }
    let all = try cost(plan.actions)
    for index in actions.indices {
      var others = plan.actions
      others.remove(at: index)
      actions[index].worth = try cost(others) - all
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

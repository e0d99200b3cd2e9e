import Billing
import CloudCosts

/// What is left of a plan's saving where things go wrong: billed on every future, each changed in
/// one way.
package struct Downside: Hashable, Sendable {
  /// `usage falls by 30 %`, `m5 goes`.
  package var name: String
  /// Against nothing new bought, of the bill with that; negative where the plan loses money.
  package var savingsRate: Double

  package init(name: String, savingsRate: Double) {
    self.name = name
    self.savingsRate = savingsRate
  }
}

extension OutcomePlanner {
  /// The two that a headline names: all usage falls, and the family that costs most is gone.
  func downsides(_ plan: Plan, _ review: PlanReview) throws -> [Downside] {
    guard !plan.purchases.isEmpty else { return [] }
    var result = review.downsides.filter { $0.drop == PlanReview.headlineDrop }.map {
      Downside(name: $0.name, savingsRate: $0.savingsRate)
    }
    if let largest = largestFamily {
      let rest = biller.limited(
        to: biller.paths.keeping(Set(biller.paths.groups.filter { $0.sku.family != largest })))
      let without = try rest.bills(under: inputs.owned).bill.cost
      let cost = try rest.bills(
        actions: plan.actions, under: inputs.owned + plan.purchases.map(\.commitment)
      ).bill.cost
      result.append(
        Downside(
          name: "\(largest) goes",
          savingsRate: without == .zero ? 0 : (without - cost).value / without.value))
    }
    return result
  }

  /// The family with the most usage at on-demand prices; nil where there is only one.
  private var largestFamily: String? {
    let usage = biller.paths.mean
    var spend: [String: Double] = [:]
    for (g, group) in usage.groups.enumerated() {
      spend[group.sku.family, default: 0] +=
        (inputs.prices.onDemandPrice(of: group.sku) ?? 0) * usage.hours(of: g).reduce(0, +)
    }
    guard spend.count > 1 else { return nil }
    return spend.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

extension Frontier.Downside {
  /// `usage falls by 30 %`.
  package var name: String { "usage falls by \(Int((drop * 100).rounded())) %" }
}

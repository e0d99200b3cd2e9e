import Billing
import CloudCosts

/// What is left of a plan's saving where things go wrong: billed on the expected usage, changed in
/// one way.
public struct Downside: Hashable, Sendable {
  /// `usage falls by 30 %`, `m5 goes`.
  public var name: String
  /// Against nothing new bought, of the bill with that; negative where the plan loses money.
  public var savingsRate: Double

  /// What is looked at: usage that falls by this share.
  static let drop = 0.3

  /// The two: all usage falls, and the family that costs most is gone.
  static func all(
    of purchases: [Commitment], owned: [Commitment], usage: Demand, judge: Judge
  ) throws -> [Downside] {
    guard !purchases.isEmpty else { return [] }
    func rate(_ usage: Demand, _ name: String) throws -> Downside {
      let without = try judge.bill(usage, under: owned).cost
      let cost = try judge.bill(usage, under: owned + purchases).cost
      return Downside(
        name: name,
        savingsRate: without == .zero ? 0 : (without - cost).value / without.value)
    }
    var result = [
      try rate(usage.scaled(by: 1 - drop), "usage falls by \(Int(drop * 100)) %")
    ]
    var spend: [String: Double] = [:]
    for (g, group) in usage.groups.enumerated() {
      spend[group.sku.family, default: 0] +=
        (judge.prices.onDemandPrice(of: group.sku) ?? 0) * usage.hours(of: g).reduce(0, +)
    }
    if spend.count > 1,
      let largest = spend.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key
    {
      let rest = usage.groups.indices.filter { usage.groups[$0].sku.family != largest }
      result.append(try rate(usage.keeping(rest), "\(largest) goes"))
    }
    return result
  }
}

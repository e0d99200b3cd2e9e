import CloudCosts
import Ingest

/// What a part of a bill comes to: one account, one service, or all.
package struct CostSlice: Hashable, Sendable {
  /// What it is the part of: an account's id, a service's name.
  package var name: String
  /// Instance-hours; 0 where usage is counted in something else.
  package var instanceHours: Double
  /// Usage at list prices, covered or not.
  package var list: Money
  /// What the usage and what no one used cost, upfront payments spread: no taxes, credits or fees.
  package var effective: Money
  /// All that is billed, of every class.
  package var billed: Money
  /// What could be covered and is not, at list prices: machines, and usage of other services that
  /// commitments are sold for.
  package var uncoveredList: Money
  /// The same at what it cost.
  package var uncovered: Money
  /// Covered usage of the same kinds at list prices.
  package var coveredList: Money
  /// What covered usage cost.
  package var covered: Money
  /// What was committed to and not used.
  package var unused: Money
  /// Spot, marketplace, taxes, credits, refunds and fees, as billed.
  package var other: Money

  package init(name: String) {
    self.name = name
    instanceHours = 0
    (list, effective, billed, uncoveredList, uncovered) = (.zero, .zero, .zero, .zero, .zero)
    (coveredList, covered, unused, other) = (.zero, .zero, .zero, .zero)
  }

  /// Covered usage as a share of what could be covered, at list prices; nil without any.
  package var coverage: Double? { share(coveredList, coveredList + uncoveredList) }

  /// The used share of what the commitments cost; nil without commitments.
  package var utilization: Double? { share(covered, covered + unused) }

  /// The share of the commitments' cost that no one used; nil without commitments.
  package var vacancy: Double? { share(unused, covered + unused) }

  /// (list − effective) / list of usage, waste included; nil without usage.
  package var effectiveSavingsRate: Double? { share(list - effective, list) }

  private func share(_ part: Money, _ whole: Money) -> Double? {
    whole <= .zero ? nil : part.value / whole.value
  }

  mutating func add(_ cost: HistoryCost) {
    billed += cost.billed
    switch cost.chargeClass {
    case .onDemand:
      if cost.subject.countsInstances { instanceHours += cost.quantity }
      list += cost.list
      effective += cost.effective
      guard cost.subject.coverable != nil else { return }
      uncoveredList += cost.list
      uncovered += cost.effective
    case .covered:
      if cost.subject.countsInstances { instanceHours += cost.quantity }
      // Some exports have no list cost where something covers: no saving is claimed for it.
      list += cost.list == .zero ? cost.effective : cost.list
      effective += cost.effective
      covered += cost.effective
      // Of a kind that is not known as one that can be covered, the part on demand is not known
      // either.
      guard cost.subject.coverable != nil else { return }
      // At list prices covered usage is worth at least what it cost.
      coveredList += max(cost.list, cost.effective)
    case .unused:
      effective += cost.effective
      unused += cost.effective
    // A purchase is cash: what it is worth comes back as covered and unused.
    case .purchase: break
    case .spot, .marketplace, .tax, .credit, .refund, .other: other += cost.billed
    }
  }
}

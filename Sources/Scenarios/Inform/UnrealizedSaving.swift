import CloudCosts
import Ingest

/// What a commitment for the machines of a group that always run on demand would save, by a price
/// book.
///
/// Cautious: of each group only as many machines as ran on demand on nine of ten days on average,
/// and ran at all in nine of ten hours. Their hours at the on-demand price of the price book, less
/// the cheapest offer for them.
package struct UnrealizedSaving: Hashable, Sendable {
  package var group: UsageGroup
  /// Machines that always run on demand.
  package var machines: Double
  /// Of the price book, an instance-hour.
  package var onDemand: Double
  /// The cheapest offer, and what it costs an instance-hour with its upfront spread over the term.
  package var terms: OfferTerms
  package var committed: Double

  /// In 8,760 hours, currency units; an offer that costs more than on demand saves nothing.
  package var yearly: Double { max(0, machines * (onDemand - committed) * 8760) }

  /// Of all groups that run on demand, the largest first.
  ///
  /// - Parameter floors: machines of each group that ran in nine of ten hours, covered or not.
  /// - Returns: and the groups of which the price book has no price.
  static func all(
    _ costs: [HistoryCost], days: Int, floors: [UsageGroup: Double], prices: PriceBook
  ) -> (savings: [UnrealizedSaving], unpriced: Set<SKU>) {
    let always = AlwaysOnDemand(costs, days: days)
    let offers = Dictionary(grouping: prices.reservations.filter { $0.zone == nil }, by: \.sku)
    var savings: [UnrealizedSaving] = []
    var unpriced: Set<SKU> = []
    for group in always.groups {
      let machines = always.machines(group, floor: floors[group] ?? 0)
      guard machines > 0 else { continue }
      let sku = group.sku.zoneless
      guard let onDemand = prices.onDemandPrice(of: sku) else {
        unpriced.insert(sku)
        continue
      }
      let reserved = (offers[sku] ?? []).map { ($0.terms, $0.effectiveHourly) }
      let planned = prices.savingsPlanRates.compactMap { terms, rates in
        rates[sku].map { (terms, $0) }
      }
      guard let best = (reserved + planned).min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else {
        continue
      }
      savings.append(
        UnrealizedSaving(
          group: group, machines: machines, onDemand: onDemand, terms: best.0, committed: best.1))
    }
    savings.sort { ($1.yearly, $0.group) < ($0.yearly, $1.group) }
    return (savings.filter { $0.yearly > 0 }, unpriced)
  }
}

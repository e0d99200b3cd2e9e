import CloudCosts

/// What the usage of one service costs, and what commitments do for it.
package struct ServiceCost: Hashable, Sendable {
  package var service: Service
  /// All of its usage on demand, at this customer's prices.
  package var onDemand: Money
  /// What of `onDemand` a commitment is on sale for, or covers.
  package var eligible: Money
  /// What of `onDemand` commitments cover.
  package var covered: Money
  /// What it costs: what is left on demand, and what it uses of commitments.
  package var cost: Money
  /// What it uses of commitments.
  package var committed: Money

  /// 0 to 1: covered of eligible usage, both on demand; 0 where none is eligible.
  package var coverage: Double { eligible == .zero ? 0 : covered.value / eligible.value }

  /// What commitments save on it, less what they cost; what no one uses of them is no service's.
  package var savings: Money { covered - committed }
}

extension Bill {
  /// The usage of each service, the costliest first. With what is not used of
  /// commitments, and charges that are for no usage, their costs add up to the bill's.
  package var services: [ServiceCost] {
    var costs: [Service: ServiceCost] = [:]
    for row in rows where row.kind.isUsage {
      guard let sku = row.group?.sku else { continue }
      let service = sku.service
      var cost =
        costs[service]
        ?? ServiceCost(
          service: service, onDemand: .zero, eligible: .zero, covered: .zero, cost: .zero,
          committed: .zero)
      cost.onDemand += row.contracted
      cost.cost += row.effective
      if eligibleSKUs.contains(sku) { cost.eligible += row.contracted }
      if row.kind == .coveredUsage {
        cost.covered += row.contracted
        cost.committed += row.effective
      }
      costs[service] = cost
    }
    return costs.values.sorted { ($1.cost, $0.service) < ($0.cost, $1.service) }
  }
}

import Billing
import CloudCosts

extension RunDocument {
  /// What the usage of one service costs under an outcome.
  package struct ServiceCost: Hashable, Sendable, Codable {
    /// As files name it: `rds`.
    package var service: String
    package var title: String
    /// All of its usage on demand, at this customer's prices.
    @JSONNumber package var onDemand: Money
    /// What is left on demand, and what it uses of commitments.
    @JSONNumber package var cost: Money
    /// What it uses of commitments.
    @JSONNumber package var committed: Money
    /// Covered of eligible usage, both on demand.
    package var coverage: Double
    /// The share of all that is used of commitments which it uses.
    package var share: Double

    private enum CodingKeys: String, CodingKey {
      case service, title
      case onDemand = "on_demand"
      case cost, committed, coverage, share
    }
  }
}

extension [RunDocument.ServiceCost] {
  /// Nil where there is no more than one service.
  init?(_ bill: Bill) {
    let services = bill.services
    guard services.count > 1 else { return nil }
    let used = services.map(\.committed).total()
    self = services.map { cost in
      RunDocument.ServiceCost(
        service: cost.service.name, title: cost.service.title, onDemand: cost.onDemand,
        cost: cost.cost, committed: cost.committed,
        coverage: RunDocument.rounded(cost.coverage),
        share: RunDocument.rounded(used == .zero ? 0 : cost.committed.value / used.value))
    }
  }
}

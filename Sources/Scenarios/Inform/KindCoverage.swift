import CloudCosts
import Ingest

/// How much of the usage that a kind of commitment may cover it does cover.
///
/// As the providers' own reports: usage that another kind covers is on neither side. Both sides are sums
/// over the same usage, at list prices: `covered / (covered + on demand)`.
public struct KindCoverage: Hashable, Sendable {
  public var product: Product
  public var part: CostSlice.Part

  /// Of the kinds that the bill has commitments of, in the order of the catalogue.
  static func all(
    _ costs: [HistoryCost], _ commitments: [HistoryCommitment]
  ) -> [KindCoverage] {
    let products = Dictionary(
      commitments.compactMap { entry in entry.product.map { (entry.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    let kinds = Set(products.values)
    return Product.allCases.filter(kinds.contains).map { product in
      var part = CostSlice.Part()
      for cost in costs {
        guard let sku = cost.subject.group?.sku, product.covers(sku) else { continue }
        switch cost.chargeClass {
        case .onDemand: part.uncovered += cost.list
        case .covered where products[cost.commitment] == product: part.covered += cost.list
        default: continue
        }
      }
      return KindCoverage(product: product, part: part)
    }
  }
}

extension ChargeSubject {
  /// Whether it is a machine, and not a database, a container or a function.
  var isMachine: Bool { group.map { $0.sku.service == .machines(of: $0.sku.provider) } ?? false }

  /// Whether its quantity is of instances or machines, by the hour.
  var countsInstances: Bool { group?.sku.isInstance ?? true }
}

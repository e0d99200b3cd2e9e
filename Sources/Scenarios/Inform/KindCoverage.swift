import CloudCosts
import Ingest

/// How much of the usage that a kind of commitment may cover it does cover.
///
/// As the providers' own reports: usage that another kind covers is on neither side. Both sides are
/// sums over the same usage, at list prices: `covered / (covered + on demand)`.
package struct KindCoverage: Hashable, Sendable {
  package var product: Product
  package var covered = Money.zero
  package var onDemand = Money.zero

  /// The covered share; nil without any usage.
  package var coverage: Double? {
    let all = covered + onDemand
    return all <= .zero ? nil : covered.value / all.value
  }

  /// Of the kinds that the bill has commitments of, in the order of the catalogue.
  static func all(
    _ costs: [HistoryCost], _ commitments: [HistoryCommitment]
  ) -> [KindCoverage] {
    let products = Dictionary(
      commitments.compactMap { entry in entry.kind.map { (entry.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    let kinds = Set(products.values)
    return Product.allCases.filter(kinds.contains).map { product in
      var kind = KindCoverage(product: product)
      for cost in costs {
        guard let sku = cost.subject.group?.sku else { continue }
        switch cost.chargeClass {
        case .onDemand where product.isKnownToCover(sku): kind.onDemand += cost.list
        case .covered where products[cost.commitment] == product:
          kind.covered += max(cost.list, cost.effective)
        default: continue
        }
      }
      return kind
    }
  }
}

extension HistoryCommitment {
  /// Its product; where a bill does not tell the class of a reservation, it is a standard one, the
  /// reading that promises less: it cannot be exchanged.
  var kind: Product? {
    product
      ?? (provider == Provider.aws.rawValue && category == "Usage"
        ? .covering(.machines(of: .aws), money: false) : nil)
  }
}

extension ChargeSubject {
  /// Whether its quantity is of instances or machines, by the hour.
  var countsInstances: Bool { group?.sku.isInstance ?? true }
}

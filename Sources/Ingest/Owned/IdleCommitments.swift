import CloudCosts

/// Owned commitments that no row shows in use, and what of them is left to explain usage whose rows
/// name no commitment: Google's fees name a subscription, and what they cover does not.
struct IdleCommitments {
  private var left: [(commitment: Commitment, capacity: Double)]
  private let rates: [OfferTerms: [SKU: Double]]

  init(_ commitments: [Commitment], _ prices: PriceList?) {
    // What is bound to fewer machines is applied first.
    left = commitments.map { ($0, IdleCommitments.capacity($0)) }
      .sorted { a, b in
        let isPlan = (
          a.commitment.terms.product.isSavingsPlan, b.commitment.terms.product.isSavingsPlan
        )
        return isPlan.0 == isPlan.1 ? a.commitment.id < b.commitment.id : isPlan.1
      }
    var rates: [OfferTerms: [SKU: Double]] = [:]
    for row in prices?.rows ?? [] where row.product.isSavingsPlan {
      if let terms = row.offered { rates[terms, default: [:]][row.sku] = row.hourly }
    }
    self.rates = rates
  }

  /// What of machines that are shown as covered these do not explain; nil: nothing.
  mutating func unexplained(_ covered: Commitment) -> Commitment? {
    guard case .reservation(let sku, let zone, var count, let upfront, let hourly) = covered.subject
    else { return covered }
    for index in left.indices {
      guard let unit = units(of: sku, left[index].commitment), unit > 0 else { continue }
      let taken = min(count, left[index].capacity / unit)
      count -= taken
      left[index].capacity -= taken * unit
    }
    // A fiftieth is rounding of daily sums.
    guard count > 0.02 * covered.amount else { return nil }
    var rest = covered
    rest.subject = .reservation(
      sku: sku, zone: zone, count: count, upfront: upfront, hourly: hourly)
    return rest
  }

  private static func capacity(_ commitment: Commitment) -> Double {
    switch commitment.subject {
    case .reservation(let sku, _, let count, _, _): count * ReservationScope.counting(sku).units
    case .savingsPlan(_, let hourly): hourly
    }
  }

  /// What of a commitment one machine takes; nil where it does not cover it.
  private func units(of sku: SKU, _ commitment: Commitment) -> Double? {
    switch commitment.subject {
    case .reservation(let own, _, _, _, _): ReservationScope(of: own).units(of: sku)
    case .savingsPlan(let scope, _):
      scope.contains(sku) ? rates[commitment.terms]?[sku] : nil
    }
  }
}

// Commitments that their provider buys again when they end.
//
// Sources: Microsoft Learn, "Automatically renew reservations" (same SKU, scope, term and billing,
// at the price of that day); Google Cloud, "Renew commitments automatically". The price of that day
// is not known: the old one is used. What is no longer sold is not renewed either (Microsoft Learn,
// "Transition guide for retired Azure Reserved VM Instances").
extension Commitment {
  /// The same with what follows it by renewal up to an hour.
  package func withRenewals(until last: Hour) -> [Commitment] {
    var result = [self]
    var next = self
    while renews, next.end < last, next.end > next.start, isSold(at: next.end) {
      next.start = next.end
      next.end =
        terms.product.provider == .aws
        ? next.start + terms.term.hours : next.start.adding(months: 12 * terms.term.years)
      next.prepaid = nil
      next.renewalOf = id
      next.id = "\(id) (renewal \(result.count))"
      result.append(next)
    }
    return result
  }

  /// Whether the provider still sells it at an hour.
  package func isSold(at hour: Hour) -> Bool {
    guard case .reservation(let sku, _, _, _, _) = subject else { return true }
    return terms.product.saleEnd(sku, terms.term).map { hour < $0 } ?? true
  }
}

// Commitments that their provider buys again when they end.
//
// Sources: Microsoft Learn, "Automatically renew reservations" (same SKU, scope, term and billing,
// at the price of that day); Google Cloud, "Renew commitments automatically". The price of that day
// is not known: the old one is used.
extension Commitment {
  /// The same with what follows it by renewal up to an hour.
  package func withRenewals(until last: Hour) -> [Commitment] {
    var result = [self]
    var next = self
    while renews, next.end < last, next.end > next.start {
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
}

/// What a convertible reservation may become: another one of the same region and term that ends
/// when it would have, in the number that the provider computes.
///
/// Both are compared by what is left of them: the hourly price of the hours to come, and the part
/// of the upfront payment that is not used up. The new number is the least whole one that is worth
/// as much, and none is worth less. What its upfront share is more than the old one's is the
/// true-up cost; where it would be negative the number grows. A payment on the first day never
/// becomes one by the hour.
struct ConvertibleExchange {
  let commitment: Commitment
  let at: Hour
  /// What is left of it, and the part of that which was paid on the first day.
  let remaining: Double
  let unused: Double

  /// - Parameter product: what it becomes.
  /// - Returns: one for each offer, in the order of the offers; nothing that it already is.
  func replacements(_ product: Product, _ offers: [ReservationOffer]) -> [Commitment] {
    guard case .reservation(let owned, _, let count, _, _) = commitment.subject, count > 0 else {
      return []
    }
    return offers.compactMap { offer in
      guard offer.terms.product == product, offer.zone == nil, offer.sale.contains(at),
        offer.sku.provider == owned.provider, offer.sku.region == owned.region,
        offer.terms.term == commitment.terms.term,
        offer.terms.payment == .noUpfront ? commitment.terms.payment == .noUpfront : true,
        offer.sku.zoneless != owned.zoneless || offer.terms.payment != commitment.terms.payment
      else { return nil }
      return replacement(offer)
    }
  }

  private func replacement(_ offer: ReservationOffer) -> Commitment? {
    let left = Double(max(1, commitment.end - at))
    let upfront = offer.upfront * left / Double(offer.terms.term.hours)
    let worth = offer.hourly * left + upfront
    guard worth > 0 else { return nil }
    // Dust of floating point must not make one more.
    func whole(_ amount: Double) -> Double { (amount * (1 - 1e-9)).rounded(.up) }
    var count = max(1, whole(remaining / worth))
    if upfront > 0 { count = max(count, whole(unused / upfront)) }
    guard count.isFinite, count < 1e6, unused <= 0 || upfront > 0 else { return nil }
    var result = Commitment(
      id: "\(commitment.id) exchanged", account: commitment.account, terms: offer.terms,
      subject: .reservation(
        sku: offer.sku.zoneless, zone: nil, count: count, upfront: upfront, hourly: offer.hourly),
      start: at, end: commitment.end, reach: commitment.reach)
    result.buyer = commitment.buyer
    return result
  }
}

extension GivingUp {
  /// What must be paid at once for what it becomes, after what is credited for it; nil: it becomes
  /// nothing.
  package var trueUp: Double? { replacement.map { max(0, $0.upfront - received) } }
}

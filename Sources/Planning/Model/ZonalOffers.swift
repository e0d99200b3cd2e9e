import CloudCosts

/// Which zones the model must tell apart, and which reservations are worth a place in it.
///
/// A zonal reservation covers one type in one zone; the regional one of the same type and terms
/// covers that usage and more. Where the regional one costs no more, the zonal one is left out, and
/// its zone with it: zones that no reservation distinguishes are added up.
struct ZonalOffers {
  /// The reservations that may be bought, without the pointless zonal ones; in the price file's
  /// order.
  private(set) var worthwhile: [ReservationOffer] = []
  /// The pointless ones, each with the regional one.
  private(set) var dominated: [(offer: InstrumentOffer, by: InstrumentOffer)] = []
  /// SKUs (without zone) that some zonal reservation is for.
  private var zoned: Set<SKU> = []

  private let mayReplace: Bool

  private struct Key: Hashable {
    var sku: SKU
    var terms: OfferTerms
  }

  init(_ problem: PlanningProblem) {
    // A limit on the use of what is bought, or on its least amount, tells the two apart.
    let policy = problem.policy
    mayReplace = policy.minUtilization == nil && policy.minPurchase == nil
    if problem.mayBuy {
      sift(problem.prices.reservations.filter { problem.offers.allows($0.terms) })
    }
    for commitment in problem.owned {
      if case .reservation(let sku, _?, _, _, _) = commitment.subject { zoned.insert(sku.zoneless) }
    }
  }

  private mutating func sift(_ offers: [ReservationOffer]) {
    let regional = Dictionary(
      offers.filter { $0.zone == nil }.map { (Key(sku: $0.sku, terms: $0.terms), $0) },
      uniquingKeysWith: { $0.effectiveHourly <= $1.effectiveHourly ? $0 : $1 })
    for offer in offers {
      if mayReplace, offer.zone != nil,
        let wider = regional[Key(sku: offer.sku.zoneless, terms: offer.terms)],
        wider.effectiveHourly <= offer.effectiveHourly, wider.upfront <= offer.upfront
      {
        dominated.append((.reservation(offer), .reservation(wider)))
        continue
      }
      worthwhile.append(offer)
      if offer.zone != nil { zoned.insert(offer.sku.zoneless) }
    }
  }

  /// The SKU under which the model counts usage: without its zone where that makes no difference.
  func modelled(_ sku: SKU) -> SKU {
    let zoneless = sku.zoneless
    return zoned.contains(zoneless.asListed) ? sku : zoneless
  }
}

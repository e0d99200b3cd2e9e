import CloudCosts

/// Which of an owned commitment and a purchase of the same usage the provider uses up first.
///
/// By their tiers. Reservations of one tier then go by their terms, shorter ones first, and by
/// their start, as the judge orders what the provider's rules do not tell apart. Plans of one tier
/// go by what they save on each usage; of those with the same terms the one that started first is
/// first.
extension Pool.Owned {
  /// Whether it is used up before a purchase; false where that is not known.
  func appliesBefore(_ purchase: Instrument, in model: Model) -> Bool {
    guard let (mine, its) = ranks(purchase) else { return false }
    return mine == its ? start < model.start(of: purchase) : mine < its
  }

  /// Whether a purchase is used up before it; false where that is not known.
  func appliesAfter(_ purchase: Instrument, in model: Model) -> Bool {
    guard let (mine, its) = ranks(purchase) else { return false }
    return mine == its ? start > model.start(of: purchase) : its < mine
  }

  private typealias Rank = (ApplicationTier, Int, String, String)

  /// Nil where terms alone do not tell, and for a purchase of one zone: of what is owned no zone is
  /// known here.
  private func ranks(_ purchase: Instrument) -> (Rank, Rank)? {
    if case .reservation(let offer) = purchase.offer, offer.zone != nil { return nil }
    let (mine, its) = (rank(terms), rank(purchase.offer.terms))
    guard terms.product.isReservation || mine.0 != its.0 || terms == purchase.offer.terms else {
      return nil
    }
    return (mine, its)
  }

  private func rank(_ terms: OfferTerms) -> Rank {
    (ApplicationTier(of: terms), terms.term.years, terms.payment.rawValue, terms.product.rawValue)
  }
}

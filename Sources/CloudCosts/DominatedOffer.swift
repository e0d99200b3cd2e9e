/// Offers that another one makes pointless under the policy: it covers at least the same usage,
/// costs no more, and weighs no more in any limit. Summed up over regions and sizes.
public struct DominatedOffer: Hashable, Sendable {
  /// The terms of the offers that were left out.
  public var terms: OfferTerms
  /// Where reservations are for one zone only.
  public var isZonal: Bool
  /// The family (or the type, or Azure's or Google's group) they are for; nil: any.
  public var family: String?
  /// The terms of the offers that are never worse.
  public var by: OfferTerms
  /// How many offers.
  public var offers: Int

  public init(
    terms: OfferTerms, isZonal: Bool = false, family: String?, by: OfferTerms, offers: Int
  ) {
    self.terms = terms
    self.isZonal = isZonal
    self.family = family
    self.by = by
    self.offers = offers
  }
}

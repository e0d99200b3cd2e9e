/// Offers that another one makes pointless under the policy: it covers at least the same usage,
/// costs no more, and weighs no more in any limit. Summed up over regions and sizes.
package struct DominatedOffer: Hashable, Sendable {
  /// The terms of the offers that were left out.
  package var terms: OfferTerms
  /// Where reservations are for one zone only.
  package var isZonal: Bool
  /// The family (or the type, or Azure's or Google's group) they are for; nil: any.
  package var family: String?
  /// The terms of the offers that are never worse.
  package var by: OfferTerms
  /// How many offers.
  package var offers: Int

  package init(
    terms: OfferTerms, isZonal: Bool = false, family: String?, by: OfferTerms, offers: Int
  ) {
    self.terms = terms
    self.isZonal = isZonal
    self.family = family
    self.by = by
    self.offers = offers
  }
}

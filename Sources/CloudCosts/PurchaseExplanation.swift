/// Why a purchase is as large as it is, in figures.
///
/// Amounts are in currency units, for one unit of the purchase: one reserved instance, or one
/// currency unit per hour of a savings plan.
package struct PurchaseExplanation: Hashable, Sendable {
  /// What one unit more would save over the window, its price deducted; negative where it would
  /// lose.
  package var marginalValue: Double
  /// The same for a year of 8,760 hours in which the purchase is active.
  package var marginalValuePerYear: Double
  /// What one unit fewer would cost over the window, its price given back; negative where it would
  /// save. At a price higher by this the last unit would stop paying.
  package var stopPrice: Double
  /// 0 to 1: the share of its hours in which the usage that it could cover, less what is applied
  /// before it, is above what is bought and owned.
  package var demandQuantile: Double
  /// 0 to 1: the share of the bought capacity that usage takes; owned capacity is used first.
  package var expectedUtilization: Double
  /// The policy key without which fewer would be cheaper; nil where the purchase pays by itself.
  package var keptBy: String?
  /// The policy key that keeps more from being bought, where more would save.
  package var heldBackBy: String?
  /// The other offer that could cover the same usage at the least price; nil where there is none.
  package var alternative: Alternative?

  /// Another offer for the same usage.
  package struct Alternative: Hashable, Sendable {
    package var terms: OfferTerms
    /// Nil: any region.
    package var region: String?
    /// The instance type or, for a plan that is good for one family, the family; nil: any.
    package var instanceType: String?
    /// What the usage that a unit of the purchase covers would cost more with it over the window;
    /// negative where it would cost less.
    package var extraCost: Double
    /// The policy key that speaks against it; nil where none does.
    package var blockedBy: String?

    package init(
      terms: OfferTerms, region: String?, instanceType: String?, extraCost: Double,
      blockedBy: String? = nil
    ) {
      self.terms = terms
      self.region = region
      self.instanceType = instanceType
      self.extraCost = extraCost
      self.blockedBy = blockedBy
    }
  }

  package init(
    marginalValue: Double, marginalValuePerYear: Double, stopPrice: Double,
    demandQuantile: Double, expectedUtilization: Double, keptBy: String? = nil,
    heldBackBy: String? = nil, alternative: Alternative? = nil
  ) {
    self.marginalValue = marginalValue
    self.marginalValuePerYear = marginalValuePerYear
    self.stopPrice = stopPrice
    self.demandQuantile = demandQuantile
    self.expectedUtilization = expectedUtilization
    self.keptBy = keptBy
    self.heldBackBy = heldBackBy
    self.alternative = alternative
  }
}

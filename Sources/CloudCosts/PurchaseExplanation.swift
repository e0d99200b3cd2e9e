/// Why a purchase is as large as it is, in figures.
///
/// Amounts are in currency units, for one unit of the purchase: one reserved instance, or one
/// currency unit per hour of a savings plan.
public struct PurchaseExplanation: Hashable, Sendable {
  /// What one unit more would save over the window, its price deducted; negative where it would
  /// lose.
  public var marginalValue: Double
  /// The same for a year of 8,760 hours in which the purchase is active.
  public var marginalValuePerYear: Double
  /// What one unit fewer would cost over the window, its price given back; negative where it would
  /// save. At a price higher by this the last unit would stop paying.
  public var stopPrice: Double
  /// 0 to 1: the share of its hours in which the usage that it could cover, less what is applied
  /// before it, is above what is bought and owned.
  public var demandQuantile: Double
  /// 0 to 1: the share of the bought capacity that usage takes; owned capacity is used first.
  public var expectedUtilization: Double
  /// The policy key without which fewer would be cheaper; nil where the purchase pays by itself.
  public var keptBy: String?
  /// The policy key that keeps more from being bought, where more would save.
  public var heldBackBy: String?
  /// The other offer that could cover the same usage at the least price; nil where there is none.
  public var alternative: Alternative?

  /// Another offer for the same usage.
  public struct Alternative: Hashable, Sendable {
    public var terms: OfferTerms
    /// Nil: any region.
    public var region: String?
    /// The instance type or, for a plan that is good for one family, the family; nil: any.
    public var instanceType: String?
    /// What the usage that a unit of the purchase covers would cost more with it over the window;
    /// negative where it would cost less.
    public var extraCost: Double
    /// The policy key that speaks against it; nil where none does.
    public var blockedBy: String?

    public init(
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

  public init(
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

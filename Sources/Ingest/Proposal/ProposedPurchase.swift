import CloudCosts

/// A purchase that somebody proposes, without its price.
public struct ProposedPurchase: Hashable, Sendable {
  public var terms: OfferTerms
  /// Instances of a reservation, or currency units per hour of a plan.
  public var amount: Double
  public var region: String
  /// The instance type; of a plan for one family the family.
  public var instanceType: String
  public var operatingSystem: String
  public var tenancy: String
  public var zone: String
  public var account: String
  /// Nil: the first hour of the window.
  public var start: Hour?
  /// Where it is proposed, for findings: `--buy 2`, `plan.csv:4`.
  public var place: String

  public init(
    terms: OfferTerms, amount: Double, region: String = "", instanceType: String = "",
    operatingSystem: String = "", tenancy: String = "", zone: String = "", account: String = "",
    start: Hour? = nil, place: String
  ) {
    self.terms = terms
    self.amount = amount
    self.region = region
    self.instanceType = instanceType
    self.operatingSystem = operatingSystem
    self.tenancy = tenancy
    self.zone = zone
    self.account = account
    self.start = start
    self.place = place
  }
}

import CloudCosts

/// A purchase that somebody proposes, without its price.
package struct ProposedPurchase: Hashable, Sendable {
  package var terms: OfferTerms
  /// Instances of a reservation, or currency units per hour of a plan.
  package var amount: Double
  package var region: String
  /// The instance type; of a plan for one family the family.
  package var instanceType: String
  package var operatingSystem: String
  package var tenancy: String
  package var zone: String
  package var account: String
  /// Nil: the first hour of the window.
  package var start: Hour?
  /// Where it is proposed, for findings: `--buy 2`, `plan.csv:4`.
  package var place: String

  package init(
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

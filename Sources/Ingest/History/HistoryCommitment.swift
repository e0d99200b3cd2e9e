import CloudCosts

/// A commitment as a bill shows it; nil or empty where the bill does not tell.
package struct HistoryCommitment: Hashable, Sendable {
  /// As in the bill: an ARN, say.
  package var id: String
  package var provider: String
  /// The account that bought it.
  package var account: String
  package var name: String
  /// The provider's word: `Savings Plan`, `Reserved Instance`.
  package var type: String
  /// FOCUS: `Spend` or `Usage`.
  package var category: String
  /// The product, where the bill is clear about it.
  package var product: Product?
  package var region: String
  /// The zone of a zonal reservation.
  package var zone: String
  /// The type it was bought for, or the family of an EC2 Instance plan.
  package var instanceType: String
  package var operatingSystem: String
  package var tenancy: String
  package var term: Term?
  package var payment: PaymentOption?
  /// Instances of a reservation.
  package var quantity: Double?
  /// Currency units per hour of a plan.
  package var hourlyCommitment: Double?
  package var start: Hour?
  package var end: Hour?
  /// The hours between the first and the last row that names it.
  package var seen: HourWindow

  package init(id: String, provider: String, account: String, seen: HourWindow) {
    self.id = id
    self.provider = provider
    self.account = account
    self.seen = seen
    name = ""
    type = ""
    category = ""
    region = ""
    zone = ""
    instanceType = ""
    operatingSystem = ""
    tenancy = ""
  }
}

import CloudCosts

/// A commitment as a bill shows it; nil or empty where the bill does not tell.
public struct HistoryCommitment: Hashable, Sendable {
  /// As in the bill: an ARN, say.
  public var id: String
  public var provider: String
  /// The account that bought it.
  public var account: String
  public var name: String
  /// The provider's word: `Savings Plan`, `Reserved Instance`.
  public var type: String
  /// FOCUS: `Spend` or `Usage`.
  public var category: String
  /// The product, where the bill is clear about it.
  public var product: Product?
  public var region: String
  /// The zone of a zonal reservation.
  public var zone: String
  /// The type it was bought for, or the family of an EC2 Instance plan.
  public var instanceType: String
  public var operatingSystem: String
  public var tenancy: String
  public var term: Term?
  public var payment: PaymentOption?
  /// Instances of a reservation.
  public var quantity: Double?
  /// Currency units per hour of a plan.
  public var hourlyCommitment: Double?
  public var start: Hour?
  public var end: Hour?
  /// The hours between the first and the last row that names it.
  public var seen: HourWindow

  public init(id: String, provider: String, account: String, seen: HourWindow) {
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

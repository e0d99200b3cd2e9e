import CloudCosts
import Scenarios

extension RunDocument {
  /// What to buy on a date to come if usage goes as expected until then; no purchase of the plan.
  public struct LaterStep: Hashable, Sendable, Codable {
    /// ISO 8601.
    public var date: String
    /// Empty: nothing more is worth buying by then.
    public var purchases: [LaterPurchase]

    init(_ step: Scenarios.LaterStep) {
      date = step.date.iso8601
      purchases = step.purchases.map(LaterPurchase.init)
    }
  }

  /// One line of such a date.
  public struct LaterPurchase: Hashable, Sendable, Codable {
    public var product: Product
    /// Nil: any region.
    public var region: String?
    /// The family where a plan is good for one, nil where it is good for all.
    public var instanceType: String?
    /// Nil where any will do; so the tenancy.
    public var operatingSystem: String?
    public var tenancy: String?
    /// Nil where capacity is not reserved in one zone.
    public var zone: String?
    public var termYears: Int
    public var payment: PaymentOption
    /// Instances; nil for money per hour.
    public var quantity: Double?
    /// Currency units per hour; nil for instances.
    public var hourlyCommitment: Double?
    /// Paid on that day.
    @JSONNumber public var upfront: Money

    private enum CodingKeys: String, CodingKey {
      case product, region
      case instanceType = "instance_type"
      case operatingSystem = "operating_system"
      case tenancy, zone
      case termYears = "term_years"
      case payment, quantity
      case hourlyCommitment = "hourly_commitment"
      case upfront
    }

    init(_ commitment: Commitment) {
      product = commitment.terms.product
      termYears = commitment.terms.term.years
      payment = commitment.terms.payment
      upfront = Money(rounding: commitment.upfront)
      switch commitment.subject {
      case .reservation(let sku, let zone, let count, _, _):
        (region, instanceType, quantity) = (sku.region, sku.instanceType, count)
        (operatingSystem, tenancy, self.zone) = (sku.operatingSystem, sku.tenancy, zone)
      case .savingsPlan(let scope, let hourly):
        (region, instanceType) = (scope.region, scope.family)
        hourlyCommitment = Money(rounding: hourly).value
      }
    }

    var amount: Purchase.Amount {
      quantity.map { .quantity($0) }
        ?? .hourlyCommitment(Money(rounding: hourlyCommitment ?? 0))
    }
  }
}

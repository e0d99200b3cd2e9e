import CloudCosts
import Scenarios

extension RunDocument {
  /// What to buy on a date to come if usage goes as expected until then; no purchase of the plan.
  package struct LaterStep: Hashable, Sendable, Codable {
    /// ISO 8601.
    package var date: String
    /// Empty: nothing more is worth buying by then.
    package var purchases: [LaterPurchase]

    init(_ step: Scenarios.LaterStep) {
      date = step.date.iso8601
      purchases = step.purchases.map(LaterPurchase.init)
    }
  }

  /// One line of such a date.
  package struct LaterPurchase: Hashable, Sendable, Codable {
    package var product: Product
    /// Nil: any region.
    package var region: String?
    /// The family where a plan is good for one, nil where it is good for all.
    package var instanceType: String?
    /// Nil where any will do; so the tenancy.
    package var operatingSystem: String?
    package var tenancy: String?
    /// Nil where capacity is not reserved in one zone.
    package var zone: String?
    package var termYears: Int
    package var payment: PaymentOption
    /// Instances; nil for money per hour.
    package var quantity: Double?
    /// Currency units per hour; nil for instances.
    package var hourlyCommitment: Double?
    /// Paid on that day.
    @JSONNumber package var upfront: Money

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

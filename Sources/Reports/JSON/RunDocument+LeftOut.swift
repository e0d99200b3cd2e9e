import CloudCosts

extension RunDocument {
  /// A line that was left out of a plan because it saves too little (`policy.least_worth`).
  package struct LeftOut: Hashable, Sendable, Codable {
    package var product: Product
    /// Nil: any region.
    package var region: String?
    /// The family where a plan is good for one, nil where it is good for all.
    package var instanceType: String?
    package var termYears: Int
    package var payment: PaymentOption
    /// Instances; nil for money per hour.
    package var quantity: Double?
    /// Currency units per hour; nil for instances.
    package var hourlyCommitment: Double?
    /// What it would save in addition; negative where it would lose.
    @JSONNumber package var worth: Money

    private enum CodingKeys: String, CodingKey {
      case product, region
      case instanceType = "instance_type"
      case termYears = "term_years"
      case payment, quantity
      case hourlyCommitment = "hourly_commitment"
      case worth
    }

    init(_ line: LeftOutPurchase) {
      let commitment = line.purchase.commitment
      product = commitment.terms.product
      termYears = commitment.terms.term.years
      payment = commitment.terms.payment
      worth = line.worth
      switch commitment.subject {
      case .reservation(let sku, _, let count, _, _):
        (region, instanceType, quantity) = (sku.region, sku.instanceType, count)
      case .savingsPlan(let scope, let hourly):
        (region, instanceType, hourlyCommitment) = (scope.region, scope.family, hourly)
      }
    }
  }
}

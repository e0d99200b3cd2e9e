import CloudCosts

extension RunDocument {
  /// A line that was left out of a plan because it saves too little (`policy.least_worth`).
  public struct LeftOut: Hashable, Sendable, Codable {
    public var product: Product
    /// Nil: any region.
    public var region: String?
    /// The family where a plan is good for one, nil where it is good for all.
    public var instanceType: String?
    public var termYears: Int
    public var payment: PaymentOption
    /// Instances; nil for money per hour.
    public var quantity: Double?
    /// Currency units per hour; nil for instances.
    public var hourlyCommitment: Double?
    /// What it would save in addition; negative where it would lose.
    @JSONNumber public var worth: Money

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

import CloudCosts

extension RunDocument {
  /// Why a purchase is as large as it is, in figures; as `PurchaseExplanation` defines them.
  ///
  /// Amounts are for one instance, or for one currency unit per hour of a plan.
  package struct Explanation: Hashable, Sendable {
    @JSONNumber package var marginalValue: Money
    @JSONNumber package var marginalValuePerYear: Money
    @JSONNumber package var stopPrice: Money
    package var demandQuantile: Double
    package var expectedUtilization: Double
    package var keptBy: String?
    package var heldBackBy: String?
    package var alternative: Alternative?
  }

  /// The next best offer for the same usage.
  package struct Alternative: Hashable, Sendable {
    package var product: Product
    package var region: String?
    package var instanceType: String?
    package var termYears: Int
    package var payment: PaymentOption
    @JSONNumber package var extraCost: Money
    package var blockedBy: String?
  }
}

extension RunDocument.Explanation {
  init(_ explanation: PurchaseExplanation) {
    self.init(
      marginalValue: Money(rounding: explanation.marginalValue),
      marginalValuePerYear: Money(rounding: explanation.marginalValuePerYear),
      stopPrice: Money(rounding: explanation.stopPrice),
      demandQuantile: RunDocument.rounded(explanation.demandQuantile),
      expectedUtilization: RunDocument.rounded(explanation.expectedUtilization),
      keptBy: explanation.keptBy, heldBackBy: explanation.heldBackBy,
      alternative: explanation.alternative.map { other in
        RunDocument.Alternative(
          product: other.terms.product, region: other.region, instanceType: other.instanceType,
          termYears: other.terms.term.years, payment: other.terms.payment,
          extraCost: Money(rounding: other.extraCost), blockedBy: other.blockedBy)
      })
  }
}

extension RunDocument.Explanation: Codable {
  private enum CodingKeys: String, CodingKey {
    case marginalValue = "marginal_value"
    case marginalValuePerYear = "marginal_value_per_year"
    case stopPrice = "stop_price"
    case demandQuantile = "demand_quantile"
    case expectedUtilization = "expected_utilization"
    case keptBy = "kept_by"
    case heldBackBy = "held_back_by"
    case alternative
  }

  // Written out because a reader is to find every key, be it as null.
  package func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(_marginalValue, forKey: .marginalValue)
    try keyed.encode(_marginalValuePerYear, forKey: .marginalValuePerYear)
    try keyed.encode(_stopPrice, forKey: .stopPrice)
    try keyed.encode(demandQuantile, forKey: .demandQuantile)
    try keyed.encode(expectedUtilization, forKey: .expectedUtilization)
    try keyed.encode(keptBy, forKey: .keptBy)
    try keyed.encode(heldBackBy, forKey: .heldBackBy)
    try keyed.encode(alternative, forKey: .alternative)
  }
}

extension RunDocument.Alternative: Codable {
  private enum CodingKeys: String, CodingKey {
    case product, region
    case instanceType = "instance_type"
    case termYears = "term_years"
    case payment
    case extraCost = "extra_cost"
    case blockedBy = "blocked_by"
  }

  package func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(product, forKey: .product)
    try keyed.encode(region, forKey: .region)
    try keyed.encode(instanceType, forKey: .instanceType)
    try keyed.encode(termYears, forKey: .termYears)
    try keyed.encode(payment, forKey: .payment)
    try keyed.encode(_extraCost, forKey: .extraCost)
    try keyed.encode(blockedBy, forKey: .blockedBy)
  }
}

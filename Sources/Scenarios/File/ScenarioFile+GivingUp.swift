import CloudCosts

// The keys `policy.may`, `policy.sale_price` and `policy.refunded`.
extension ScenarioParser {
  func givingUp(_ policy: ScenarioSection) -> GivingUpPolicy {
    GivingUpPolicy(
      ways: Set(policy.choices("may", from: GivingUpWay.allCases) ?? []),
      salePrice: policy.share("sale_price") ?? 0, refunded: policy.limit("refunded") ?? 0)
  }
}

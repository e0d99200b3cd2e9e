import CloudCosts

/// `max_purchases`: Σ_j y_j ≤ N, with x_j ≤ upper_j y_j and y_j ∈ {0, 1}.
///
/// The number of different purchases: lines of an order, however many units each of them has. What
/// is owned does not count; an offer bought anew when its term has passed counts again.
func purchaseCountLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.maxPurchases else { return [] }
  return [
    PolicyRow(
      name: "max_purchases", switches: model.switches.indices.map { ($0, 1) },
      upper: Double(limit))
  ]
}

/// Whether the extensive form's plan keeps coverage caps in truth.
///
/// There od is bounded from below only, so a plan may buy, cover less than it could, and so keep a cap
/// on paper. Providers leave no capacity idle that fits usage.
extension Model {
  /// Whether some row asks for usage that stays on demand.
  var hasCaps: Bool {
    rows.contains { $0.lower > -.infinity && $0.remaining.contains { $0 > 0 } }
  }

  /// Whether a decision keeps all rows by the allocation that costs least.
  func isKept(by decision: Decision) -> Bool {
    let costToGo = CostToGo(self)
    let allocation = costToGo.allocate(
      purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
    return violation(decision, allocation) <= Decomposition.tolerance
  }
}

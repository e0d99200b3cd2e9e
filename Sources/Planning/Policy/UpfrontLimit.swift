import CloudCosts

/// `max_upfront`: Σ_j upfront_j x_j ≤ U.
///
/// Cash paid on first days, all purchases of the plan together, in currency units.
func upfrontLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.maxUpfront else { return [] }
  return [
    PolicyRow(
      name: "max_upfront", instruments: model.weighted(by: \.upfront), upper: limit)
  ]
}

extension Model {
  /// A coefficient of each instrument that is meant, those of 0 left out.
  func weighted(
    by weight: (Instrument) -> Double, where isMeant: (Instrument) -> Bool = { _ in true }
  ) -> [(index: Int, coefficient: Double)] {
    instruments.enumerated().compactMap { j, instrument in
      let coefficient = isMeant(instrument) ? weight(instrument) : 0
      return coefficient == 0 ? nil : (j, coefficient)
    }
  }
}

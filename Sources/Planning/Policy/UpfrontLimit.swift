import CloudCosts

/// `max_upfront`: Σ_j upfront_j x_j ≤ U.
///
/// Cash paid on first days, all purchases of the plan together, in currency units.
func upfrontLimit(_ policy: Policy, _ model: Model) -> PolicyRow? {
  guard let limit = policy.maxUpfront else { return nil }
  return PolicyRow(
    name: "max_upfront",
    instruments: model.instruments.enumerated().compactMap { j, instrument in
      instrument.upfront > 0 ? (j, instrument.upfront) : nil
    },
    upper: limit)
}

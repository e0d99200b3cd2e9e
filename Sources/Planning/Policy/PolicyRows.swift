import CloudCosts

extension Model {
  /// Puts the policy's switches and rows in place of those that are there.
  mutating func apply(_ policy: Policy) {
    switches = purchaseSwitches(policy)
    let floor = policy.minUtilization ?? 0
    leastUse = floor > 0 ? floor : nil
    useFloor = isLarge ? leastUse : nil
    rows = PolicyFamily.allCases.flatMap { $0.rows(policy, self) }
  }

  /// y, for the instruments that some family counts or asks a least amount of.
  private func purchaseSwitches(_ policy: Policy) -> [Switch] {
    instruments.indices.compactMap { j in
      let minimum = leastPurchase(policy, of: instruments[j])
      return minimum > 0 || policy.maxPurchases != nil
        ? Switch(instrument: j, minimum: minimum) : nil
    }
  }
}

import CloudCosts

/// `min_purchase`: minimum_j y_j ≤ x_j ≤ upper_j y_j with minimum_j = M / hourly_j and y_j ∈ {0,
/// 1}.
///
/// The least hourly commitment, amortised and in currency units per hour, of each purchase that is
/// made at all. It comes on the rows `bought` and `least` of the switches, with minimum_j rounded
/// up to whole units or thousandths. An offer that costs nothing commits to nothing and has no
/// least.
extension Model {
  func leastPurchase(_ policy: Policy, of instrument: Instrument) -> Double {
    guard let limit = policy.minPurchase, instrument.hourly > 0 else { return 0 }
    // 1e-9: a limit that is a whole number of units but for dust.
    let steps = limit / (instrument.hourly * instrument.grid)
    return (steps - 1e-9 * max(1, steps)).rounded(.up) * instrument.grid
  }

  /// Lets every instrument reach its least amount: to buy that much may pay although a part of it
  /// is of no use. One that asks for a thousand times what is of use stays out of reach, and so
  /// unbought. What must be bought in return for what is given up is reached in any case.
  mutating func raiseUppers(_ policy: Policy) {
    for (product, worth) in policy.worthAtOnce {
      for j in instruments.indices where instruments[j].counts(as: product) {
        instruments[j].upper = max(instruments[j].upper, instruments[j].amount(worth: worth))
      }
    }
    for j in instruments.indices {
      let least = leastPurchase(policy, of: instruments[j])
      if least <= 1000 * max(1, instruments[j].upper) {
        instruments[j].upper = max(instruments[j].upper, least)
      }
    }
  }
}

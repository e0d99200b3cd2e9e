import CloudCosts

/// What is given up in return: Σ_{j of product P, bought in the first hour} worth_j x_j ≥ W_P for
/// every product P that must be bought.
///
/// worth_j is what one x_j costs over its whole term (amortised, in currency units), behind the
/// window too: Azure takes reservations back for others, or for savings plans, that are worth at
/// least what was left of them.
func worthAtOnce(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  policy.worthAtOnce.sorted { $0.key.rawValue < $1.key.rawValue }.map { product, least in
    PolicyRow(
      name: "may \(product.rawValue)",
      instruments: model.weighted(by: \.wholeWorth) { $0.counts(as: product) }, lower: least)
  }
}

extension Instrument {
  /// What one `x` costs over its whole term.
  var wholeWorth: Double { hourly * Double(term.hours) }

  /// Whether it is of the product, and bought in the first hour.
  func counts(as product: Product) -> Bool {
    offer.terms.product == product && active.lowerBound == 0
  }

  /// The least amount on its grid that is worth so much by itself.
  func amount(worth: Double) -> Double {
    guard wholeWorth > 0 else { return 0 }
    let steps = worth / (wholeWorth * grid)
    return amount(steps: (steps - 1e-9 * max(1, steps)).rounded(.up))
  }
}

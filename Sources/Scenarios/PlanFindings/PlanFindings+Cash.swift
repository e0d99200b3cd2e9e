import CloudCosts

/// What a plan asks for in cash, where the policy neither limits nor prices it.
extension PlanFindings {
  /// Cash above this share of a year's bill is worth a sentence.
  private static let muchCash = 0.5

  /// - Parameters:
  ///   - place: where the finding is.
  ///   - text: an amount with its currency.
  static func cash(
    _ outcome: Outcome, _ plan: PlannedOutcome, _ inputs: ScenarioInputs, place: String,
    text: (Money) -> String
  ) -> Finding? {
    let policy = inputs.policy
    guard policy.costOfCapital == 0, policy.maxUpfront == nil, policy.maxUpfrontPerMonth == nil
    else { return nil }
    let purchases = plan.purchases.map(\.purchase.commitment)
    let upfront = purchases.map(\.upfront).reduce(0, +)
    let year = outcome.bill.cost.value * 8760 / Double(max(1, outcome.bill.window.hours))
    guard year > 0, upfront > muchCash * year else { return nil }
    let percent = Int(exactly: (100 * upfront / year).rounded()) ?? .max
    return Finding(
      .warning, rule: "plan.cash", place: place,
      message:
        "\(text(Money(rounding: upfront))) are paid upfront, \(percent) % of what a year costs with "
        + "the plan, and no interest is counted."
        + (monthly(purchases, inputs.prices, text) ?? ""),
      remedy:
        "State offers: {payments: [partial-upfront, no-upfront]} to pay half of it at most, or"
        + " policy: {cost_of_capital: 0.08} with your own yearly rate, or add max_upfront to the"
        + " policy's limits.")
  }

  /// What the same commitments cost if they are paid by the month, and what paying upfront earns.
  private static func monthly(
    _ purchases: [Commitment], _ prices: PriceBook, _ text: (Money) -> String
  ) -> String? {
    var (extra, balance) = (0.0, 0.0)
    for commitment in purchases where commitment.upfront > 0 {
      guard let factor = prices.monthlyFactor(of: commitment) else { continue }
      let hours = Double(commitment.end - commitment.start)
      extra += (factor - 1) * commitment.effectiveHourly * hours
      // It is used up evenly: half of it is lent, over the whole term.
      balance += commitment.upfront / 2 * hours / 8760
    }
    guard extra > 0, balance > 0 else { return nil }
    let rate = Money(rounding: 100 * extra / balance).formatted(decimals: 1)
    return
      " Paid by the month they would cost about \(text(Money(rounding: extra))) more over their terms, as much as "
      + "a yearly interest of \(rate) % on what is paid before it is used up."
  }
}

extension PriceBook {
  /// What the same coverage costs without upfront payment, as a multiple; nil where it is not sold
  /// so. Of a plan the mean over what both have rates for: usage decides the exact figure.
  fileprivate func monthlyFactor(of commitment: Commitment) -> Double? {
    var terms = commitment.terms
    terms.payment = .noUpfront
    switch commitment.subject {
    case .reservation(let sku, let zone, let count, _, _):
      let other = reservations.first {
        $0.terms == terms && $0.sku.zoneless == sku.zoneless && $0.zone == zone
          && $0.sale.contains(commitment.start)
      }
      guard let other, count > 0, commitment.effectiveHourly > 0 else { return nil }
      return other.effectiveHourly * count / commitment.effectiveHourly
    case .savingsPlan(let scope, _):
      guard let own = savingsPlanRates[commitment.terms], let other = savingsPlanRates[terms]
      else { return nil }
      let factors = own.compactMap { sku, rate -> Double? in
        guard scope.contains(sku), rate > 0, let monthly = other[sku] else { return nil }
        return monthly / rate
      }.sorted()
      return factors.isEmpty ? nil : factors.reduce(0, +) / Double(factors.count)
    }
  }
}

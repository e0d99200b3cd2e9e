import CloudCosts

/// `cost_of_capital`: cost_j = |active_j| hourly_j + Σ_{t < |active_j|} upfront_j (1 − t / T_j) r /
/// 8760.
///
/// r is the yearly interest (0.08 is 8 %; simple interest, hours of 365-day years), T_j the hours
/// of the term, t the hours since the payment, hourly_j the amortised price. An upfront is used up
/// evenly over its term, and every hour of the window charges interest on what is not used up yet.
/// Recurring payments are made as they are used and bear none. The judge charges bills by the same
/// formula.
extension Instrument {
  /// Puts interest on its upfront into its cost.
  mutating func charge(costOfCapital yearlyRate: Double, hoursPerStep: Int = 1) {
    cost +=
      CostOfCapital.interest(
        upfront: upfront, termHours: term.hours, fromAge: 0, toAge: active.count * hoursPerStep,
        yearlyRate: yearlyRate) / Double(hoursPerStep)
  }
}

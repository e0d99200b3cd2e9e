import CloudCosts

/// `max_upfront_per_month`: Σ_{j starting in month m} upfront_j x_j ≤ U for every calendar month m.
///
/// Cash paid on first days that lie in one calendar month (UTC) of the window, in currency units. A
/// month in which nothing can be paid has no row.
func monthlyUpfrontLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let limit = policy.maxUpfrontPerMonth else { return [] }
  let payable = model.instruments.filter { $0.upfront > 0 }
  return Set(payable.map { model.start(of: $0).month }).sorted().map { month in
    PolicyRow(
      name: "max_upfront_per_month \(month)",
      instruments: model.weighted(by: \.upfront) { model.start(of: $0).month == month },
      upper: limit)
  }
}

extension Model {
  /// The hour in which a purchase starts.
  func start(of instrument: Instrument) -> Hour {
    start + instrument.active.lowerBound * hoursPerStep
  }

  /// The hour in which a purchase no longer applies; often after the window.
  func end(of instrument: Instrument) -> Hour { start(of: instrument) + instrument.term.hours }
}

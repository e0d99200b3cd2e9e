import CloudCosts

/// Says in figures and in words why each purchase of a decision is as large as it is.
struct Explanation {
  private let model: Model
  private let currency: String
  private let values: MarginalValues
  private let loads: PoolLoads
  private let pressure: PolicyPressure
  private let alternatives: Alternatives

  /// - Parameter allocation: that of the decision.
  init(
    _ costToGo: CostToGo, _ decision: Decision, _ allocation: Allocation,
    _ problem: PlanningProblem
  ) {
    model = costToGo.model
    currency = problem.prices.currency
    values = MarginalValues(model, costToGo, decision)
    loads = PoolLoads(model, decision)
    pressure = PolicyPressure(model, decision, allocation)
    alternatives = Alternatives(model, problem)
  }

  /// A purchase with its explanation; `j` is bought under the decision.
  func purchase(_ commitment: Commitment, of j: Int) -> Purchase {
    let figures = figures(for: j)
    return Purchase(
      commitment: commitment,
      reason: figures.sentence(
        isReservation: commitment.terms.product.isReservation, currency: currency),
      explanation: figures)
  }

  func figures(for j: Int) -> PurchaseExplanation {
    let instrument = model.instruments[j]
    let hours = Double(max(1, instrument.active.count))
    let more = (values.saved[j] ?? 0) - instrument.cost
    let fewer = (values.lost[j] ?? 0) - instrument.cost
    let load = loads.loads[CostToGo.Capacity(pool: instrument.pool, active: instrument.active)]
    // Below a millionth of its price a gain or loss is dust.
    let dust = 1e-6 * instrument.cost
    return PurchaseExplanation(
      marginalValue: more, marginalValuePerYear: more * 8760 / hours, stopPrice: fewer,
      demandQuantile: load.map { $0.short / max(1, $0.hours) } ?? 0,
      expectedUtilization: load.map { $0.bought > 0 ? min(1, $0.used / $0.bought) : 0 } ?? 0,
      keptBy: fewer < -dust ? pressure.rewarding(j) : nil,
      heldBackBy: more > dust ? pressure.limiting(j) : nil,
      alternative: load.flatMap { alternatives.best(for: j, covered: $0.covered, pressure) })
  }
}

import CloudCosts

/// Explains purchases of Google's machines by what their vCPUs and their memory are each good for.
///
/// Commitments to several shapes of a series serve the same vCPUs and memory: what one more of a
/// machine saves is what its vCPUs and its memory save, and not what its shape's usage alone would.
package struct PartsExplanation {
  private let problem: PlanningProblem

  /// - Parameter problem: one that counts parts.
  package init(_ problem: PlanningProblem) { self.problem = problem }

  /// The plan with its purchases explained anew; those that the problem does not offer as they are.
  ///
  /// - Throws: `FindingsError` where a price is missing.
  package func explained(_ plan: Plan) throws -> Plan {
    var builder = ModelBuilder(problem)
    // Also what another size could replace is bought here.
    let model = try builder.build(reducing: false)
    let start = problem.demand.window.start
    let parts = plan.purchases.map { purchase in
      model.instruments.indices.filter {
        model.instruments[$0].isPurchase(purchase.commitment, windowStart: start)
      }
    }
    var decision = Decision.nothing(model)
    for (purchase, bought) in zip(plan.purchases, parts) {
      for j in bought { decision.purchases[j] += purchase.commitment.amount }
    }
    for action in plan.actions { _ = decision.add(action, model) }
    let costToGo = CostToGo(model)
    let allocation = costToGo.allocate(
      purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
    let explanation = Explanation(costToGo, decision, allocation, problem)
    var explained = plan
    for (p, bought) in parts.enumerated() {
      let figures = bought.map { (model.instruments[$0], explanation.figures(for: $0)) }
      let commitment = plan.purchases[p].commitment
      guard let whole = Self.together(figures, commitment) else { continue }
      explained.purchases[p].explanation = whole
      explained.purchases[p].reason = whole.sentence(
        isReservation: commitment.terms.product.isReservation, currency: problem.prices.currency)
    }
    return explained
  }

  /// Amounts of a machine are the sums of its parts'; what is used of it is weighed by their
  /// prices, and usage is above what is bought where that of each part is.
  private static func together(
    _ parts: [(instrument: Instrument, figures: PurchaseExplanation)], _ commitment: Commitment
  ) -> PurchaseExplanation? {
    guard var whole = parts.first?.figures else { return nil }
    let price = parts.reduce(0) { $0 + $1.instrument.hourly }
    guard parts.count > 1, price > 0 else { return whole }
    for (_, figures) in parts.dropFirst() {
      whole.marginalValue += figures.marginalValue
      whole.marginalValuePerYear += figures.marginalValuePerYear
      whole.stopPrice += figures.stopPrice
      whole.demandQuantile = min(whole.demandQuantile, figures.demandQuantile)
      whole.keptBy = whole.keptBy ?? figures.keptBy
      whole.heldBackBy = whole.heldBackBy ?? figures.heldBackBy
    }
    whole.expectedUtilization = parts.reduce(0) {
      $0 + $1.instrument.hourly * $1.figures.expectedUtilization / price
    }
    if whole.stopPrice >= 0 { whole.keptBy = nil }
    if whole.marginalValue <= 0 { whole.heldBackBy = nil }
    whole.alternative = alternative(parts.map(\.figures.alternative), commitment)
    return whole
  }

  /// The other offer for all parts; nil where there is none, or not one for all.
  private static func alternative(
    _ parts: [PurchaseExplanation.Alternative?], _ commitment: Commitment
  ) -> PurchaseExplanation.Alternative? {
    guard var whole = parts.first ?? nil else { return nil }
    for part in parts.dropFirst() {
      guard let part, part.terms == whole.terms, part.region == whole.region else { return nil }
      whole.extraCost += part.extraCost
      whole.blockedBy = whole.blockedBy ?? part.blockedBy
    }
    // A part may be had with any shape of the series, so with this one.
    if whole.terms.product.isReservation,
      case .reservation(let sku, _, _, _, _) = commitment.subject
    {
      whole.instanceType = sku.instanceType
    }
    return whole
  }
}

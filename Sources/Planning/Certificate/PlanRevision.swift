import CloudCosts

/// Other purchases than a plan's: whether they keep the limits on purchases, and the plan that they
/// make.
///
/// For a search that looks at what this module must not see, the provider's bill.
package struct PlanRevision {
  private let problem: PlanningProblem
  private let model: Model
  private let costToGo: CostToGo
  private let gap: Double

  /// - Parameter gap: up to which a plan is called optimal.
  /// - Throws: `FindingsError` where a price is missing.
  package init(_ problem: PlanningProblem, gap: Double) throws {
    self.problem = problem
    self.gap = gap
    var builder = ModelBuilder(problem)
    model = try builder.build()
    costToGo = CostToGo(model)
  }

  /// What is on sale, each with the most of it that can be of use.
  package var offers: [Commitment] {
    model.instruments.map {
      $0.commitment(
        id: "", amount: $0.upper, windowStart: problem.demand.window.start,
        hoursPerStep: model.hoursPerStep)
    }
  }

  /// Whether purchases are on offer and keep all limits that are about purchases alone; what a bill
  /// makes of coverage and use is not looked at.
  package func allows(_ purchases: [Commitment], _ actions: [ChosenAction]) -> Bool {
    guard let decision = decision(purchases, actions) else { return false }
    return model.keepsLimitsApart(decision)
  }

  /// Purchases near some that are all used enough where the provider applies narrower ones first
  /// (`min_utilization`), with an id and without an owner: what is left of them, and the best that
  /// was found from there, whatever usage a floor asks for. None where the policy asks for no use.
  package func usedEnough(
    _ purchases: [Commitment], _ actions: [ChosenAction], until isOver: () -> Bool
  ) -> [[Commitment]] {
    guard let share = model.leastUse, let start = decision(purchases, actions) else { return [] }
    let keeper = UseKeeper(costToGo, floor: share)
    let found = [
      keeper.kept(start), keeper.bettered(start, where: model.keepsLimitsApart, until: isOver),
    ]
    return found.compactMap { $0 }.map { kept in
      model.instruments.indices.filter { kept.decision.purchases[$0] > 0 }.map { j in
        model.instruments[j].commitment(
          id: "kept-\(j)", amount: kept.decision.purchases[j],
          windowStart: problem.demand.window.start, hoursPerStep: model.hoursPerStep)
      }
    }
  }

  /// The plan that purchases and actions make; nil where they miss the policy, or are not on offer.
  ///
  /// - Parameter billed: what they cost by the provider's own allocation, where that keeps the
  ///   policy: then it is a feasible one.
  package func plan(
    _ purchases: [Commitment], _ actions: [ChosenAction], _ certificate: Certificate,
    billed: Double?
  ) -> Plan? {
    guard let decision = decision(purchases, actions),
      model.keepsLimitsApart(decision)
    else { return nil }
    var mix = AllocationMix(costToGo, decision)
    let kept = mix.keepingPolicy()
    var certificate = certificate
    switch (kept.map { model.cost(decision, $0) }, billed) {
    case (let cost?, let billed?): certificate.objective = min(cost, billed)
    case (let cost?, nil): certificate.objective = cost
    case (nil, let billed?): certificate.objective = billed
    case (nil, nil): return nil
    }
    let allocation =
      kept
      ?? costToGo.allocate(
        purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
    return Planner(problem).plan(
      model, decision, certificate.settled(gap: gap), known: (costToGo, allocation))
  }

  /// The actions, or safer ones that cost the same under these purchases.
  ///
  /// - Parameter isAsGood: whether others are as good by the bill.
  package func safer(
    _ actions: [ChosenAction], _ purchases: [Commitment], until end: Deadline,
    isAsGood: ([ChosenAction]) throws -> Bool
  ) rethrows -> [ChosenAction] {
    guard let decision = decision(purchases, actions) else { return actions }
    var safer = SaferActions(costToGo, decision)
    try safer.settle(until: end) { try isAsGood(model.chosenActions($0)) }
    return safer.actions == decision.actions ? actions : model.chosenActions(safer.actions)
  }

  private func decision(_ purchases: [Commitment], _ actions: [ChosenAction]) -> Decision? {
    var decision = Decision.nothing(model)
    for purchase in purchases
    where !decision.add(purchase, model, problem.demand.window.start) { return nil }
    for action in actions
    where !decision.add(action, model) { return nil }
    return decision
  }
}

import CloudCosts

/// Checks a plan's figures again from its problem, without the solver that made them.
package struct PlanCheck: Sendable {
  /// What the multipliers prove, in currency units; nil where they are not of this problem.
  package var bound: Double?
  /// What the plan costs under an allocation that the check found itself.
  package var objective: Double
  /// Whether that allocation keeps the policy's limits on shares; else it is the cheapest of all.
  package var keepsPolicy: Bool
  /// No allocation of what the plan buys costs less than this, by duality.
  package var leastObjective: Double
  /// The policy's limits on purchases that the plan misses, by the names of their rows. Limits on
  /// coverage and utilisation are on the bill, which this module does not see.
  package var missed: [String]
  /// Purchases that the problem does not offer, by id.
  package var unknown: [String]

  /// - Throws: `FindingsError` where a price is missing.
  package init(
    _ problem: PlanningProblem, purchases: [Commitment], actions: [ChosenAction],
    proof: BoundProof?
  ) throws {
    var builder = ModelBuilder(problem)
    let reduced = try builder.build()
    let proven = CostToGo(reduced)
    bound = proof.flatMap { BoundVerifier(reduced, proven).bound($0) }
    var model = reduced
    var decided = Decision.of(purchases, actions, model, problem)
    // An offer that another one makes pointless is on sale all the same: which these are depends on
    // the prices of the program that a plan was found with.
    if !decided.unknown.isEmpty {
      var whole = ModelBuilder(problem)
      let unreduced = try whole.build(reducing: false)
      let all = Decision.of(purchases, actions, unreduced, problem)
      if all.unknown.count < decided.unknown.count { (model, decided) = (unreduced, all) }
    }
    unknown = decided.unknown
    let decision = decided.decision
    let costToGo = model.instruments.count == reduced.instruments.count ? proven : CostToGo(model)
    // The cheapest allocation may miss a limit that another one keeps.
    var mix = AllocationMix(costToGo, decision)
    let kept = mix.keepingPolicy()
    keepsPolicy = kept != nil
    let allocation =
      kept
      ?? costToGo.allocate(
        purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
    objective = model.cost(decision, allocation)
    let evaluation = costToGo.evaluate(
      purchased: costToGo.capacity(of: decision.purchases, by: \.unit), actions: decision.actions)
    leastObjective =
      model.fixedCost(decision) + costToGo.riskValue(evaluation.values, decision.purchases)
    let rows = model.rows.filter {
      !$0.countsParts && model.violation(of: $0, decision, allocation) > Decomposition.tolerance
    }
    missed = rows.map(\.name)
    if model.isBelowLeast(decision) { missed.append(PolicyFamily.minPurchase.rawValue) }
  }
}

extension Decision {
  /// What purchases and actions are in a model, and the ids of those that it does not offer.
  fileprivate static func of(
    _ purchases: [Commitment], _ actions: [ChosenAction], _ model: Model,
    _ problem: PlanningProblem
  ) -> (decision: Decision, unknown: [String]) {
    var decision = Decision.nothing(model)
    var unknown: [String] = []
    for purchase in purchases where !decision.add(purchase, model, problem.demand.window.start) {
      unknown.append(purchase.id)
    }
    for action in actions where !decision.add(action, model) {
      unknown.append(action.resource.id)
    }
    return (decision, unknown)
  }

  /// Adds a purchase; false where no instrument of the model is that.
  mutating func add(_ purchase: Commitment, _ model: Model, _ start: Hour) -> Bool {
    guard
      let j = model.instruments.firstIndex(where: {
        $0.isPurchase(purchase, windowStart: start)
      })
    else { return addAsSmaller(purchase, model, start) }
    switch purchase.subject {
    case .reservation(_, _, let count, _, _): purchases[j] += count
    case .savingsPlan(_, let hourly): purchases[j] += hourly
    }
    return true
  }

  /// Adds a reservation of a size that the model left out, as so many of a smaller one of the same
  /// terms: they cover the same. The objective is then that of the smaller ones, as the bound is;
  /// of several, whose prices are rounded, those that cost least.
  private mutating func addAsSmaller(
    _ purchase: Commitment, _ model: Model, _ start: Hour
  ) -> Bool {
    guard case .reservation(let sku, nil, let count, _, _) = purchase.subject else { return false }
    let (scope, units) = ReservationScope.counting(sku)
    guard scope.isSizeFlexible else { return false }
    var best: (instrument: Int, amount: Double, cost: Double)?
    for (j, instrument) in model.instruments.enumerated() {
      guard case .reservation(let offer) = instrument.offer, offer.zone == nil,
        offer.terms == purchase.terms, start + instrument.active.lowerBound == purchase.start,
        instrument.isBuyer(of: purchase), let smaller = scope.units(of: offer.sku), smaller > 0
      else { continue }
      let times = units / smaller
      guard times >= 1, abs(times - times.rounded()) < 1e-9 else { continue }
      let amount = count * times.rounded()
      let cost = amount * instrument.cost
      if cost < best?.cost ?? .infinity { best = (j, amount, cost) }
    }
    guard let best else { return false }
    purchases[best.instrument] += best.amount
    return true
  }

  /// Adds what is done with a machine; false where the model does not offer that.
  mutating func add(_ chosen: ChosenAction, _ model: Model) -> Bool {
    for (machine, start) in zip(model.machines, model.actionStarts)
    where machine.candidate.resource.id == chosen.resource.id {
      let wanted = machine.candidate.actions.firstIndex {
        $0.isSameChange(as: chosen.action) && $0.start == chosen.action.start
      }
      guard let a = wanted else { return false }
      actions[start + a] = 1
      return true
    }
    return false
  }
}

extension Instrument {
  /// Whether an account that may buy this offer bought the commitment.
  func isBuyer(of purchase: Commitment) -> Bool {
    guard let buyer else { return true }
    return purchase.buyer.map { $0 == buyer.account } ?? buyer.owners.contains(purchase.account)
  }

  /// Whether a commitment is this offer, bought when this is.
  func isPurchase(_ purchase: Commitment, windowStart: Hour) -> Bool {
    guard offer.terms == purchase.terms, windowStart + active.lowerBound == purchase.start else {
      return false
    }
    guard isBuyer(of: purchase) else { return false }
    switch (offer, purchase.subject) {
    case (.reservation(let offer), .reservation(let sku, let zone, _, _, _)):
      var reserved = sku
      reserved.zone = zone ?? sku.zone
      return offer.sku == reserved || (offer.sku == sku && zone == nil)
    case (.savingsPlan(_, let scope), .savingsPlan(let other, _)): return scope == other
    default: return false
    }
  }
}

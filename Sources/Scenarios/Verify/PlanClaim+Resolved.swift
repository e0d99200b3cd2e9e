import CloudCosts

extension PlanClaim {
  /// What a claim buys and does, all of it.
  ///
  /// - Throws: a finding where the scenario does not offer something of it.
  func known(_ inputs: ScenarioInputs) throws(FindingsError) -> Resolved {
    var resolved = resolved(
      prices: inputs.prices, sharing: inputs.sharing, candidates: inputs.candidates)
    resolved.unknown += zip(givenUp, inputs.givingUp(named: givenUp))
      .filter { $0.1 == nil }.map(\.0.id)
    guard resolved.unknown.isEmpty else {
      throw FindingsError([
        Finding(
          .error, rule: "plan.not-of-scenario", place: "\(run): \(outcome.rawValue)",
          message: "the scenario does not offer \(resolved.unknown.joined(separator: ", "))",
          remedy: "Name the scenario that the plan was made from; its files may have changed.")
      ])
    }
    return resolved
  }

  /// What a claim buys and does, at a scenario's prices and among its machines.
  struct Resolved {
    var purchases: [Commitment] = []
    /// What it buys behind the window of the outcomes.
    var renewals: [Commitment] = []
    var actions: [ChosenAction] = []
    /// What it buys or does and the scenario does not offer.
    var unknown: [String] = []
  }

  /// - Parameter candidates: the machines that something may be done with.
  func resolved(
    prices: PriceBook, sharing: Sharing, candidates: [RightsizingCandidate]
  ) -> Resolved {
    var resolved = Resolved()
    for (position, purchase) in purchases.enumerated() {
      let id = "buy-\(position + 1)"
      if let commitment = purchase.commitment(id: id, prices) {
        resolved.purchases.append(sharing.purchased(commitment))
      } else {
        resolved.unknown.append(id)
      }
    }
    for (position, renewal) in renewals.enumerated() {
      let id = "renewal-\(position + 1)"
      if let commitment = renewal.commitment(id: id, prices) {
        resolved.renewals.append(sharing.purchased(commitment))
      } else {
        resolved.unknown.append(id)
      }
    }
    for claim in actions {
      let candidate = candidates.first { $0.resource.id == claim.resource }
      let action = candidate?.actions.first(where: claim.isOf)
      if let candidate, let action {
        resolved.actions.append(candidate.choosing(action))
      } else {
        resolved.unknown.append(claim.resource)
      }
    }
    return resolved
  }
}

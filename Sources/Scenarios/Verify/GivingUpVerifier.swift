import CloudCosts
import Planning

/// Checks that a bound is one of all that could have been given up, and not of the chosen
/// combination alone.
///
/// The combinations are made again from the scenario. Each has a proof of its own in the document,
/// or costs more by that of keeping everything; where neither is enough, its bound is sought anew.
struct GivingUpVerifier {
  let inputs: ScenarioInputs
  let claim: PlanClaim
  let chosen: [GivingUp]
  let problem: (ScenarioInputs) throws -> PlanningProblem
  /// What the chosen combination's own proof comes to, where that is known.
  let chosenBound: Double?

  /// The least of the other combinations; nil where nothing may be given up.
  func bound() throws -> Double? {
    guard inputs.decidesGivingUp, claim.outcome != .rightsized else { return nil }
    let choices = GivingUpChoices(inputs)
    guard !choices.isEmpty else { return nil }
    let kept = try chosen.isEmpty ? (chosenBound ?? 0) : bound(of: [])
    var least = kept
    let rules = inputs.givingUpRules
    for trial in choices.trials(rules).planned where Set(trial.entries) != Set(chosen) {
      let pruned = choices.leastPruned(trial.combination, kept: kept)
      if let pruned, isEnough(pruned) {
        least = min(least, pruned)
      } else {
        least = min(least, try bound(of: trial.entries))
      }
    }
    return least
  }

  private func isEnough(_ bound: Double) -> Bool {
    max(0, bound) >= claim.bound - Verdict.dust(claim.objective)
  }

  /// What is proven of one combination.
  private func bound(of entries: [GivingUp]) throws -> Double {
    let claims = entries.map(GivingUpClaim.init)
    let others = inputs.givingUp(entries)
    let problem = try problem(others)
    if let proof = claim.givingUpProofs.first(where: { $0.givenUp == claims })?.proof,
      let proven = try GooglePlanner.proven(problem, by: proof),
      isEnough(proven)
    {
      return proven
    }
    return try GooglePlanner.leastCost(problem, inputs.effort)
  }
}

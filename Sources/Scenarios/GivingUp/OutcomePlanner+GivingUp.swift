import Billing
import CloudCosts
import Planning

extension OutcomePlanner {
  /// A plan that buys, and gives up what the policy allows where that is better.
  mutating func decided(
    _ kind: OutcomeKind, mayResize: Bool, _ onDemand: Bill
  ) throws -> Outcome {
    if let plan = given[kind], !plan.givenUp.isEmpty {
      var other = OutcomePlanner(inputs.givingUp(plan.givenUp))
      other.given = given
      var outcome = try other.planned(kind, mayBuy: true, mayResize: mayResize, onDemand)
      outcome.plan?.givenUp = plan.givenUp.map { JudgedGivingUp(givingUp: $0) }
      try GivingUpSearch.setWorth(&outcome, inputs)
      return outcome
    }
    let kept = try planned(kind, mayBuy: true, mayResize: mayResize, onDemand)
    guard given[kind] == nil, inputs.decidesGivingUp else { return kept }
    return try GivingUpSearch(
      inputs: inputs,
      plan: { inputs in
        var other = OutcomePlanner(inputs)
        return try other.planned(kind, mayBuy: true, mayResize: mayResize, onDemand)
      },
      problem: { Self.problem($0, mayBuy: true, mayResize: mayResize) }
    ).best(kept)
  }
}

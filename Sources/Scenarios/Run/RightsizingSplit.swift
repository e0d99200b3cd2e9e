import Billing
import CloudCosts

/// What resizing saves, what committing saves, and what both save together: against what is owned
/// and used as it is.
///
/// The first two added up count some money twice: a machine that is gone needs no commitment, and
/// one that is committed to saves less by going.
package struct RightsizingSplit: Hashable, Sendable {
  package var resizeOnly: Money
  package var commitOnly: Money
  package var both: Money

  /// By how much the first two added up overstate; negative where one makes room for the other.
  package var overstated: Money { resizeOnly + commitOnly - both }
}

extension ScenarioRun {
  /// Nil where not all four bills are there, or nothing could be done with any machine.
  package var split: RightsizingSplit? {
    func cost(_ kind: OutcomeKind) -> Money? { outcomes.first { $0.kind == kind }?.totalCost }
    guard let now = cost(.current), let resized = cost(.rightsized),
      let committed = cost(.committed), let combined = cost(.combined), machines != nil
    else { return nil }
    return RightsizingSplit(
      resizeOnly: now - resized, commitOnly: now - committed, both: now - combined)
  }
}

extension Outcome {
  /// The bill and what actions cost once.
  package var totalCost: Money {
    bill.cost
      + (plan?.actions.map { Money(rounding: $0.action.action.cost) }.total() ?? .zero)
  }
}

import Billing
import CloudCosts
import Planning

extension ScenarioInputs {
  /// The same where some of what is owned is given up; nothing more may be then.
  func givingUp(_ entries: [GivingUp]) -> ScenarioInputs {
    var result = self
    result.ownedBefore = ownedBefore ?? owned
    result.givenUp += entries
    result.owned.removeAll { commitment in entries.contains { commitment.ends(with: $0) } }
    result.givingUpPolicy = GivingUpPolicy()
    return result
  }

  /// When it is decided: on the plan's first hour.
  var givingUpRules: GivingUpRules { GivingUpRules(givingUpPolicy, at: demand.window.start) }

  /// For each commitment that may be given up, the ways in which it may.
  var givingUpOptions: [[GivingUp]] {
    let rules = givingUpRules
    guard !givingUpPolicy.ways.isEmpty else { return [] }
    return owned.compactMap { commitment in
      var ways = rules.ways(of: commitment)
      let renewals = owned.filter { $0.renewalOf == commitment.id }
      if let first = renewals.min(by: { $0.start < $1.start }),
        let off = rules.renewalOff(commitment, first: first)
      {
        ways.append(off)
      }
      return ways.isEmpty ? nil : ways
    }
  }

  /// The entries that a claim names; nil for one that the scenario does not allow.
  func givingUp(named claims: [GivingUpClaim]) -> [GivingUp?] {
    let options = givingUpOptions.flatMap { $0 }
    return claims.map { claim in
      options.first { $0.commitment.id == claim.id && $0.way == claim.way }
    }
  }

  /// The scenario without what a claim gives up, as far as the scenario allows that.
  func givingUp(claimed claims: [GivingUpClaim]) -> ScenarioInputs {
    givingUp(givingUp(named: claims).compactMap { $0 })
  }
}

/// One commitment that a plan gives up, as its document states it.
package struct GivingUpClaim: Hashable, Sendable {
  package var id: Commitment.ID
  package var way: GivingUpWay

  package init(id: Commitment.ID, way: GivingUpWay) {
    self.id = id
    self.way = way
  }
}

import Billing
import CloudCosts
import Planning

extension ScenarioInputs {
  /// The same where some of what is owned is given up, and what that takes must be bought; nothing
  /// more may be given up then.
  func givingUp(_ entries: [GivingUp]) -> ScenarioInputs {
    var result = self
    result.ownedBefore = ownedBefore ?? owned
    result.givenUp += entries
    result.owned.removeAll { commitment in entries.contains { commitment.ends(with: $0) } }
    result.owned += entries.compactMap(\.replacement)
    result.givingUpPolicy = GivingUpPolicy()
    result.policy.worthAtOnce = GivingUpRules.worth(toBuyFor: result.givenUp)
    return result
  }

  /// Whether it is decided what to give up. What regret compares with is another plan's best, which
  /// differs with what is owned.
  var decidesGivingUp: Bool { !givingUpPolicy.ways.isEmpty && risk?.measure != .regret }

  /// When it is decided: on the plan's first hour.
  var givingUpRules: GivingUpRules { GivingUpRules(givingUpPolicy, at: demand.window.start) }

  /// For each commitment that may be given up, the ways in which it may.
  var givingUpOptions: [[GivingUp]] {
    let rules = givingUpRules
    guard !givingUpPolicy.ways.isEmpty else { return [] }
    return owned.compactMap { commitment in
      var ways = rules.ways(of: commitment, offers: prices.reservations)
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
      options.first { GivingUpClaim($0) == claim }
    }
  }

  /// The scenario without what a claim gives up, as far as the scenario allows that.
  func givingUp(claimed claims: [GivingUpClaim]) -> ScenarioInputs {
    givingUp(givingUp(named: claims).compactMap { $0 })
  }
}

/// One commitment that a plan gives up, as its document states it.
package struct GivingUpClaim: Hashable, Sendable {
  /// What a convertible reservation becomes; how many, and at which price, the rules say.
  package struct Target: Hashable, Sendable {
    package var instanceType: String
    package var operatingSystem: String
    package var tenancy: String
    package var payment: PaymentOption

    package init(
      instanceType: String, operatingSystem: String, tenancy: String, payment: PaymentOption
    ) {
      self.instanceType = instanceType
      self.operatingSystem = operatingSystem
      self.tenancy = tenancy
      self.payment = payment
    }
  }

  package var id: Commitment.ID
  package var way: GivingUpWay
  /// Nil: it becomes nothing.
  package var target: Target?

  package init(id: Commitment.ID, way: GivingUpWay, target: Target? = nil) {
    self.id = id
    self.way = way
    self.target = target
  }

  init(_ entry: GivingUp) {
    self.init(
      id: entry.commitment.id, way: entry.way, target: entry.replacement.flatMap(Target.init))
  }
}

extension GivingUpClaim.Target {
  fileprivate init?(_ replacement: Commitment) {
    guard case .reservation(let sku, _, _, _, _) = replacement.subject else { return nil }
    self.init(
      instanceType: sku.instanceType, operatingSystem: sku.operatingSystem, tenancy: sku.tenancy,
      payment: replacement.terms.payment)
  }
}

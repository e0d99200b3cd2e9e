import Billing
import CloudCosts
import Planning

/// Checks one plan's claims against the inputs of its run.
struct PlanVerifier {
  private let inputs: ScenarioInputs
  private let claim: PlanClaim
  private let problem: PlanningProblem
  private let resolved: PlanClaim.Resolved
  /// What is given up, and the scenario without that.
  private let givenUp: [GivingUp]
  private let before: ScenarioInputs
  /// What is said to be given up, and the scenario does not allow.
  private let notAllowed: [String]

  init(_ given: ScenarioInputs, _ claim: PlanClaim) throws {
    let entries = given.givingUp(named: claim.givenUp)
    givenUp = entries.compactMap { $0 }
    notAllowed = zip(claim.givenUp, entries).filter { $0.1 == nil }.map(\.0.id)
    before = given
    let inputs = given.givingUp(givenUp)
    self.inputs = inputs
    self.claim = claim
    problem = try Self.problem(inputs, claim, before: given)
    resolved = claim.resolved(
      prices: inputs.prices, sharing: inputs.sharing, candidates: problem.candidates)
  }

  /// - Parameter before: the scenario in which nothing is given up.
  private static func problem(
    _ inputs: ScenarioInputs, _ claim: PlanClaim, before: ScenarioInputs
  ) throws -> PlanningProblem {
    var problem = OutcomePlanner.problem(
      inputs, mayBuy: claim.outcome != .rightsized, mayResize: claim.outcome != .committed)
    if BillLimits.hasCaps(problem.policy) {
      let planned = inputs.asPlanned
      let bill = try PathBiller(planned, judge: planned.judge).bills(under: planned.owned).bill
      problem.ownedCoverage = BillLimits.coverage(underCapsOf: problem.policy, bill)
    }
    if problem.risk?.measure == .loss {
      problem.best = try PathBiller(
        before.asPlanned, judge: before.judge
      ).bills(under: before.owned).costs.map(\.value)
    } else if let best = claim.proof?.best, !best.isEmpty {
      // What regret is measured against is part of the claim.
      problem.best = best
    }
    return problem
  }

  /// The plan as claimed, at the scenario's prices. What other owners of a purchase would cost
  /// comes out of it only where the claimed ones are those that are chosen.
  var plan: Plan {
    let accounts = Set(problem.demand.groups.map(\.account))
    var plan = Plan(
      purchases: (resolved.purchases + resolved.renewals).map { commitment in
        var owned = commitment
        if !accounts.contains(owned.account) { owned.account = "" }
        return Purchase(commitment: owned, reason: "")
      },
      actions: resolved.actions,
      certificate: Certificate(
        status: .feasible, stop: claim.stop, method: claim.method, objective: claim.objective,
        bound: claim.bound, solver: "", seconds: 0, proof: claim.proof
      ).settled(gap: inputs.effort.gap))
    plan.givenUp = givenUp
    return plan
  }

  /// Limits on what may be given up together.
  private var missedTogether: [String] {
    before.givingUpRules.isAllowed(givenUp, resolved.purchases) ? [] : ["policy.may"]
  }

  func verdict() throws -> Verdict {
    let check = try PlanCheck(
      problem, purchases: resolved.purchases + resolved.renewals,
      actions: resolved.actions, proof: claim.proof)
    let biller = PathBiller(inputs, judge: inputs.judge)
    let cost = try biller.bills(
      actions: resolved.actions, under: inputs.owned + resolved.purchases
    ).bill.cost
    // What was minimised is of all hours that are planned for.
    let all = inputs.ahead.map(biller.limited) ?? biller
    let purchases = resolved.purchases + resolved.renewals
    let bills = try all.bills(actions: resolved.actions, under: inputs.owned + purchases)
    let owned = all.owned(inputs.owned, untouched: try all.bills(under: inputs.owned).bill)
    let limits = try BillLimits(problem.policy, owned: owned)
      .readings(bills.bill, purchases: purchases.count, actions: resolved.actions)
    let work = resolved.actions.costOfWork
    let measured =
      RiskMeasurement(
        problem.risk ?? RiskSettings(measure: .expected),
        probabilities: problem.paths?.probabilities ?? [1], reference: problem.best
      ).value(of: bills.costs.map(\.value)) + BeyondHorizon(problem).charge(purchases)
      + work
    // By Google's rules the ILP's prices are not the bill's.
    let isGoogle = GooglePlanner.applies(to: inputs)
    let bound = try bound(isGoogle, check)
    let searched = try searchedBound(beyond: bound)
    let proven = bound.map { max($0, searched ?? 0) }
    let combinations = try GivingUpVerifier(
      inputs: before, claim: claim, chosen: givenUp,
      problem: { try Self.problem($0, claim, before: before) }, chosenBound: proven
    ).bound()
    return Verdict(
      claim: claim, multiplierBound: bound, searchedBound: searched,
      combinationsBound: combinations,
      // Where no allocation was found that keeps the policy, the provider's own does.
      objective: isGoogle || !check.keepsPolicy ? measured : check.objective,
      leastObjective: isGoogle ? measured : check.leastObjective,
      cost: cost, measuredCost: measured, work: work, looksAhead: inputs.ahead != nil,
      missed: check.missed + limits.filter { !$0.isKept }.map(\.row) + missedTogether,
      unknown: resolved.unknown + check.unknown + notAllowed)
  }

  /// Times the search's own limit, and its own gap.
  private static let patience = 3.0
  private static let care = 0.2

  /// What the multipliers prove. Google's bound is that of a problem of its own.
  private func bound(_ isGoogle: Bool, _ check: PlanCheck) throws -> Double? {
    isGoogle ? try GooglePlanner.proven(problem, by: claim.proof) : check.bound
  }

  /// Branch and bound proves more than multipliers can: where more is claimed, it is made again.
  /// Nil where it need not be, or comes to nothing.
  private func searchedBound(beyond bound: Double?) throws -> Double? {
    let dust = Verdict.dust(claim.objective)
    guard let bound, claim.bound > bound + dust else { return nil }
    var effort = inputs.effort
    effort.relaxesClashes = false
    let searched = try? GooglePlanner.proven(problem, effort).bound
    guard let searched, claim.bound > searched + dust else { return searched }
    // What a search has proven when it ends depends on what it came by, and on how busy the machine
    // is: once more with more time, and no end as soon as the gap is reached.
    effort.timeLimit *= Self.patience
    effort.gap *= Self.care
    return max(searched, (try? GooglePlanner.proven(problem, effort).bound) ?? searched)
  }
}

extension PurchaseClaim {
  /// The commitment at the price book's price; nil where it has none.
  func commitment(id: String, _ prices: PriceBook) -> Commitment? {
    let subject: Commitment.Subject
    var terms = terms
    switch self.subject {
    case .reservation(let sku, let zone, let count):
      guard
        let offer = prices.reservations.first(where: {
          $0.sku.zoneless == sku.zoneless && $0.zone == zone && $0.terms.asListed == terms
            && $0.sale.contains(start)
        })
      else { return nil }
      terms = offer.terms
      subject = .reservation(
        sku: sku, zone: zone, count: count, upfront: offer.upfront, hourly: offer.hourly)
    case .savingsPlan(let scope, let hourly):
      guard let sold = prices.planTerms(terms, at: start) else { return nil }
      terms = sold
      subject = .savingsPlan(scope: scope, hourlyCommitment: hourly)
    }
    return prices.priced(
      Commitment(
        id: id, account: account, terms: terms, subject: subject, start: start,
        end: start + terms.term.hours))
  }
}

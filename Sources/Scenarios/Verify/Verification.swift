import Billing
import CloudCosts
import Planning

/// A plan's claims, as its document states them.
package struct PlanClaim: Sendable {
  package var run: String
  package var outcome: OutcomeKind
  package var cost: Money
  package var objective: Double
  package var bound: Double
  package var stop: Certificate.Stop
  package var method: Certificate.Method
  package var proof: BoundProof?
  package var purchases: [PurchaseClaim]
  /// What it buys behind the window of the outcomes.
  package var renewals: [PurchaseClaim] = []
  package var actions: [ActionClaim]
  /// What of the owned commitments it gives up.
  package var givenUp: [GivingUpClaim] = []
  /// The proofs of the other combinations that it could have given up.
  package var givingUpProofs: [GivingUpProof] = []

  package init(
    run: String, outcome: OutcomeKind, cost: Money, objective: Double, bound: Double,
    stop: Certificate.Stop, method: Certificate.Method, proof: BoundProof?,
    purchases: [PurchaseClaim], actions: [ActionClaim]
  ) {
    self.run = run
    self.outcome = outcome
    self.cost = cost
    self.objective = objective
    self.bound = bound
    self.stop = stop
    self.method = method
    self.proof = proof
    self.purchases = purchases
    self.actions = actions
  }
}

/// One action of a claim: what is done with which machine.
package struct ActionClaim: Sendable {
  package var resource: String
  /// The type that it becomes; nil: it is stopped or terminated.
  package var to: String?
  /// Nil in documents of older versions.
  package var kind: ActionKind?
  /// Nil: at the first hour.
  package var start: Hour?

  package init(resource: String, to: String?, kind: ActionKind? = nil, start: Hour? = nil) {
    self.resource = resource
    self.to = to
    self.kind = kind
    self.start = start
  }

  func isOf(_ action: CandidateAction) -> Bool {
    action.target?.instanceType == to && action.start == start
      && (kind.map { $0 == action.kind } ?? (action.kind != .schedule))
  }
}

/// One purchase of a claim: what was bought, without its price.
package struct PurchaseClaim: Sendable {
  package enum Subject: Sendable {
    case reservation(sku: SKU, zone: String?, count: Double)
    case savingsPlan(scope: SavingsPlanScope, hourlyCommitment: Double)
  }

  package var terms: OfferTerms
  package var account: String
  package var subject: Subject
  package var start: Hour

  package init(terms: OfferTerms, account: String, subject: Subject, start: Hour) {
    self.terms = terms
    self.account = account
    self.subject = subject
    self.start = start
  }
}

/// A run of a document: its name, and the outcomes that it lists.
package struct RunClaim: Sendable {
  package var name: String
  package var outcomes: [OutcomeKind]
  package var plans: [PlanClaim]

  package init(name: String, outcomes: [OutcomeKind], plans: [PlanClaim]) {
    self.name = name
    self.outcomes = outcomes
    self.plans = plans
  }
}

/// What a check of a claim found.
package struct Verdict: Sendable {
  package var claim: PlanClaim
  /// What the multipliers prove; nil where there are none, or they are not of this problem.
  package var multiplierBound: Double?
  /// What the search for whole units proves when it is made again; nil where multipliers suffice.
  package var searchedBound: Double?
  /// What is proven of all that could have been given up in its place; nil where nothing may be.
  package var combinationsBound: Double?
  /// The cost of an allocation that the check found itself, or the bill where that is lower.
  package var objective: Double
  /// No allocation of what the plan buys costs less.
  package var leastObjective: Double
  /// The judge's bill.
  package var cost: Money
  /// What the bill comes to by what was minimised: the measure of risk, and what is expected to be
  /// wasted after the window.
  package var measuredCost: Double
  /// What its changes of machines cost once, which is in the objective and in no bill.
  package var work: Double
  /// Whether objective and bound are of more hours than the bill: those that were planned for.
  package var looksAhead = false
  /// Policy rows that the plan misses.
  package var missed: [String]
  /// What the plan buys or does and the scenario does not offer.
  package var unknown: [String]

  /// A millionth of the cost: what figures are rounded by in documents and in floating point.
  private var dust: Double { Self.dust(claim.objective) }

  static func dust(_ amount: Double) -> Double { max(1e-4, 1e-6 * abs(amount)) }

  /// What is proven; nil without a proof.
  package var provenBound: Double? {
    guard let multiplierBound else { return nil }
    return min(max(0, multiplierBound, searchedBound ?? 0), combinationsBound ?? .infinity)
  }
  /// Whether the bill is what was claimed, to the cent.
  package var confirmsCost: Bool { abs((cost - claim.cost).value) <= 0.01 }
  /// Whether a plan of the claimed cost was found again, and none can cost less.
  package var confirmsObjective: Bool {
    claim.objective >= leastObjective - dust && claim.objective <= objective + dust
  }
  /// Whether the multipliers prove what is said of them.
  package var confirmsMultipliers: Bool {
    guard let proof = claim.proof else { return claim.bound <= 0 }
    return multiplierBound.map { abs($0 - proof.bound) <= dust } ?? false
  }
  /// Whether all of the claimed bound is proven. Nothing costs less than nothing.
  package var confirmsBound: Bool {
    claim.bound.isFinite && claim.bound <= max(0, provenBound ?? 0) + dust
  }
  /// Whether what is proven holds for bills: no proof of one that keeps the policy can be above its
  /// bill.
  package var boundHoldsForBill: Bool { max(claim.bound, provenBound ?? 0) <= measuredCost + dust }
  /// (bill − bound) / bill, by what was checked alone: the gap that plans state everywhere; nil
  /// without a proof.
  package var provenGap: Double? {
    provenBound.map { measuredCost == 0 ? 0 : max(0, measuredCost - $0) / abs(measuredCost) }
  }
  /// Whether nothing contradicts the claim.
  package var isSound: Bool {
    confirmsCost && confirmsObjective && confirmsMultipliers && confirmsBound && boundHoldsForBill
      && missed.isEmpty && unknown.isEmpty
  }
}

/// What a scenario's files make of claims.
package struct Verification: Sendable {
  package var verdicts: [Verdict]
  /// What the claims' purchases and actions come to, billed again: all that a document should say.
  package var comparison: Comparison
}

extension ScenarioRunner {
  /// Checks claims against the scenario's files: nothing is planned anew.
  ///
  /// - Throws: `FindingsError` where the scenario cannot be read, or has no such run.
  package func verify(
    _ claims: [RunClaim], progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> Verification {
    let loaded = try load()
    var findings = loaded.findings
    var verdicts: [Verdict] = []
    var comparison = comparison(loaded.set)
    for claim in claims {
      let data = try loaded.set.scenario(named: claim.name, rule: "verify.unknown-run")
      var inputs = try inputs(of: data, findings: &findings)
      inputs.compare = claim.outcomes
      if comparison.runs.isEmpty { comparison.window = inputs.demand.window }
      do {
        var planner = OutcomePlanner(inputs)
        for plan in claim.plans {
          progress("\(claim.name): \(plan.outcome.rawValue)")
          let check = try PlanVerifier(inputs, plan)
          verdicts.append(try check.verdict())
          planner.given[plan.outcome] = check.plan
        }
        let run = try planner.run { _ in }
        comparison.runs.append(try finished(run, data, inputs))
      } catch {
        throw FindingsError(findings + PlanFindings.explaining(error, inputs))
      }
    }
    comparison.findings = findings.withoutRepeats()
    return Verification(verdicts: verdicts, comparison: comparison)
  }
}

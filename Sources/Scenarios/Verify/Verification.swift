import Billing
import CloudCosts
import Planning

/// A plan's claims, as its document states them.
public struct PlanClaim: Sendable {
  public var run: String
  public var outcome: OutcomeKind
  public var cost: Money
  public var objective: Double
  public var bound: Double
  public var stop: Certificate.Stop
  public var method: Certificate.Method
  public var proof: BoundProof?
  public var purchases: [PurchaseClaim]
  public var actions: [ActionClaim]
  /// What of the owned commitments it gives up.
  public var givenUp: [GivingUpClaim] = []

  public init(
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
public struct ActionClaim: Sendable {
  public var resource: String
  /// The type that it becomes; nil: it is stopped or terminated.
  public var to: String?
  /// Nil in documents of older versions.
  public var kind: ActionKind?
  /// Nil: at the first hour.
  public var start: Hour?

  public init(resource: String, to: String?, kind: ActionKind? = nil, start: Hour? = nil) {
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
public struct PurchaseClaim: Sendable {
  public enum Subject: Sendable {
    case reservation(sku: SKU, zone: String?, count: Double)
    case savingsPlan(scope: SavingsPlanScope, hourlyCommitment: Double)
  }

  public var terms: OfferTerms
  public var account: String
  public var subject: Subject
  public var start: Hour

  public init(terms: OfferTerms, account: String, subject: Subject, start: Hour) {
    self.terms = terms
    self.account = account
    self.subject = subject
    self.start = start
  }
}

/// A run of a document: its name, and the outcomes that it lists.
public struct RunClaim: Sendable {
  public var name: String
  public var outcomes: [OutcomeKind]
  public var plans: [PlanClaim]

  public init(name: String, outcomes: [OutcomeKind], plans: [PlanClaim]) {
    self.name = name
    self.outcomes = outcomes
    self.plans = plans
  }
}

/// What a check of a claim found.
public struct Verdict: Sendable {
  public var claim: PlanClaim
  /// What the multipliers prove; nil where there are none, or they are not of this problem.
  public var multiplierBound: Double?
  /// What the search for whole units proves when it is made again; nil where multipliers suffice.
  public var searchedBound: Double?
  /// The cost of an allocation that the check found itself, or the bill where that is lower.
  public var objective: Double
  /// No allocation of what the plan buys costs less.
  public var leastObjective: Double
  /// The judge's bill.
  public var cost: Money
  /// What the bill comes to by what was minimised: the measure of risk, and what is expected to be
  /// wasted after the window.
  public var measuredCost: Double
  /// Policy rows that the plan misses.
  public var missed: [String]
  /// What the plan buys or does and the scenario does not offer.
  public var unknown: [String]

  /// A millionth of the cost: what figures are rounded by in documents and in floating point.
  private var dust: Double { Self.dust(claim.objective) }

  static func dust(_ amount: Double) -> Double { max(1e-4, 1e-6 * abs(amount)) }

  /// What is proven; nil without a proof.
  public var provenBound: Double? {
    guard let multiplierBound else { return nil }
    return max(0, multiplierBound, searchedBound ?? 0)
  }
  /// Whether the bill is what was claimed, to the cent.
  public var confirmsCost: Bool { abs((cost - claim.cost).value) <= 0.01 }
  /// Whether a plan of the claimed cost was found again, and none can cost less.
  public var confirmsObjective: Bool {
    claim.objective >= leastObjective - dust && claim.objective <= objective + dust
  }
  /// Whether the multipliers prove what is said of them.
  public var confirmsMultipliers: Bool {
    guard let proof = claim.proof else { return claim.bound <= 0 }
    return multiplierBound.map { abs($0 - proof.bound) <= dust } ?? false
  }
  /// Whether all of the claimed bound is proven. Nothing costs less than nothing.
  public var confirmsBound: Bool {
    claim.bound.isFinite && claim.bound <= max(0, provenBound ?? 0) + dust
  }
  /// Whether what is proven holds for bills: no proof of one that keeps the policy can be above its
  /// bill.
  public var boundHoldsForBill: Bool { max(claim.bound, provenBound ?? 0) <= measuredCost + dust }
  /// How far from the optimum the plan can be, by what was checked alone; nil without a proof.
  public var provenGap: Double? {
    guard let provenBound, objective > 0 else { return nil }
    return max(0, objective - provenBound) / objective
  }
  /// Whether nothing contradicts the claim.
  public var isSound: Bool {
    confirmsCost && confirmsObjective && confirmsMultipliers && confirmsBound && boundHoldsForBill
      && missed.isEmpty && unknown.isEmpty
  }
}

/// What a scenario's files make of claims.
public struct Verification: Sendable {
  public var verdicts: [Verdict]
  /// What the claims' purchases and actions come to, billed again: all that a document should say.
  public var comparison: Comparison
}

extension ScenarioRunner {
  /// Checks claims against the scenario's files: nothing is planned anew.
  ///
  /// - Throws: `FindingsError` where the scenario cannot be read, or has no such run.
  public func verify(
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

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
  public var proof: BoundProof?
  public var purchases: [PurchaseClaim]
  public var actions: [(resource: String, to: String?)]

  public init(
    run: String, outcome: OutcomeKind, cost: Money, objective: Double, bound: Double,
    proof: BoundProof?, purchases: [PurchaseClaim], actions: [(resource: String, to: String?)]
  ) {
    self.run = run
    self.outcome = outcome
    self.cost = cost
    self.objective = objective
    self.bound = bound
    self.proof = proof
    self.purchases = purchases
    self.actions = actions
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

/// What a check of a claim found.
public struct Verdict: Sendable {
  public var claim: PlanClaim
  /// What the multipliers prove; nil where there are none, or they are not of this problem.
  public var provenBound: Double?
  /// The cost of an allocation that the check found itself, or the bill where that is lower.
  public var objective: Double
  /// The judge's bill.
  public var cost: Money
  /// Policy rows that the plan misses.
  public var missed: [String]
  /// What the plan buys or does and the scenario does not offer.
  public var unknown: [String]

  /// A millionth of the cost: what figures are rounded by in documents and in floating point.
  private var dust: Double { max(0.01, 1e-6 * abs(claim.objective)) }

  /// Whether the bill is what was claimed, to the cent.
  public var confirmsCost: Bool { abs((cost - claim.cost).value) <= 0.01 }
  /// Whether a plan of the claimed cost was found again.
  public var confirmsObjective: Bool { objective <= claim.objective + dust }
  /// Whether the multipliers prove all of the claimed bound.
  public var confirmsBound: Bool {
    provenBound.map { $0 >= claim.bound - dust } ?? false
  }
  /// How far from the optimum the plan can be, by what was checked alone; nil without a proof.
  public var provenGap: Double? {
    guard let provenBound, objective > 0 else { return nil }
    return max(0, objective - max(0, provenBound)) / objective
  }
  /// Whether nothing contradicts the claim. A bound may be more than multipliers prove: branch and
  /// bound adds to it.
  public var isSound: Bool {
    confirmsCost && missed.isEmpty && unknown.isEmpty
      && (claim.proof == nil || provenBound != nil)
  }
}

extension ScenarioRunner {
  /// Checks claims against the scenario's files, without the solver.
  ///
  /// - Throws: `FindingsError` where the scenario cannot be read, or has no such run.
  public func verify(
    _ claims: [PlanClaim], progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> [Verdict] {
    let loaded = try load()
    var findings = loaded.findings
    var verdicts: [Verdict] = []
    for claim in claims {
      progress("\(claim.run): \(claim.outcome.rawValue)")
      guard let data = loaded.set.scenarios.first(where: { $0.scenario.name == claim.run }) else {
        throw FindingsError([
          Finding(
            .error, rule: "verify.unknown-run", place: "runs",
            message: "the scenario file has no scenario named \"\(claim.run)\"",
            remedy: "Check the plan against the scenario file that it was made from.")
        ])
      }
      let inputs = try inputs(of: data, findings: &findings)
      do {
        verdicts.append(try OutcomePlanner.verdict(of: claim, inputs))
      } catch {
        throw FindingsError(findings + PlanFindings.explaining(error, inputs))
      }
    }
    return verdicts
  }
}

extension OutcomePlanner {
  fileprivate static func verdict(of claim: PlanClaim, _ inputs: ScenarioInputs) throws -> Verdict {
    let mayResize = claim.outcome != .committed
    var problem = problem(inputs, mayBuy: claim.outcome != .rightsized, mayResize: mayResize)
    // What regret and loss are measured against is part of the claim.
    if let best = claim.proof?.best, !best.isEmpty { problem.best = best }
    let resolved = claim.resolved(prices: inputs.prices, candidates: problem.candidates)
    let check = try PlanCheck(
      problem, purchases: resolved.purchases,
      actions: resolved.actions.map { ($0.resource.id, $0.action.target) }, proof: claim.proof)
    // Google's bound is that of a problem of its own.
    let isGoogle = GooglePlanner.applies(to: inputs)
    let bounding = GooglePlanner.bounding(problem)
    let bound =
      isGoogle && bounding.countsGenerously
      ? try PlanCheck(bounding, purchases: [], actions: [], proof: claim.proof).bound : check.bound
    let bills = try PathBiller(
      inputs, judge: Judge(prices: inputs.prices, sharing: inputs.sharing)
    ).bills(
      actions: resolved.actions, under: inputs.owned + resolved.purchases)
    let bill = bills.bill
    let measured =
      RiskMeasurement(
        problem.risk ?? RiskSettings(measure: .expected),
        probabilities: problem.paths?.probabilities ?? [1], reference: problem.best
      ).value(of: bills.costs.map(\.value)) + BeyondHorizon(problem).charge(resolved.purchases)
    // By Google's rules the ILP's prices are not the bill's.
    let objective = isGoogle ? measured : min(check.objective, measured)
    return Verdict(
      claim: claim, provenBound: bound, objective: objective, cost: bill.cost,
      missed: check.missed, unknown: resolved.unknown + check.unknown)
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
    return Commitment(
      id: id, account: account, terms: terms, subject: subject, start: start,
      end: start + terms.term.hours)
  }
}

import CloudCosts
import Scenarios

extension RunDocument {
  /// The plans of the document as claims that can be checked.
  ///
  /// - Throws: `FindingsError` where a plan states what no plan can.
  package func claims() throws(FindingsError) -> [PlanClaim] {
    try runClaims().flatMap(\.plans)
  }

  /// The same by run, with the outcomes that each lists.
  package func runClaims() throws(FindingsError) -> [RunClaim] {
    var runClaims: [RunClaim] = []
    var findings: [Finding] = []
    for run in runs {
      var claims: [PlanClaim] = []
      for outcome in run.outcomes {
        guard let plan = outcome.plan, let kind = OutcomeKind(rawValue: outcome.name) else {
          continue
        }
        let purchases = plan.purchases.map { $0.claim }
        let renewals = (plan.horizon?.renewals ?? []).map { $0.claim }
        if (purchases + renewals).contains(where: { $0 == nil }) {
          findings.append(
            Finding(
              .error, rule: "plan.wrong-value", place: "runs: \(run.name): \(outcome.name)",
              message: "a purchase has no region, type or start",
              remedy: "Use a file that `plimsoll run --json` or `--out` of this version wrote."))
        }
        var claim = PlanClaim(
          run: run.name, outcome: kind, cost: outcome.cost, objective: plan.objective.value,
          bound: plan.bound.value, stop: plan.stop, method: plan.method,
          proof: plan.proof?.value, purchases: purchases.compactMap { $0 },
          actions: plan.actions.map(\.claim))
        claim.renewals = renewals.compactMap { $0 }
        claim.givenUp = (plan.givenUp ?? []).map(\.claim)
        claim.givingUpProofs = (plan.givingUp?.proofs ?? []).map(\.value)
        claims.append(claim)
      }
      runClaims.append(
        RunClaim(
          name: run.name, outcomes: run.outcomes.compactMap(\.claimedKind), plans: claims))
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
    return runClaims
  }
}

extension RunDocument {
  /// The claim of one plan, chosen as `select` does.
  package func claim(run: String? = nil, outcome: String? = nil) throws(FindingsError) -> PlanClaim
  {
    let selection = try select(run: run, outcome: outcome)
    let claims = try claims()
    let name = selection.outcome.name
    guard
      let claim = claims.first(where: { $0.run == selection.run && $0.outcome.rawValue == name })
    else {
      throw FindingsError([
        Finding(
          .error, rule: "plan.unknown-outcome", place: "--outcome",
          message: "there is no plan of the outcome \"\(name)\"",
          remedy: "Use a file that `plimsoll run --json` or `--out` of this version wrote.")
      ])
    }
    return claim
  }
}

extension RunDocument.Outcome {
  /// Nil for a name that no outcome has, and where the plan is missing that it needs.
  fileprivate var claimedKind: OutcomeKind? {
    guard let kind = OutcomeKind(rawValue: name) else { return nil }
    return plan != nil || kind == .onDemand || kind == .current ? kind : nil
  }
}

extension RunDocument.Action {
  fileprivate var claim: ActionClaim {
    ActionClaim(
      resource: resource, to: to, kind: kind, start: start.flatMap { Hour(iso8601: $0) })
  }
}

extension RunDocument.Purchase {
  /// What was bought; nil where the document does not say enough.
  fileprivate var claim: PurchaseClaim? {
    guard let start = Hour(iso8601: start) else { return nil }
    let terms = OfferTerms(product: product, term: Term(years: termYears), payment: payment)
    switch amount {
    case .quantity(let count):
      guard let region, let instanceType, count.isFinite, count >= 0 else { return nil }
      let sku = SKU(
        provider: provider, region: region, instanceType: instanceType,
        operatingSystem: operatingSystem ?? "Linux", tenancy: tenancy ?? "default")
      return PurchaseClaim(
        terms: terms, account: account,
        subject: .reservation(sku: sku, zone: zone, count: count), start: start)
    case .hourlyCommitment(let hourly):
      let scope = SavingsPlanScope(provider: provider, region: region, family: instanceType)
      return PurchaseClaim(
        terms: terms, account: account,
        subject: .savingsPlan(scope: scope, hourlyCommitment: hourly.value), start: start)
    }
  }
}

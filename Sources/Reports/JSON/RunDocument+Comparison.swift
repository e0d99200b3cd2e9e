import Billing
import CloudCosts
import Scenarios

extension RunDocument {
  /// What a comparison found, as the document that is printed and kept.
  ///
  /// - Parameter folder: where the document will be; its paths are relative to that.
  package init(_ comparison: Comparison, in folder: String = ".") {
    format = RunDocument.currentFormat
    let place = DocumentFolder(folder)
    let provenance = comparison.provenance
    version = provenance?.version
    madeAt = provenance?.madeAt
    inputs = provenance?.inputs.map { Input(path: place.relative($0.path), sha256: $0.sha256) }
    changes = provenance.flatMap { Changes($0.changes) }
    scenario = comparison.scenario
    source = comparison.source.isEmpty ? nil : place.relative(comparison.source)
    currency = comparison.currency
    window = Window(from: comparison.window.start.iso8601, to: comparison.window.end.iso8601)
    hours = comparison.window.hours
    runs = comparison.runs.map { run in
      Run(
        name: run.name, outcomes: run.outcomes.map(Outcome.init),
        recommendation: run.recommendations.first.map(Outcome.init),
        alternatives: run.recommendations.isEmpty ? nil : run.recommendations.map(Outcome.init),
        priceChanges: run.priceChanges.isEmpty ? nil : run.priceChanges.map(PriceChange.init),
        resolved: run.resolved,
        assumptions: run.assumptions.isEmpty
          ? nil : run.assumptions.map { Assumption(topic: $0.topic, text: $0.text) },
        rightsizing: run.split.map(Split.init),
        machineAdvice: run.machineAdvice.isEmpty ? nil : run.machineAdvice.map(MachineAdvice.init))
    }
    findings = comparison.findings.map(Note.init)
  }

  /// Twelve decimals: below what any decision depends on, above the noise of the last bits.
  ///
  /// What is not finite stays so: it is written as null, and as a dash for people.
  static func rounded(_ ratio: Double) -> Double {
    ratio.isFinite ? (ratio * 1e12).rounded() / 1e12 : ratio
  }
}

extension RunDocument.PriceChange {
  init(_ applied: AppliedPriceChange) {
    self.init(
      date: applied.change.date.iso8601, factor: applied.change.factor,
      appliesTo: applied.change.extent.rawValue, provider: applied.usage.provider?.rawValue,
      region: applied.usage.region, family: applied.usage.family,
      instanceType: applied.usage.instanceType, operatingSystem: applied.usage.operatingSystem,
      groups: applied.groups)
  }
}

extension RunDocument.Note {
  init(_ finding: Finding) {
    self.init(
      severity: finding.severity, rule: finding.rule, place: finding.place,
      message: finding.message, remedy: finding.remedy)
  }
}

extension RunDocument.Outcome {
  init(_ outcome: Scenarios.Outcome) {
    self.init(
      outcome.kind.rawValue, outcome.bill, savings: outcome.savings,
      plan: outcome.plan.map(RunDocument.Plan.init),
      paths: outcome.distribution.map(RunDocument.Paths.init))
    showback = outcome.showback.map(RunDocument.Showback.init)
  }

  init(_ recommendation: JudgedRecommendation) {
    self.init(
      recommendation.title, recommendation.bill, savings: recommendation.savings, plan: nil)
  }

  private init(
    _ name: String, _ bill: Bill, savings: Money, plan: RunDocument.Plan?,
    paths: RunDocument.Paths? = nil
  ) {
    let baseline = bill.cost + savings
    let prepaid = bill.prepaid
    self.init(
      name: name, cost: bill.cost, savings: savings,
      savingsRate: RunDocument.rounded(
        baseline == .zero ? 0 : savings.value / baseline.value),
      coverage: RunDocument.rounded(bill.coverage),
      utilization: bill.commitments.isEmpty ? nil : RunDocument.rounded(bill.utilization),
      effectiveSavingsRate: RunDocument.rounded(bill.effectiveSavingsRate),
      upfront: bill.upfront,
      monthly: bill.monthly.map {
        .init(month: $0.month.description, cost: $0.effective, cash: $0.cash)
      },
      plan: plan, paths: paths, measures: RunDocument.Measures(bill),
      prepaid: prepaid.isEmpty ? nil : prepaid.map(RunDocument.Prepaid.init))
    services = [RunDocument.ServiceCost](bill)
  }
}

extension RunDocument.Plan {
  init(_ plan: PlannedOutcome) {
    let certificate = plan.certificate
    self.init(
      status: certificate.status, stop: certificate.stop, method: certificate.method,
      objective: Money(rounding: certificate.objective),
      bound: Money(rounding: certificate.bound), gap: RunDocument.rounded(plan.gap),
      searchGap: RunDocument.rounded(plan.searchGap),
      billingGap: RunDocument.rounded(plan.billingGap),
      limits: plan.limits.isEmpty
        ? nil
        : plan.limits.map {
          .init(
            limit: $0.row, asked: RunDocument.rounded($0.limit),
            billed: RunDocument.rounded($0.billed), kept: $0.isKept)
        },
      seconds: (certificate.seconds * 1000).rounded() / 1000, rounds: certificate.rounds,
      cuts: certificate.cuts, solver: certificate.solver,
      lockedBeyondWindow: plan.lockedBeyondWindow, totalCommitted: plan.totalCommitted,
      chargeBeyondWindow: plan.chargeBeyondWindow == .zero ? nil : plan.chargeBeyondWindow.value,
      horizon: plan.horizon.map(RunDocument.Horizon.init),
      purchases: plan.purchases.map(RunDocument.Purchase.init),
      actions: plan.actions.map(RunDocument.Action.init),
      work: plan.work.isEmpty ? nil : plan.work.map(RunDocument.WorkStep.init),
      sensitivity: plan.sensitivity.isEmpty
        ? nil : plan.sensitivity.map(RunDocument.Sensitivity.init),
      givenUp: plan.givenUp.isEmpty ? nil : plan.givenUp.map(RunDocument.GivenUp.init),
      givingUp: plan.givingUpDecision.map(RunDocument.GivingUpSearch.init),
      leftOut: plan.leftOut.isEmpty ? nil : plan.leftOut.map(RunDocument.LeftOut.init),
      leftOutCost: plan.leftOut.isEmpty ? nil : plan.costOfLeavingOut.value,
      compared: plan.rivals.isEmpty ? nil : plan.rivals.map(RunDocument.Rival.init),
      later: plan.later.map { $0.map(RunDocument.LaterStep.init) },
      review: plan.review.map(RunDocument.Review.init),
      proof: certificate.proof.map(RunDocument.Proof.init))
  }
}

extension RunDocument.Purchase {
  init(_ judged: JudgedPurchase) {
    let commitment = judged.purchase.commitment
    let terms = commitment.terms
    let provider: Provider
    let sku: SKU?
    var region: String?
    var instanceType: String?
    var zone: String?
    let amount: Amount
    switch commitment.subject {
    case .reservation(let reserved, let reservedZone, let count, _, _):
      (provider, sku) = (reserved.provider, reserved)
      (region, instanceType, zone) = (reserved.region, reserved.instanceType, reservedZone)
      amount = .quantity(count)
    case .savingsPlan(let scope, let hourly):
      (provider, sku) = (scope.provider, nil)
      (region, instanceType) = (scope.region, scope.family)
      amount = .hourlyCommitment(Money(rounding: hourly))
    }
    self.init(
      product: terms.product, provider: provider, region: region, instanceType: instanceType,
      operatingSystem: sku?.operatingSystem, tenancy: sku?.tenancy, zone: zone,
      account: commitment.account, termYears: terms.term.years, payment: terms.payment,
      amount: amount, upfront: Money(rounding: commitment.upfront),
      start: commitment.start.iso8601, end: commitment.end.iso8601, cost: judged.cost,
      savings: judged.savings, utilization: RunDocument.rounded(judged.utilization),
      breakEvenMonths: judged.breakEvenMonths.map { ($0 * 100).rounded() / 100 },
      reason: judged.purchase.reason,
      explanation: judged.purchase.explanation.map(RunDocument.Explanation.init),
      returnable: RunDocument.Returnable(commitment),
      owners: judged.owners.isEmpty
        ? nil : judged.owners.map { RunDocument.Owner(account: $0.account, cost: $0.cost) },
      order: judged.order == 0 ? nil : judged.order,
      adds: judged.order == 0 ? nil : judged.adds)
  }
}

extension RunDocument.Action {
  init(_ judged: JudgedAction) {
    let chosen = judged.action
    let group = chosen.resource.group
    self.init(
      resource: chosen.resource.id, provider: group.sku.provider, account: group.account,
      region: group.sku.region, from: group.sku.instanceType,
      to: chosen.action.target?.instanceType, savings: judged.savings,
      reason: chosen.action.reason, kind: chosen.action.kind,
      start: chosen.action.start?.iso8601, risk: chosen.action.fit?.risk,
      shareAbove: chosen.action.fit.map { RunDocument.rounded($0.shareAbove) },
      band: chosen.action.fit.map {
        [RunDocument.rounded($0.band.lowerBound), RunDocument.rounded($0.band.upperBound)]
      }, effort: chosen.action.effort,
      oneOffCost: chosen.action.cost == 0 ? nil : chosen.action.cost,
      worth: judged.worth?.value)
  }
}

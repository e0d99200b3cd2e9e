import Billing
import CloudCosts
import Planning

/// An outcome with everything its bill was made from, so that it can be billed again: by the hour,
/// for an export, or step by step.
package struct BilledOutcome: Sendable {
  package var scenario: String
  package var run: String
  package var outcome: OutcomeKind
  package var judge: Judge
  /// After the plan's actions.
  package var demand: Demand
  /// Owned ones first, then the plan's purchases.
  package var commitments: [Commitment]
  /// So many of the last commitments are the plan's purchases.
  package var purchaseCount = 0
  package var findings: [Finding]

  package init(
    scenario: String, run: String, outcome: OutcomeKind, judge: Judge, demand: Demand,
    commitments: [Commitment], findings: [Finding] = []
  ) {
    self.scenario = scenario
    self.run = run
    self.outcome = outcome
    self.judge = judge
    self.demand = demand
    self.commitments = commitments
    self.findings = findings
  }
}

extension ScenarioRunner {
  /// What a plan's document claims, made again from the scenario's files; nothing is solved.
  ///
  /// - Throws: `FindingsError` where the files cannot be read, or do not offer what the plan buys.
  package func billed(_ claim: PlanClaim) throws(FindingsError) -> BilledOutcome {
    let (before, scenario, findings) = try inputs(ofRun: claim.run)
    let resolved = try claim.known(before)
    let inputs = before.givingUp(claimed: claim.givenUp)
    var billed = BilledOutcome(
      scenario: scenario, run: claim.run, outcome: claim.outcome,
      judge: inputs.judge,
      demand: inputs.demand.applying(resolved.actions),
      commitments: inputs.owned + resolved.purchases, findings: findings)
    billed.purchaseCount = resolved.purchases.count
    return billed
  }

  /// An outcome of a run; one that plans is solved for.
  package func billed(
    _ kind: OutcomeKind, run: String? = nil, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> BilledOutcome {
    var (inputs, scenario, findings) = try inputs(ofRun: run)
    inputs.compare = [kind]
    var demand = inputs.demand
    var purchases: [Commitment] = []
    if kind != .onDemand, kind != .current {
      var planner = OutcomePlanner(inputs)
      do {
        let outcome = try planner.run(progress: progress).outcomes.first
        demand = outcome?.demand ?? demand
        purchases = outcome?.plan?.purchases.map(\.purchase.commitment) ?? []
        inputs = inputs.givingUp(outcome?.plan?.givenUp.map(\.givingUp) ?? [])
      } catch {
        throw FindingsError(findings + PlanFindings.explaining(error, inputs))
      }
    }
    return BilledOutcome(
      scenario: scenario, run: inputs.name, outcome: kind,
      judge: inputs.judge, demand: demand,
      commitments: kind == .onDemand ? [] : inputs.owned + purchases, findings: findings)
  }

  func inputs(
    ofRun name: String?
  ) throws(FindingsError) -> (ScenarioInputs, scenario: String, findings: [Finding]) {
    let loaded = try load()
    var findings = loaded.findings
    let scenarios = loaded.set.scenarios
    guard let data = scenarios.first(where: { name == nil || $0.scenario.name == name }) else {
      throw FindingsError([
        Finding(
          .error, rule: "scenario.unknown-run", place: "--run",
          message: "the scenario file has no scenario named \"\(name ?? "")\"",
          remedy: "Use one of: \(scenarios.map(\.scenario.name).joined(separator: ", ")).")
      ])
    }
    let inputs = try inputs(of: data, findings: &findings)
    return (inputs, loaded.set.name, findings)
  }
}

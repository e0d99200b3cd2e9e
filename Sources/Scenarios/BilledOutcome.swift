import Billing
import CloudCosts
import Planning

/// An outcome with everything its bill was made from, so that it can be billed again: by the hour, for an
/// export, or step by step.
public struct BilledOutcome: Sendable {
  public var scenario: String
  public var run: String
  public var outcome: OutcomeKind
  public var judge: Judge
  /// After the plan's actions.
  public var demand: Demand
  /// Owned ones first, then the plan's purchases.
  public var commitments: [Commitment]
  public var findings: [Finding]
}

extension ScenarioRunner {
  /// What a plan's document claims, made again from the scenario's files; nothing is solved.
  ///
  /// - Throws: `FindingsError` where the files cannot be read, or do not offer what the plan buys.
  public func billed(_ claim: PlanClaim) throws(FindingsError) -> BilledOutcome {
    let (inputs, scenario, findings) = try inputs(ofRun: claim.run)
    var unknown: [String] = []
    var purchases: [Commitment] = []
    for (position, purchase) in claim.purchases.enumerated() {
      let id = "buy-\(position + 1)"
      if let commitment = purchase.commitment(id: id, inputs.prices) {
        purchases.append(commitment)
      } else {
        unknown.append(id)
      }
    }
    var actions: [ChosenAction] = []
    for (resource, type) in claim.actions {
      let candidate = inputs.candidates.first { $0.resource.id == resource }
      let action = candidate?.actions.first { $0.target?.instanceType == type }
      if let candidate, let action {
        actions.append(
          ChosenAction(
            resource: candidate.resource, runningHours: candidate.runningHours, action: action))
      } else {
        unknown.append(resource)
      }
    }
    guard unknown.isEmpty else {
      throw FindingsError([
        Finding(
          .error, rule: "plan.not-of-scenario", place: "\(claim.run): \(claim.outcome.rawValue)",
          message: "the scenario does not offer \(unknown.joined(separator: ", "))",
          remedy: "Name the scenario that the plan was made from; its files may have changed.")
      ])
    }
    return BilledOutcome(
      scenario: scenario, run: claim.run, outcome: claim.outcome,
      judge: Judge(prices: inputs.prices, sharing: inputs.sharing),
      demand: inputs.demand.applying(actions), commitments: inputs.owned + purchases,
      findings: findings)
  }

  /// An outcome of a run; one that plans is solved for.
  public func billed(
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
      } catch {
        throw FindingsError(findings + PlanFindings.explaining(error, inputs))
      }
    }
    return BilledOutcome(
      scenario: scenario, run: inputs.name, outcome: kind,
      judge: Judge(prices: inputs.prices, sharing: inputs.sharing), demand: demand,
      commitments: kind == .onDemand ? [] : inputs.owned + purchases, findings: findings)
  }

  private func inputs(
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

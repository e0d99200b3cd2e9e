import Billing
import CloudCosts
import Ingest
import Planning
import Rightsizing

/// Runs a scenario file: reads it, plans, bills, compares.
package struct ScenarioRunner: Sendable {
  private let path: String
  private let stop: StopSignal
  private let changes: ScenarioChanges
  private let bought: [Commitment]

  /// - Parameters:
  ///   - path: a scenario file, or a folder with a `scenario.yaml` in it.
  ///   - stop: ends planning early with what it has.
  ///   - changes: of the scenario file.
  ///   - bought: what is owned in addition to the scenario's list; what has an id of that list is
  ///     in it already.
  package init(
    path: String, stop: StopSignal = StopSignal(), changes: ScenarioChanges = ScenarioChanges(),
    owning bought: [Commitment] = []
  ) {
    self.bought = bought
    self.path = path
    self.stop = stop
    self.changes = changes
  }

  /// All outcomes of all scenarios of the file.
  ///
  /// - Parameters:
  ///   - sensitivity: whether to solve each scenario's best plan again with every limit moved.
  ///   - showback: whether to split the saving among accounts, and plan for each alone.
  ///   - progress: called with what is being worked on.
  /// - Throws: `FindingsError` with everything that is wrong, notes and warnings among it.
  package func run(
    sensitivity: Bool = false, showback: Bool = false, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> Comparison {
    let loaded = try load()
    var findings = loaded.findings
    var comparison = comparison(loaded.set)
    for data in loaded.set.scenarios {
      let inputs = try inputs(of: data, findings: &findings)
      if comparison.runs.isEmpty { comparison.window = inputs.demand.window }
      var planner = OutcomePlanner(inputs)
      do {
        let run = try finished(
          planner.run(sensitivity: sensitivity, showback: showback, progress: progress), data,
          inputs)
        findings += try PlanFindings.leftOut(inputs)
        findings += PlanFindings.spendCommitments(run) + PlanFindings.spendElsewhere(inputs)
        findings += PlanFindings.givingUp(run)
        findings += try RenewalAdvice(inputs: inputs).findings(run)
        findings +=
          PlanFindings(
            run, isOnly: loaded.set.scenarios.count == 1, quotas: data.scenario.quotas,
            inputs: inputs
          ).findings
        comparison.runs.append(run)
      } catch {
        throw FindingsError(findings + PlanFindings.explaining(error, inputs))
      }
    }
    comparison.findings = findings.withoutRepeats()
    return comparison
  }

  /// One of no run yet.
  func comparison(_ set: ScenarioSet) -> Comparison {
    var comparison = Comparison(
      scenario: set.name, source: path, currency: set.scenarios.first?.scenario.currency ?? "USD",
      window: HourWindow(start: Hour(sinceEpoch: 0), hours: 0), runs: [], findings: [])
    comparison.provenance = Provenance(of: path, changes)
    return comparison
  }

  /// A run with what its outcomes alone do not say.
  func finished(
    _ run: ScenarioRun, _ data: ScenarioData, _ inputs: ScenarioInputs
  ) throws -> ScenarioRun {
    var run = run
    for index in run.outcomes.indices { run.outcomes[index].bill.tags = data.usage.tags }
    run.priceChanges = inputs.priceChanges
    run.resolved = data.scenario.resolved
    run.assumptions = data.assumptions(inputs)
    run.recommendations = try JudgedRecommendation.judge(data.recommended, inputs)
    if let utilization = data.utilization {
      run.machines = MachineRecord(utilization, run, inputs.candidates)
      run.machineAdvice = try JudgedMachineAdvice.judge(
        data.machineRecommendations, utilization, run, inputs, data.scenario.rightsizing)
    }
    return run
  }

  /// Cost and savings of one scenario's combined plan against one limit of its policy.
  ///
  /// - Parameters:
  ///   - run: which scenario of the file; nil: the first.
  ///   - points: how many, both ends included.
  package func frontier(
    over axis: FrontierAxis, points: Int, run: String? = nil,
    progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> Frontier {
    let loaded = try load()
    var findings = loaded.findings
    let data = try loaded.set.scenario(named: run, rule: "frontier.unknown-run")
    let inputs = try inputs(of: data, findings: &findings)
    var trace = FrontierTrace(inputs, over: axis)
    do {
      var frontier = try trace.run(named: loaded.set.name, points: points, progress: progress)
      frontier.findings = findings.withoutRepeats()
      return frontier
    } catch {
      throw FindingsError(findings + PlanFindings.explaining(error, inputs))
    }
  }

  /// The base scenario's ILP in its extensive form, buying and resizing, in CPLEX LP format.
  package func linearProgram() throws(FindingsError) -> String {
    let loaded = try load()
    var findings = loaded.findings
    guard let data = loaded.set.scenarios.first else { throw FindingsError(findings) }
    let inputs = try inputs(of: data, findings: &findings)
    do {
      return try Planner(OutcomePlanner.problem(inputs, mayBuy: true, mayResize: true))
        .linearProgram(named: loaded.set.name)
    } catch {
      throw FindingsError(findings + PlanFindings.explaining(error, inputs))
    }
  }

  /// Everything that can be said of a scenario without solving it.
  ///
  /// - Returns: notes and warnings. Throws: all findings, where one is an error.
  package func check() throws(FindingsError) -> [Finding] {
    let loaded = try load()
    var findings = loaded.findings
    for data in loaded.set.scenarios { _ = try inputs(of: data, findings: &findings) }
    guard !findings.hasErrors else { throw FindingsError(findings.withoutRepeats()) }
    return findings.withoutRepeats()
  }

  func load() throws(FindingsError) -> (set: ScenarioSet, findings: [Finding]) {
    let reading = ScenarioFile.load(path, changes)
    guard let set = reading.value, !reading.findings.hasErrors else {
      throw FindingsError(reading.findings.withoutRepeats())
    }
    return (set, reading.findings)
  }

  func inputs(
    of data: ScenarioData, findings: inout [Finding]
  ) throws(FindingsError) -> ScenarioInputs {
    let scenario = data.scenario
    let listed = data.prices.book(currency: scenario.currency)
    let forecast = ScenarioForecast(data, prices: listed)
    let expected = try forecast.paths(&findings)
    let changed = PriceForecast(
      scenario.forecast, window: expected?.window ?? data.demand.window,
      groups: expected?.groups ?? data.demand.groups, place: scenario.forecastPlace
    ).applied(to: listed, &findings)
    let (prices, splits) = changed.prices.separatingLicences()
    let planned = expected?.pricedApart(prices).separatingLicences(prices)
    let paths = planned.map { $0.restricted(to: forecast.window ?? $0.window) }
    var candidates: [RightsizingCandidate] = []
    if let utilization = data.utilization {
      let rightsizer = Rightsizer(prices: listed, rules: scenario.rightsizing)
      let advice =
        paths.map { rightsizer.advice(utilization, future: $0.window) }
        ?? rightsizer.advice(
          utilization, window: data.demand.window, isShrinking: data.isShrinking)
      candidates = PriceForecast.keeping(
        advice.candidates, prices, place: scenario.forecastPlace, &findings)
      findings += advice.findings
      if scenario.policy.actions.effortPerMonth != nil {
        candidates = WorkCalendar.spread(
          candidates, window: paths?.window ?? data.demand.window)
      }
    }
    var inputs = ScenarioInputs(
      name: scenario.name,
      demand: paths?.mean ?? data.demand.pricedApart(prices).separatingLicences(prices),
      paths: paths, prices: prices,
      owned: [], candidates: candidates, offers: scenario.offers,
      policy: scenario.policy, policyPlace: scenario.policyPlace,
      effort: PlanningEffort(
        gap: scenario.solver.gap(futures: paths?.paths.count ?? 1),
        timeLimit: scenario.solver.timeLimit, stop: stop),
      compare: scenario.compare, risk: scenario.risk, ladder: scenario.ladder)
    findings += PlanFindings.licences(splits, inputs.demand, file: data.prices.file)
    if planned?.window != paths?.window { inputs.ahead = planned }
    let end = (inputs.ahead?.window ?? inputs.demand.window).end
    // No answer goes by the order of a file's rows.
    let owned = (data.owned?.commitments ?? []).sorted {
      ($0.id, $0.start) < ($1.id, $1.start)
    }
    let known = Set(owned.map(\.id))
    inputs.owned = (owned + bought.filter { !known.contains($0.id) })
      .flatMap { $0.withRenewals(until: end) }
    if let doubt = Preset.nothingOnSale(scenario, prices) { findings.append(doubt) }
    findings += [
      PlanFindings.saleEnded(
        prices, inputs.demand.window, used: Set(inputs.demand.groups.map(\.sku.zoneless.asListed)),
        file: data.prices.file)
    ].compactMap { $0 }
    inputs.sharing = scenario.sharing
    let spent = SpentBefore(
      scenario.spendCommitments, billed: data.billed, before: inputs.demand.window.start,
      place: scenario.forecastPlace)
    inputs.spendCommitments = spent.commitments
    findings += spent.findings
    inputs.givingUpPolicy = scenario.givingUp
    inputs.rivals = scenario.solver.rivals
    if scenario.forecast.isUnstated, scenario.forecast.method == .futures,
      let history = data.history, candidates.isEmpty, changed.changes.isEmpty
    {
      inputs.tranches = Tranches(
        history: history.separatingLicences(prices), forecast: scenario.forecast)
    }
    if let paths, paths.paths.count > 1 {
      // Where many futures are planned for, losing counts, as much as the preset says.
      inputs.risk = scenario.risk ?? (scenario.preset ?? .walk).risk
    }
    inputs.priceChanges = changed.changes
    if !scenario.sharing.sharesAll { findings.append(PlanFindings.sharing(scenario.sharing)) }
    return inputs
  }
}

extension Array where Element == Finding {
  /// The same, each finding once, in the order of first appearance.
  func withoutRepeats() -> [Finding] {
    var seen = Set<Finding>()
    return filter { seen.insert($0).inserted }
  }
}

import CloudCosts
import Forecast
import Ingest

// The keys under `backtest`.
extension ScenarioParser {
  func backtest(_ section: ScenarioSection, of root: ScenarioSection) -> BacktestSettings {
    var settings = BacktestSettings()
    if section.entry("from") != nil { settings.from = hour(section, "from") }
    let steps = ["day": 24, "week": 168]
    let named = section.entry("every").flatMap { entry -> Int? in
      if case .scalar(let text, _) = entry.value.content { steps[text] } else { nil }
    }
    settings.every = named ?? section.count("every", from: 24) ?? settings.every
    settings.product = section.choice("product")
    if settings.product == .onDemand {
      findings.add(
        .error, "unknown-value", line: section.entry("product")?.value.line,
        "backtest.product must be something that one commits to",
        remedy: "name a product such as sp-compute or ri-standard")
    }
    settings.term = section.terms("term")?.first ?? settings.term
    settings.payment = section.choice("payment") ?? settings.payment
    settings.premium = section.number("premium", "above 1 and up to 100") { $0 > 1 && $0 <= 100 }
    settings.pools = section.choice("pools") ?? settings.pools
    settings.isReversed = section.flag("reversed") ?? false
    settings.only = section.texts("only").map(\.text)
    settings.policies = section.choices("policies", from: PolicyName.allCases) ?? []
    if section.entry("planner") != nil {
      settings.planner = planner(section.section("planner"), of: root)
      if settings.pools == .each {
        findings.add(
          .error, "unknown-value", line: section.entry("planner")?.value.line,
          "backtest.planner decides on all usage at once, and backtest.pools is each",
          remedy: "use pools: together or region, or remove backtest.planner")
      }
    }
    checkPresets(settings, line: section.entry("policies")?.value.line)
    return settings
  }

  /// A row of a preset is there where the optimizer walks under it.
  private func checkPresets(_ settings: BacktestSettings, line: Int?) {
    let walked = settings.planner?.presets.map(\.preset) ?? []
    for name in settings.policies {
      guard let preset = name.preset, !walked.contains(preset) else { continue }
      findings.add(
        .error, "missing-key", line: line,
        "backtest.policies names \(name.rawValue), and backtest.planner.presets does not name "
          + preset.rawValue,
        remedy: "write planner: {presets: [\(preset.rawValue)]} under backtest")
    }
  }

  private func planner(
    _ section: ScenarioSection, of root: ScenarioSection
  ) -> BacktestSettings.Planner {
    var planner = BacktestSettings.Planner()
    func whole(_ key: String, _ range: ClosedRange<Int>) -> Int? {
      section.number(key, "whole, from \(range.lowerBound) to \(range.upperBound)") {
        $0 == $0.rounded() && $0 >= Double(range.lowerBound) && $0 <= Double(range.upperBound)
      }.map { Int($0) }
    }
    planner.paths = whole("paths", 1...ForecastSettings.mostPaths) ?? planner.paths
    planner.horizonMonths =
      whole("horizon", 1...ForecastSettings.longestHorizon) ?? planner.horizonMonths
    planner.hoursPerStep = whole("sample", 1...168) ?? planner.hoursPerStep
    planner.hindsightHoursPerStep =
      whole("hindsight_sample", 1...168) ?? planner.hindsightHoursPerStep
    planner.gap =
      section.number("gap", "above 0 and up to 0.1") { $0 > 0 && $0 <= 0.1 } ?? planner.gap
    planner.seeds = whole("seeds", 1...100) ?? planner.seeds
    planner.presets = (section.choices("presets", from: Preset.allCases) ?? []).map { preset in
      let policy = PolicyParser(root.section("policy"), assuming: preset)
      return BacktestSettings.WalkedPreset(
        preset: preset, policy: policy.policy,
        offers: offers(root.section("offers"), preset: preset),
        risk: policy.risk ?? preset.risk)
    }
    return planner
  }
}

extension ScenarioRunner {
  /// A backtest of each scenario of the file.
  ///
  /// - Parameter run: only this scenario; nil: all.
  package func backtest(
    run: String? = nil, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> (scenario: String, backtests: [Backtest], findings: [Finding]) {
    let loaded = try load()
    var findings = loaded.findings
    let wanted = loaded.set.scenarios.filter { run == nil || $0.scenario.name == run }
    guard !wanted.isEmpty else {
      throw FindingsError([loaded.set.unknown(run ?? "", rule: "backtest.unknown-run")])
    }
    var backtests: [Backtest] = []
    var failures: [Finding] = []
    for data in wanted {
      var walked = data
      walked.scenario.forecast = ForecastSettings(method: .hindsight)
      if walked.scenario.isUnlimited {
        // `run` buys as a preset where the file states nothing; rows of presets are asked for by
        // name here.
        walked.scenario.preset = nil
        walked.scenario.policy = walked.scenario.policy.limited(as: Policy())
        walked.scenario.offers = walked.scenario.stated.filter
      }
      var inputs = try inputs(of: walked, findings: &findings)
      inputs.demand = data.usage.demand
      do {
        let backtest = try BacktestRunner(
          inputs, data.scenario.backtest, forecast: data.scenario.walkedForecast
        ).run(progress: progress)
        findings += backtest.findings
        backtests.append(backtest)
      } catch let error as FindingsError {
        failures += error.findings
      } catch {
        failures.append(
          Finding(
            .error, rule: "backtest.failed", place: data.scenario.name, message: "\(error)",
            remedy: "Report this with the scenario."))
      }
    }
    guard failures.isEmpty else { throw FindingsError(findings + failures) }
    return (loaded.set.name, backtests, findings.withoutRepeats())
  }
}

extension Scenario {
  /// How the optimizer's futures are made in a backtest: as the scenario says, but for its method
  /// where that makes one future only, and for what the scenario knows of the time after the
  /// history.
  var walkedForecast: ForecastSettings {
    var settings = forecast
    settings.changes = []
    settings.horizonMonths = nil
    if let planner = backtest.planner {
      settings.method =
        planner.paths > 1
        ? (forecast.method == .bootstrap ? .bootstrap : .futures)
        : forecast.method == .seasonal ? .seasonal : .trend
      settings.paths = planner.paths
      settings.namesSuccessors = true
    }
    return settings
  }
}

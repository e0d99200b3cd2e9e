import CloudCosts
import Forecast
import Ingest

/// The futures that a scenario plans for.
package struct ScenarioForecast: Sendable {
  private let data: ScenarioData
  private let prices: PriceBook

  package init(_ data: ScenarioData, prices: PriceBook) {
    self.data = data
    self.prices = prices
  }

  /// Nil where the scenario plans for its window as it was; what is doubtful is added to
  /// `findings`.
  ///
  /// - Throws: everything that is wrong, `findings` among it.
  package func paths(_ findings: inout [Finding]) throws(FindingsError) -> DemandPaths? {
    try forecast(&findings)?.paths
  }

  /// The hours that outcomes are billed for; nil where the scenario plans for its window as it was.
  var window: HourWindow? {
    data.history.flatMap { data.scenario.forecast.horizon(behind: $0.window.end) }
  }

  /// The same, with what was learned from.
  func forecast(_ findings: inout [Finding]) throws(FindingsError) -> Forecast? {
    guard let history = data.history, let window else {
      findings += UsageOutliers.findings(in: data.usage.demand, place: data.usage.file)
      findings += data.scenario.forecast.changes.filter(\.isOfUsage).map(needsHorizon)
      if data.scenario.forecast.isUnstated { findings.append(hindsight) }
      return nil
    }
    let horizon = PurchaseHorizon(data.scenario).hours(from: window, history)
    let forecast: Forecast
    do {
      forecast = try Forecaster(data.scenario.forecast, place: data.scenario.forecastPlace)
        .paths(history: history, horizon: horizon)
    } catch {
      throw FindingsError(findings + error.findings)
    }
    findings += forecast.findings
    if data.scenario.forecast.isUnstated, data.scenario.forecast.method == .futures {
      findings += looksAhead(history, forecast.paths)
    }
    let unpriced = forecast.paths.groups.filter { prices.onDemandPrice(of: $0.sku) == nil }
    guard unpriced.isEmpty else {
      throw FindingsError(findings + unpriced.map(missingPrice))
    }
    if data.utilization != nil {
      findings.append(
        Finding(
          .note, rule: "forecast.machines", place: data.scenario.forecastPlace,
          message: "machines that were measured until the end of the history are taken to stay, in"
            + " the hours of the week in which they ran; new ones keep their type",
          remedy: "nothing; leave a machine out of the resources that will go anyway"))
    }
    return forecast
  }

  /// What is planned for where nothing else was asked.
  private func looksAhead(_ history: Demand, _ paths: DemandPaths) -> [Finding] {
    let weeks = history.window.hours / 168
    let place = data.scenario.forecastPlace
    var findings = [
      Finding(
        .note, rule: "forecast.futures", place: place,
        message: "no forecast.method is named: the plan is for \(paths.paths.count) futures of"
          + " \(paths.window.start) to \(paths.window.end), made from the history"
          + (window.map { $0.end < paths.window.end } ?? false
            ? ", as long as what it buys lives; outcomes are those of the first year" : "")
          + limits,
        remedy:
          "nothing; forecast: {method: hindsight} asks what could have been saved in the window"
          + " at best, which was not known then")
    ]
    if weeks < ForecastSettings.seasonWeeks {
      findings.append(
        Finding(
          .warning, rule: "forecast.short-history", place: place,
          message: "\(weeks) weeks of history cannot tell a season from growth: that takes"
            + " \(ForecastSettings.seasonWeeks) weeks, thirteen months",
          remedy: "name a longer history; until then policy: {preset: crawl} buys for one year, by"
            + " the month, and for no more than 60 % of the usage"))
    }
    return findings
  }

  /// Whose limits hold where no others are stated.
  private var limits: String {
    let scenario = data.scenario
    guard scenario.isUnlimited else { return "" }
    if let preset = scenario.preset {
      return "; and no limit is: those of preset \(preset.rawValue) hold"
    }
    return scenario.stated.isAny || scenario.offers.terms != [.oneYear]
      ? "" : "; and no offers are: nothing is bought for three years"
  }

  /// What is said where there is too little history to look ahead.
  private var hindsight: Finding {
    Finding(
      .note, rule: "forecast.hindsight", place: data.scenario.forecastPlace,
      message: data.utilization != nil
        ? "machines are resized in the window as it was: the plan says what could have been saved in it at"
          + " best, in hindsight\(limits)"
        : "less than \(ForecastSettings.leastWeeks) weeks of history tell nothing of what comes: the plan says"
          + " what could have been saved in the window at best, in hindsight\(limits)",
      remedy:
        "write forecast: {method: hindsight} if that is the question; else name a longer history")
  }

  private func needsHorizon(_ change: KnownChange) -> Finding {
    Finding(
      .warning, rule: "forecast.needs-horizon",
      place: change.place.isEmpty ? data.scenario.forecastPlace : change.place,
      message: "usage is planned for as it was, so this change of \(change.date) has no effect",
      remedy: "add forecast.horizon, or another method, to plan for what comes")
  }

  private func missingPrice(_ group: UsageGroup) -> Finding {
    Finding(
      .error, rule: "forecast.no-price", place: data.scenario.forecastPlace,
      message: "\(group) is expected to be used, and \(data.prices.file) has no on-demand price"
        + " for it",
      remedy: "add a row with the product on-demand to \(data.prices.file)")
  }
}

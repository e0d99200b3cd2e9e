import CloudCosts
import Forecast
import Ingest

/// The futures that a scenario plans for.
public struct ScenarioForecast: Sendable {
  private let data: ScenarioData
  private let prices: PriceBook

  public init(_ data: ScenarioData, prices: PriceBook) {
    self.data = data
    self.prices = prices
  }

  /// Nil where the scenario plans for its window as it was; what is doubtful is added to `findings`.
  ///
  /// - Throws: everything that is wrong, `findings` among it.
  public func paths(_ findings: inout [Finding]) throws(FindingsError) -> DemandPaths? {
    try forecast(&findings)?.paths
  }

  /// The same, with what was learned from.
  func forecast(_ findings: inout [Finding]) throws(FindingsError) -> Forecast? {
    guard let history = data.history,
      let horizon = data.scenario.forecast.horizon(behind: history.window.end)
    else {
      findings += UsageOutliers.findings(in: data.usage.demand, place: data.usage.file)
      findings += data.scenario.forecast.changes.filter(\.isOfUsage).map(needsHorizon)
      return nil
    }
    let forecast: Forecast
    do {
      forecast = try Forecaster(data.scenario.forecast, place: data.scenario.forecastPlace)
        .paths(history: history, horizon: horizon)
    } catch {
      throw FindingsError(findings + error.findings)
    }
    findings += forecast.findings
    let unpriced = forecast.paths.groups.filter { prices.onDemandPrice(of: $0.sku) == nil }
    guard unpriced.isEmpty else {
      throw FindingsError(findings + unpriced.map(missingPrice))
    }
    if data.utilization != nil {
      findings.append(
        Finding(
          .warning, rule: "forecast.no-rightsizing", place: data.scenario.forecastPlace,
          message: "the machines of a future are not known one by one: nothing is resized in it",
          remedy: "run the same scenario with forecast.method: repeat and no horizon for advice on"
            + " machines"))
    }
    return forecast
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

import CloudCosts
import Forecast

/// What a scenario expects of the future, and the history that it comes from.
package struct Outlook: Sendable {
  /// The name of the scenario file, and which of its scenarios it is.
  package var scenario: String
  package var run: String
  package var currency: String
  package var settings: ForecastSettings
  /// Without the gaps and outliers that set no baseline.
  package var history: Demand
  package var paths: DemandPaths
  /// On-demand price of an instance-hour of each group of the paths, as the price file states it.
  package var prices: [Double]
  /// The same usage distinguished by the price that it is charged at, where prices are known to
  /// change, and the prices.
  package var spend: (paths: DemandPaths, prices: [Double])
  package var findings: [Finding]
}

extension ScenarioRunner {
  /// The futures that one scenario of the file plans for; twelve months where it looks at none.
  ///
  /// - Parameter run: which scenario of the file; nil: the first.
  package func outlook(run: String? = nil) throws(FindingsError) -> Outlook {
    let loaded = try load()
    var findings = loaded.findings
    var data = try loaded.set.scenario(named: run, rule: "forecast.unknown-run")
    if !data.scenario.forecast.looksAhead {
      data.scenario.forecast.method = .repeat
      data.scenario.forecast.horizonMonths = 12
      data.history = data.usage.demand
    }
    let prices = data.prices.book(currency: data.scenario.currency)
    let expected = ScenarioForecast(data, prices: prices)
    guard let forecast = try expected.forecast(&findings), let history = data.history else {
      throw FindingsError(findings)
    }
    let paths = forecast.paths.restricted(to: expected.window ?? forecast.paths.window)
    let changed = PriceForecast(
      data.scenario.forecast, window: paths.window, groups: paths.groups,
      place: data.scenario.forecastPlace
    ).applied(to: prices, &findings).prices
    let charged = paths.pricedApart(changed)
    return Outlook(
      scenario: loaded.set.name, run: data.scenario.name, currency: data.scenario.currency,
      settings: data.scenario.forecast, history: history.replaced(by: forecast.baseline),
      paths: paths,
      prices: paths.groups.map { prices.onDemandPrice(of: $0.sku) ?? 0 },
      spend: (charged, charged.groups.map { changed.onDemandPrice(of: $0.sku) ?? 0 }),
      findings: findings.withoutRepeats())
  }
}

extension Demand {
  /// The same with other values in the hours of a part of the window; same groups.
  fileprivate func replaced(by part: Demand) -> Demand {
    guard part.groups == groups else { return self }
    var result = self
    let shift = part.window.start - window.start
    for g in groups.indices {
      for h in max(0, -shift)..<min(part.window.hours, window.hours - shift) {
        result[g, shift + h] = part[g, h]
      }
    }
    return result
  }
}

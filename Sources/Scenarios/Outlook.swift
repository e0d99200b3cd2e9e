import CloudCosts
import Forecast

/// What a scenario expects of the future, and the history that it comes from.
public struct Outlook: Sendable {
  /// The name of the scenario file, and which of its scenarios it is.
  public var scenario: String
  public var run: String
  public var currency: String
  public var settings: ForecastSettings
  public var history: Demand
  public var paths: DemandPaths
  /// On-demand price of an instance-hour of each group of the paths.
  public var prices: [Double]
  public var findings: [Finding]
}

extension ScenarioRunner {
  /// The futures that one scenario of the file plans for; twelve months where it looks at none.
  ///
  /// - Parameter run: which scenario of the file; nil: the first.
  public func outlook(run: String? = nil) throws(FindingsError) -> Outlook {
    let loaded = try load()
    var findings = loaded.findings
    var data = try loaded.set.scenario(named: run, rule: "forecast.unknown-run")
    if !data.scenario.forecast.looksAhead {
      data.scenario.forecast.horizonMonths = 12
      data.history = data.usage.demand
    }
    let prices = data.prices.book(currency: data.scenario.currency)
    let paths = try ScenarioForecast(data, prices: prices).paths(&findings)
    guard let paths, let history = data.history else { throw FindingsError(findings) }
    return Outlook(
      scenario: loaded.set.name, run: data.scenario.name, currency: data.scenario.currency,
      settings: data.scenario.forecast, history: history, paths: paths,
      prices: paths.groups.map { prices.onDemandPrice(of: $0.sku) ?? 0 },
      findings: findings.withoutRepeats())
  }
}

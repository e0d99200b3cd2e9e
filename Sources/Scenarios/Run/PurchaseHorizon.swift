import CloudCosts
import Forecast

/// How far ahead purchases are planned for.
///
/// A scenario that names neither forecast nor ladder, and no limit but shares of usage, is asked
/// what one would sign today, of all that is on sale or of what it offers. What is bought for three
/// years earns or loses in all of them, so its futures go on for that long (`months`), 1-year terms
/// that end are bought again as far as it pays, and of the plan only what it buys today is advised.
/// Outcomes stay those of the first year.
///
/// Sums and counts are limits on what is bought in the window: who states one, or a forecast, says
/// for how long: `forecast.horizon`, or a year. What is bought for longer is then charged for what
/// it is expected to waste behind it (`BeyondHorizon`).
struct PurchaseHorizon {
  private let scenario: Scenario

  /// The longest term on sale.
  static let months = ForecastSettings.longestHorizon
  /// Futures × groups × hours that are planned for at most, for memory and time: where there are
  /// more, purchases are planned for the window of the outcomes. Measured, 24 futures in a minute:
  /// 30 million take 1.1 GB and end 0.02 % from proven, 110 million 3.2 GB and 0.5 %.
  static let mostUsage = 60_000_000

  init(_ scenario: Scenario) { self.scenario = scenario }

  /// - Parameters:
  ///   - window: the hours of the outcomes.
  ///   - history: what futures are made from.
  func hours(from window: HourWindow, _ history: Demand) -> HourWindow {
    let settings = scenario.forecast
    guard scenario.statesOnlyShares, scenario.offers.terms.contains(.threeYears),
      scenario.ladder == nil, settings.isUnstated, settings.method == .futures,
      settings.horizonMonths == nil
    else { return window }
    var longer = settings
    longer.horizonMonths = Self.months
    guard let hours = longer.horizon(behind: history.window.end) else { return window }
    let futures = settings.paths ?? Forecaster.usualFutures
    let usage = futures * history.groups.count * hours.hours
    return usage <= Self.mostUsage ? hours : window
  }
}

extension Scenario {
  /// Keys of the policy that limit nothing: who states no other wants what one would sign, too.
  static let withoutLimit: Set<String> = ["least_worth", "size_cost", "cost_of_capital"]

  /// Keys of the policy that say the same of a year and of three: shares, and how much a loss
  /// counts.
  static let shares = withoutLimit.union([
    "preset", "max_three_year_share", "max_coverage", "risk",
  ])
}

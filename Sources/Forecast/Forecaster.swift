import CloudCosts

/// Makes futures of a history.
public struct Forecaster: Sendable {
  public let settings: ForecastSettings
  /// Where the settings are stated, for findings: `scenario.yaml:7`.
  private let place: String

  /// - Parameter place: where the settings are stated, for findings.
  public init(_ settings: ForecastSettings, place: String = "forecast") {
    self.settings = settings
    self.place = place
  }

  /// The futures of a history over `horizon`, which may start where the history ends, or later.
  ///
  /// - Throws: `FindingsError` where the history is too short for the method, or the horizon
  ///   begins inside it.
  public func paths(
    history: Demand, horizon: HourWindow
  ) throws(FindingsError) -> Forecast {
    try check(history, horizon)
    var findings: [Finding] = []
    let demand = Repetition(history).demand(over: horizon)
    var paths = DemandPaths(demand.growing(settings.growth))
    paths = try KnownChanges(settings.changes, behind: history.window.end, place: place)
      .applied(to: paths, &findings)
    return Forecast(paths: paths, findings: findings)
  }

  private func check(_ history: Demand, _ horizon: HourWindow) throws(FindingsError) {
    var findings: [Finding] = []
    if history.groups.isEmpty || history.window.hours < Self.week {
      findings.append(
        Finding(
          .error, rule: "forecast.short-history", place: place,
          message: "the method \(settings.method.rawValue) needs a week of history, and there are"
            + " \(history.window.hours) hours",
          remedy: "name a longer history, or plan for the window as it is: leave out"
            + " forecast.horizon"))
    }
    if horizon.start < history.window.end || horizon.hours == 0 {
      findings.append(
        Finding(
          .error, rule: "forecast.horizon", place: place,
          message: "the horizon \(horizon.start) to \(horizon.end) must lie behind the history,"
            + " which ends at \(history.window.end), and not be empty",
          remedy: "name a horizon of at least a month"))
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
  }

  /// Hours of a week: the shortest cycle of usage that all methods know.
  static let week = 168
}

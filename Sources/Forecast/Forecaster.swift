import CloudCosts

/// Makes futures of a history.
package struct Forecaster: Sendable {
  package let settings: ForecastSettings
  /// Where the settings are stated, for findings: `scenario.yaml:7`.
  private let place: String

  /// - Parameter place: where the settings are stated, for findings.
  package init(_ settings: ForecastSettings, place: String = "forecast") {
    self.settings = settings
    self.place = place
  }

  /// The futures of a history over `horizon`, which may start where the history ends, or later.
  ///
  /// - Parameter kept: what is kept of each path, by its place, such as some of its hours: all of
  ///   all of them need not be in memory at once.
  /// - Throws: `FindingsError` where the history is too short for the method, or the horizon
  ///   begins inside it.
  package func paths(
    history: Demand, horizon: HourWindow, keeping kept: (Int, Demand) -> Demand = { $1 }
  ) throws(FindingsError) -> Forecast {
    try check(history, horizon)
    var findings: [Finding] = []
    var successors: [UsageGroup: UsageGroup] = [:]
    var paths: DemandPaths
    let learned: Demand
    let hasChanges = !settings.changes.isEmpty
    func grown(_ place: Int, _ path: Demand) -> Demand {
      let path = path.growing(settings.growth)
      // Known changes are of all hours.
      return hasChanges ? path : kept(place, path)
    }
    if !settings.method.carriesOn {
      let baseline = Baseline(history, place: place)
      findings += baseline.findings
      learned = baseline.demand
      paths = DemandPaths(grown(0, Repetition(baseline.demand).demand(over: horizon)))
    } else {
      let model = Model(history, place: place)
      findings += model.findings
      learned = model.baseline.demand
      paths = DemandPaths(
        futures(of: model, over: horizon, &findings, &successors, made: grown))
    }
    if hasChanges {
      paths = try KnownChanges(settings.changes, behind: history.window.end, place: place)
        .applied(to: paths, &findings)
      paths = DemandPaths(
        paths: paths.paths.enumerated().map { kept($0, $1) }, probabilities: paths.probabilities)
    }
    return Forecast(
      paths: paths, findings: findings, successors: successors, baseline: learned)
  }

  private func futures(
    of model: Model, over horizon: HourWindow, _ findings: inout [Finding],
    _ successors: inout [UsageGroup: UsageGroup], made: (Int, Demand) -> Demand
  ) -> [Demand] {
    switch settings.method {
    case .repeat, .hindsight, .trend:
      return [made(0, model.expected(over: horizon, withSpecialDays: false))]
    case .seasonal:
      if model.days == nil {
        findings.append(
          Finding(
            .warning, rule: "forecast.no-year", place: place,
            message: "days of the year need 56 weeks of history, and there are"
              + " \(model.baseline.weeks): the forecast has none",
            remedy: "name a longer history, or use the method trend"))
      }
      return [made(0, model.expected(over: horizon, withSpecialDays: true))]
    case .bootstrap:
      let maker = PathMaker(
        model, blockWeeks: settings.blockWeeks, namesSuccessors: settings.namesSuccessors)
      successors = maker.successors
      var generator = SplitMix64(seed: settings.seed)
      return (0..<(settings.paths ?? Self.usualPaths)).map {
        // Each path has numbers of its own: more paths do not change the first ones.
        made($0, maker.path(over: horizon, seed: generator.next()))
      }
    case .futures:
      let futures = Futures(model)
      if !settings.statesGrowth, let cap = futures.growthCap {
        findings.append(cap.finding(place: place))
      }
      let maker = PathMaker(
        model, blockWeeks: settings.blockWeeks, namesSuccessors: settings.namesSuccessors,
        futures: futures)
      successors = maker.successors
      var generator = SplitMix64(seed: settings.seed)
      let draws = futures.draws(
        settings.paths ?? Self.usualFutures, seed: generator.next(), chances: maker.chances)
      return draws.enumerated().map {
        made($0, maker.path(over: horizon, seed: generator.next(), draw: $1))
      }
    }
  }

  /// Weeks of history that a method needs.
  private var leastWeeks: Int { settings.method.carriesOn ? 4 : 1 }

  private func check(_ history: Demand, _ horizon: HourWindow) throws(FindingsError) {
    var findings: [Finding] = []
    let weeks = history.window.hours / Self.week
    if weeks < leastWeeks {
      findings.append(
        Finding(
          .error, rule: "forecast.short-history", place: place,
          message: "the method \(settings.method.rawValue) needs \(leastWeeks)"
            + " \(leastWeeks == 1 ? "week" : "weeks") of history, and there are"
            + " \(history.window.hours) hours",
          remedy: "name a longer history, or plan for the window as it is: method repeat, and no"
            + " horizon"))
    } else if !history.quantities.contains(where: { $0 > 0 }) {
      findings.append(
        Finding(
          .error, rule: "forecast.no-usage", place: place,
          message: "the history has no usage at all: nothing can be learned from it",
          remedy: "check the export"))
    }
    if let paths = settings.paths, paths > 1, !settings.method.hasManyPaths {
      findings.append(
        Finding(
          .error, rule: "forecast.one-path", place: place,
          message:
            "\(paths) paths are asked for, and the method \(settings.method.rawValue) has one",
          remedy: "use the method futures or bootstrap, or leave out forecast.paths"))
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
  /// Futures of the method `bootstrap` where the scenario does not say.
  static let usualPaths = 50
  /// Futures of the method `futures` where the scenario does not say: they fill what may happen
  /// evenly.
  package static let usualFutures = 24
}

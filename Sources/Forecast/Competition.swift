import Foundation

/// Forecasters that compete for one history, each weighed by how wrong it is.
///
///     variance_m = (n_m · own_m + k · usual_m²) / (n_m + k),     weight_m ∝ 1 / variance_m
///
/// own: the mean square of its errors on this history, forecasts made again as of every fourth
/// week, half a year and a year ahead, brought to a year (errors grow by the root of time); n: how
/// many stretches that do not overlap they come from; usual: its error on many fleets
/// (`ForecasterErrors`), which counts as k.
struct Competition: Sendable {
  struct Entrant: Sendable {
    var forecaster: any LevelForecaster
    /// Of all weights, which add up to 1.
    var weight: Double
    /// Standard deviation of the error of the logarithm a year ahead.
    var error: Double
  }

  static let forecasters: [any LevelForecaster] = [NoChange(), LastYear(), DampedTrend()]
  /// Leads in weeks that errors are taken at.
  private static let leads = [26, 52]
  private static let every = 4

  /// In the order of `forecasters`; those that cannot forecast this history are not among them.
  let entrants: [Entrant]

  /// - Parameter levels: weekly levels of all usage.
  init(_ levels: [Double]) {
    let known = LevelHistory(levels).map { history in
      Self.forecasters.filter { $0.path(of: history, weeks: 1) != nil }
    }
    let forecasters = known.flatMap { $0.isEmpty ? nil : $0 } ?? [NoChange()]
    let variances = forecasters.map { Self.variance(of: $0, on: levels) }
    let sum = variances.reduce(0) { $0 + 1 / $1 }
    entrants = zip(forecasters, variances).map {
      Entrant(forecaster: $0, weight: 1 / $1 / sum, error: $1.squareRoot())
    }
  }

  private static func variance(of forecaster: any LevelForecaster, on levels: [Double]) -> Double {
    var (sum, count) = (0.0, 0.0)
    for lead in leads {
      var errors: [Double] = []
      for date in stride(from: levels.count - lead, to: 8, by: -every) {
        guard let history = LevelHistory(levels[..<date]),
          let path = forecaster.path(of: history, weeks: lead)
        else { continue }
        let came = levels[date..<date + lead].suffix(LevelHistory.recent).reduce(0, +)
        guard came > 0 else { continue }
        let error = log(came / Double(LevelHistory.recent)) - history.now - (path.last ?? 0)
        errors.append(error * error * Double(LevelHistory.year) / Double(lead))
      }
      guard !errors.isEmpty else { continue }
      let stretches = Double(errors.count * every) / Double(lead)
      sum += stretches * errors.reduce(0, +) / Double(errors.count)
      count += stretches
    }
    let usual = ForecasterErrors.usualCount
    return (sum + usual * pow(forecaster.usualError, 2)) / (count + usual)
  }

  /// The forecaster whose share of the weights a number from 0 to 1 falls into.
  func entrant(at position: Double) -> Entrant {
    var sum = 0.0
    for entrant in entrants {
      sum += entrant.weight
      if position < sum { return entrant }
    }
    return entrants[entrants.count - 1]
  }
}

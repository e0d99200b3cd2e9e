import CloudCosts

/// What a measure of risk makes of costs on several paths.
public struct RiskMeasurement: Sendable {
  private let risk: PathRisk

  /// - Parameter best: the least that each path can cost, for regret.
  public init(_ settings: RiskSettings, probabilities: [Double], best: [Double]? = nil) {
    risk = PathRisk(settings, probabilities: probabilities, best: best)
  }

  /// What is minimised: (1 − weight) of the expected cost and weight of the measure.
  public func value(of costs: [Double]) -> Double { risk.value(costs) }
}

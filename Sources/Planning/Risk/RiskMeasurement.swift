import CloudCosts

/// What a measure of risk makes of costs on several paths.
package struct RiskMeasurement: Sendable {
  private let risk: PathRisk

  /// - Parameter reference: what each path's cost is measured against, for regret and loss.
  package init(_ settings: RiskSettings, probabilities: [Double], reference: [Double]? = nil) {
    risk = PathRisk(settings, probabilities: probabilities, reference: reference)
  }

  /// What is minimised: (1 − weight) of the expected cost and weight of the measure.
  package func value(of costs: [Double]) -> Double { risk.value(costs) }
}

/// How much a bad outcome counts compared with the expected one.
///
/// With cost_ω the cost of path ω and prob_ω its probability, a plan minimises
/// (1 − weight) Σ_ω prob_ω cost_ω + weight · measure.
package struct RiskSettings: Hashable, Sendable {
  package enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
    /// Σ_ω prob_ω cost_ω: no more than what is expected.
    case expected
    /// The mean of the worst (1 − level) of all costs: for budgets. The most expensive futures are
    /// those that grow, so the more it counts, the more is bought.
    case cvar
    /// The most expensive path.
    case worst
    /// What buying may lose: the mean of the worst (1 − level) of cost_ω − untouched_ω, with
    /// untouched_ω what path ω costs with nothing new bought. A future that grows costs more and
    /// loses nothing, so the more it counts, the less is bought.
    case loss
    /// What not knowing the path costs: the mean of the worst (1 − level) of cost_ω − best_ω, with
    /// best_ω the least that path ω can cost who knows it; with level 1 the largest.
    case regret

    /// Whether a path's cost is measured against what the same path costs otherwise.
    package var isRelative: Bool { self == .loss || self == .regret }
  }

  package var measure: Measure
  /// Above 0 and below 1; 1 only where the measure is to be the worst.
  package var level: Double
  /// 0 to 1: the measure's share in what is minimised; the rest is the expected cost.
  package var weight: Double

  package init(measure: Measure, level: Double = 0.95, weight: Double = 0.5) {
    self.measure = measure
    self.level = level
    self.weight = weight
  }
}

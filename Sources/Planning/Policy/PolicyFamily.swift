import CloudCosts

/// The constraint families of the policy, by the key that sets them in a scenario; one file each.
///
/// A test demands a golden LP of every one of them.
package enum PolicyFamily: String, Hashable, Sendable, CaseIterable {
  case maxUpfront = "max_upfront"
  case maxUpfrontPerMonth = "max_upfront_per_month"
  case maxThreeYearShare = "max_three_year_share"
  case minCoverage = "min_coverage"
  case maxCoverage = "max_coverage"
  case maxHourlyCommitment = "max_hourly_commitment"
  case minCoverageBy = "min_coverage_by"
  case maxCoverageBy = "max_coverage_by"
  case maxExpiringPerMonth = "max_expiring_per_month"
  case minPurchase = "min_purchase"
  case maxPurchases = "max_purchases"
  case maxBreakEvenMonths = "max_break_even_months"
  case minUtilization = "min_utilization"
  case exclude
  case costOfCapital = "cost_of_capital"
  case maxActions = "max_actions"
  case maxRisk = "max_risk"
  case maxEffortPerMonth = "max_effort_per_month"
  case together
  case may

  /// Its rows; none for a family that works on switches, pools, instruments or their cost.
  func rows(_ policy: Policy, _ model: Model) -> [PolicyRow] {
    switch self {
    case .maxUpfront: upfrontLimit(policy, model)
    case .maxUpfrontPerMonth: monthlyUpfrontLimit(policy, model)
    case .maxHourlyCommitment: hourlyCommitmentLimit(policy, model)
    case .maxThreeYearShare: threeYearShareLimit(policy, model)
    case .minCoverage: coverageFloor(policy, model)
    case .maxCoverage: coverageCap(policy, model)
    case .minCoverageBy: coverageFloors(policy, model)
    case .maxCoverageBy: coverageCaps(policy, model)
    case .maxExpiringPerMonth: expiryLimit(policy, model)
    case .maxPurchases: purchaseCountLimit(policy, model)
    case .minUtilization: utilizationFloor(policy, model)
    case .exclude: exclusions(policy, model)
    case .maxActions: actionCountLimit(policy, model)
    case .maxRisk: actionRiskLimit(policy, model)
    case .maxEffortPerMonth: effortLimit(policy, model)
    case .together: fleetsTogether(policy, model)
    case .may: worthAtOnce(policy, model)
    case .minPurchase, .maxBreakEvenMonths, .costOfCapital: []
    }
  }
}

import CloudCosts

/// What knowing which path comes would save.
package struct BestCosts: Hashable, Sendable {
  /// What each path costs at the least, in currency units over the window.
  package var costs: [Double]
  /// What the plans for each path are expected to waste behind the window (`BeyondHorizon`), in the
  /// mean.
  package var charge: Double
}

extension Planner {
  /// What each path costs at the least to who knows that it is the one that comes: by a plan for it
  /// alone, under the same limits on purchases. Limits on coverage and utilisation are left aside:
  /// they are about what is expected of all paths, and one path alone might be unable to keep them.
  ///
  /// A plan's charge for the time behind the window is expected of all paths together, so it is
  /// distinguished: a measure of risk is of what the paths cost.
  ///
  /// - Returns: within the effort's gap.
  package static func best(
    _ problem: PlanningProblem, effort: PlanningEffort
  ) throws -> BestCosts {
    guard let paths = problem.paths else { return BestCosts(costs: [], charge: 0) }
    var alone = problem
    alone.paths = nil
    alone.risk = nil
    alone.best = nil
    alone.policy.minCoverage = nil
    alone.policy.maxCoverage = nil
    alone.policy.minCoverageBy = UsageShares()
    alone.policy.maxCoverageBy = UsageShares()
    alone.policy.minUtilization = nil
    var effort = effort
    effort.timeLimit = max(1, effort.timeLimit / Double(paths.paths.count))
    var warm = WarmStart()
    var best = BestCosts(costs: [], charge: 0)
    for (path, probability) in zip(paths.paths, paths.probabilities) {
      alone.demand = path
      let plan = try Planner(alone, effort: effort).plan(warm: &warm)
      let charge = BeyondHorizon(alone).charge(plan.purchases.map(\.commitment))
      best.costs.append(plan.certificate.objective - charge)
      best.charge += probability * charge
    }
    return best
  }
}

import CloudCosts

extension Planner {
  /// What each path costs at the least to who knows that it is the one that comes: by a plan for it alone, under
  /// the same limits on purchases. Limits on coverage and utilisation are left aside: they are about what is
  /// expected of all paths, and one path alone might be unable to keep them.
  ///
  /// - Returns: for each path, in currency units over the window; within the effort's gap.
  public static func bestCosts(
    _ problem: PlanningProblem, effort: PlanningEffort
  ) throws -> [Double] {
    guard let paths = problem.paths else { return [] }
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
    return try paths.paths.map { path in
      alone.demand = path
      return try Planner(alone, effort: effort).plan(warm: &warm).certificate.objective
    }
  }
}

import CloudCosts
import Planning

/// How the objective moves with one limit of the policy, all else as it is.
package struct Sensitivity: Hashable, Sendable {
  package var limit: PolicyLimit
  /// As the policy sets it.
  package var value: Double
  /// What the plan costs with that, by the optimizer's allocation.
  package var objective: Double
  /// In the order of `changes`; without the limit last.
  package var points: [Point]

  package struct Point: Hashable, Sendable {
    /// −0.25: a quarter less; nil: without the limit.
    package var change: Double?
    /// Nil: without the limit.
    package var value: Double?
    /// Nil: no plan satisfies the policy.
    package var objective: Double?
    /// Proven: no plan costs less.
    package var bound: Double?

    package init(change: Double?, value: Double?, objective: Double? = nil, bound: Double? = nil) {
      self.change = change
      self.value = value
      self.objective = objective
      self.bound = bound
    }
  }

  package init(limit: PolicyLimit, value: Double, objective: Double, points: [Point]) {
    self.limit = limit
    self.value = value
    self.objective = objective
    self.points = points
  }

  /// By how much limits are moved.
  package static let changes = [-0.5, -0.25, -0.1, 0.1, 0.25]
}

/// Solves anew for each limit that is set and each change of it, one solve warmed by the last.
struct SensitivityAnalysis {
  private let problem: PlanningProblem
  private var effort: PlanningEffort
  /// Makes of a plan one that keeps the policy on the bill, by a deadline.
  private let keep: (PlanningProblem, Plan, Deadline) throws -> Plan

  /// - Parameter keep: throws `LimitsNotKept` where there is none; left out: the plan stays.
  init(
    _ problem: PlanningProblem, effort: PlanningEffort,
    keep: @escaping (PlanningProblem, Plan, Deadline) throws -> Plan = { _, plan, _ in plan }
  ) {
    self.problem = problem
    self.effort = effort
    self.keep = keep
    // A point without a plan says just that.
    self.effort.relaxesClashes = false
  }

  /// - Parameter plan: what the policy as it is leads to.
  func run(_ plan: Plan, progress: (String) -> Void = { _ in }) throws -> [Sensitivity] {
    var warm = WarmStart()
    var curves: [Sensitivity] = []
    for limit in problem.policy.limits where !effort.stop.isStopped {
      guard let value = problem.policy[limit] else { continue }
      progress(limit.rawValue)
      var points: [Sensitivity.Point] = []
      for point in moved(limit, value) where !effort.stop.isStopped {
        points.append(try solved(point, limit, &warm))
      }
      curves.append(
        Sensitivity(
          limit: limit, value: value, objective: plan.certificate.objective,
          points: settled(points, limit, value, plan.certificate.objective)))
    }
    return curves
  }

  private func moved(_ limit: PolicyLimit, _ value: Double) -> [Sensitivity.Point] {
    let moved = Sensitivity.changes.map { change in
      let moved = (value * (1 + change) * 1e9).rounded() / 1e9
      return Sensitivity.Point(change: change, value: limit.isShare ? min(1, moved) : moved)
    }
    return moved + [Sensitivity.Point(change: nil, value: nil)]
  }

  private func solved(
    _ point: Sensitivity.Point, _ limit: PolicyLimit, _ warm: inout WarmStart
  ) throws -> Sensitivity.Point {
    var problem = problem
    problem.policy[limit] = point.value
    var result = point
    do {
      let time = OutcomeTime(seconds: effort.timeLimit, hasRivals: false)
      let plan = try Planner(problem, effort: effort.until(time.end(of: .solving)))
        .plan(warm: &warm)
      let certificate = try keep(problem, plan, time.end(of: .bill)).certificate
      result.objective = certificate.objective
      result.bound = max(0, certificate.bound)
    } catch PlanningError.infeasible {
      // The point says so by having no objective.
    } catch is LimitsNotKept {
      // The same.
    } catch PlanningError.solver where effort.stop.isStopped {
      // Interrupted before there was a plan: the same.
    }
    return result
  }

  /// A plan that keeps a tighter limit keeps a looser one too: where the solver's gap hides that,
  /// the tighter plan is taken.
  private func settled(
    _ points: [Sensitivity.Point], _ limit: PolicyLimit, _ value: Double, _ objective: Double
  ) -> [Sensitivity.Point] {
    func looseness(_ value: Double?) -> Double {
      value.map { limit.isFloor ? -$0 : $0 } ?? .infinity
    }
    return points.map { point in
      guard point.objective != nil else { return point }
      let tighter = points.filter { looseness($0.value) <= looseness(point.value) }
        .compactMap(\.objective)
      var result = point
      let own = looseness(value) <= looseness(point.value) ? [objective] : []
      result.objective = (tighter + own).min()
      return result
    }
  }
}

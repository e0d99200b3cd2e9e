import Billing
import CloudCosts
import Planning

/// Solves along a limit and has every plan billed.
struct FrontierTrace {
  private let inputs: ScenarioInputs
  private let axis: FrontierAxis
  private let biller: PathBiller
  private let problem: PlanningProblem
  /// Bills of what is owned with usage fallen by each of `Frontier.drops`.
  private var fallen: [Bill] = []
  /// What is owned alone, billed.
  private var nothing: PathBiller.Result?

  init(_ inputs: ScenarioInputs, over axis: FrontierAxis) {
    var inputs = inputs
    // A point without a plan says just that.
    inputs.effort.relaxesClashes = false
    self.inputs = inputs
    self.axis = axis
    biller = PathBiller(
      inputs, judge: inputs.judge)
    problem = OutcomePlanner.problem(inputs, mayBuy: true, mayResize: true)
  }

  /// - Parameter count: how many points, both ends included; at least two.
  mutating func run(
    named scenario: String, points count: Int, progress: (String) -> Void
  ) throws -> Frontier {
    let onDemand = try biller.bills(under: []).bill
    let nothing = try biller.bills(under: inputs.owned)
    self.nothing = nothing
    let current = nothing.bill
    fallen = try Frontier.drops.map { drop in
      try biller.bills(scale: 1 - drop, under: inputs.owned).bill
    }
    var warm = WarmStart()
    progress("\(inputs.name): without \(axis.limit.rawValue)")
    guard let free = try plan(at: nil, &warm) else {
      throw PlanningError.solver("It was stopped before it had found any plan.")
    }
    let top = try reached(by: free)
    let bottom = try bottom()
    var plans: [(limit: Double, plan: Plan)] = [(top, free)]
    var infeasible: [Double] = []
    for limit in limits(to: top, from: bottom, count: count)
    where !inputs.effort.stop.isStopped {
      progress("\(inputs.name): \(axis.limit.rawValue) \(limit)")
      do {
        guard let plan = try plan(at: limit, &warm) else { continue }
        plans.append((limit, plan))
      } catch PlanningError.infeasible {
        infeasible.append(limit)
      } catch is LimitsNotKept {
        infeasible.append(limit)
      }
    }
    return Frontier(
      scenario: scenario, run: inputs.name, currency: inputs.prices.currency,
      window: biller.paths.window, axis: axis, policyValue: inputs.policy[axis.limit],
      onDemand: onDemand.cost, current: current.cost,
      points: try settled(plans).map { try point($0.limit, $0.plan, onDemand) },
      infeasible: infeasible.sorted(), isStoppedEarly: inputs.effort.stop.isStopped, findings: [])
  }

  /// 0; but what is owned covers its usage whatever is bought.
  private func bottom() throws -> Double {
    guard axis == .risk, !inputs.owned.isEmpty else { return 0 }
    let problem = OutcomePlanner.problem(inputs, mayBuy: false, mayResize: true)
    return try billed(Planner(problem, effort: inputs.effort).plan(), fall: 0).coverage
  }

  /// Below the top, the loosest first: each plan starts where the one before ended.
  private func limits(to top: Double, from bottom: Double, count: Int) -> [Double] {
    guard top > bottom else { return [] }
    let steps = max(1, count - 1)
    return (0..<steps).reversed().map { step in
      let limit = bottom + (top - bottom) * Double(step) / Double(steps)
      return (limit * 1e6).rounded(.up) / 1e6
    }
  }

  /// Nil where the solve was stopped before it had a plan.
  private func plan(at limit: Double?, _ warm: inout WarmStart) throws -> Plan? {
    var problem = problem
    problem.policy[axis.limit] = limit
    do {
      let time = OutcomeTime(seconds: inputs.effort.timeLimit, hasRivals: false)
      var plan = try Planner(problem, effort: inputs.effort.until(time.end(of: .solving)))
        .plan(warm: &warm)
      if let nothing, BillLimits.areSet(in: problem.policy) {
        plan = try PlanKeeper(
          problem: problem, biller: biller, effort: inputs.effort, end: time.end(of: .bill),
          nothing: nothing
        ).kept(plan)
      }
      let bounding = GooglePlanner.bounding(problem)
      if bounding.countsGenerously {
        let proven = try Planner(bounding, effort: inputs.effort).plan().certificate
        (plan.certificate.bound, plan.certificate.proof) = (proven.bound, proven.proof)
      }
      return plan
    } catch PlanningError.solver where inputs.effort.stop.isStopped {
      return nil
    }
  }

  /// What the plan without the limit comes to.
  private func reached(by plan: Plan) throws -> Double {
    switch axis {
    case .maxHourlyCommitment: return plan.hourlyCommitment
    case .maxUpfront: return plan.upfront
    case .maxThreeYearShare: return plan.threeYearShare
    case .risk: return try billed(plan, fall: 0).coverage
    }
  }

  /// Ascending; a plan that keeps a tighter limit keeps a looser one too, so that no gap of the
  /// solver makes the objective rise.
  private func settled(_ plans: [(limit: Double, plan: Plan)]) -> [(limit: Double, plan: Plan)] {
    var result: [(limit: Double, plan: Plan)] = []
    for (limit, plan) in plans.sorted(by: { $0.limit < $1.limit }) {
      let known = result.last?.plan
      if let known, known.certificate.objective < plan.certificate.objective {
        var kept = known
        kept.certificate.bound = plan.certificate.bound
        result.append((limit, kept))
      } else {
        result.append((limit, plan))
      }
    }
    return result
  }

  private func billed(_ plan: Plan, fall: Double) throws -> Bill {
    try biller.bills(
      actions: plan.actions, scale: 1 - fall,
      under: inputs.owned + plan.purchases.map(\.commitment)
    ).bill
  }

  private func point(_ limit: Double, _ plan: Plan, _ onDemand: Bill) throws -> Frontier.Point {
    let bill = try billed(plan, fall: 0)
    // With a measure of risk the objective is more than the expected bill.
    let objective =
      inputs.risk == nil
      ? min(plan.certificate.objective, bill.cost.value) : plan.certificate.objective
    return Frontier.Point(
      limit: limit, cost: bill.cost, savings: onDemand.cost - bill.cost, objective: objective,
      bound: max(0, plan.certificate.bound), status: plan.certificate.status,
      upfront: plan.upfront, hourlyCommitment: plan.hourlyCommitment,
      threeYearShare: plan.threeYearShare, coverage: bill.coverage,
      utilization: bill.commitments.isEmpty ? nil : bill.utilization,
      downside: try zip(Frontier.drops, fallen).map { drop, current in
        let cost = try billed(plan, fall: drop).cost
        return Frontier.Downside(drop: drop, cost: cost, savings: current.cost - cost)
      })
  }
}

extension Demand {
  /// The same usage, every hour of it times a factor.
  func scaled(by factor: Double) -> Demand {
    guard factor != 1 else { return self }
    return Demand(window: window, groups: groups, quantities: quantities.map { $0 * factor })
  }
}

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
    // All of it is of the hours that purchases are planned for.
    var inputs = inputs.asPlanned
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
    progress("\(inputs.name): without \(axis.limit.key)")
    guard let free = try plan(at: nil, &warm) else {
      throw PlanningError.solver("It was stopped before it had found any plan.")
    }
    let loosest = try reached(by: free)
    let tightest = try tightest(free)
    var plans: [(limit: Double, plan: Plan)] = [(loosest, free)]
    var infeasible: [Double] = []
    for limit in limits(from: loosest, to: tightest, count: count)
    where !inputs.effort.stop.isStopped {
      progress("\(inputs.name): \(axis.limit.key) \(limit)")
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

  /// The tightest value. Of a cap 0, but what is owned covers its usage whatever is bought; of a
  /// floor all that there is: every hour, or all that the plan commits to in one purchase.
  private func tightest(_ free: Plan) throws -> Double {
    let knob = axis.limit
    switch knob.unit {
    case .months: return 1
    case .share where knob.isFloor: return 1
    case .hourlyMoney where knob.isFloor: return free.hourlyCommitment
    case .share where axis == .risk && !inputs.owned.isEmpty: return try ownedCoverage()
    case .share where isCoverage && !inputs.owned.isEmpty:
      return try problem.reach(of: ownedPlan(), by: knob, from: 0) ?? 0
    default: return 0
    }
  }

  private var isCoverage: Bool {
    switch axis.limit {
    case .limit(.maxCoverage), .cap: true
    default: false
    }
  }

  private func ownedPlan() throws -> Plan {
    let problem = OutcomePlanner.problem(inputs, mayBuy: false, mayResize: true)
    return try Planner(problem, effort: inputs.effort).plan()
  }

  private func ownedCoverage() throws -> Double { try billed(ownedPlan(), fall: 0).coverage }

  /// Beyond the loosest, the loosest first: each plan starts where the one before ended. Rounded to
  /// the looser side.
  private func limits(from loosest: Double, to tightest: Double, count: Int) -> [Double] {
    let knob = axis.limit
    guard knob.isFloor ? loosest < tightest : loosest > tightest else { return [] }
    let steps = max(1, count - 1)
    let scale = knob.isWhole ? 1 : 1e6
    return (1...steps).map { step in
      let limit = tightest + (loosest - tightest) * Double(steps - step) / Double(steps)
      return (limit * scale).rounded(knob.isFloor ? .down : .up) / scale
    }.reduce(into: []) { limits, limit in
      if limit != limits.last, limit != loosest { limits.append(limit) }
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
      if GooglePlanner.applies(to: inputs) {
        let proven = try GooglePlanner.proven(problem, inputs.effort)
        (plan.certificate.bound, plan.certificate.proof) = (proven.bound, proven.proof)
      }
      return plan
    } catch PlanningError.solver where inputs.effort.stop.isStopped {
      return nil
    }
  }

  /// What the plan without the limit comes to.
  private func reached(by plan: Plan) throws -> Double {
    let knob = axis.limit
    switch knob {
    case .limit(.maxHourlyCommitment): return plan.hourlyCommitment
    case .limit(.maxUpfront): return plan.upfront
    case .limit(.maxThreeYearShare): return plan.threeYearShare
    case .maxPurchases: return Double(plan.purchases.count)
    // No offer can repay itself later than at the end of its term.
    case .maxBreakEvenMonths: return Double(plan.longestTerm.years * 12)
    case .limit(.minPurchase): return plan.leastHourlyCommitment
    case _ where axis == .risk: return try billed(plan, fall: 0).coverage
    default:
      let end = knob.isFloor ? 1.0 : 0
      let reach = try problem.reach(of: plan, by: knob, from: end) ?? (knob.isFloor ? 0 : 1)
      return (reach * 1e9).rounded(knob.isFloor ? .down : .up) / 1e9
    }
  }

  /// Ascending; a plan that keeps a tighter limit keeps a looser one too, so that no gap of the
  /// solver makes the objective rise as the limit gives way.
  private func settled(_ plans: [(limit: Double, plan: Plan)]) -> [(limit: Double, plan: Plan)] {
    let isFloor = axis.limit.isFloor
    var result: [(limit: Double, plan: Plan)] = []
    for (limit, plan) in plans.sorted(by: { isFloor ? $0.limit > $1.limit : $0.limit < $1.limit }) {
      let known = result.last?.plan
      if let known, known.certificate.objective < plan.certificate.objective {
        var kept = known
        kept.certificate.bound = plan.certificate.bound
        result.append((limit, kept))
      } else {
        result.append((limit, plan))
      }
    }
    return isFloor ? result.reversed() : result
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

extension Plan {
  fileprivate var longestTerm: Term {
    purchases.map(\.commitment.terms.term).max() ?? .threeYears
  }

  /// The smallest purchase, in currency units per hour, amortised.
  fileprivate var leastHourlyCommitment: Double {
    purchases.map(\.commitment.effectiveHourly).min() ?? 0
  }
}

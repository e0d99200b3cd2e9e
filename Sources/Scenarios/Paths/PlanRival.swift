import CloudCosts
import Planning

/// What the same question comes to under other rules: how much the rules of the plan are worth.
package struct PlanRival: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Without the ladder: all bought on the first day, and again when a term ends.
    case buyOnce = "buy-once"
    /// Who knows each path before buying. What is wasted behind the window counts as in a plan: as
    /// expected.
    case hindsight
    /// Without plans and reservations that follow other usage.
    case narrowOnly = "narrow-only"
    /// With nothing but those.
    case flexibleOnly = "flexible-only"
    /// Machines are resized for the least bill with what is owned, then commitments are bought.
    case resizeFirst = "resize-first"
    /// Commitments are bought for the machines as they are, then these are resized.
    case commitFirst = "commit-first"
  }

  package var kind: Kind
  /// What is minimised, in currency units, within the solver's gap.
  package var objective: Double
  /// By how much it is more than the plan's.
  package var difference: Double
}

extension Product {
  /// Whether it follows usage to other families: what is bought can serve what comes instead.
  package var isFlexible: Bool { followsUsage || isExchangeable }
}

/// Solves the rivals of a plan.
struct RivalPlanner {
  let problem: PlanningProblem
  let effort: PlanningEffort
  /// When all of them must be over.
  var end = Deadline(seconds: .infinity)
  /// Those that are asked for.
  var kinds = Set(PlanRival.Kind.allCases)
  /// What each path costs at the least, where that is known already.
  var best: BestCosts?

  /// A plan that keeps limits on the bill, where there are some: one that keeps them in the best
  /// allocation alone is no rival. Throws `LimitsNotKept`.
  var kept: ((PlanningProblem) throws -> Plan)?

  /// One path each; more take too long to be solved alone.
  private static let mostPaths = 10
  /// Futures × groups × hours above which one hour in five is looked at. Of the 30 million of a
  /// default run on Shaved Ice two rivals took 16 s of processor time, as long as the plan.
  private static let mostUsage = 10_000_000
  /// No factor in common with a week: all of its hours come in turn.
  private static let step = 5

  /// Whether there is any rival to solve.
  static func hasWork(_ problem: PlanningProblem) -> Bool {
    problem.ladder != nil || (problem.paths?.paths.count ?? 1) > 1
  }

  func run(_ plan: Plan, progress: (String) -> Void) throws -> [PlanRival] {
    var rivals: [PlanRival] = []
    let objective = plan.certificate.objective
    func add(_ kind: PlanRival.Kind, _ found: Double?) {
      guard let found else { return }
      rivals.append(PlanRival(kind: kind, objective: found, difference: found - objective))
    }
    if problem.ladder != nil, kinds.contains(.buyOnce) {
      progress("buy-once")
      var once = problem
      once.ladder = nil
      add(.buyOnce, try solve(once))
    }
    if !problem.candidates.isEmpty {
      for kind in [PlanRival.Kind.resizeFirst, .commitFirst] where kinds.contains(kind) {
        progress(kind.rawValue)
        add(kind, try inTurn(resizesFirst: kind == .resizeFirst))
      }
    }
    guard let paths = problem.paths, paths.paths.count > 1 else { return rivals }
    if kinds.contains(.hindsight), paths.paths.count <= Self.mostPaths || best != nil {
      progress("hindsight")
      let best = try best ?? Planner.best(problem, effort: effort.until(end))
      // By the same measure as the plan: what counts for more in the one counts for more in the
      // other.
      let risk = problem.risk ?? RiskSettings(measure: .expected)
      add(
        .hindsight,
        RiskMeasurement(
          risk, probabilities: paths.probabilities,
          reference: risk.measure == .loss ? problem.best : best.costs
        )
        .value(of: best.costs) + best.charge)
    }
    let onSale = Set(problem.prices.reservations.map(\.terms))
      .union(problem.prices.savingsPlanRates.keys)
    let products = Set(onSale.filter { problem.offers.allows($0) }.map(\.product))
    let flexible = products.filter(\.isFlexible)
    guard !flexible.isEmpty, flexible.count < products.count else { return rivals }
    let narrowed = [
      (PlanRival.Kind.narrowOnly, products.subtracting(flexible)), (.flexibleOnly, flexible),
    ].filter { kinds.contains($0.0) }
    guard !narrowed.isEmpty else { return rivals }
    let thin = try thinned()
    for (kind, kept) in narrowed {
      progress(kind.rawValue)
      var other = thin?.problem ?? problem
      other.offers.products = kept
      let found = try solve(other)
      add(kind, thin.map { thin in found.map { objective + $0 - thin.own } } ?? found)
    }
    return rivals
  }

  /// Where there is much to plan for, one hour in five, and what the plan's own rules come to in
  /// these: what other rules come to more or less there is what they are worth, within the gap.
  /// Nil where there is little, or where something is tied to the hours that are left out.
  private func thinned() throws -> (problem: PlanningProblem, own: Double)? {
    guard let paths = problem.paths, problem.hoursPerStep == 1, problem.candidates.isEmpty,
      problem.spendCommitments.isEmpty, problem.ladder == nil,
      paths.paths.count * paths.groups.count * paths.window.hours > Self.mostUsage
    else { return nil }
    var thin = problem
    thin.paths = DemandPaths(
      paths: paths.paths.enumerated().map { $1.sampled(every: Self.step, path: $0) },
      probabilities: paths.probabilities)
    thin.demand = thin.paths?.mean ?? problem.demand
    thin.hoursPerStep = Self.step
    // What risk compares with is of all hours.
    thin.best = nil
    return try solve(thin).map { (thin, $0) }
  }

  /// One decision after the other: the first step sees nothing of the second. Nil as in `solve`.
  private func inTurn(resizesFirst: Bool) throws -> Double? {
    var first = problem
    if resizesFirst {
      first.mayBuy = false
      first.policy = Policy(costOfCapital: problem.policy.costOfCapital)
      first.policy.actions = problem.policy.actions
      first.ladder = nil
    } else {
      first.candidates = []
      first.policy.actions = ActionLimits()
    }
    guard let step = try plan(first) else { return nil }
    var second = problem
    var fixed = 0.0
    if resizesFirst {
      second.demand = problem.demand.applying(step.actions)
      second.paths = problem.paths.map { paths in
        DemandPaths(
          paths: paths.paths.map { $0.applying(step.actions) },
          probabilities: paths.probabilities)
      }
      second.candidates = []
      second.policy.actions = ActionLimits()
      fixed = step.actions.costOfWork
    } else {
      second.mayBuy = false
      second.owned += step.purchases.map(\.commitment)
      second.policy = Policy(costOfCapital: problem.policy.costOfCapital)
      second.policy.actions = problem.policy.actions
      second.ladder = nil
      // What is charged behind the window is part of what the purchases cost.
      fixed = BeyondHorizon(problem).charge(step.purchases.map(\.commitment))
    }
    return try plan(second).map { $0.certificate.objective + fixed }
  }

  private func plan(_ problem: PlanningProblem) throws -> Plan? {
    guard !effort.stop.isStopped else { return nil }
    guard !end.isOver else { return nil }
    var effort = effort.until(end)
    effort.relaxesClashes = false
    (effort.asksForCost, effort.explains) = (true, false)
    do {
      if let kept, problem.hoursPerStep == 1 { return try kept(problem) }
      return try Planner(problem, effort: effort).plan()
    } catch is PlanningError {
      return nil
    } catch is LimitsNotKept {
      return nil
    }
  }

  /// Nil where nothing satisfies the policy then, or there was no time.
  private func solve(_ problem: PlanningProblem) throws -> Double? {
    try plan(problem)?.certificate.objective
  }
}

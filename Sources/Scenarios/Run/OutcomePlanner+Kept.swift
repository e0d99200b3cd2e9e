import Billing
import CloudCosts
import Planning

extension OutcomePlanner {
  /// The plan of a problem, or one that keeps the policy on the bill and costs less there.
  ///
  /// - Parameters:
  ///   - nothing: what is owned alone, billed.
  ///   - solving: when the ILP's search must be over.
  ///   - end: when the search on the bill must be.
  ///   - narrower: as in `PlanKeeper`.
  /// - Throws: `LimitsNotKept` where none was found that keeps the policy.
  func kept(
    _ problem: PlanningProblem, _ nothing: PathBiller.Result, _ solving: Deadline, _ end: Deadline,
    narrower: [Plan] = []
  ) throws -> Plan {
    var keeper = PlanKeeper(
      problem: problem, trials: BillTrials(problem, planBiller, owned: nothing.bill),
      effort: inputs.effort, end: end, giveOwners: giveOwners, nothing: nothing)
    if inputs.ownersMatter, BillLimits.areSet(in: problem.policy) {
      keeper.byOwners = ownerChoice(planBiller.paths.mean).byOwners
    }
    keeper.narrower = narrower
    keeper.isBillObjective = GooglePlanner.applies(to: inputs)
    let kept = try keeper.keep(try solved(problem, solving, keeper.trials))
    guard kept.trial.isAccepted else { throw LimitsNotKept(kept.trial.readings) }
    return inputs.ownersMatter ? kept.plan.owned(as: kept.trial.purchases) : kept.plan
  }

  /// The ILP's plan; solved more closely where the provider's order takes what the first search
  /// left of the gap that was asked for.
  private func solved(
    _ problem: PlanningProblem, _ end: Deadline, _ trials: BillTrials
  ) throws -> Plan {
    var effort = inputs.effort.until(end)
    if problem.paths != nil { effort.gap *= SolverSettings.searchedShare }
    effort.keepsUse = true
    guard !GooglePlanner.applies(to: inputs) else {
      let planner = GooglePlanner { [self] commitments, actions in
        let purchases = commitments.map { Purchase(commitment: $0, reason: "") }
        return try trials.trial(try giveOwners(purchases, actions), actions)
      }
      return try planner.plan(problem, effort)
    }
    var warm = WarmStart()
    let plan = try Planner(problem, effort: effort).plan(warm: &warm)
    let trial = try self.trial(plan, trials)
    guard let gap = closerGap(plan.certificate, trial), !end.isOver, !effort.stop.isStopped else {
      return plan
    }
    let patience = max(Self.leastSeconds, Self.patience * plan.certificate.seconds)
    effort = inputs.effort.until(end.within(patience))
    effort.gap = gap
    var closer = try Planner(problem, effort: effort).plan(warm: &warm)
    // What a clock ended would be another plan on another day.
    guard closer.certificate.stop == .gapReached else { return plan }
    // `verify` makes the first search's branch and bound again, and not this one's: of it only what
    // multipliers prove counts.
    let proven = closer.certificate.proof?.bound ?? 0
    closer.certificate.bound = min(closer.certificate.bound, proven)
    return try self.trial(closer, trials).isBetter(than: trial)
      ? closer.bounded(by: plan) : plan.bounded(by: closer)
  }

  private func trial(_ plan: Plan, _ trials: BillTrials) throws -> BillTrial {
    try trials.trial(try giveOwners(plan.purchases, plan.actions), plan.actions)
  }

  /// The gap that a second search must reach for the bill to be within the one asked for, where the
  /// first ended at its own; nil where no search would do.
  private func closerGap(_ certificate: Certificate, _ trial: BillTrial) -> Double? {
    let bill = trial.measured
    guard trial.isKept, bill > 0, certificate.stop == .gapReached,
      bill - certificate.bound > inputs.effort.gap * bill
    else { return nil }
    let order = max(0, bill - certificate.objective) / bill
    let left = Self.closer * (inputs.effort.gap - order)
    return left > Self.least * inputs.effort.gap ? left : nil
  }

  /// The second plan is another one, whose order may take a little more.
  private static let closer = 0.8
  /// To search for a smaller share of the gap takes too long for what it brings.
  private static let least = 0.1
  /// It follows from where the first ended, and mostly takes about as long. Whole units of a few
  /// machines may be too coarse for it: fifty machines that were solved in 0.1 s would be searched
  /// until time ends.
  private static let patience = 3.0
  private static let leastSeconds = 0.5
}

extension Plan {
  /// The same with the higher bound of two plans of one problem: each holds for both.
  fileprivate func bounded(by other: Plan) -> Plan {
    var plan = self
    plan.certificate.seconds += other.certificate.seconds
    if other.certificate.bound > certificate.bound {
      plan.certificate.bound = other.certificate.bound
      plan.certificate.proof = other.certificate.proof
    }
    return plan
  }
}

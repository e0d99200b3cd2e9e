import Billing
import CloudCosts
import Planning

/// Decides what of the owned commitments to give up, where the policy allows it (`policy.may`).
///
/// It is decided outside the program: every combination is planned anew, with the commitments that
/// it keeps, and billed by the judge; the lowest bill wins. So each combination has a plan and a
/// bound of its own, and what no combination can cost less than is the least of these bounds. The
/// search is exact over the combinations of `GivingUpChoices`; what else there is, the plan says.
struct GivingUpSearch {
  let inputs: ScenarioInputs
  /// An outcome of a combination.
  let plan: (ScenarioInputs) throws -> Outcome
  /// The problem of a combination, for a bound where no plan was found.
  let problem: (ScenarioInputs) -> PlanningProblem

  /// The best outcome of all combinations.
  ///
  /// - Parameter kept: that in which nothing is given up.
  func best(_ kept: Outcome) throws -> Outcome {
    guard let keptPlan = kept.plan else { return kept }
    let choices = GivingUpChoices(inputs)
    guard !choices.isEmpty else { return kept }
    let rules = inputs.givingUpRules
    var best = kept
    var bestProof = 0
    var found = Found(keptPlan.certificate)
    let trials = choices.trials(rules)
    for trial in trials.planned {
      let least = choices.leastPruned(trial.combination, kept: keptPlan.certificate.bound)
      if inputs.effort.stop.isStopped || least ?? 0 >= best.plan?.billed ?? .infinity {
        // Nothing costs less than nothing.
        found.bound = min(found.bound, least ?? 0)
        continue
      }
      let entries = trial.entries
      guard let outcome = try plannedWithout(entries, &found), let planned = outcome.plan else {
        continue
      }
      found.add(planned.certificate, entries)
      guard let bestPlan = best.plan, rules.isAllowed(entries, planned.commitments),
        planned.billed < bestPlan.billed - 1e-6 * max(1, abs(bestPlan.billed))
      else { continue }
      best = outcome
      bestProof = found.proofs.count - 1
      best.plan?.givenUp = entries.map { JudgedGivingUp(givingUp: $0) }
    }
    // That of the chosen one is the plan's own.
    found.proofs.remove(at: bestProof)
    let decision = GivingUpDecision(
      combinations: found.count, notLookedAt: trials.notLookedAt,
      saves: Money(rounding: keptPlan.billed - (best.plan?.billed ?? keptPlan.billed)),
      proofs: found.proofs)
    best.plan?.decide(bound: found.bound, gap: inputs.effort.gap, decision)
    try Self.setWorth(&best, inputs)
    return best
  }

  /// The outcome in which these are given up; nil where no plan keeps the policy.
  private func plannedWithout(_ entries: [GivingUp], _ found: inout Found) throws -> Outcome? {
    var rest = inputs.givingUp(entries)
    // Which limits clash is asked of no combination.
    rest.effort.relaxesClashes = false
    do {
      return try plan(rest)
    } catch PlanningError.infeasible {
      return nil
    } catch is PlanningError, is LimitsNotKept {
      // That none was found is no proof that there is none.
      found.bound = min(found.bound, try boundAlone(entries))
      return nil
    }
  }

  /// What was found of the combinations so far.
  private struct Found {
    var bound: Double
    var count = 1
    var proofs: [GivingUpProof]

    init(_ kept: Certificate) {
      bound = kept.bound
      proofs = [GivingUpProof([], kept.proof)]
    }

    mutating func add(_ certificate: Certificate, _ entries: [GivingUp]) {
      count += 1
      bound = min(bound, certificate.bound)
      proofs.append(GivingUpProof(entries, certificate.proof))
    }
  }

  /// What no plan of a combination costs less than, as far as programs know.
  private func boundAlone(_ entries: [GivingUp]) throws -> Double {
    max(0, try GooglePlanner.leastCost(problem(inputs.givingUp(entries)), inputs.effort))
  }

  // MARK: What each is worth

  /// By how much the bill is higher where one of them is kept, the purchases as they are.
  static func setWorth(_ outcome: inout Outcome, _ inputs: ScenarioInputs) throws {
    guard let plan = outcome.plan, !plan.givenUp.isEmpty else { return }
    let entries = plan.givenUp.map(\.givingUp)
    let purchases = plan.purchases.map(\.purchase.commitment)
    let actions = plan.actions.map(\.action)
    func cost(_ entries: [GivingUp]) throws -> Money {
      let inputs = inputs.givingUp(entries)
      return try PathBiller(inputs, judge: inputs.judge)
        .bills(actions: actions, under: inputs.owned + purchases).bill.cost
    }
    let all = try cost(entries)
    for index in entries.indices {
      var others = entries
      others.remove(at: index)
      outcome.plan?.givenUp[index].worth = try cost(others) - all
    }
  }
}

/// One commitment that a plan gives up.
package struct JudgedGivingUp: Sendable {
  package var givingUp: GivingUp
  /// By how much the bill would be higher if it were kept, the purchases as they are.
  package var worth = Money.zero
}

/// How it was decided what to give up.
package struct GivingUpDecision: Sendable {
  /// How many combinations were planned; the others cannot be better, or are not allowed.
  package var combinations: Int
  /// What could be done too, and was not looked at.
  package var notLookedAt: [String]
  /// What the plan costs less than the best one that keeps everything.
  package var saves: Money
  /// The proofs of the other combinations: the plan's bound is one of all of them.
  package var proofs: [GivingUpProof]
}

/// Why no plan of a combination costs less than the bound.
package struct GivingUpProof: Sendable {
  /// What is given up in it; none: everything is kept.
  package var givenUp: [GivingUpClaim]
  package var proof: BoundProof?

  package init(givenUp: [GivingUpClaim], proof: BoundProof?) {
    self.givenUp = givenUp
    self.proof = proof
  }

  init(_ entries: [GivingUp], _ proof: BoundProof?) {
    self.init(givenUp: entries.map(GivingUpClaim.init), proof: proof)
  }
}

extension PlannedOutcome {
  fileprivate var commitments: [Commitment] { purchases.map(\.purchase.commitment) }

  /// No combination costs less than `bound`.
  fileprivate mutating func decide(bound: Double, gap: Double, _ decision: GivingUpDecision) {
    givingUpDecision = decision
    guard bound < certificate.bound else { return }
    certificate.bound = bound
    certificate.judge(billed, isFeasible: false, gap: gap, isObjective: false)
  }
}

import Billing
import CloudCosts
import Planning

/// Decides what of the owned commitments to give up, where the policy allows it (`policy.may`).
///
/// It is decided outside the program: every combination is planned anew, with the commitments that
/// it keeps, and billed by the judge; the lowest bill wins. So each combination has a plan and a
/// bound of its own, and what no combination can cost less than is the least of these bounds. The
/// search is exact over the commitments that it looks at, those that cost most in the window; which
/// others there are, the plan says.
struct GivingUpSearch {
  /// So many commitments at most, and so many combinations.
  static let most = 5
  static let mostCombinations = 48

  let inputs: ScenarioInputs
  /// An outcome of a combination.
  let plan: (ScenarioInputs) throws -> Outcome

  /// What is done with one commitment: ways that come to the same in money.
  private struct Choice {
    /// Empty: it is kept.
    var ways: [GivingUp]

    /// What keeping it costs inside the window, less what giving it up costs.
    var freed = 0.0

    /// Whether a way comes to the same in money: then limits alone tell them apart.
    func isAlike(_ other: GivingUp) -> Bool {
      guard let first = ways.first else { return false }
      return (first.way == .renewalOff) == (other.way == .renewalOff)
        && abs(first.loss - other.loss) < 1e-9 && abs(first.received - other.received) < 1e-9
    }
  }

  /// The best outcome of all combinations.
  ///
  /// - Parameter kept: that in which nothing is given up.
  func best(_ kept: Outcome) throws -> Outcome {
    guard let keptPlan = kept.plan else { return kept }
    let (choices, others) = choices()
    guard !choices.isEmpty else { return kept }
    var best = kept
    var bound = keptPlan.certificate.bound
    var count = 1
    for combination in combinations(choices) where !inputs.effort.stop.isStopped {
      let options = combination.map(\.ways)
      let rules = inputs.givingUpRules
      // Nothing that could be bought would let them all.
      guard rules.together(options, buying: nil) != nil else { continue }
      let entries = options.compactMap(\.first)
      let freed = combination.reduce(0) { $0 + $1.freed }
      if mayPrune, keptPlan.certificate.bound - freed >= best.plan?.billed ?? .infinity {
        bound = min(bound, keptPlan.certificate.bound - freed)
        continue
      }
      let found: Outcome
      do {
        found = try plan(inputs.givingUp(entries))
      } catch is PlanningError {
        // Without them no plan keeps the policy.
        continue
      } catch is LimitsNotKept {
        continue
      }
      guard let foundPlan = found.plan else { continue }
      count += 1
      bound = min(bound, foundPlan.certificate.bound)
      let purchases = foundPlan.purchases.map(\.purchase.commitment)
      guard let chosen = rules.together(options, buying: purchases),
        let bestPlan = best.plan,
        foundPlan.billed < bestPlan.billed - 1e-6 * max(1, abs(bestPlan.billed))
      else { continue }
      best = found
      best.plan?.givenUp = chosen.map { JudgedGivingUp(givingUp: $0) }
    }
    let decision = GivingUpDecision(
      combinations: count, notLookedAt: others,
      saves: Money(rounding: keptPlan.billed - (best.plan?.billed ?? keptPlan.billed)))
    best.plan?.decide(bound: bound, gap: inputs.effort.gap, decision)
    try Self.setWorth(&best, inputs)
    return best
  }

  // MARK: Combinations

  /// For each commitment that is looked at, keeping it and each thing that may be done; and the ids
  /// of those that are not.
  private func choices() -> (choices: [[Choice]], others: [Commitment.ID]) {
    let window = inputs.demand.window
    func freed(_ entry: GivingUp) -> Double {
      let costs = inputs.owned.filter { $0.ends(with: entry) }.reduce(0) { sum, commitment in
        let hours = window.indices(from: commitment.start, to: commitment.end).count
        return sum + commitment.effectiveHourly * Double(hours)
      }
      return costs - entry.loss(in: window)
    }
    var found: [(choices: [Choice], freed: Double)] = []
    for ways in inputs.givingUpOptions {
      var alike: [Choice] = []
      for way in ways {
        let money = freed(way)
        // What frees no money is no choice: less is covered then, for nothing.
        guard money > 1e-9 else { continue }
        if let index = alike.firstIndex(where: { $0.isAlike(way) }) {
          alike[index].ways.append(way)
        } else {
          alike.append(Choice(ways: [way], freed: money))
        }
      }
      if let most = alike.map(\.freed).max() { found.append((alike, most)) }
    }
    found.sort { $0.freed > $1.freed }
    var taken: [[Choice]] = []
    var combinations = 1
    for (choices, _) in found {
      guard taken.count < Self.most,
        combinations * (choices.count + 1) <= Self.mostCombinations
      else { break }
      combinations *= choices.count + 1
      taken.append(choices)
    }
    let others = found.dropFirst(taken.count).compactMap {
      $0.choices.first?.ways.first?.commitment.id
    }
    return (taken, others)
  }

  /// All but that which keeps everything, the fewest given up first.
  private func combinations(_ choices: [[Choice]]) -> [[Choice]] {
    var result: [[Choice]] = [[]]
    for options in choices { result += result.flatMap { rest in options.map { rest + [$0] } } }
    return result.dropFirst().sorted { $0.count < $1.count }
  }

  /// Whether no limit can make a plan worse for what is owned in addition: then the bound of the
  /// kept combination, less the money that is freed, is one of any other. Capacity that is not used
  /// is no harm.
  private var mayPrune: Bool {
    let policy = inputs.policy
    return !BillLimits.areSet(in: policy) && policy.maxThreeYearShare == nil
      && policy.maxExpiringPerMonth == nil
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
  /// What could be given up too, and was not looked at: it is kept.
  package var notLookedAt: [Commitment.ID]
  /// What the plan costs less than the best one that keeps everything.
  package var saves: Money
}

extension PlannedOutcome {
  /// No combination costs less than `bound`.
  fileprivate mutating func decide(bound: Double, gap: Double, _ decision: GivingUpDecision) {
    givingUpDecision = decision
    guard bound < certificate.bound else { return }
    certificate.bound = bound
    certificate.judge(billed, isFeasible: false, gap: gap, isObjective: false)
  }
}

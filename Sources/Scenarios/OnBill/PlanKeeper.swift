import Billing
import CloudCosts
import Planning

/// Makes of the ILP's plan one that is a plan on the judge's bill: it keeps the limits there, and
/// costs no more than buying nothing, or than itself without one of its purchases.
///
/// Where the provider's order of applying misses a limit, amounts are moved on the bill until it is
/// kept, and the ILP is solved again with that limit tighter by what was missed and with no more of
/// an offer than the bill allowed; the best of all is kept. The bound stays that of the first
/// program: no plan that keeps the policy on the bill is below it.
struct PlanKeeper {
  let problem: PlanningProblem
  let trials: BillTrials
  let effort: PlanningEffort
  /// When all of it must be over.
  let end: Deadline
  /// When the search of other amounts must be.
  private var searchEnd: Deadline
  /// Gives purchases to accounts, where that matters for the bill or for a limit.
  let giveOwners: ([Purchase], [ChosenAction]) throws -> [Commitment]
  /// A purchase as each account would own it that may.
  var byOwners: (Commitment) -> [Commitment] = { _ in [] }
  /// What is owned alone, billed.
  let nothing: PathBiller.Result
  /// Other plans of the same scenario, that decide less: none of them may be cheaper.
  var narrower: [Plan] = []
  /// Whether the ILP's prices are not the bill's, so that plans have the bill for their objective.
  var isBillObjective = false

  /// (bill − objective) / bill above which a search on the bill is worth while.
  static let threshold = 5e-4
  private static let mostRounds = 4
  /// How long it may take: so many bills, or all that a search asks for where bills are quick.
  private static let mostSeconds = 20.0
  private static let leastSeconds = 3.0
  private static let mostLess = 30
  private static let mostBills = 60.0
  /// About how many bills a whole search of a dozen purchases asks for.
  private static let billsOfASearch = 2000.0

  init(
    problem: PlanningProblem, trials: BillTrials, effort: PlanningEffort,
    end: Deadline,
    giveOwners: @escaping ([Purchase], [ChosenAction]) throws -> [Commitment],
    nothing: PathBiller.Result
  ) {
    self.problem = problem
    self.trials = trials
    self.effort = effort
    self.end = end
    searchEnd = end
    self.giveOwners = giveOwners
    self.nothing = nothing
  }

  /// Of purchases without an owner.
  init(
    problem: PlanningProblem, biller: PathBiller, effort: PlanningEffort, end: Deadline,
    nothing: PathBiller.Result
  ) {
    self.init(
      problem: problem, trials: BillTrials(problem, biller, owned: nothing.bill), effort: effort,
      end: end, giveOwners: { purchases, _ in purchases.map(\.commitment) }, nothing: nothing)
  }

  /// The plan, or one that keeps the policy on the bill and costs less there.
  ///
  /// - Throws: `LimitsNotKept` where none was found that keeps the policy.
  func kept(_ plan: Plan) throws -> Plan {
    var keeper = self
    let kept = try keeper.keep(plan)
    guard kept.trial.isAccepted else { throw LimitsNotKept(kept.trial.readings) }
    return kept.plan
  }

  /// A plan, and what the bill makes of the policy's limits under it.
  struct Kept {
    var plan: Plan
    /// The purchases, with owners where they matter.
    var trial: BillTrial
  }

  mutating func keep(_ plan: Plan) throws -> Kept {
    let owned = try giveOwners(plan.purchases, plan.actions)
    let watch = Deadline(seconds: Self.mostSeconds)
    let start = try trials.trial(owned, plan.actions)
    let bill = Self.mostSeconds - watch.secondsLeft
    // A search of quick bills comes to its own end in that time, so that no clock decides.
    let isQuick = bill * Self.billsOfASearch < Self.mostSeconds
    let seconds = isQuick ? Self.mostSeconds : max(Self.leastSeconds, Self.mostBills * bill)
    searchEnd = end.within(min(Self.mostSeconds, seconds))
    var best = start
    let revision = Lazy { [problem, effort] in try PlanRevision(problem, gap: effort.gap) }
    if !start.isKept { best = try keepingLimits(start, revision) }
    // By Google's rules what the bill costs more is seldom to be had by other amounts.
    if isWorthSearching(best, plan), isQuick || !isBillObjective {
      let search = BillSearch(
        trials: trials, revision: try revision.value(), end: searchEnd, stop: effort.stop,
        byOwners: byOwners, isThorough: isQuick)
      best = try search.bettered(best)
    }
    best = try lessOf(best, plan, revision)
    best = try saferOf(best, revision)
    let first = try settled(best, plan, start, revision)
    guard best.isAccepted, !first.trial.isAccepted else { return first }
    // What came in has owners now, and their usage comes first.
    best = try lessOf(keepingLimits(first.trial, revision), plan, revision)
    let last = try settled(best, plan, start, revision)
    guard !last.trial.isAccepted else { return last }
    // Owners of what was found may miss a limit again: the best that is known to keep all is then
    // the plan.
    let kept = try rests(best, revision).filter(\.isAccepted)
    for rest in kept.sorted(by: { $0.measured < $1.measured }) {
      let found = try settled(rest, plan, start, revision)
      if found.trial.isAccepted { return found }
    }
    return last
  }

  private func gap(_ trial: BillTrial, _ plan: Plan) -> Double {
    trial.measured <= 0 ? 0 : (trial.measured - plan.certificate.bound) / trial.measured
  }

  private func isWorthSearching(_ trial: BillTrial, _ plan: Plan) -> Bool {
    // By Google's rules the objective is the bill, and what the order takes is a part of the gap.
    let least = isBillObjective ? plan.certificate.bound : plan.certificate.objective
    let open = trial.measured - min(least, trial.measured)
    return trial.isKept && gap(trial, plan) > effort.gap
      && (open > Self.threshold * trial.measured || trial.purchases != plan.commitments)
  }

  // MARK: Limits

  private func keepingLimits(
    _ start: BillTrial, _ revision: Lazy<PlanRevision>
  ) throws -> BillTrial {
    let search = BillSearch(
      trials: trials, revision: try revision.value(), end: searchEnd, stop: effort.stop,
      byOwners: byOwners)
    var best = try search.keepingLimits(start)
    for used in try usedEnough(start, revision, until: search.isOver) {
      let kept = try search.keepingLimits(used)
      if kept.isBetter(than: best) { best = kept }
    }
    var (source, repaired) = (start, best)
    var tighter = problem
    for _ in 0..<Self.mostRounds where !search.isOver {
      tighter.policy.tighten(by: source.readings)
      tighter.mostOf = tighter.mostOf.limited(to: repaired.purchases, of: source.purchases)
      guard let next = try? Planner(tighter, effort: shortEffort).plan() else { break }
      let trial = try trials.trial(try giveOwners(next.purchases, next.actions), next.actions)
      let kept = trial.isKept ? trial : try search.keepingLimits(trial)
      if kept.isBetter(than: best) { best = kept }
      if trial.isKept || trial.purchases == source.purchases { break }
      (source, repaired) = (trial, kept)
    }
    return best
  }

  /// Purchases near a trial's that are all used enough, if the policy asks for it.
  private func usedEnough(
    _ trial: BillTrial, _ revision: Lazy<PlanRevision>, until isOver: @autoclosure () -> Bool
  ) throws -> [BillTrial] {
    let found = try revision.value().usedEnough(trial.purchases, trial.actions, until: isOver)
    return try found.compactMap { purchases in
      let owned = purchases.map { purchase in
        var owned = purchase
        let known = trial.purchases.first { $0.withoutAmount == purchase.withoutAmount }
        if owned.account.isEmpty {
          owned.account = (known ?? trial.purchases.first)?.account ?? ""
        }
        return owned
      }
      guard try revision.value().allows(owned, trial.actions) else { return nil }
      return try trials.trial(owned, trial.actions)
    }
  }

  private var shortEffort: PlanningEffort {
    var short = effort
    short.relaxesClashes = false
    short.isTrial = true
    short.timeLimit = max(0.1, min(effort.timeLimit / 3, searchEnd.secondsLeft / 2))
    return short
  }

  // MARK: Less of it

  /// The trial, or what is better with nothing, with what a plan has that decides less, or with one
  /// purchase less: those that save least are left out first, and of large plans, whose bills take
  /// long, no more than `mostLess` of them.
  private func lessOf(
    _ trial: BillTrial, _ plan: Plan, _ revision: Lazy<PlanRevision>
  ) throws -> BillTrial {
    var best = trial
    // Where the gap is as small as was asked for, there is nothing to find, but for doing nothing.
    while gap(best, plan) > effort.gap, !best.purchases.isEmpty, !effort.stop.isStopped, !end.isOver
    {
      var less = best
      for index in best.leastSaving.prefix(Self.mostLess) where !end.isOver {
        var purchases = best.purchases
        purchases.remove(at: index)
        guard try revision.value().allows(purchases, best.actions) else { continue }
        let found = try trials.trial(purchases, best.actions)
        if found.isBetter(than: less) { less = found }
      }
      guard less.isBetter(than: best) else { break }
      best = less
    }
    let start = problem.demand.window.start
    for rest in try rests(best, revision)
    where rest.isBetter(than: best)
      && problem.policy.isWorthEnough(rest.purchases, at: start)
    {
      best = rest
    }
    return best
  }

  /// What is there without a search: nothing, a trial's actions alone, and plans that decide less.
  private func rests(_ trial: BillTrial, _ revision: Lazy<PlanRevision>) throws -> [BillTrial] {
    var rests = [try trials.trial(nothing, [], [])]
    if !trial.actions.isEmpty { rests.append(try trials.trial([], trial.actions)) }
    for plan in narrower where try revision.value().allows(plan.commitments, plan.actions) {
      rests.append(try trials.trial(giveOwners(plan.purchases, plan.actions), plan.actions))
    }
    return rests
  }

  // MARK: Machines

  /// The trial, or one whose machines do what is safer and costs no more, neither by the best
  /// allocation nor on the bill.
  private func saferOf(_ trial: BillTrial, _ revision: Lazy<PlanRevision>) throws -> BillTrial {
    guard !trial.actions.isEmpty, !effort.isTrial, !effort.asksForCost else { return trial }
    var best = trial
    _ = try revision.value().safer(trial.actions, trial.purchases, until: searchEnd) { actions in
      let found = try trials.trial(trial.purchases, actions)
      guard found.keepsLimits(asWellAs: trial),
        found.measured <= trial.measured + 1e-9 * abs(trial.measured)
      else { return false }
      best = found
      return true
    }
    return best
  }

  // MARK: The plan

  private func settled(
    _ best: BillTrial, _ plan: Plan, _ start: BillTrial, _ revision: Lazy<PlanRevision>
  ) throws -> Kept {
    guard best.purchases != start.purchases || best.actions != start.actions else {
      return Kept(plan: plan, trial: start)
    }
    let made = try revision.value().plan(
      best.purchases, best.actions, plan.certificate, billed: best.isKept ? best.measured : nil)
    guard let made else { return Kept(plan: plan, trial: start) }
    // The plan's own order and names, with the owners that were found; what came in has none yet.
    let purchases = try giveOwners(made.owned(as: best.purchases).purchases, best.actions)
    return Kept(plan: made, trial: try trials.trial(purchases, best.actions))
  }
}

/// Made when it is first asked for.
final class Lazy<Value> {
  private var known: Value?
  private let make: () throws -> Value

  init(_ make: @escaping () throws -> Value) { self.make = make }

  func value() throws -> Value {
    if let known { return known }
    let made = try make()
    known = made
    return made
  }
}

extension Plan {
  var commitments: [Commitment] { purchases.map(\.commitment) }

  /// The same with the owners that other amounts of its purchases have.
  func owned(as others: [Commitment]) -> Plan {
    var plan = self
    for index in plan.purchases.indices {
      let kind = plan.purchases[index].commitment.withoutAmount
      plan.purchases[index].commitment.account =
        others.first { $0.withoutAmount == kind }?.account ?? ""
    }
    return plan
  }
}

extension [Commitment] {
  /// No more of an offer than a repaired plan has of it where that is less than it was.
  fileprivate func limited(to repaired: [Commitment], of source: [Commitment]) -> [Commitment] {
    var limits = self
    for before in source {
      let kind = before.withoutAmount
      let after = repaired.first { $0.withoutAmount == kind }?.amount ?? 0
      guard after < before.amount else { continue }
      limits.removeAll { $0.withoutAmount == kind }
      limits.append(before.with(amount: after))
    }
    return limits
  }
}

extension Policy {
  /// Asks of the best allocation for what the bill missed.
  fileprivate mutating func tighten(by readings: [LimitReading]) {
    for reading in readings where reading.shortfall > 0 {
      let words = reading.row.split(separator: " ", maxSplits: 2).map(String.init)
      // A little more, lest the next bill misses it by dust.
      let step = reading.shortfall * 1.01 + 1e-6
      func up(_ value: Double) -> Double { min(1, value + step) }
      func down(_ value: Double) -> Double { max(0, value - step) }
      switch words[0] {
      case "min_coverage": minCoverage = minCoverage.map(up)
      case "max_coverage": maxCoverage = maxCoverage.map(down)
      case "min_coverage_by": minCoverageBy.change(words, up)
      case "max_coverage_by": maxCoverageBy.change(words, down)
      default: break
      }
    }
  }
}

extension UsageShares {
  fileprivate mutating func change(_ words: [String], _ change: (Double) -> Double) {
    guard words.count == 3 else { return }
    if words[1] == "family" {
      families[words[2]] = families[words[2]].map(change)
    } else {
      accounts[words[2]] = accounts[words[2]].map(change)
    }
  }
}

import CloudCosts
import Planning

/// The searches behind one of Google's plans: at several prices of what stays on demand, for
/// machines and for their parts. The judge's bill chooses among what they find, and each that
/// states no more than the bill proves something of it.
struct GoogleSearch {
  typealias Trial = (_ purchases: [Commitment], _ actions: [ChosenAction]) throws -> BillTrial

  /// Each of a bound that holds for the bill.
  private(set) var certificates: [Certificate] = []

  private let problem: PlanningProblem
  /// Problems whose bounds hold for the bill.
  private let all: [PlanningProblem]
  private let effort: PlanningEffort
  private let end: Deadline
  private let trial: Trial
  private var best: Billed?
  private var refusals: [PlanningError] = []
  /// Of the quickest search so far, its model included.
  private var seconds = Double.infinity

  /// Prices by rank make several usages of one, as many as a month has prices.
  private static let slowdown = 4.0

  /// A plan, at which price it was found, and what the judge says of it.
  private struct Billed {
    var plan: Plan
    var pricing: OnDemandPricing
    var trial: BillTrial
  }

  init(
    _ problem: PlanningProblem, _ bounding: [PlanningProblem], _ effort: PlanningEffort,
    _ trial: @escaping Trial
  ) {
    self.problem = problem
    all = bounding
    self.effort = effort
    end = Deadline(seconds: effort.timeLimit)
    self.trial = trial
  }

  /// Whether machines of a shape are less than what the provider covers: their plans prove nothing.
  private var mixesShapes: Bool { all.contains { $0.machineCounting != .shapes } }

  /// - Throws: why there is no plan of machines.
  mutating func run(_ pricings: [OnDemandPricing]) throws {
    for pricing in pricings { try findMachines(pricing) }
    guard best != nil else {
      // That no plan keeps the policy says more than that a search failed.
      throw refusals.first { if case .infeasible = $0 { true } else { false } }
        ?? refusals.first ?? PlanningError.solver("It was stopped before it had found any plan.")
    }
    for pricing in pricings { findBounds(pricing) }
  }

  /// The same by prices that take longer, for as long as there is time: what they would find late
  /// is worth less than what the others find in full.
  mutating func improve(by pricings: [OnDemandPricing]) {
    let each = seconds * Self.slowdown
    for pricing in pricings where each < end.secondsLeft && !isProven {
      try? findMachines(pricing)
      if each < end.secondsLeft { findBounds(pricing) }
    }
  }

  /// Whether nothing is open.
  private var isProven: Bool {
    guard let best, let bound = certificates.map(\.bound).max() else { return false }
    return best.trial.measured - bound <= effort.gap * best.trial.measured
  }

  private mutating func findMachines(_ pricing: OnDemandPricing) throws {
    let priced = problem.priced(pricing)
    do {
      let plan = try solve(priced, effort)
      let trial = try trial(plan.purchases.map(\.commitment), plan.actions)
      if best.map({ trial.isBetter(than: $0.trial) }) ?? true {
        best = Billed(plan: plan, pricing: pricing, trial: trial)
      }
      if pricing != .list, !mixesShapes {
        certificates.append(plan.certificate)
      }
    } catch let error as PlanningError {
      refusals.append(error)
    }
  }

  private mutating func findBounds(_ pricing: OnDemandPricing) {
    guard mixesShapes else { return }
    var unexplained = effort
    unexplained.explains = false
    for more in all where more.machineCounting == .generously && more.onDemandPricing == pricing {
      if let found = try? solve(more, unexplained) { certificates.append(found.certificate) }
    }
    guard let byParts = all.first(where: { $0.machineCounting == .parts }) else { return }
    try? buyParts(byParts.priced(pricing), unexplained)
  }

  /// Buys vCPUs and memory apart; machines that come to that, where they cost less, are the better
  /// plan.
  private mutating func buyParts(_ priced: PlanningProblem, _ effort: PlanningEffort) throws {
    let found = try solve(priced, effort)
    if priced.onDemandPricing != .list { certificates.append(found.certificate) }
    let revision = try PlanRevision(problem, gap: effort.gap)
    guard let best, let purchases = GoogleShapes(offers: revision.offers).whole(found.purchases)
    else { return }
    let trial = try trial(purchases, found.actions)
    // Where all limits are stated by parts, the bill of what was found keeps them.
    let keepsPolicy = priced.policy == problem.policy
    guard trial.isBetter(than: best.trial),
      let plan = revision.plan(
        purchases, found.actions, best.plan.certificate,
        billed: keepsPolicy ? trial.measured : nil)
    else { return }
    self.best = Billed(plan: plan, pricing: priced.onDemandPricing, trial: trial)
  }

  /// The best plan.
  func explained() throws -> Plan {
    guard let best else { throw PlanningError.solver("No plan was found.") }
    guard effort.explains, let byParts = all.first(where: { $0.machineCounting == .parts }) else {
      return best.plan
    }
    return try PartsExplanation(byParts.priced(best.pricing)).explained(best.plan)
  }

  /// A search in its share of the time that is left, timed.
  private mutating func solve(
    _ problem: PlanningProblem, _ effort: PlanningEffort
  ) throws -> Plan {
    let start = ContinuousClock.now
    defer { seconds = min(seconds, (ContinuousClock.now - start) / .seconds(1)) }
    return try Planner(problem, effort: effort.share(until: end)).plan()
  }
}

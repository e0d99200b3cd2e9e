import Billing
import CloudCosts

/// The five ways of buying that a comparison lays side by side.
package enum OutcomeKind: String, Hashable, Sendable, CaseIterable {
  /// Everything at on-demand prices; not even what is owned counts.
  case onDemand = "on-demand"
  /// With the commitments that are owned, as they are.
  case current
  /// The optimizer buys commitments.
  case committed
  /// The optimizer resizes machines and buys nothing.
  case rightsized
  /// One program does both.
  case combined
}

/// The judge's bill of one way of buying, with the plan that led to it.
package struct Outcome: Sendable {
  package var kind: OutcomeKind
  package var bill: Bill
  /// Against the on-demand outcome, by subtraction of the two bills; negative where it costs more.
  package var savings: Money
  /// The demand that was billed: after the plan's actions.
  package var demand: Demand
  /// Nil where nothing was decided (`on-demand`, `current`).
  package var plan: PlannedOutcome?
  /// What it saves on each path; nil where there is one path, or nothing was decided.
  package var distribution: SavingsDistribution?
  /// Whose saving it is; nil where that was not asked for, or there is nothing to share.
  package var showback: Showback?

  package init(
    kind: OutcomeKind, bill: Bill, savings: Money, demand: Demand, plan: PlannedOutcome? = nil,
    distribution: SavingsDistribution? = nil
  ) {
    self.distribution = distribution
    self.kind = kind
    self.bill = bill
    self.savings = savings
    self.demand = demand
    self.plan = plan
  }
}

/// A plan with what the judge says of it.
///
/// Three numbers, each with one meaning:
///
/// - the *bill* (`billed`): what the judge makes of the plan, as it is minimised: with a measure of
///   risk that is more than the expected bill, and what is charged behind the window is part of it;
/// - the *objective* (`certificate.objective`): what the best known allocation of the program costs
///   under this plan, policy kept; the provider's own is one where it keeps the policy;
/// - the *bound* (`certificate.bound`): no plan that keeps the policy has a lower objective or
///   bill. It is what was proven, and never taken from the other two.
///
/// All three are of the hours that the plan was made for, which may be more than the outcome's
/// (`horizon`). bound ≤ objective ≤ bill, up to rounding. There is one gap, between the bill and
/// the bound.
package struct PlannedOutcome: Sendable {
  package var certificate: Certificate
  package var purchases: [JudgedPurchase]
  package var actions: [JudgedAction]
  package var billed: Double
  /// What the bill makes of the policy's limits on coverage and utilisation.
  package var limits: [LimitReading] = []
  /// What purchases of the plan still cost after the window ends.
  package var lockedBeyondWindow: Money
  /// The purchases' whole price, to the end of their terms.
  package var totalCommitted: Money
  /// What purchases are expected to waste after the window, which the objective has in it and the
  /// bill has not; 0 where the window is no forecast.
  package var chargeBeyondWindow = Money.zero
  /// The hours that it was made for; nil: the window of the outcomes.
  package var horizon: PlannedHorizon?
  /// How the objective moves with each limit of the policy; empty where that was not asked for.
  package var sensitivity: [Sensitivity]
  /// Lines that were not worth signing.
  package var leftOut: [LeftOutPurchase] = []
  /// What the sizes in use cost more than the smallest: see `SizeChoice`.
  package var sizes = SizeCost()
  /// What the plan costs more than with these lines; negative where they lose money.
  package var costOfLeavingOut = Money.zero
  /// In which order to carry it out; empty where nothing is done with machines.
  package var work: [WorkOrder.Step] = []
  /// What other rules of buying come to; empty where there is one path and no ladder.
  package var rivals: [PlanRival] = []
  /// What of the owned commitments it gives up.
  package var givenUp: [JudgedGivingUp] = []
  /// How that was decided; nil where nothing may be given up.
  package var givingUpDecision: GivingUpDecision?
  /// What to buy in the months to come if usage goes as expected; nil where that was not planned.
  package var later: [LaterStep]?
  /// What finance asks before it signs; nil where a plan was made without.
  package var review: PlanReview?

  package init(
    certificate: Certificate, purchases: [JudgedPurchase], actions: [JudgedAction],
    billed: Double, lockedBeyondWindow: Money, totalCommitted: Money,
    sensitivity: [Sensitivity] = [], review: PlanReview? = nil
  ) {
    self.review = review
    self.certificate = certificate
    self.purchases = purchases
    self.actions = actions
    self.billed = billed
    self.lockedBeyondWindow = lockedBeyondWindow
    self.totalCommitted = totalCommitted
    self.sensitivity = sensitivity
  }
}

extension PlannedOutcome {
  /// (bill − bound) / bill: by how much the best plan can undercut this one at most.
  package var gap: Double { max(0, share(billed - certificate.bound)) }

  /// The part of the gap that the search left: (objective − bound) / bill.
  package var searchGap: Double { max(0, share(certificate.objective - certificate.bound)) }

  /// The part of the gap that is the provider's order of applying, and sizes in use that cost more
  /// than the smallest (`SizeChoice`): (bill − objective) / bill.
  package var billingGap: Double { max(0, share(billed - certificate.objective)) }

  private func share(_ amount: Double) -> Double { billed == 0 ? 0 : amount / abs(billed) }
}

extension Certificate {
  /// Compares with the bill.
  ///
  /// - Parameters:
  ///   - isFeasible: whether the bill keeps the policy: then the provider's allocation is one of
  ///     the program.
  ///   - isObjective: whether the bill alone is a cost, since the program allows for other
  ///     prices.
  mutating func judge(_ billed: Double, isFeasible: Bool, gap: Double, isObjective: Bool) {
    // A solver that was stopped early may know no bound at all; but nothing costs less than
    // nothing.
    bound = max(bound, 0)
    if isFeasible { objective = min(objective, billed) }
    if isObjective { objective = billed }
    if isFeasible, bound > billed + Verdict.dust(billed) {
      (bound, proof, status, stop) = (0, nil, .feasible, .undercut)
      return
    }
    let open = billed == 0 ? 0 : (billed - bound) / abs(billed)
    // 1e-9: a gap of nothing but floating-point dust.
    status = open <= max(gap, 1e-9) ? .optimal : .feasible
    if status == .feasible, stop == .gapReached { stop = .billingOrder }
    // The search was asked for less than this, so that the provider's order has room.
    if status == .optimal, stop == .timeLimit || stop == .stalled { stop = .gapReached }
  }
}

/// A purchase with what it costs and saves in the judged bill.
package struct JudgedPurchase: Sendable {
  package var purchase: Purchase
  /// Amortised cost inside the window, used or not.
  package var cost: Money
  /// What its covered usage would have cost on demand, less `cost`.
  package var savings: Money
  /// 0 to 1: the used share of `cost`.
  package var utilization: Double
  /// The month (fractional, from the start) in which cumulative savings have repaid what was paid;
  /// nil where that does not happen inside the window.
  package var breakEvenMonths: Double?
  /// What the bill would be with each account as the owner; empty where there is no choice.
  package var owners: [OwnerOption] = []
  /// 1 for the line to buy first.
  package var order = 0
  /// What it saves after those before it.
  package var adds = Money.zero

  package init(
    purchase: Purchase, cost: Money, savings: Money, utilization: Double, breakEvenMonths: Double?
  ) {
    self.purchase = purchase
    self.cost = cost
    self.savings = savings
    self.utilization = utilization
    self.breakEvenMonths = breakEvenMonths
  }
}

/// A machine's action with what it saves at on-demand prices.
package struct JudgedAction: Sendable {
  package var action: ChosenAction
  package var savings: Money
  /// By how much the plan's bill is higher without it, commitments as they are; nil: not computed.
  package var worth: Money?

  package init(action: ChosenAction, savings: Money) {
    self.action = action
    self.savings = savings
  }
}

/// One scenario (the base, or base plus overrides) with its outcomes.
package struct ScenarioRun: Sendable {
  package var name: String
  package var outcomes: [Outcome]
  /// What the provider recommends: alternatives, each by itself.
  package var recommendations: [JudgedRecommendation] = []
  /// What the provider recommends to do with machines, next to our own advice.
  package var machineAdvice: [JudgedMachineAdvice] = []
  /// How busy the machines with actions were; nil where none was measured.
  package var machines: MachineRecord?
  /// Prices that change inside the window.
  package var priceChanges: [AppliedPriceChange] = []
  /// What the scenario says, resolved; nil where no file does.
  package var resolved: ScenarioValue?
  /// What the figures rest on; empty where a run was not made from a scenario's files.
  package var assumptions: [Assumption] = []

  package init(name: String, outcomes: [Outcome]) {
    self.name = name
    self.outcomes = outcomes
  }
}

/// All that `plimsoll run` found out.
package struct Comparison: Sendable {
  package var scenario: String
  /// The scenario file or folder, as it was named; empty where there is none.
  package var source: String
  package var currency: String
  package var window: HourWindow
  package var runs: [ScenarioRun]
  package var findings: [Finding]
  /// What it was made by, and from; nil where no file was.
  package var provenance: Provenance?

  package init(
    scenario: String, source: String = "", currency: String, window: HourWindow,
    runs: [ScenarioRun],
    findings: [Finding]
  ) {
    self.scenario = scenario
    self.source = source
    self.currency = currency
    self.window = window
    self.runs = runs
    self.findings = findings
  }
}

import Billing
import CloudCosts

/// The five ways of buying that a comparison lays side by side.
public enum OutcomeKind: String, Hashable, Sendable, CaseIterable {
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
public struct Outcome: Sendable {
  public var kind: OutcomeKind
  public var bill: Bill
  /// Against the on-demand outcome, by subtraction of the two bills; negative where it costs more.
  public var savings: Money
  /// The demand that was billed: after the plan's actions.
  public var demand: Demand
  /// Nil where nothing was decided (`on-demand`, `current`).
  public var plan: PlannedOutcome?
  /// What it saves on each path; nil where there is one path, or nothing was decided.
  public var distribution: SavingsDistribution?

  public init(
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
public struct PlannedOutcome: Sendable {
  public var certificate: Certificate
  public var purchases: [JudgedPurchase]
  public var actions: [JudgedAction]
  /// (cost − objective) / cost: how much dearer the provider's order of applying commitments is
  /// than the allocation that the optimizer found.
  public var billingGap: Double
  /// What purchases of the plan still cost after the window ends.
  public var lockedBeyondWindow: Money
  /// The purchases' whole price, to the end of their terms.
  public var totalCommitted: Money
  /// What purchases are expected to waste after the window, which the objective has in it and the bill has not; 0
  /// where the window is no forecast.
  public var chargeBeyondWindow = Money.zero
  /// How the objective moves with each limit of the policy; empty where that was not asked for.
  public var sensitivity: [Sensitivity]
  /// Lines that were not worth signing.
  public var leftOut: [LeftOutPurchase] = []
  /// What the plan costs more than with the smallest sizes over the window: see `SizeChoice`.
  public var costOfSizes = Money.zero
  /// What the plan costs more than with these lines; negative where they lose money.
  public var costOfLeavingOut = Money.zero
  /// What other rules of buying come to; empty where there is one path and no ladder.
  public var rivals: [PlanRival] = []

  public init(
    certificate: Certificate, purchases: [JudgedPurchase], actions: [JudgedAction],
    billingGap: Double, lockedBeyondWindow: Money, totalCommitted: Money,
    sensitivity: [Sensitivity] = []
  ) {
    self.certificate = certificate
    self.purchases = purchases
    self.actions = actions
    self.billingGap = billingGap
    self.lockedBeyondWindow = lockedBeyondWindow
    self.totalCommitted = totalCommitted
    self.sensitivity = sensitivity
  }
}

/// A purchase with what it costs and saves in the judged bill.
public struct JudgedPurchase: Sendable {
  public var purchase: Purchase
  /// Amortised cost inside the window, used or not.
  public var cost: Money
  /// What its covered usage would have cost on demand, less `cost`.
  public var savings: Money
  /// 0 to 1: the used share of `cost`.
  public var utilization: Double
  /// The month (fractional, from the start) in which cumulative savings have repaid what was paid;
  /// nil where that does not happen inside the window.
  public var breakEvenMonths: Double?
  /// What the bill would be with each account as the owner; empty where there is no choice.
  public var owners: [OwnerOption] = []
  /// 1 for the line to buy first.
  public var order = 0
  /// What it saves after those before it.
  public var adds = Money.zero

  public init(
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
public struct JudgedAction: Sendable {
  public var action: ChosenAction
  public var savings: Money

  public init(action: ChosenAction, savings: Money) {
    self.action = action
    self.savings = savings
  }
}

/// One scenario (the base, or base plus overrides) with its outcomes.
public struct ScenarioRun: Sendable {
  public var name: String
  public var outcomes: [Outcome]
  /// What the provider recommends: alternatives, each by itself.
  public var recommendations: [JudgedRecommendation] = []
  /// Prices that change inside the window.
  public var priceChanges: [AppliedPriceChange] = []

  public init(name: String, outcomes: [Outcome]) {
    self.name = name
    self.outcomes = outcomes
  }
}

/// All that `plimsoll run` found out.
public struct Comparison: Sendable {
  public var scenario: String
  /// The scenario file or folder, as it was named; empty where there is none.
  public var source: String
  public var currency: String
  public var window: HourWindow
  public var runs: [ScenarioRun]
  public var findings: [Finding]

  public init(
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

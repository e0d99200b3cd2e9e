import CloudCosts
import MIP

/// What the optimizer is asked.
public struct PlanningProblem: Sendable {
  /// The mean of the paths, where there are several.
  public var demand: Demand
  /// The futures to plan for; nil: `demand` alone. Same window and groups as `demand`.
  public var paths: DemandPaths?
  /// What of the paths' costs is minimised; nil: the expected cost.
  public var risk: RiskSettings?
  /// What each path's cost is measured against: for regret the least that it can cost, for loss
  /// what it costs with nothing new bought; found by the planner where nil.
  public var best: [Double]?
  /// Dates for purchases in addition to the first hour and renewals; nil: none.
  public var ladder: Ladder?
  public var prices: PriceBook
  /// Counted before anything is bought.
  public var owned: [Commitment]
  /// What giving up other commitments costs in the window: no decision of the program's.
  public var settled = 0.0
  /// What providers were promised to be spent.
  public var spendCommitments: [SpendCommitment] = []
  /// Whose usage commitments may cover: pools are made by its domains.
  public var sharing = Sharing()
  /// What may be bought.
  public var offers: OfferFilter
  public var policy: Policy
  /// The only lines that may be bought, in any amount; nil: all that the offers allow.
  public var lines: [Commitment]?
  /// Machines that may be resized or terminated.
  public var candidates: [RightsizingCandidate]
  /// False: decide about machines only.
  public var mayBuy: Bool
  /// How many hours each hour of `demand` stands for: a sample of a horizon that is too long to be
  /// planned for hour by hour. Terms, dates and owned commitments are in real hours, and so is the
  /// plan; its objective and bound are those of the sample, and no proof comes with them.
  public var hoursPerStep = 1
  /// Whether purchases are charged for what they are expected to waste behind the window: see
  /// `BeyondHorizon`.
  public var chargesBeyond = false
  /// Set where the plan is one step of a walk; nil: its purchases are made as planned.
  public var step: WalkStep?
  /// What usage on demand is computed to cost where sustained use is discounted.
  public var onDemandPricing = OnDemandPricing.lowest

  /// No more of these offers than these amounts: what a bill allowed of them.
  public var mostOf: [Commitment] = []

  /// Whether owned commitments serve whatever usage they cover. False where sharing is restricted:
  /// then a floor on utilisation must not lean on what they use.
  public var keepsOwnedUse = true

  /// Whether reservations count generously (`ReservationScope.countingGenerously`): for a bound
  /// that holds for the bill, not for a plan.
  public var countsGenerously = false

  public init(
    demand: Demand, prices: PriceBook, owned: [Commitment] = [], offers: OfferFilter = .init(),
    policy: Policy = .init(), candidates: [RightsizingCandidate] = [], mayBuy: Bool = true
  ) {
    self.demand = demand
    self.prices = prices
    self.owned = owned
    self.offers = offers
    self.policy = policy
    self.candidates = candidates
    self.mayBuy = mayBuy
  }

  /// The hours that `demand` stands for.
  var span: HourWindow {
    HourWindow(start: demand.window.start, hours: demand.window.hours * hoursPerStep)
  }

  /// The same question about several futures.
  public init(
    paths: DemandPaths, risk: RiskSettings? = nil, prices: PriceBook, owned: [Commitment] = [],
    offers: OfferFilter = .init(), policy: Policy = .init(),
    candidates: [RightsizingCandidate] = [], mayBuy: Bool = true
  ) {
    self.init(
      demand: paths.mean, prices: prices, owned: owned, offers: offers, policy: policy,
      candidates: candidates, mayBuy: mayBuy)
    self.paths = paths
    self.risk = risk
  }
}

/// What usage on demand is computed to cost where the provider discounts sustained use (Google).
/// That discount depends on all hours of a month, so no sum of hours states it.
public enum OnDemandPricing: Sendable {
  /// The least that it can come to (`SustainedUse.Schedule.lowestShare`): the bound is one for the
  /// real bill, too.
  case lowest
  /// Without any discount, as usage that only peaks gets none: often the better plan, but no bound.
  case list
}

/// How hard to try.
public struct PlanningEffort: Sendable {
  /// Stop when (objective − bound) / objective is at or below this.
  public var gap: Double
  /// Seconds of wall-clock time.
  public var timeLimit: Double
  /// Set from elsewhere (Ctrl-C): the best plan so far is returned, and says so.
  public var stop: StopSignal
  /// Whether a policy that nothing satisfies is to be reported with how far each limit would have
  /// to give way; that takes several solves.
  public var relaxesClashes = true
  /// Whether a plan is only a trial: nothing is proven of it by multipliers, and of plans that cost
  /// the same any will do.
  public var isTrial = false

  public init(gap: Double = 1e-4, timeLimit: Double = 60, stop: StopSignal = StopSignal()) {
    self.gap = gap
    self.timeLimit = timeLimit
    self.stop = stop
  }
}

extension PlanningEffort {
  /// What is left of the time limit; at least a second, so that a solve can come to an end.
  func timeLeft(_ clock: Stopwatch) -> Duration { .seconds(max(1, timeLimit - clock.seconds)) }
}

/// A request to stop that may come from any thread.
public final class StopSignal: Sendable {
  let interrupt = Interrupt()

  public init() {}

  public func stop() { interrupt.raise() }
  public var isStopped: Bool { interrupt.isRaised }
}

/// Why there is no plan.
public enum PlanningError: Error, Sendable {
  /// No plan satisfies the policy; these of its limits clash (a smallest such set).
  case infeasible(clashing: [ClashingLimit])
  /// The solver gave up; its own words.
  case solver(String)
}

import CloudCosts
import MIP

/// What the optimizer is asked.
package struct PlanningProblem: Sendable {
  /// The mean of the paths, where there are several.
  package var demand: Demand
  /// The futures to plan for; nil: `demand` alone. Same window and groups as `demand`.
  package var paths: DemandPaths?
  /// What of the paths' costs is minimised; nil: the expected cost.
  package var risk: RiskSettings?
  /// What each path's cost is measured against: for regret the least that it can cost, for loss
  /// what it costs with nothing new bought; found by the planner where nil.
  package var best: [Double]?
  /// Dates for purchases in addition to the first hour and renewals; nil: none.
  package var ladder: Ladder?
  package var prices: PriceBook
  /// Counted before anything is bought.
  package var owned: [Commitment]
  /// What was owned and is given up: no decision of the program's.
  package var givenUp: [GivingUp] = []
  /// What providers were promised to be spent.
  package var spendCommitments: [SpendCommitment] = []
  /// Whose usage commitments may cover: pools are made by its domains.
  package var sharing = Sharing()
  /// What may be bought.
  package var offers: OfferFilter
  package var policy: Policy
  /// The only lines that may be bought, in any amount; nil: all that the offers allow.
  package var lines: [Commitment]?
  /// Machines that may be resized or terminated.
  package var candidates: [RightsizingCandidate]
  /// False: decide about machines only.
  package var mayBuy: Bool
  /// How many hours each hour of `demand` represents: a sample of a horizon that is too long to be
  /// planned for hour by hour. Terms, dates and owned commitments are in real hours, and so is the
  /// plan; its objective and bound are those of the sample, and no proof comes with them.
  package var hoursPerStep = 1
  /// Whether purchases are charged for what they are expected to waste behind the window: see
  /// `BeyondHorizon`.
  package var chargesBeyond = false
  /// Set where the plan is one step of a walk; nil: its purchases are made as planned.
  package var step: WalkStep?
  /// What usage on demand is computed to cost where sustained use is discounted.
  package var onDemandPricing = OnDemandPricing.lowest

  /// No more of these offers than these amounts: what a bill allowed of them.
  package var mostOf: [Commitment] = []

  /// Whether owned commitments serve whatever usage they cover. False where sharing is restricted:
  /// then a floor on utilisation must not lean on what they use.
  package var keepsOwnedUse = true

  /// What commitments to Google's machines are counted in.
  package var machineCounting = MachineCounting.shapes

  package init(
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

  /// Of caps on coverage, by the names of their rows, what is owned covers by its bill if nothing is
  /// bought and nothing done; without it, what it could cover.
  package var ownedCoverage: [String: Double] = [:]

  /// The hours that `demand` represents.
  var span: HourWindow {
    HourWindow(start: demand.window.start, hours: demand.window.hours * hoursPerStep)
  }

  /// The same question about several futures.
  package init(
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
package enum OnDemandPricing: Hashable, Sendable {
  /// The least that it can come to (`SustainedUse.Schedule.lowestShare`): the bound is one for the
  /// real bill, too.
  case lowest
  /// Without any discount, as usage that only peaks gets none: often the better plan, but no bound.
  case list
  /// Each hour as its rank in the month's usage has it (`SustainedOrder`): a bound for the real
  /// bill as well, and the bill itself where what is bought serves one stack alone. What serves
  /// several would turn to whichever is dear in an hour, as no provider does: there the others may
  /// prove more. As `lowest` where prices by the hour do not state the problem.
  case ordered
  /// The same with hours in the order of all machines' usage: a bound as well, and the better one
  /// where flexible commitments serve several stacks.
  case orderedTogether
}

/// How hard to try.
package struct PlanningEffort: Sendable {
  /// Stop when (objective − bound) / objective is at or below this.
  package var gap: Double
  /// Seconds of wall-clock time.
  package var timeLimit: Double
  /// Set from elsewhere (Ctrl-C): the best plan so far is returned, and says so.
  package var stop: StopSignal
  /// Whether a policy that nothing satisfies is to be reported with how far each limit would have
  /// to give way; that takes several solves.
  package var relaxesClashes = true
  /// Whether a plan is only a trial: nothing is proven of it by multipliers, and of plans that cost
  /// the same any will do.
  package var isTrial = false
  /// Whether only what the plan costs is asked for: of plans that are as good as was asked for any
  /// will do.
  package var asksForCost = false
  /// Whether purchases must be used enough (`min_utilization`) where the provider applies narrower
  /// ones first, though others may cost less in the best allocation.
  package var keepsUse = false
  /// Whether purchases are explained: that takes as long as two rounds of the search.
  package var explains = true

  package init(gap: Double = 1e-4, timeLimit: Double = 60, stop: StopSignal = StopSignal()) {
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
package final class StopSignal: Sendable {
  let interrupt = Interrupt()

  package init() {}

  package func stop() { interrupt.raise() }
  package var isStopped: Bool { interrupt.isRaised }
}

/// Why there is no plan.
package enum PlanningError: Error, Sendable {
  /// No plan satisfies the policy; these of its limits clash (a smallest such set).
  case infeasible(clashing: [ClashingLimit])
  /// The solver gave up; its own words.
  case solver(String)
}

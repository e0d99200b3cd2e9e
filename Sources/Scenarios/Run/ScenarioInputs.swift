import Billing
import CloudCosts
import Planning

/// What one scenario's outcomes are made from: values, with all files read and forecasts made.
package struct ScenarioInputs: Sendable {
  package var name: String
  package var demand: Demand
  /// The futures to plan for; nil: `demand` as it is.
  package var paths: DemandPaths?
  /// The same futures where purchases are planned for longer than outcomes are billed; nil: for as
  /// long. See `PurchaseHorizon`.
  package var ahead: DemandPaths? { didSet { meanAhead = ahead?.mean } }
  private var meanAhead: Demand?
  package var prices: PriceBook
  package var owned: [Commitment]
  package var candidates: [RightsizingCandidate]
  package var offers: OfferFilter
  package var policy: Policy
  /// Where the policy is stated, for findings: `scenario.yaml:11`.
  package var policyPlace: String
  package var effort: PlanningEffort
  package var compare: [OutcomeKind]
  /// What of the paths' costs is minimised; nil: the expected cost.
  package var risk: RiskSettings?
  /// Dates for purchases in addition to the first hour; nil: none.
  package var ladder: Ladder?
  /// What purchases to come are planned from; nil: the plan is all that is bought.
  package var tranches: Tranches?
  /// Whose usage commitments may cover in addition to their owner's.
  package var sharing = Sharing()
  /// What providers were promised to be spent.
  package var spendCommitments: [SpendCommitment] = []
  /// What may be done with what is owned.
  package var givingUpPolicy = GivingUpPolicy()
  /// What of it is given up: `owned` is without it.
  var givenUp: [GivingUp] = []
  /// What was owned before; nil: nothing is given up.
  var ownedBefore: [Commitment]?

  /// Who bills all outcomes.
  var judge: Judge {
    var judge = Judge(prices: prices, sharing: sharing)
    judge.spendCommitments = spendCommitments
    judge.givenUp = givenUp
    return judge
  }

  /// The same over all hours that purchases are planned for.
  var asPlanned: ScenarioInputs {
    guard let ahead else { return self }
    var result = self
    result.demand = meanAhead ?? ahead.mean
    result.paths = ahead
    result.ahead = nil
    result.tranches = nil
    return result
  }

  /// The same where nothing is given up: what risk compares with.
  var untouched: ScenarioInputs {
    guard let before = ownedBefore else { return self }
    var result = self
    result.owned = before
    (result.givenUp, result.ownedBefore) = ([], nil)
    return result
  }
  /// Which other rules of buying a plan is compared to.
  package var rivals = Set(PlanRival.Kind.allCases)
  /// The changes that are in `prices`.
  package var priceChanges: [AppliedPriceChange] = []

  package init(
    name: String, demand: Demand, paths: DemandPaths? = nil, prices: PriceBook,
    owned: [Commitment], candidates: [RightsizingCandidate], offers: OfferFilter, policy: Policy,
    policyPlace: String = "policy", effort: PlanningEffort, compare: [OutcomeKind],
    risk: RiskSettings? = nil, ladder: Ladder? = nil
  ) {
    self.risk = risk
    self.ladder = ladder
    self.name = name
    self.demand = demand
    self.paths = paths
    self.prices = prices
    self.owned = owned
    self.candidates = candidates
    self.offers = offers
    self.policy = policy
    self.policyPlace = policyPlace
    self.effort = effort
    self.compare = compare
  }
}

extension ScenarioInputs {
  /// Whether it can matter for the bill which account makes a purchase: its own usage is served
  /// first.
  var ownersMatter: Bool { demand.groups.contains { !$0.account.isEmpty } }
}

import Billing
import CloudCosts
import Planning

/// What one scenario's outcomes are made from: values, with all files read and forecasts made.
public struct ScenarioInputs: Sendable {
  public var name: String
  public var demand: Demand
  /// The futures to plan for; nil: `demand` as it is.
  public var paths: DemandPaths?
  public var prices: PriceBook
  public var owned: [Commitment]
  public var candidates: [RightsizingCandidate]
  public var offers: OfferFilter
  public var policy: Policy
  /// Where the policy is stated, for findings: `scenario.yaml:11`.
  public var policyPlace: String
  public var effort: PlanningEffort
  public var compare: [OutcomeKind]
  /// What of the paths' costs is minimised; nil: the expected cost.
  public var risk: RiskSettings?
  /// Dates for purchases beside the first hour; nil: none.
  public var ladder: Ladder?
  /// Whose usage commitments may cover beside their owner's.
  public var sharing = Sharing()
  /// Which other rules of buying a plan is compared to.
  public var rivals = Set(PlanRival.Kind.allCases)
  /// The changes that are in `prices`.
  public var priceChanges: [AppliedPriceChange] = []

  public init(
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

/// Plans what there is to plan, and has every outcome billed by the judge.
struct OutcomePlanner {
  let inputs: ScenarioInputs
  private let judge: Judge
  let biller: PathBiller
  private var plans: [PlanKind: Plan] = [:]
  private var rivals: [PlanKind: [PlanRival]] = [:]
  /// Plans that were made before: they are billed, and nothing is solved.
  var given: [OutcomeKind: Plan] = [:]
  /// What each path costs at least, where regret is minimised; by whether machines may be resized.
  private var best: [PlanKind: BestCosts] = [:]

  /// What a plan may decide; two outcomes that may decide the same share one plan.
  private struct PlanKind: Hashable {
    var mayBuy: Bool
    var mayResize: Bool
  }

  init(_ inputs: ScenarioInputs) {
    self.inputs = inputs
    judge = Judge(prices: inputs.prices, sharing: inputs.sharing)
    biller = PathBiller(inputs, judge: judge)
  }

  /// The outcomes asked for, in the order of the contract.
  ///
  /// - Parameter sensitivity: whether to tell how the best plan moves with each limit of the policy.
  mutating func run(
    sensitivity: Bool = false, progress: (String) -> Void
  ) throws -> ScenarioRun {
    let onDemand = try biller.bills(under: []).bill
    var outcomes: [Outcome] = []
    for kind in OutcomeKind.allCases where inputs.compare.contains(kind) {
      progress("\(inputs.name): \(kind.rawValue)")
      outcomes.append(try outcome(kind, onDemand: onDemand))
    }
    if sensitivity { try addSensitivity(to: &outcomes, progress: progress) }
    return ScenarioRun(name: inputs.name, outcomes: outcomes)
  }

  private mutating func outcome(_ kind: OutcomeKind, onDemand: Bill) throws -> Outcome {
    switch kind {
    case .onDemand:
      return Outcome(kind: kind, bill: onDemand, savings: .zero, demand: biller.paths.mean)
    case .current:
      let bill = try biller.bills(under: inputs.owned).bill
      return Outcome(
        kind: kind, bill: bill, savings: onDemand.cost - bill.cost, demand: biller.paths.mean)
    case .committed: return try planned(kind, mayBuy: true, mayResize: false, onDemand)
    case .rightsized: return try planned(kind, mayBuy: false, mayResize: true, onDemand)
    case .combined: return try planned(kind, mayBuy: true, mayResize: true, onDemand)
    }
  }

  private mutating func planned(
    _ kind: OutcomeKind, mayBuy: Bool, mayResize: Bool, _ onDemand: Bill
  ) throws -> Outcome {
    var plan = try given[kind] ?? plan(mayBuy: mayBuy, mayResize: mayResize)
    let demand = biller.paths.mean.applying(plan.actions)
    let owners = try OwnerChoice(
      judge: judge, demand: demand, owned: inputs.owned,
      costOfCapital: inputs.policy.costOfCapital
    ).choose(plan.purchases)
    plan.purchases = owners.purchases
    let bills = try biller.bills(
      actions: plan.actions, under: inputs.owned + plan.purchases.map(\.commitment))
    let bill = bills.bill
    var distribution: SavingsDistribution?
    if biller.paths.paths.count > 1 {
      distribution = SavingsDistribution(
        bills, against: try biller.bills(under: inputs.owned), window: bill.window,
        probabilities: biller.paths.probabilities, risk: inputs.risk,
        best: bestCosts(kind, mayBuy, mayResize))
    }
    var planned = judged(plan, bill, distribution)
    for (index, options) in owners.options.enumerated() {
      planned.purchases[index].owners = options
    }
    try BuyingOrder(biller: biller, owned: inputs.owned, actions: plan.actions).place(
      &planned.purchases,
      saving: try biller.bills(actions: plan.actions, under: inputs.owned).bill.cost - bill.cost)
    planned.leftOut = plan.leftOut
    planned.costOfLeavingOut = Money(rounding: plan.costOfLeavingOut)
    if mayBuy { planned.rivals = rivals[kindKey(mayBuy, mayResize)] ?? [] }
    return Outcome(
      kind: kind, bill: bill, savings: onDemand.cost - bill.cost, demand: demand, plan: planned,
      distribution: distribution)
  }

  /// Of the plan with the lowest bill among those that buy; of equal ones, the combined one.
  private mutating func addSensitivity(
    to outcomes: inout [Outcome], progress: (String) -> Void
  ) throws {
    let buying = outcomes.indices.filter { [.committed, .combined].contains(outcomes[$0].kind) }
    guard
      let best = buying.reversed().min(by: { outcomes[$0].bill.cost < outcomes[$1].bill.cost })
    else { return }
    let mayResize = outcomes[best].kind == .combined
    let analysis = SensitivityAnalysis(
      Self.problem(inputs, mayBuy: true, mayResize: mayResize), effort: inputs.effort)
    outcomes[best].plan?.sensitivity = try analysis.run(
      plan(mayBuy: true, mayResize: mayResize),
      progress: { progress("\(inputs.name): sensitivity to \($0)") })
  }

  /// What regret is measured against: of a plan that was made before, that is part of its proof.
  private func bestCosts(_ kind: OutcomeKind, _ mayBuy: Bool, _ mayResize: Bool) -> [Double]? {
    guard let proof = given[kind]?.certificate.proof else {
      return best[kindKey(mayBuy, mayResize)]?.costs
    }
    return proof.best.isEmpty ? nil : proof.best
  }

  private func kindKey(_ mayBuy: Bool, _ mayResize: Bool) -> PlanKind {
    PlanKind(
      mayBuy: mayBuy, mayResize: mayResize && inputs.candidates.contains { !$0.actions.isEmpty })
  }

  private mutating func plan(mayBuy: Bool, mayResize: Bool) throws -> Plan {
    let key = kindKey(mayBuy, mayResize)
    if let known = plans[key] { return known }
    var problem = Self.problem(inputs, mayBuy: mayBuy, mayResize: key.mayResize)
    if problem.risk?.measure == .regret, problem.paths != nil {
      let found = try Planner.best(problem, effort: inputs.effort)
      problem.best = found.costs
      best[key] = found
    }
    let plan = try LineTrimmer(
      problem: problem, biller: biller, effort: inputs.effort, replan: solved
    ).trimmed(solved(problem))
    plans[key] = plan
    if mayBuy {
      rivals[key] = try RivalPlanner(
        problem: problem, effort: inputs.effort, kinds: inputs.rivals, best: best[key]
      ).run(plan) { _ in }
    }
    return plan
  }

  /// The plan of a problem, bettered by the judge's bill where the provider's rules cost more.
  private func solved(_ problem: PlanningProblem) throws -> Plan {
    if GooglePlanner.applies(to: inputs) {
      return try GooglePlanner(judge: judge, owned: inputs.owned).plan(problem, inputs.effort)
    }
    return try BillSearch(problem: problem, judge: judge, effort: inputs.effort).bettering(
      Planner(problem, effort: inputs.effort).plan())
  }

  /// What the optimizer is asked.
  static func problem(
    _ inputs: ScenarioInputs, mayBuy: Bool, mayResize: Bool
  ) -> PlanningProblem {
    // Limits on purchases say nothing where nothing may be bought.
    let policy = mayBuy ? inputs.policy : Policy(costOfCapital: inputs.policy.costOfCapital)
    var problem = PlanningProblem(
      paths: inputs.paths ?? DemandPaths(inputs.demand), risk: inputs.risk, prices: inputs.prices,
      owned: inputs.owned, offers: inputs.offers, policy: policy,
      candidates: mayResize ? inputs.candidates : [], mayBuy: mayBuy)
    problem.sharing = inputs.sharing
    problem.ladder = mayBuy ? inputs.ladder : nil
    problem.chargesBeyond = inputs.paths != nil
    // One path needs no measure, and no second copy.
    if (inputs.paths?.paths.count ?? 1) == 1 {
      problem.paths = nil
      problem.risk = nil
    }
    return problem
  }

  // MARK: What the judge says of a plan

  private func judged(
    _ plan: Plan, _ bill: Bill, _ distribution: SavingsDistribution?
  ) -> PlannedOutcome {
    var certificate = plan.certificate
    // What was minimised: with a measure of risk that is more than the expected bill.
    let charge = BeyondHorizon(Self.problem(inputs, mayBuy: true, mayResize: false))
      .charge(plan.purchases.map(\.commitment))
    let cost = (distribution?.riskAdjustedCost ?? bill.cost).value + charge
    // The provider's own allocation is feasible too; where it is the cheaper one, it is what we have.
    certificate.objective = min(certificate.objective, cost)
    if GooglePlanner.applies(to: inputs) {
      certificate.settle(objective: cost, gap: inputs.effort.gap)
    }
    // A solver that was stopped early may know no bound at all; but nothing costs less than nothing.
    certificate.bound = min(max(certificate.bound, 0), certificate.objective)
    let window = bill.window
    var locked = Money.zero
    var total = Money.zero
    for purchase in plan.purchases {
      let commitment = purchase.commitment
      let hours = commitment.end - commitment.start
      let inside = window.indices(from: commitment.start, to: commitment.end).count
      total += Money(rounding: commitment.effectiveHourly * Double(hours))
      locked += Money(rounding: commitment.effectiveHourly * Double(hours - inside))
    }
    var planned = PlannedOutcome(
      certificate: certificate,
      purchases: judged(plan.purchases, bill),
      actions: plan.actions.map(judged),
      billingGap: cost == 0 ? 0 : (cost - certificate.objective) / cost,
      lockedBeyondWindow: locked, totalCommitted: total)
    planned.chargeBeyondWindow = Money(rounding: charge)
    return planned
  }

  func judged(_ purchases: [Purchase], _ bill: Bill) -> [JudgedPurchase] {
    let uses = Dictionary(uniqueKeysWithValues: bill.commitments.map { ($0.commitment.id, $0) })
    return purchases.map { judged($0, uses[$0.commitment.id], bill) }
  }

  private func judged(_ purchase: Purchase, _ use: CommitmentUse?, _ bill: Bill) -> JudgedPurchase {
    let used = use?.used ?? .zero
    let cost = used + (use?.unused ?? .zero)
    return JudgedPurchase(
      purchase: purchase, cost: cost, savings: (use?.coveredOnDemand ?? .zero) - cost,
      utilization: cost == .zero ? 0 : used.value / cost.value,
      breakEvenMonths: use.flatMap { BreakEven.months(of: $0, in: bill.window) })
  }

  private func judged(_ action: ChosenAction) -> JudgedAction {
    let prices = inputs.prices
    // A licence that is metered apart goes with its machine.
    func price(_ sku: SKU) -> Double {
      (prices.onDemandPrice(of: sku) ?? 0) + (prices.onDemandPrice(of: sku.licence) ?? 0)
    }
    let before = price(action.resource.group.sku)
    let after = action.action.target.map(price) ?? 0
    return JudgedAction(
      action: action,
      savings: Money(rounding: (before - after) * Double(action.runningHours.count)))
  }
}

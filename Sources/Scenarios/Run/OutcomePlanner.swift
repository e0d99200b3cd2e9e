import Billing
import CloudCosts
import Planning

/// Plans what there is to plan, and has every outcome billed by the judge.
struct OutcomePlanner {
  let inputs: ScenarioInputs
  let judge: Judge
  let biller: PathBiller
  /// Of all hours that purchases are planned for: `biller`, unless these are more.
  let planBiller: PathBiller
  private var plans: [PlanKind: Plan] = [:]
  private var rivals: [PlanKind: [PlanRival]] = [:]
  /// Outcomes of these plans.
  private var outcomes: [PlanKind: Outcome] = [:]
  /// Plans that were made before: they are billed, and nothing is solved.
  var given: [OutcomeKind: Plan] = [:]
  /// What each path costs at least, where regret is minimised; by whether machines may be resized.
  private var best: [PlanKind: BestCosts] = [:]
  /// Owners that were decided: each decision takes many bills.
  private let decided = DecidedOwners()
  /// What is owned alone, billed, once it was asked for.
  private var untouched: PathBiller.Result?
  /// The same over all hours that purchases are planned for.
  private var untouchedAhead: PathBiller.Result?
  /// The same with what is given up.
  private var before: PathBiller.Result?
  /// What accounts could save alone, once it was asked for.
  var alone = AloneSavings()
  /// What is owned alone costs where usage falls by a share, once it was asked for.
  private var fallen: [Double: Money] = [:]

  /// What a plan may decide; two outcomes that may decide the same share one plan.
  private struct PlanKind: Hashable {
    var mayBuy: Bool
    var mayResize: Bool
  }

  init(_ inputs: ScenarioInputs) {
    self.inputs = inputs
    judge = inputs.judge
    biller = PathBiller(inputs, judge: judge)
    planBiller = inputs.ahead.map(biller.limited) ?? biller
  }

  /// The outcomes asked for, in the order of the contract.
  ///
  /// - Parameter sensitivity: whether to tell how the best plan moves with each limit of the
  ///   policy.
  mutating func run(
    sensitivity: Bool = false, showback: Bool = false, progress: (String) -> Void
  ) throws -> ScenarioRun {
    let onDemand = try biller.bills(under: []).bill
    var outcomes: [Outcome] = []
    for kind in OutcomeKind.allCases where inputs.compare.contains(kind) {
      progress("\(inputs.name): \(kind.rawValue)")
      outcomes.append(try outcome(kind, onDemand: onDemand))
    }
    if sensitivity { try addSensitivity(to: &outcomes, progress: progress) }
    if showback {
      for index in outcomes.indices where outcomes[index].kind != .onDemand {
        outcomes[index].showback = try self.showback(outcomes[index], progress: progress)
      }
    }
    return ScenarioRun(name: inputs.name, outcomes: outcomes)
  }

  private mutating func outcome(_ kind: OutcomeKind, onDemand: Bill) throws -> Outcome {
    switch kind {
    case .onDemand:
      return Outcome(kind: kind, bill: onDemand, savings: .zero, demand: biller.paths.mean)
    case .current:
      let bill = try untouchedBills().bill
      return Outcome(
        kind: kind, bill: bill, savings: onDemand.cost - bill.cost, demand: biller.paths.mean)
    case .committed: return try decided(kind, mayResize: false, onDemand)
    case .rightsized: return try planned(kind, mayBuy: false, mayResize: true, onDemand)
    case .combined: return try decided(kind, mayResize: true, onDemand)
    }
  }

  mutating func planned(
    _ kind: OutcomeKind, mayBuy: Bool, mayResize: Bool, _ onDemand: Bill
  ) throws -> Outcome {
    let key = kindKey(mayBuy, mayResize)
    if given[kind] == nil, var same = outcomes[key] {
      same.kind = kind
      return same
    }
    var plan = try given[kind] ?? plan(mayBuy: mayBuy, mayResize: mayResize)
    let renewals = plan.takeRenewals(from: biller.paths.window.end)
    let demand = biller.paths.mean.applying(plan.actions)
    let owners = try owners(of: plan.purchases, demand)
    plan.purchases = owners.purchases
    let bills = try biller.bills(
      actions: plan.actions, under: inputs.owned + plan.purchases.map(\.commitment))
    let bill = bills.bill
    var distribution: SavingsDistribution?
    if biller.paths.paths.count > 1 {
      distribution = SavingsDistribution(
        bills, against: try billsBefore(), window: bill.window,
        probabilities: biller.paths.probabilities, risk: inputs.risk,
        reference: try reference(key, given: kind, ofPlan: false))
    }
    let solved = try costAsPlanned(
      plan, renewals, bills, distribution, reference: reference(key, given: kind))
    let review = try review(plan, bill)
    distribution?.downsides = try downsides(plan, review)
    var planned = try judged(plan, bill, solved, mayBuy: mayBuy)
    planned.review = review
    for (index, options) in owners.options.enumerated() {
      planned.purchases[index].owners = options
    }
    try BuyingOrder(biller: biller, owned: inputs.owned, actions: plan.actions).place(
      &planned.purchases,
      saving: try biller.bills(actions: plan.actions, under: inputs.owned).bill.cost - bill.cost)
    if mayResize { try setWorth(&planned.actions, of: plan) }
    if !planned.actions.isEmpty {
      planned.work = WorkOrder(planned, window: bill.window).steps
    }
    planned.sizes = plan.sizes
    planned.leftOut = plan.leftOut
    planned.costOfLeavingOut = Money(rounding: plan.costOfLeavingOut)
    if mayBuy {
      planned.rivals = rivals[key] ?? []
      // Of a plan that is made again nothing is solved.
      if given[kind] == nil {
        planned.later = try LaterPurchases(inputs)?.steps(after: plan.purchases.map(\.commitment))
      }
    }
    let outcome = Outcome(
      kind: kind, bill: bill, savings: onDemand.cost - bill.cost, demand: demand, plan: planned,
      distribution: distribution)
    if given[kind] == nil { outcomes[key] = outcome }
    return outcome
  }

  /// Of the plan with the lowest bill among those that buy; of equal ones, the combined one.
  private mutating func addSensitivity(
    to outcomes: inout [Outcome], progress: (String) -> Void
  ) throws {
    let buying = outcomes.indices.filter { [.committed, .combined].contains(outcomes[$0].kind) }
    guard
      let best = buying.reversed().min(by: { outcomes[$0].bill.cost < outcomes[$1].bill.cost })
    else { return }
    if inputs.ownedBefore == nil, let entries = outcomes[best].plan?.givenUp, !entries.isEmpty {
      var other = OutcomePlanner(inputs.givingUp(entries.map(\.givingUp)))
      var one = [outcomes[best]]
      try other.addSensitivity(to: &one, progress: progress)
      outcomes[best] = one[0]
      return
    }
    let mayResize = outcomes[best].kind == .combined
    let nothing = try untouchedAsPlanned()
    let analysis = SensitivityAnalysis(
      Self.problem(inputs, mayBuy: true, mayResize: mayResize), effort: inputs.effort
    ) { [inputs, planBiller] problem, plan, end in
      guard BillLimits.areSet(in: problem.policy) else { return plan }
      return try PlanKeeper(
        problem: problem, biller: planBiller, effort: inputs.effort, end: end, nothing: nothing
      ).kept(plan)
    }
    outcomes[best].plan?.sensitivity = try analysis.run(
      plan(mayBuy: true, mayResize: mayResize),
      progress: { progress("\(inputs.name): sensitivity to \($0)") })
  }

  /// The purchases with owners, and what others would cost; those that have one keep it.
  private func owners(
    of purchases: [Purchase], _ demand: Demand
  ) throws -> (purchases: [Purchase], options: [[OwnerOption]]) {
    let choice = ownerChoice(demand)
    if let options = decided.options(of: purchases, demand) { return (purchases, options) }
    let isNamed = purchases.contains { !$0.commitment.account.isEmpty }
    // What others would cost is known where the same owners come out; else it is of none, lest a
    // plan that names all of them knows less than the one that named some.
    var found = try choice.choose(purchases)
    let isKept = zip(purchases, found.purchases).allSatisfy { before, now in
      before.commitment.account.isEmpty || before.commitment.account == now.commitment.account
    }
    if isNamed, !isKept {
      found = try choice.choose(purchases, keepingOwners: true)
      found.options = found.options.map { _ in [] }
    }
    decided.note(found, demand)
    return found
  }

  func ownerChoice(_ demand: Demand) -> OwnerChoice {
    OwnerChoice(
      judge: judge, demand: demand, owned: inputs.owned,
      costOfCapital: inputs.policy.costOfCapital)
  }

  private func kindKey(_ mayBuy: Bool, _ mayResize: Bool) -> PlanKind {
    PlanKind(
      mayBuy: mayBuy, mayResize: mayResize && inputs.candidates.contains { !$0.actions.isEmpty })
  }

  /// What the measure of risk compares each path's cost with: a constant of the path. Regret's, of
  /// a plan that was made before, is part of its proof.
  ///
  /// - Parameter ofPlan: over all hours that are planned for; false: over those of the outcomes.
  private mutating func reference(
    _ key: PlanKind, given kind: OutcomeKind? = nil, ofPlan: Bool = true
  ) throws -> [Double]? {
    switch inputs.risk?.measure {
    case .regret:
      guard let proof = kind.flatMap({ given[$0]?.certificate.proof }) else {
        return best[key]?.costs
      }
      return proof.best.isEmpty ? nil : proof.best
    case .loss:
      let bills = try ofPlan && inputs.ahead != nil ? untouchedAsPlanned() : billsBefore()
      return bills.costs.map(\.value)
    case .cvar, .expected, .worst, nil: return nil
    }
  }

  private mutating func plan(mayBuy: Bool, mayResize: Bool) throws -> Plan {
    let key = kindKey(mayBuy, mayResize)
    if let known = plans[key] { return known }
    var problem = Self.problem(inputs, mayBuy: mayBuy, mayResize: key.mayResize)
    let nothing = try untouchedAsPlanned()
    problem.ownedCoverage = BillLimits.coverage(underCapsOf: problem.policy, nothing.bill)
    let time = OutcomeTime(
      seconds: inputs.effort.timeLimit, bill: planBiller.secondsOfABill,
      hasRivals: mayBuy && RivalPlanner.hasWork(problem))
    if problem.risk?.measure == .regret, problem.paths != nil {
      best[key] = try Planner.best(
        problem, effort: inputs.effort.until(time.end(of: .reference)))
    }
    problem.best = try reference(key)
    let trials = BillTrials(problem, planBiller, owned: nothing.bill)
    // None that decides less may be cheaper.
    let narrower = [kindKey(false, key.mayResize), kindKey(key.mayBuy, false)]
      .compactMap { plans[$0] }
    let solved = try kept(
      problem, nothing, time.end(of: .solving), time.end(of: .bill), narrower: narrower)
    let worthwhile = try LineTrimmer(
      problem: problem, trials: trials, effort: inputs.effort, end: time.end(of: .trimming)
    ) { [self] in
      try kept($0, nothing, time.end(of: .trimming), time.end(of: .trimming))
    }.trimmed(solved)
    let trimmed = try ShortfallTrim(
      problem: problem, trials: trials, effort: inputs.effort, end: time.end(of: .trimming)
    ).trimmed(worthwhile)
    let plan = try inSizesInUse(trimmed, trials)
    plans[key] = plan
    if mayBuy {
      let end = time.end(of: .rivals)
      var rival = RivalPlanner(
        problem: problem, effort: inputs.effort, end: end, kinds: inputs.rivals, best: best[key])
      if BillLimits.areSet(in: problem.policy) {
        rival.kept = { [self] in try kept($0, nothing, end, end) }
      }
      rivals[key] = try rival.run(plan) { _ in }
    }
    return plan
  }

  // MARK: A plan on the bill

  /// The purchases, with owners where these matter.
  func giveOwners(
    _ purchases: [Purchase], _ actions: [ChosenAction]
  ) throws -> [Commitment] {
    guard inputs.ownersMatter else { return purchases.map(\.commitment) }
    return try owners(of: purchases, planBiller.paths.mean.applying(actions)).purchases
      .map(\.commitment)
  }

  /// What is owned alone, billed.
  private mutating func untouchedBills() throws -> PathBiller.Result {
    if let untouched { return untouched }
    let bills = try biller.bills(under: inputs.owned)
    untouched = bills
    return bills
  }

  /// The same over all hours that purchases are planned for.
  mutating func untouchedAsPlanned() throws -> PathBiller.Result {
    guard inputs.ahead != nil else { return try untouchedBills() }
    if let untouchedAhead { return untouchedAhead }
    let bills = try planBiller.bills(under: inputs.owned)
    untouchedAhead = bills
    return bills
  }

  /// What is owned alone, billed before anything of it is given up.
  private mutating func billsBefore() throws -> PathBiller.Result {
    guard inputs.ownedBefore != nil else { return try untouchedBills() }
    if let before { return before }
    let inputs = inputs.untouched
    let bills = try PathBiller(inputs, judge: inputs.judge).bills(under: inputs.owned)
    before = bills
    return bills
  }

  /// What is owned alone costs where usage falls by `drop` in every hour.
  mutating func costOfOwned(drop: Double) throws -> Money {
    if let known = fallen[drop] { return known }
    let cost = try biller.bills(scale: 1 - drop, under: inputs.owned).bill.cost
    fallen[drop] = cost
    return cost
  }

  /// What the optimizer is asked.
  static func problem(
    _ inputs: ScenarioInputs, mayBuy: Bool, mayResize: Bool
  ) -> PlanningProblem {
    let inputs = inputs.asPlanned
    // Limits on actions say nothing where there are none.
    let mayResize = mayResize && inputs.candidates.contains { !$0.actions.isEmpty }
    // Limits on purchases say nothing where nothing may be bought.
    var policy = mayBuy ? inputs.policy : Policy(costOfCapital: inputs.policy.costOfCapital)
    policy.actions = mayResize ? inputs.policy.actions : ActionLimits()
    var problem = PlanningProblem(
      paths: inputs.paths ?? DemandPaths(inputs.demand), risk: inputs.risk, prices: inputs.prices,
      owned: inputs.owned, offers: inputs.offers, policy: policy,
      candidates: mayResize ? inputs.candidates : [], mayBuy: mayBuy)
    problem.sharing = inputs.sharing
    problem.spendCommitments = inputs.spendCommitments
    problem.givenUp = inputs.givenUp
    problem.ladder = mayBuy ? inputs.ladder : nil
    problem.keepsOwnedUse =
      inputs.sharing.sharesAll && inputs.owned.allSatisfy { $0.reach == .shared }
    problem.chargesBeyond = inputs.paths != nil
    // One path needs no measure, and no second copy.
    if (inputs.paths?.paths.count ?? 1) == 1 {
      problem.paths = nil
      problem.risk = nil
    }
    return problem
  }

  // MARK: What the judge says of a plan

  private mutating func judged(
    _ plan: Plan, _ bill: Bill, _ solved: CostAsPlanned, mayBuy: Bool
  ) throws -> PlannedOutcome {
    // What was minimised: with a measure of risk that is more than the expected bill.
    let charge =
      BeyondHorizon(Self.problem(inputs, mayBuy: true, mayResize: false))
      .charge(solved.purchases) + plan.actions.costOfWork
    let cost = solved.cost.value + charge
    let limits = BillLimits(
      mayBuy ? inputs.policy : Policy(),
      owned: planBiller.owned(inputs.owned, untouched: try untouchedAsPlanned().bill))
    let readings = try limits.readings(
      solved.bill, purchases: solved.purchases.count, actions: plan.actions)
    var certificate = plan.certificate
    certificate.judge(
      cost, isFeasible: readings.allSatisfy(\.isKept), gap: inputs.effort.gap,
      // By Google's rules the ILP's prices are not the bill's.
      isObjective: GooglePlanner.applies(to: inputs))
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
      billed: cost, lockedBeyondWindow: locked, totalCommitted: total)
    planned.limits = readings
    planned.chargeBeyondWindow = Money(rounding: charge)
    planned.horizon = solved.horizon
    return planned
  }

  /// - Parameter bill: of what is owned, and then of the purchases.
  func judged(_ purchases: [Purchase], _ bill: Bill) -> [JudgedPurchase] {
    zip(purchases, bill.commitments.suffix(purchases.count)).map { judged($0, $1, bill) }
  }

  private func judged(_ purchase: Purchase, _ use: CommitmentUse, _ bill: Bill) -> JudgedPurchase {
    let cost = use.amortized
    return JudgedPurchase(
      purchase: purchase, cost: cost, savings: use.coveredOnDemand - cost,
      utilization: use.utilization,
      breakEvenMonths: BreakEven.months(of: use, in: bill.window))
  }
}

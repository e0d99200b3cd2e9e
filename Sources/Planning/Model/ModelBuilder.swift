import CloudCosts

/// Turns prices, demand and commitments into pools and instruments.
struct ModelBuilder {
  let problem: PlanningProblem
  let hours: Int
  let usages: UsageIndex
  /// The SKU of each of `usages`.
  let skus: [SKU]
  let domains: SharingDomains
  /// The least that an instance-hour on demand can cost: see `Model.price`.
  var price: [Double] = []
  /// On-demand prices without any discount.
  private var list: [Double] = []
  /// For each SKU the scope of its reservations, and the units that one instance takes.
  private var counted: [(scope: ReservationScope, units: Double)] = []
  /// For each SKU, other scopes whose reservations cover it too.
  private var wider: [[ReservationScope]] = []
  let zonal: ZonalOffers
  let beyond: BeyondHorizon
  private var excluded: Set<Int> = []
  var pools: [Pool] = []
  private var poolIndex: [PoolKey: Int] = [:]
  var instruments: [Instrument] = []
  var leftOut: [LeftOutOffer] = []
  private var constant = 0.0
  /// For each SKU, its largest instance-hours in an hour, all machines at their worst.
  private var peak: [Double] = []
  private var shares: [UsageGroup: [Double]] = [:]

  struct PoolKey: Hashable {
    enum Scope: Hashable {
      case reservation(ReservationScope)
      case exact(SKU)
      /// One SKU in all zones.
      case rigid(SKU)
      case plan(OfferTerms, SavingsPlanScope)
    }

    var scope: Scope
    /// The sharing domains that it serves; nil: all.
    var reach: Set<Int>?
  }

  init(_ problem: PlanningProblem) {
    self.problem = problem
    hours = problem.demand.window.hours
    constant =
      problem.givenUp.reduce(0) { $0 + $1.loss(in: problem.demand.window) }
      / Double(max(1, problem.hoursPerStep))
    domains = SharingDomains(
      problem.sharing, owned: problem.owned, groups: problem.groupsByUsage,
      mayBuy: problem.mayBuy)
    zonal = ZonalOffers(problem)
    beyond = BeyondHorizon(problem)
    usages = UsageIndex(problem, zonal, domains)
    skus = usages.all.map(\.sku)
  }

  /// The whole model, with proportional pools merged and dominated instruments removed.
  ///
  /// Neither the order of prices nor that of usage or owned commitments matters.
  ///
  /// - Parameter reducing: false keeps dominated instruments, for tests.
  /// - Throws: `FindingsError` with rule `prices.missing` where usage has no on-demand price.
  mutating func build(reducing: Bool = true) throws -> Model {
    try readPrices()
    let paths = problem.paths?.paths ?? [problem.demand]
    let demand = usages.demand(paths)
    peak = skus.indices.map { g in
      paths.indices.reduce(0) { max($0, demand.column(g, path: $1).max() ?? 0) }
    }
    var machines: [Model.Machine] = []
    for candidate in problem.candidates {
      if let machine = machine(candidate) { machines.append(machine) }
    }
    raisePeaks(machines)
    addOwned()
    if problem.mayBuy {
      addReservations()
      addSavingsPlans()
    }
    var model = Model(
      hours: hours * paths.count, skus: skus, price: price, demand: demand, pools: pools,
      instruments: instruments, machines: machines, rows: [], constant: constant, eligible: 0)
    model.risk = PathRisk(
      problem.risk, probabilities: problem.paths?.probabilities ?? [1],
      reference: problem.best)
    if usages.all.contains(where: { $0.share != 1 }) { model.worths = list }
    model.accounts = usages.all.map(\.account)
    model.domains = usages.all.map(\.domain)
    model.start = problem.demand.window.start
    model.hoursPerStep = problem.hoursPerStep
    model.ownedExpiring = (problem.step?.owned ?? owned).expiring
    model.step = problem.step
    model.countsOwnedUse = problem.keepsOwnedUse
    model.excluded = excluded
    model.ownedCoverage = problem.ownedCoverage
    model.hasOneAccount = Set(problem.demand.groups.map(\.account)).count <= 1
    model.leftOut = leftOut
    model.ineligibleSKUs = ineligibleSKUs()
    model.listCosts = model.expectedListCosts()
    for (g, cost) in model.listCosts.enumerated() where !excluded.contains(g) {
      if model.ineligibleSKUs.contains(g) {
        model.ineligible += cost
      } else {
        model.eligible += cost
      }
    }
    model.classify(problem.policy)
    model.mergeProportionalPools()
    model.raiseUppers(problem.policy)
    model.addSpendRows(problem)
    model.apply(problem.policy)
    // What is billed sooner may be the better offer where a year of spend must be filled.
    if reducing, model.spendRows.isEmpty {
      model.removeDominated(exactGrids: model.isSmall)
      model.dominated = DominatedOffer.summary(of: zonal.dominated) + model.dominated
      model.apply(problem.policy)
    }
    return model
  }

  /// What is owned, in an order that the file does not decide.
  private var owned: [Commitment] { problem.owned.sorted { ($0.start, $0.id) < ($1.start, $1.id) } }

  private mutating func readPrices() throws {
    excluded = excludedUsage()
    let missing = Set(skus.filter { problem.prices.onDemandPrice(of: $0) == nil }).sorted()
    guard missing.isEmpty else {
      throw FindingsError(
        missing.map {
          Finding(
            .error, rule: "prices.missing", place: "prices",
            message: "No on-demand price for \($0.zoneless).",
            remedy: "Add its on-demand row to the price file.")
        })
    }
    list = usages.all.map {
      (problem.prices.onDemandPrice(of: $0.sku) ?? 0) * $0.part.share(of: $0.sku)
    }
    price = zip(usages.all, list).map { $1 * $0.share }
    counted = usages.all.map { counting($0.sku, $0.part) }
    wider = skus.map { Array(ReservationScope.covering($0.zoneless).dropFirst()) }
  }

  /// The scope of a SKU's reservations, or of a part's, and the units that one instance takes or
  /// brings.
  func counting(_ sku: SKU, _ part: MachinePart?) -> (scope: ReservationScope, units: Double) {
    if let part, let counted = ReservationScope.counting(sku, part) { return counted }
    return problem.machineCounting == .generously
      ? ReservationScope.countingGenerously(sku) : ReservationScope.counting(sku)
  }

  private mutating func machine(_ candidate: RightsizingCandidate) -> Model.Machine? {
    let group = candidate.resource.group
    guard let from = usages.anyIndex(of: group), !candidate.actions.isEmpty else { return nil }
    let account = group.account
    let hours = candidate.actions.map { $0.hours ?? candidate.runningHours }
    let targets = candidate.actions.map { action in
      action.target.map { UsageGroup(account: account, sku: $0) }
    }
    let licence = usages.index(of: UsageGroup(account: account, sku: group.sku.licence))
    return Model.Machine(
      candidate: candidate, from: from, targets: targets.map { $0.flatMap(usages.anyIndex) },
      moves: zip(targets, hours).map { target, hours in
        let moves = usages.moves(from: group, to: target, in: hours)
        guard let licence, licence != from else { return moves }
        let other = target.flatMap {
          usages.index(of: UsageGroup(account: account, sku: $0.sku.licence))
        }
        return moves + [Model.Machine.Move(from: licence, to: other)]
      },
      hours: hours, costs: candidate.actions.map(\.cost), share: share(candidate))
  }

  /// What of an instance-hour a machine runs in each hour of all paths; nil: 1 throughout. Machines
  /// of a group share one list.
  private mutating func share(_ candidate: RightsizingCandidate) -> [Double]? {
    guard let alongside = candidate.alongside else { return nil }
    let group = candidate.resource.group
    if let known = shares[group] { return known }
    let result = (problem.paths?.paths ?? [problem.demand]).flatMap { path -> [Double] in
      guard let row = path.groups.firstIndex(of: group) else {
        return [Double](repeating: 0, count: hours)
      }
      return (0..<hours).map(path.share(of: row, alongside: alongside))
    }
    shares[group] = result
    return result
  }

  private mutating func raisePeaks(_ machines: [Model.Machine]) {
    for machine in machines where !machine.candidate.runningHours.isEmpty {
      for target in Set(machine.moves.joined().compactMap(\.to)) { peak[target] += 1 }
    }
  }

  /// SKUs for which the price book knows no commitment, and that nothing owned covers.
  private func ineligibleSKUs() -> Set<Int> {
    let scopes = Set(
      problem.prices.reservations.flatMap { offer in
        problem.countedParts(of: offer.sku).map { counting(offer.sku, $0).scope }
      })
    let planned = problem.prices.savingsPlanRates.values.reduce(into: Set<SKU>()) {
      $0.formUnion($1.keys)
    }
    let owned = pools.filter { !$0.owned.isEmpty }.flatMap { $0.members.map(\.sku) }
    return Set(
      skus.indices.filter {
        !scopes.contains(counted[$0].scope) && scopes.isDisjoint(with: wider[$0])
          && !planned.contains(skus[$0].zoneless)
      }
    ).subtracting(owned)
  }

  // MARK: Pools

  /// The pool of a key, made where there is none yet.
  mutating func pool(_ key: PoolKey) -> Int {
    if let known = poolIndex[key] { return known }
    var new = newPool(key.scope)
    if let reach = key.reach {
      new.members.removeAll { !reach.contains(usages.all[$0.sku].domain) }
    }
    pools.append(new)
    poolIndex[key] = pools.count - 1
    return pools.count - 1
  }

  /// Whether something may be bought for a pool: not where all of its usage is excluded.
  func isOffered(_ k: Int) -> Bool {
    pools[k].members.contains { !excluded.contains($0.sku) }
  }

  private func newPool(_ scope: PoolKey.Scope) -> Pool {
    switch scope {
    case .exact(let exact):
      // Usage that tells no zone may have been in any.
      let members = skus.indices.filter {
        let sku = skus[$0].asListed
        return sku == exact || sku == exact.zoneless
      }
      return Pool(level: .reservation, members: members.map { Pool.Member(sku: $0, use: 1) })
    case .rigid(let sku):
      let members = skus.indices.filter { skus[$0].asListed.zoneless.machine == sku }
      return Pool(
        level: .reservation,
        members: members.map {
          Pool.Member(sku: $0, use: usages.all[$0].part.share(of: skus[$0]))
        })
    case .reservation(let scope):
      let members = skus.indices.filter { covers(scope, $0) }
        .map { Pool.Member(sku: $0, use: counted[$0].units) }
      return Pool(level: .reservation, members: members)
    case .plan(let terms, let scope):
      let rates = problem.prices.savingsPlanRates[terms] ?? [:]
      let members = skus.enumerated().compactMap { g, sku -> Pool.Member? in
        guard scope.contains(sku),
          let onDemand = problem.prices.onDemandPrice(of: sku),
          let units = problem.prices.planUnits(rates[sku.zoneless], of: sku, onDemand: onDemand),
          units > 0
        else { return nil }
        return Pool.Member(sku: g, use: units * usages.all[g].part.share(of: sku))
      }
      return Pool(
        level: terms.product.scope == .everywhere ? .everything : .family, members: members)
    }
  }

  /// Whether reservations of a scope cover a SKU: it is its own, or a wider one.
  private func covers(_ scope: ReservationScope, _ g: Int) -> Bool {
    counted[g].scope == scope || wider[g].contains(scope)
  }

  func largestUse(_ k: Int) -> Double {
    pools[k].members.reduce(0) { $0 + $1.use * peak[$1.sku] }
  }

  // MARK: Owned

  private mutating func addOwned() {
    for commitment in owned.map(problem.prices.priced) {
      let active = steps(problem.span.indices(from: commitment.start, to: commitment.end))
      guard !active.isEmpty else { continue }
      constant +=
        commitment.costInside(problem.span, costOfCapital: problem.policy.costOfCapital)
        / Double(problem.hoursPerStep)
      for (scope, capacity) in capacities(of: commitment) {
        let k = pool(PoolKey(scope: scope, reach: domains.reach(of: commitment)))
        pools[k].owned.append(
          Pool.Owned(
            hours: active, capacity: capacity, terms: commitment.terms, start: commitment.start))
      }
    }
  }

  /// What an owned commitment brings, and to which pools.
  private func capacities(of commitment: Commitment) -> [(scope: PoolKey.Scope, Double)] {
    switch commitment.subject {
    case .savingsPlan(let plan, let hourly): [(.plan(commitment.terms, plan), hourly)]
    case .reservation(let sku, let zone?, let count, _, _): [(.exact(sku.inZone(zone)), count)]
    case .reservation(let sku, nil, let count, _, _):
      if commitment.coversOtherSizes {
        problem.countedParts(of: sku).map { part in
          let (scope, units) = counting(sku, part)
          return (.reservation(scope), count * units)
        }
      } else {
        [(.rigid(sku.zoneless.machine), count)]
      }
    }
  }
}

extension PlanningProblem {
  /// Its groups, those with most usage at on-demand prices first.
  fileprivate var groupsByUsage: [UsageGroup] {
    let costs = demand.groups.indices.map { g in
      demand.hours(of: g).reduce(0, +) * (prices.onDemandPrice(of: demand.groups[g].sku) ?? 0)
    }
    return demand.groups.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
      .map { demand.groups[$0] }
  }
}

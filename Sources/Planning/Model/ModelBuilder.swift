import CloudCosts

/// Turns prices, demand and commitments into pools and instruments.
struct ModelBuilder {
  private let problem: PlanningProblem
  private let hours: Int
  private var skus: [SKU] = []
  private var skuIndex: [SKU: Int] = [:]
  /// The least that an instance-hour on demand can cost: see `Model.price`.
  private var price: [Double] = []
  /// On-demand prices without any discount.
  private var list: [Double] = []
  /// For each SKU the scope of its reservations, and the units that one instance takes.
  private var counted: [(scope: ReservationScope, units: Double)] = []
  private let zonal: ZonalOffers
  private var pools: [Pool] = []
  private var poolIndex: [PoolKey: Int] = [:]
  private var instruments: [Instrument] = []
  private var constant = 0.0
  /// For each SKU, its largest instance-hours in an hour, all machines at their worst.
  private var peak: [Double] = []

  private enum PoolKey: Hashable {
    case reservation(ReservationScope)
    case exact(SKU)
    case plan(OfferTerms, SavingsPlanScope)
  }

  init(_ problem: PlanningProblem) {
    self.problem = problem
    hours = problem.demand.window.hours
    zonal = ZonalOffers(problem)
  }

  /// The whole model, with dominated instruments removed and proportional pools merged.
  ///
  /// - Throws: `FindingsError` with rule `prices.missing` where usage has no on-demand price.
  mutating func build() throws -> Model {
    try collectSKUs()
    let demand = hourMajorDemand()
    let machines = problem.candidates.compactMap(machine)
    raisePeaks(machines)
    addOwned()
    if problem.mayBuy {
      addReservations()
      addSavingsPlans()
    }
    let ineligible = ineligibleSKUs()
    var model = Model(
      hours: hours, skus: skus, price: price, demand: demand, pools: pools,
      instruments: instruments, machines: machines, rows: [], constant: constant,
      eligible: cost(demand) { !ineligible.contains($0) },
      ineligible: cost(demand) { ineligible.contains($0) }, ineligibleSKUs: ineligible)
    model.mergeProportionalPools()
    model.rows = policyRows(problem.policy, model: model)
    model.removeDominated(exactGrids: model.isSmall)
    model.dominated = DominatedOffer.summary(of: zonal.dominated) + model.dominated
    model.rows = policyRows(problem.policy, model: model)
    return model
  }

  private mutating func collectSKUs() throws {
    let used = Set(problem.demand.groups.map { zonal.modelled($0.sku) })
    let targets = problem.candidates.flatMap { $0.actions.compactMap(\.target) }
    skus = used.union(targets.map(zonal.modelled)).sorted()
    skuIndex = Dictionary(uniqueKeysWithValues: skus.enumerated().map { ($1, $0) })
    let missing = skus.filter { problem.prices.onDemandPrice(of: $0) == nil }
    guard missing.isEmpty else {
      throw FindingsError(
        missing.map {
          Finding(
            .error, rule: "prices.missing", place: "prices",
            message: "No on-demand price for \($0.zoneless).",
            remedy: "Add its on-demand row to the price file.")
        })
    }
    list = skus.map { problem.prices.onDemandPrice(of: $0) ?? 0 }
    price = zip(skus, list).map { $1 * (SustainedUse.schedule(for: $0)?.lowestShare ?? 1) }
    counted = skus.map(ReservationScope.counting)
    peak = Array(repeating: 0, count: skus.count)
  }

  private mutating func hourMajorDemand() -> [Double] {
    var result = [Double](repeating: 0, count: hours * skus.count)
    for (row, group) in problem.demand.groups.enumerated() {
      guard let g = skuIndex[zonal.modelled(group.sku)] else { continue }
      for h in 0..<hours { result[h * skus.count + g] += problem.demand[row, h] }
    }
    for h in 0..<hours {
      for g in skus.indices { peak[g] = max(peak[g], result[h * skus.count + g]) }
    }
    return result
  }

  private func machine(_ candidate: RightsizingCandidate) -> Model.Machine? {
    guard let from = skuIndex[zonal.modelled(candidate.resource.group.sku)],
      !candidate.actions.isEmpty
    else { return nil }
    let targets = candidate.actions.map { $0.target.flatMap { skuIndex[zonal.modelled($0)] } }
    return Model.Machine(candidate: candidate, from: from, targets: targets)
  }

  private mutating func raisePeaks(_ machines: [Model.Machine]) {
    for machine in machines where !machine.candidate.runningHours.isEmpty {
      for target in Set(machine.targets.compactMap { $0 }) { peak[target] += 1 }
    }
  }

  /// SKUs for which the price book knows no commitment, and that nothing owned covers.
  private func ineligibleSKUs() -> Set<Int> {
    let scopes = Set(problem.prices.reservations.map { ReservationScope(of: $0.sku) })
    let planned = problem.prices.savingsPlanRates.values.reduce(into: Set<SKU>()) {
      $0.formUnion($1.keys)
    }
    let owned = pools.filter { !$0.owned.isEmpty }.flatMap { $0.members.map(\.sku) }
    return Set(
      skus.indices.filter {
        !scopes.contains(counted[$0].scope) && !planned.contains(skus[$0].zoneless)
      }
    ).subtracting(owned)
  }

  /// The on-demand cost of the usage of some SKUs.
  private func cost(_ demand: [Double], of isMeant: (Int) -> Bool) -> Double {
    var total = 0.0
    for g in skus.indices where isMeant(g) {
      for h in 0..<hours { total += price[g] * demand[h * skus.count + g] }
    }
    return total
  }

  // MARK: Pools

  private mutating func pool(_ key: PoolKey) -> Int {
    if let known = poolIndex[key] { return known }
    let new: Pool
    switch key {
    case .exact(let sku):
      // Usage that tells no zone may have been in any.
      let members = Set([sku, sku.zoneless].compactMap { skuIndex[$0] }).sorted()
      new = Pool(level: .reservation, members: members.map { Pool.Member(sku: $0, use: 1) })
    case .reservation(let scope):
      let members = skus.indices.filter { counted[$0].scope == scope }
        .map { Pool.Member(sku: $0, use: counted[$0].units) }
      new = Pool(level: .reservation, members: members)
    case .plan(let terms, let scope):
      let rates = problem.prices.savingsPlanRates[terms] ?? [:]
      let members = skus.enumerated().compactMap { g, sku -> Pool.Member? in
        guard scope.contains(sku), let rate = rates[sku.zoneless], rate > 0, rate <= list[g]
        else { return nil }
        return Pool.Member(sku: g, use: rate)
      }
      new = Pool(
        level: terms.product == .ec2InstanceSavingsPlan ? .family : .everything, members: members)
    }
    pools.append(new)
    poolIndex[key] = pools.count - 1
    return pools.count - 1
  }

  private func largestUse(_ k: Int) -> Double {
    pools[k].members.reduce(0) { $0 + $1.use * peak[$1.sku] }
  }

  // MARK: Owned

  private mutating func addOwned() {
    for commitment in problem.owned {
      let window = problem.demand.window
      let active = window.indices(from: commitment.start, to: commitment.end)
      guard !active.isEmpty else { continue }
      constant += commitment.costInside(window, costOfCapital: problem.policy.costOfCapital)
      let key: PoolKey
      let capacity: Double
      switch commitment.subject {
      case .reservation(let sku, let zone, let count, _, _):
        let (scope, units) = ReservationScope.counting(sku)
        key = zone.map { .exact(sku.inZone($0)) } ?? .reservation(scope)
        capacity = count * (zone == nil ? units : 1)
      case .savingsPlan(let scope, let hourlyCommitment):
        key = .plan(commitment.terms, scope)
        capacity = hourlyCommitment
      }
      let k = pool(key)
      pools[k].owned.append(Pool.Owned(hours: active, capacity: capacity))
    }
  }

  // MARK: Instruments

  /// Bought on the first hour of the window and again whenever the term has passed.
  private func purchaseHours(_ term: Term) -> [Range<Int>] {
    stride(from: 0, to: hours, by: term.hours).map { $0..<min($0 + term.hours, hours) }
  }

  private mutating func addReservations() {
    for offer in zonal.worthwhile {
      let (scope, units) = ReservationScope.counting(offer.sku)
      let unit = offer.zone == nil ? units : 1
      guard unit > 0 else { continue }
      let k = pool(offer.zone == nil ? .reservation(scope) : .exact(offer.sku))
      let upper = (largestUse(k) / unit).rounded(.up)
      guard upper > 0 else { continue }
      for active in purchaseHours(offer.terms.term) {
        instruments.append(
          Instrument(
            offer: .reservation(offer), pool: k, active: active, grid: 1, unit: unit,
            safeUnit: unit,
            cost: offer.effectiveHourly * Double(active.count)
              + interest(upfront: offer.upfront, term: offer.terms.term, active: active),
            upfront: offer.upfront, hourly: offer.effectiveHourly, upper: upper))
      }
    }
  }

  private mutating func addSavingsPlans() {
    // Dictionaries have no order; the solver's answer must not depend on it.
    let allowed = problem.prices.savingsPlanRates.filter { problem.offers.allows($0.key) }
    for (terms, rates) in allowed.sorted(by: { $0.key < $1.key }) {
      let scopes = Set(
        skus.filter { rates[$0.zoneless] != nil }.map { sku in
          terms.product == .ec2InstanceSavingsPlan
            ? SavingsPlanScope(provider: sku.provider, region: sku.region, family: sku.family)
            : SavingsPlanScope(provider: sku.provider)
        })
      for scope in scopes.sorted() {
        let k = pool(.plan(terms, scope))
        let upper = (largestUse(k) * 1000).rounded(.up) / 1000
        guard upper > 0 else { continue }
        let upfront = terms.payment.savingsPlanUpfrontShare * Double(terms.term.hours)
        for active in purchaseHours(terms.term) {
          instruments.append(
            Instrument(
              offer: .savingsPlan(terms, scope), pool: k, active: active, grid: 0.001, unit: 1,
              safeUnit: 1,
              cost: Double(active.count)
                + interest(upfront: upfront, term: terms.term, active: active),
              upfront: upfront, hourly: 1, upper: upper))
        }
      }
    }
  }

  private func interest(upfront: Double, term: Term, active: Range<Int>) -> Double {
    CostOfCapital.interest(
      upfront: upfront, termHours: term.hours, fromAge: 0, toAge: active.count,
      yearlyRate: problem.policy.costOfCapital)
  }
}

import CloudCosts

/// Commitments that a bill names in part, as far as its rows show them.
///
/// Usage that a bill shows as covered is never offered to new commitments as if it were not: what
/// no row states is taken in the way that leaves most of it owned. It ends when its term must have
/// ended; no term is longer than three years. Its amount is what was used and what was not, its
/// price what both cost. Where only the usage is known, the least constant amount counts that
/// explains it.
struct OwnedInference {
  /// A commitment, and what it was made of.
  struct Inferred {
    var commitments: [Commitment]
    /// What the rows do not tell: `start, end`.
    var missing: [String]
    /// Whether the price is no one's statement but that of the same machine on demand.
    var isPricedOnDemand = false
    /// Whether it counts for each machine that it covered by itself: a plan without rates, or usage
    /// whose rows name no commitment.
    var isByMachine = false
  }

  let prices: PriceList?
  /// Usage that is left out of a plan counts for no machine.
  let unpriced: UnpricedServices?
  /// All usage of the history, by hour, of a SKU whatever its account, over a window.
  let usage: (Set<SKU>, HourWindow) -> [SKU: [Double]]

  /// Nil where no row shows what it covers, and what it is is not stated either.
  func infer(_ entry: HistoryCommitment, _ use: CoveredUse, missing: [String]) -> Inferred? {
    guard entry.isPlan else {
      return reservations(entry, use, missing: missing, isByMachine: false)
    }
    if let plan = plan(entry, use) { return Inferred(commitments: [plan], missing: missing) }
    return reservations(entry, use, missing: missing, isByMachine: true)
  }

  /// Usage that rows show as covered without naming a commitment: by a reservation of that machine
  /// alone, or, of what no reservation covers, by a plan.
  func infer(unnamed sku: SKU, _ use: CoveredUse) -> Inferred? {
    var entry = HistoryCommitment(
      id: "covered usage of \(sku)", provider: sku.provider.rawValue, account: "",
      seen: use.window)
    entry.category = product(of: sku) == nil ? "Spend" : "Usage"
    let missing = ["commitment"]
    guard entry.isPlan else {
      return reservations(entry, use, missing: missing, isByMachine: true)
    }
    return plan(entry, use).map { Inferred(commitments: [$0], missing: missing) }
  }

  // MARK: Plans

  private func plan(_ entry: HistoryCommitment, _ use: CoveredUse) -> Commitment? {
    guard let hourly = entry.hourlyCommitment ?? paidHourly(entry, use), hourly > 0,
      let provider = provider(entry, use), let terms = planTerms(entry, use, provider)
    else { return nil }
    var scope = SavingsPlanScope(provider: provider)
    if terms.product.scope == .family {
      let main = use.main
      scope.region = entry.region.isEmpty ? main?.region : entry.region
      scope.family = entry.instanceType.isEmpty ? main?.family : entry.instanceType
      guard scope.region != nil, scope.family != nil else { return nil }
    }
    return Commitment(
      id: entry.id, account: entry.account, terms: terms,
      subject: .savingsPlan(scope: scope, hourlyCommitment: hourly), start: start(entry),
      end: end(entry))
  }

  /// What used and unused parts cost, else what is paid for it: of equal payments each is for a
  /// twelfth of a year (Microsoft Learn, "Buy an Azure savings plan": the monthly payment is
  /// the same in every month).
  private func paidHourly(_ entry: HistoryCommitment, _ use: CoveredUse) -> Double? {
    if use.hourly > 0 { return use.hourly }
    guard entry.payment == .noUpfront, entry.provider == Provider.azure.rawValue else { return nil }
    return use.lastPayment > 0
      ? use.lastPayment * 12 / Double(Term.oneYear.hours) : nil
  }

  /// Of the plans that have rates for the usage: as stated, else those whose rates come nearest to
  /// what the covered usage cost; the lowest, where no row says that, since they cover most.
  private func planTerms(
    _ entry: HistoryCommitment, _ use: CoveredUse, _ provider: Provider
  ) -> OfferTerms? {
    var rates: [OfferTerms: [SKU: Double]] = [:]
    for row in prices?.rows ?? [] where row.product.isSavingsPlan {
      guard row.product.provider == provider, entry.product.map({ $0 == row.product }) ?? true,
        let terms = row.offered
      else { continue }
      rates[terms, default: [:]][row.sku] = row.hourly
    }
    let usable = rates.filter { _, rates in
      use.uses.isEmpty || use.uses.keys.contains { rates[$0] != nil }
    }
    func distance(_ rates: [SKU: Double]) -> Double {
      use.uses.reduce(0) { sum, entry in
        // Usage that the plan covers and the offer does not speaks against it.
        guard let rate = rates[entry.key] else { return sum + entry.value.list }
        return sum + abs(rate * entry.value.hours - entry.value.effective)
      }
    }
    func strangeness(_ terms: OfferTerms) -> Int {
      (entry.term.map { $0 != terms.term } ?? false ? 2 : 0)
        + (entry.payment.map { $0 != terms.payment } ?? false ? 1 : 0)
    }
    return usable.map { (strangeness($0.key), distance($0.value), $0.key) }.min { $0 < $1 }?.2
  }

  // MARK: Reservations

  private func reservations(
    _ entry: HistoryCommitment, _ use: CoveredUse, missing: [String], isByMachine: Bool
  ) -> Inferred? {
    var result = Inferred(commitments: [], missing: missing, isByMachine: isByMachine)
    let parts = isByMachine ? machines(use) : scopes(entry, use)
    for (sku, part) in parts {
      guard let product = entry.product.flatMap({ $0.isReservation ? $0 : nil }) ?? product(of: sku)
      else { continue }
      let stated = isByMachine || parts.count > 1 ? nil : entry.quantity
      guard let count = stated ?? count(of: sku, part, isRigid: isByMachine), count > 0 else {
        continue
      }
      let terms = OfferTerms(
        product: product.sold(for: sku.service), term: entry.term ?? .threeYears,
        payment: entry.payment ?? .noUpfront)
      let price = price(of: sku, terms, entry, part, count)
      result.isPricedOnDemand = result.isPricedOnDemand || price.isOnDemand
      var commitment = Commitment(
        id: parts.count == 1 ? entry.id : "\(entry.id) \(sku)",
        account: entry.account, terms: terms,
        subject: .reservation(
          sku: sku, zone: entry.zone.isEmpty || isByMachine ? nil : entry.zone, count: count,
          upfront: price.upfront, hourly: price.hourly),
        start: start(entry), end: end(entry))
      commitment.coversOtherSizes = !isByMachine
      result.commitments.append(commitment)
    }
    return result.commitments.isEmpty ? nil : result
  }

  /// Each machine that was covered by itself.
  private func machines(_ use: CoveredUse) -> [(sku: SKU, use: CoveredUse)] {
    use.uses.keys.filter { unpriced?.contains($0) != true }.sorted()
      .map { ($0, use.part([$0])) }
  }

  /// What one reservation is good for is counted together, as machines of the size that used most
  /// of it, or of that which the bill names.
  private func scopes(
    _ entry: HistoryCommitment, _ use: CoveredUse
  ) -> [(sku: SKU, use: CoveredUse)] {
    if let sku = sku(entry) {
      let scope = ReservationScope(of: sku)
      let own = use.uses.keys.filter { scope.units(of: $0) != nil }
      if !own.isEmpty || entry.quantity != nil { return [(sku, use.part(own))] }
    }
    let groups = Dictionary(grouping: use.uses.keys) { ReservationScope(of: $0) }
    return groups.sorted { $0.key < $1.key }.compactMap { _, skus in
      let part = use.part(skus)
      return part.main.map { ($0, part) }
    }
  }

  func sku(_ entry: HistoryCommitment) -> SKU? {
    guard let provider = Provider(rawValue: entry.provider), !entry.region.isEmpty,
      !entry.instanceType.isEmpty
    else { return nil }
    return SKU(
      provider: provider, region: entry.region, instanceType: entry.instanceType,
      operatingSystem: entry.operatingSystem.isEmpty ? "Linux" : entry.operatingSystem,
      tenancy: entry.tenancy.isEmpty ? "default" : entry.tenancy)
  }

  private func product(of sku: SKU) -> Product? {
    .covering(sku.service, money: false)
  }

  /// How many machines of a SKU are owned.
  private func count(of sku: SKU, _ use: CoveredUse, isRigid: Bool) -> Double? {
    let scope = ReservationScope(of: sku)
    func units(_ other: SKU) -> Double { isRigid ? 1 : scope.units(of: other) ?? 0 }
    let own = units(sku)
    guard own > 0 else { return nil }
    // What a plan leaves to others is no machine: only what was used is.
    if !isRigid, let amount = use.amount(units: units) { return whole(amount / own) }
    let hours = usage(Set(use.uses.keys), use.window)
    var total = [Double](repeating: 0, count: use.window.hours)
    for (other, quantities) in hours {
      for (hour, quantity) in quantities.enumerated() where hour < total.count {
        total[hour] += quantity * units(other)
      }
    }
    let covered = use.uses.reduce(0.0) { $0 + $1.value.hours * units($1.key) }
    return whole(CoveredUse.leastAmount(covering: covered, of: total) / own)
  }

  /// Rounded costs make 3 machines 2.9999.
  private func whole(_ count: Double) -> Double {
    let nearest = count.rounded()
    return nearest > 0 && abs(count - nearest) < 0.005 * nearest
      ? nearest : (count * 1e6).rounded() / 1e6
  }

  /// What one costs: as stated for its terms, else as its rows cost, else as on demand, so that no
  /// saving is claimed for it.
  private func price(
    of sku: SKU, _ terms: OfferTerms, _ entry: HistoryCommitment, _ use: CoveredUse,
    _ count: Double
  ) -> (upfront: Double, hourly: Double, isOnDemand: Bool) {
    let rows = (prices?.rows ?? []).filter { $0.sku == sku }
    if entry.product != nil, entry.term != nil, entry.payment != nil,
      let row = rows.first(where: { $0.offered == terms })
    {
      return (row.upfront, row.hourly, false)
    }
    if use.hourly > 0 { return (0, use.hourly / count, false) }
    let onDemand = rows.first { $0.product == .onDemand }?.hourly
    let listed = use.uses[sku].map { $0.hours > 0 ? $0.list / $0.hours : 0 } ?? 0
    return (0, onDemand ?? listed, true)
  }

  // MARK: Its life

  private func provider(_ entry: HistoryCommitment, _ use: CoveredUse) -> Provider? {
    Provider(rawValue: entry.provider) ?? use.main?.provider
  }

  private func start(_ entry: HistoryCommitment) -> Hour {
    entry.start ?? min(entry.seen.start, entry.end ?? entry.seen.start)
  }

  /// It was there when it was first seen, so it cannot last longer than its term from then.
  private func end(_ entry: HistoryCommitment) -> Hour {
    entry.end ?? start(entry) + (entry.term ?? .threeYears).hours
  }
}

extension CoveredUse {
  /// What was covered most, by instance-hours at list prices.
  var main: SKU? {
    uses.max { ($0.value.list, $0.value.hours, $1.key) < ($1.value.list, $1.value.hours, $0.key) }?
      .key
  }
}

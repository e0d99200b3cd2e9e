import CloudCosts

/// Divides usage into pools, by what is bought.
struct PoolBuilder {
  let demand: Demand
  let prices: PriceBook
  let terms: OfferTerms
  /// A finer division than that of what a plan would cover.
  var division = BacktestSettings.Pools.together

  /// Pools with usage that the terms are on sale for, by name.
  func pools() -> [BacktestPool] {
    terms.product.isReservation ? reservationPools() : planPools()
  }

  private func planPools() -> [BacktestPool] {
    let narrow = terms.product.scope == .family
    let separatesGroups = division == .each
    var members: [String: [Int]] = [:]
    for (g, group) in demand.groups.enumerated() {
      let sku = group.sku
      guard prices.rate(of: terms, for: sku) != nil, prices.onDemandPrice(of: sku) != nil else {
        continue
      }
      let name =
        separatesGroups
        ? (group.account.isEmpty ? "" : group.account + " ") + "\(sku.region) \(sku.instanceType)"
        : narrow
          ? "\(sku.region) \(sku.family)"
          : division == .region ? sku.region : "all of \(sku.provider.rawValue)"
      members[name, default: []].append(g)
    }
    return members.sorted { $0.key < $1.key }.map { name, groups in
      let first = demand.groups[groups[0]].sku
      let scope = SavingsPlanScope(
        provider: first.provider, region: narrow ? first.region : nil,
        family: narrow ? first.family : nil)
      let isLocked = narrow || separatesGroups
      return pool(
        name, region: isLocked ? first.region : "",
        kind: separatesGroups ? first.instanceType : narrow ? first.family : "", groups,
        subject: .plan(scope), unitPrice: 1
      ) { prices.rate(of: terms, for: $0) ?? 0 }
    }
  }

  private func reservationPools() -> [BacktestPool] {
    var members: [ReservationScope: [Int]] = [:]
    for (g, group) in demand.groups.enumerated()
    where prices.onDemandPrice(of: group.sku) != nil {
      members[ReservationScope(of: group.sku.zoneless), default: []].append(g)
    }
    var offers: [ReservationScope: [ReservationOffer]] = [:]
    for offer in prices.reservations where offer.terms == terms && offer.zone == nil {
      offers[ReservationScope(of: offer.sku), default: []].append(offer)
    }
    return members.sorted { $0.key < $1.key }.compactMap { scope, groups in
      func price(_ offer: ReservationOffer) -> Double {
        offer.effectiveHourly / (scope.units(of: offer.sku) ?? 1)
      }
      // The smallest size wastes least by rounding; sizes of a family differ little in price.
      let cheapest = offers[scope]?.min {
        (price($0) * 1000).rounded() == (price($1) * 1000).rounded()
          ? (scope.units(of: $0.sku) ?? 1, $0.sku) < (scope.units(of: $1.sku) ?? 1, $1.sku)
          : price($0) < price($1)
      }
      guard let cheapest, let size = scope.units(of: cheapest.sku) else { return nil }
      return pool(
        "\(scope.region) \(scope.familyOrType)", region: scope.region, kind: scope.familyOrType,
        groups, subject: .reservation(cheapest), unitPrice: cheapest.effectiveHourly
      ) { (scope.units(of: $0.zoneless) ?? 0) / size }
    }
  }

  private func pool(
    _ name: String, region: String, kind: String, _ groups: [Int], subject: BacktestPool.Subject,
    unitPrice: Double, units: (SKU) -> Double
  ) -> BacktestPool {
    var usage = [Double](repeating: 0, count: demand.window.hours)
    var value = usage
    for g in groups {
      let sku = demand.groups[g].sku
      let (unit, price) = (units(sku), prices.onDemandPrice(of: sku) ?? 0)
      for (h, quantity) in demand.hours(of: g).enumerated() where quantity > 0 {
        usage[h] += quantity * unit
        value[h] += quantity * price
      }
    }
    return BacktestPool(
      name: name, region: region, kind: kind, members: groups, subject: subject,
      trace: UsageTrace(usage), value: UsageTrace(value), unitPrice: unitPrice)
  }
}

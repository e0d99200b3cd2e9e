import CloudCosts

/// The groups of a demand, found by what commitments ask for; built once a bill.
struct UsageIndex {
  let groups: [UsageGroup]
  /// Per group, this customer's price; 0 where the group has neither usage nor a price.
  let onDemand: [Double]
  /// Per group, the provider's public price.
  let list: [Double]
  /// Per group: the units that one instance takes from a regional reservation of its scope.
  let reservationUnits: [Double]
  private var bySKU: [SKU: [Int]] = [:]
  private var byReservationScope: [ReservationScope: [Int]] = [:]
  private var byPlanScope: [SavingsPlanScope: [Int]] = [:]

  init(groups: [UsageGroup], onDemand: [Double], list: [Double]) {
    self.groups = groups
    self.onDemand = onDemand
    self.list = list
    var units: [Double] = []
    units.reserveCapacity(groups.count)
    for (g, group) in groups.enumerated() {
      let sku = group.sku
      let (scope, unit) = ReservationScope.counting(sku)
      units.append(unit)
      bySKU[sku, default: []].append(g)
      byReservationScope[scope, default: []].append(g)
      let family = SavingsPlanScope(
        provider: sku.provider, region: sku.region, family: sku.family)
      byPlanScope[family, default: []].append(g)
    }
    reservationUnits = units
  }

  /// The groups inside a scope, ascending.
  func groups(in scope: CommitmentScope) -> [Int] {
    switch scope {
    case .exactly(let sku):
      // Usage that tells no zone may have been in any.
      ((bySKU[sku] ?? []) + (sku.zone.isEmpty ? [] : bySKU[sku.zoneless] ?? [])).sorted()
    case .reservation(let scope): byReservationScope[scope] ?? []
    case .plan(_, let scope):
      scope.region != nil && scope.family != nil
        ? byPlanScope[scope] ?? [] : groups.indices.filter { scope.contains(groups[$0].sku) }
    }
  }

  /// Per group, the rate of a kind of plan; NaN where the plan does not cover it.
  ///
  /// A plan without a rate for a SKU does not cover it, and none covers at a rate above on-demand:
  /// the provider applies a plan only where it lowers the bill. At 0 % it does apply (AWS Savings
  /// Plans User Guide, the Lambda requests of its example).
  func rates(_ rates: [SKU: Double]) -> [Double] {
    groups.indices.map { g in
      guard let rate = rates[groups[g].sku.zoneless], rate >= 0, rate <= onDemand[g] else {
        return .nan
      }
      return rate
    }
  }
}

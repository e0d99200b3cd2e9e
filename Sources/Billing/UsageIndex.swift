import CloudCosts

/// Usage as commitments look at it, and what they ask for found fast; built once a bill.
///
/// It has lines: one for each group of the demand, and for Google's machines one for their vCPUs
/// and one for their memory, each with its share of the machine's price.
struct UsageIndex {
  /// Per line its group; a group's lines are together, and groups in their order.
  let groups: [UsageGroup]
  /// Per line; nil: the whole machine.
  let parts: [MachinePart?]
  /// Per line: what of the machine's price is its price. Also what of an instance-hour it counts
  /// as.
  let shares: [Double]
  /// Per line: the row of the demand.
  let rows: [Int]
  /// Per group its lines.
  let linesOfGroup: [Range<Int>]
  /// Per line, this customer's price of a whole machine; 0 where the group has neither usage nor a
  /// price.
  let machinePrices: [Double]
  /// Per line, this customer's price.
  let onDemand: [Double]
  /// Per line, the provider's public price.
  let list: [Double]
  /// Per line: the units that one instance takes from a regional reservation of its scope.
  let reservationUnits: [Double]
  private var bySKU: [SKU: [Int]] = [:]
  private var byZonelessSKU: [SKU: [Int]] = [:]
  private var byReservationScope: [ReservationScope: [Int]] = [:]
  private var byPlanScope: [SavingsPlanScope: [Int]] = [:]

  /// A group with its row of the demand and its prices.
  struct Entry {
    var group: UsageGroup
    var row: Int
    var onDemand: Double
    var list: Double
  }

  /// - Parameter entries: in the order of their groups.
  init(_ entries: [Entry]) {
    var groups: [UsageGroup] = []
    var parts: [MachinePart?] = []
    var shares: [Double] = []
    var rows: [Int] = []
    var linesOfGroup: [Range<Int>] = []
    var machinePrices: [Double] = []
    var onDemand: [Double] = []
    var list: [Double] = []
    var units: [Double] = []
    for entry in entries {
      let sku = entry.group.sku
      let first = groups.count
      for (part, share) in UsageIndex.split(sku) {
        let (scope, unit) =
          part.flatMap { ReservationScope.counting(sku, $0) } ?? ReservationScope.counting(sku)
        let scopes = part == nil ? ReservationScope.covering(sku) : [scope]
        for scope in scopes { byReservationScope[scope, default: []].append(groups.count) }
        units.append(unit)
        groups.append(entry.group)
        parts.append(part)
        shares.append(share)
        rows.append(entry.row)
        machinePrices.append(entry.onDemand)
        onDemand.append(entry.onDemand * share)
        list.append(entry.list * share)
      }
      linesOfGroup.append(first..<groups.count)
      bySKU[sku.asListed, default: []] += Array(first..<groups.count)
      byZonelessSKU[sku.asListed.zoneless.machine, default: []] += Array(first..<groups.count)
      let family = SavingsPlanScope(
        provider: sku.provider, region: sku.region, family: sku.family)
      byPlanScope[family, default: []] += Array(first..<groups.count)
    }
    self.groups = groups
    self.parts = parts
    self.shares = shares
    self.rows = rows
    self.linesOfGroup = linesOfGroup
    self.machinePrices = machinePrices
    self.onDemand = onDemand
    self.list = list
    reservationUnits = units
  }

  private static func split(_ sku: SKU) -> [(part: MachinePart?, share: Double)] {
    guard sku.provider == .gcp, !sku.isLicence,
      let resources = GoogleSizes.resources(of: sku.instanceType)
    else {
      return [(nil, 1)]
    }
    return MachinePart.allCases.map { ($0, resources.share(of: $0)) }
  }

  /// The lines inside a scope, ascending.
  func groups(in scope: CommitmentScope) -> [Int] {
    switch scope {
    case .exactly(let sku):
      // Usage that tells no zone may have been in any.
      ((bySKU[sku] ?? []) + (sku.zone.isEmpty ? [] : bySKU[sku.zoneless] ?? [])).sorted()
    case .rigid(let sku): byZonelessSKU[sku] ?? []
    case .reservation(let scope): byReservationScope[scope] ?? []
    case .plan(_, let scope):
      scope.region != nil && scope.family != nil
        ? byPlanScope[scope] ?? [] : groups.indices.filter { scope.contains(groups[$0].sku) }
    }
  }

  /// Per line, the rate of a kind of plan for a whole machine; NaN where the plan does not cover it
  /// (`PriceBook.planUnits`).
  func rates(_ rates: [SKU: Double], _ prices: PriceBook) -> [Double] {
    groups.indices.map { g in
      let sku = groups[g].sku
      return prices.planUnits(rates[sku.zoneless], of: sku, onDemand: machinePrices[g]) ?? .nan
    }
  }
}

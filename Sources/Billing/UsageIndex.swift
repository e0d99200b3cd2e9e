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
  private var scopes = ScopeTable()

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
    var kinds: [SKU: Kind] = [:]
    for entry in entries {
      let sku = entry.group.sku
      let kind = kinds[sku] ?? Kind(sku, &scopes)
      kinds[sku] = kind
      let first = groups.count
      for line in kind.lines {
        for list in line.lists { scopes.add(groups.count, to: list) }
        units.append(line.units)
        groups.append(entry.group)
        parts.append(line.part)
        shares.append(line.share)
        rows.append(entry.row)
        machinePrices.append(entry.onDemand)
        onDemand.append(entry.onDemand * line.share)
        list.append(entry.list * line.share)
      }
      linesOfGroup.append(first..<groups.count)
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

  /// What all groups of a SKU have in common.
  private struct Kind {
    struct Line {
      var part: MachinePart?
      var share: Double
      var units: Double
      /// The lists of the table that its lines are in.
      var lists: [Int]
    }

    let lines: [Line]

    init(_ sku: SKU, _ scopes: inout ScopeTable) {
      let common = [
        ScopeTable.Key.sku(sku.asListed), .anyZone(sku.asListed.zoneless.machine),
        .plan(
          SavingsPlanScope(provider: sku.provider, region: sku.region, family: sku.family)),
      ].map { scopes.list(of: $0) }
      lines = Kind.split(sku).map { part, share in
        let (scope, units) =
          part.flatMap { ReservationScope.counting(sku, $0) } ?? ReservationScope.counting(sku)
        let reserved = part == nil ? ReservationScope.covering(sku) : [scope]
        return Line(
          part: part, share: share, units: units,
          lists: common + reserved.map { scopes.list(of: .reservation($0)) })
      }
    }

    private static func split(_ sku: SKU) -> [(part: MachinePart?, share: Double)] {
      guard sku.provider == .gcp, !sku.isLicence,
        let resources = GoogleSizes.resources(of: sku.instanceType)
      else {
        return [(nil, 1)]
      }
      return MachinePart.allCases.map { ($0, resources.share(of: $0)) }
    }
  }

  /// The lines inside a scope, ascending.
  func groups(in scope: CommitmentScope) -> [Int] {
    switch scope {
    case .exactly(let sku):
      // Usage that tells no zone may have been in any.
      (scopes[.sku(sku)] + (sku.zone.isEmpty ? [] : scopes[.sku(sku.zoneless)])).sorted()
    case .rigid(let sku): scopes[.anyZone(sku)]
    case .reservation(let scope): scopes[.reservation(scope)]
    case .plan(_, let scope):
      scope.region != nil && scope.family != nil
        ? scopes[.plan(scope)] : groups.indices.filter { scope.contains(groups[$0].sku) }
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

/// Lists of lines by what a commitment may be for.
private struct ScopeTable {
  enum Key: Hashable {
    case sku(SKU)
    /// A SKU without its zone and licence.
    case anyZone(SKU)
    case reservation(ReservationScope)
    case plan(SavingsPlanScope)
  }

  private var places: [Key: Int] = [:]
  private var lists: [[Int]] = []

  subscript(key: Key) -> [Int] { places[key].map { lists[$0] } ?? [] }

  /// The number of a key's list; of a new key an empty one.
  mutating func list(of key: Key) -> Int {
    let place = places[key] ?? lists.count
    if place == lists.count {
      places[key] = place
      lists.append([])
    }
    return place
  }

  mutating func add(_ line: Int, to list: Int) { lists[list].append(line) }
}

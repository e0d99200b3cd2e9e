import CloudCosts

/// A `g` of the model: the usage of a SKU, in one account where the policy names it; or that of its
/// vCPUs or its memory alone (`MachineCounting.parts`).
struct ModelUsage: Hashable, Comparable, Sendable {
  var sku: SKU
  /// Nil: all of the machine.
  var part: MachinePart?
  var account: String?
  var domain: Int
  /// What of the list price it costs on demand.
  var share: Double

  /// The same in hours that cost another share.
  func costing(_ share: Double) -> ModelUsage {
    var usage = self
    usage.share = share
    return usage
  }

  static func < (a: ModelUsage, b: ModelUsage) -> Bool {
    a.sku == b.sku
      ? (a.account ?? "", a.domain, a.part?.rawValue ?? "", a.share)
        < (b.account ?? "", b.domain, b.part?.rawValue ?? "", b.share)
      : a.sku < b.sku
  }
}

/// What each `g` of a model is, and which of them a group's usage is in which hours.
struct UsageIndex: Sendable {
  /// In the order of `g`.
  let all: [ModelUsage]
  private let places: [ModelUsage: Int]
  private let problem: PlanningProblem
  private let zonal: ZonalOffers
  private let domains: SharingDomains
  private let named: Set<String>
  /// Hours with prices of their own; nil: each SKU has one price.
  private let order: SustainedOrder?

  init(_ problem: PlanningProblem, _ zonal: ZonalOffers, _ domains: SharingDomains) {
    self.problem = problem
    self.zonal = zonal
    self.domains = domains
    let order = SustainedOrder(problem)
    self.order = order
    let named = problem.policy.namedAccounts
    self.named = named
    func usage(of group: UsageGroup, _ part: MachinePart? = nil) -> ModelUsage {
      Self.usage(of: group, part, problem, zonal, domains, named)
    }
    func usages(of group: UsageGroup) -> [ModelUsage] {
      problem.countedParts(of: group.sku).flatMap { part -> [ModelUsage] in
        let usage = usage(of: group, part)
        let shares = order?.values(of: group, part) ?? []
        return shares.isEmpty ? [usage] : shares.map { usage.costing($0) }
      }
    }
    let used = problem.demand.groups.flatMap(usages)
    let groups = Set(problem.demand.groups)
    let targets = problem.candidates.flatMap { candidate -> [ModelUsage] in
      let group = candidate.resource.group
      // A licence that is metered apart goes with its machine.
      let licensed = groups.contains(UsageGroup(account: group.account, sku: group.sku.licence))
      return candidate.actions.compactMap(\.target).flatMap { licensed ? [$0, $0.licence] : [$0] }
        .flatMap { usages(of: UsageGroup(account: group.account, sku: $0)) }
    }
    all = Set(used + targets).sorted()
    places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, $0) })
  }

  /// The `g` of a group's usage, machines whole.
  func index(of group: UsageGroup) -> Int? { places[usage(of: group, nil)] }

  /// One `g` of a group's usage: of its first part, at the price of some hour.
  func anyIndex(of group: UsageGroup) -> Int? {
    guard let part = problem.countedParts(of: group.sku).first else { return nil }
    let usage = usage(of: group, part)
    return places[usage]
      ?? order?.shares(of: group, part, path: 0)?.lazy.compactMap { [places] in
        places[usage.costing($0)]
      }.first
  }

  /// What a machine's change moves, part by part; where the hours of a month have prices of their
  /// own, those hours apart that leave or join other usage.
  ///
  /// - Parameter hours: of a path, ascending.
  func moves(
    from group: UsageGroup, to target: UsageGroup?, in hours: [Int]
  ) -> [Model.Machine.Move] {
    let joined = target.map { problem.countedParts(of: $0.sku) } ?? []
    return problem.countedParts(of: group.sku).enumerated().flatMap { place, part in
      let left = hourly(group, part)
      guard let target, joined.indices.contains(place) else { return moves(left, nil, hours) }
      return moves(left, hourly(target, joined[place]), hours)
    }
  }

  /// The `g` of a part in each hour.
  private struct Hourly {
    var index: [Double: Int]
    /// What each hour of a path costs; nil: one price.
    var shares: ArraySlice<Double>?
    var only: Int?

    func at(_ hour: Int) -> Int? {
      shares.map { index[$0[$0.startIndex + hour]] } ?? only
    }
  }

  private func hourly(_ group: UsageGroup, _ part: MachinePart?) -> Hourly {
    let usage = usage(of: group, part)
    guard let shares = order?.shares(of: group, part, path: 0) else {
      return Hourly(index: [:], only: places[usage])
    }
    var index: [Double: Int] = [:]
    for share in order?.values(of: group, part) ?? [] {
      index[share] = places[usage.costing(share)]
    }
    return Hourly(index: index, shares: shares)
  }

  private func moves(
    _ left: Hourly, _ gained: Hourly?, _ hours: [Int]
  ) -> [Model.Machine.Move] {
    guard left.shares != nil || gained?.shares != nil else {
      return left.only.map { [Model.Machine.Move(from: $0, to: gained?.only)] } ?? []
    }
    var moves: [Model.Machine.Move] = []
    var last = 0
    for hour in hours {
      guard let from = left.at(hour) else { continue }
      let to = gained?.at(hour)
      func isMove(_ move: Model.Machine.Move) -> Bool { move.from == from && move.to == to }
      // Mostly an hour costs what the one before does.
      if !moves.indices.contains(last) || !isMove(moves[last]) {
        last = moves.firstIndex(where: isMove) ?? moves.count
        if last == moves.count { moves.append(Model.Machine.Move(from: from, to: to, hours: [])) }
      }
      moves[last].hours?.append(hour)
    }
    return moves
  }

  /// The usage of each `g` on each path.
  func demand(_ paths: [Demand]) -> ModelDemand {
    // Floating-point sums depend on their order, so it is a fixed one.
    let groups = problem.demand.groups
    let rows = groups.indices.sorted { groups[$0] < groups[$1] }
    let hours = problem.demand.window.hours
    let nothing = [Double](repeating: 0, count: hours)[...]
    let columns = paths.enumerated().flatMap { path, demand in
      var known = [ArraySlice<Double>?](repeating: nil, count: all.count)
      for row in rows {
        for (g, column) in self.columns(of: row, demand, path: path) {
          known[g] = known[g].map { zip($0, column).map(+)[...] } ?? column
        }
      }
      return known.map { $0 ?? nothing }
    }
    return ModelDemand(skuCount: all.count, pathHours: hours, columns: columns)
  }

  /// What a group's usage on a path adds to which `g`.
  private func columns(
    of row: Int, _ demand: Demand, path: Int
  ) -> [(g: Int, hours: ArraySlice<Double>)] {
    let group = problem.demand.groups[row]
    let quantities = demand.hours(of: row)
    return problem.countedParts(of: group.sku).flatMap {
      part -> [(g: Int, hours: ArraySlice<Double>)] in
      let usage = usage(of: group, part)
      guard let order, let shares = order.shares(of: group, part, path: path) else {
        return places[usage].map { [($0, quantities)] } ?? []
      }
      return order.values(of: group, part).compactMap { share in
        places[usage.costing(share)].map { g in
          (g, zip(quantities, shares).map { $1 == share ? $0 : 0 }[...])
        }
      }
    }
  }

  private func usage(of group: UsageGroup, _ part: MachinePart?) -> ModelUsage {
    Self.usage(of: group, part, problem, zonal, domains, named)
  }

  private static func usage(
    of group: UsageGroup, _ part: MachinePart?, _ problem: PlanningProblem, _ zonal: ZonalOffers,
    _ domains: SharingDomains, _ named: Set<String>
  ) -> ModelUsage {
    ModelUsage(
      sku: zonal.modelled(group.sku), part: part,
      account: named.contains(group.account) ? group.account : nil,
      domain: domains.domain(of: group.account, group.sku.provider),
      share: lowestShare(of: group.sku, problem))
  }

  private static func lowestShare(of sku: SKU, _ problem: PlanningProblem) -> Double {
    guard problem.onDemandPricing != .list else { return 1 }
    return SustainedUse.schedule(for: sku)?.lowestShare ?? 1
  }
}

import CloudCosts

/// Which purchases are made at all, where the policy counts them or asks for a least amount, in a
/// model that falls apart into clusters: a search that proves how good its answer is.
///
/// The relaxation knows next to nothing of switches: a half of one allows a half of all that could
/// be of use. But at given prices of the widest pools each cluster is so small that its cases can
/// be tried one by one (`SwitchedCluster`), and what all clusters cost with so many purchases in
/// all is a sum of what each costs with its share of them (`PurchaseCounts`). The prices are those
/// at which the purchases chosen last are at their best. Few instruments belong to no cluster; for
/// them there are cases of the whole.
final class SwitchSearch {
  private let search: Decomposition
  private let separable: SeparableBound
  private var origins = CutOrigins()
  private var cases = 0
  private let most: Double
  /// What was chosen last of the clusters' switches.
  private var isOn: [Bool]
  private var point: Decomposition.Point
  /// Where the clusters' purchases and the point's others lie.
  private var start: [Double]
  private let target: Double
  private let end: Double

  /// What came of a case.
  private struct Found {
    var bound: Double
    var nodes: [BoundProof.Switching.Node]
    /// Those that prove the most of the case itself.
    var prices: Priced
  }

  /// Prices of the widest pools, and of instruments once rows are taken off.
  private struct Priced {
    var prices: SeparableBound.Prices
    var rows: [BoundProof.RowMultiplier]
    var multipliers: [BoundProof.StretchMultiplier]
    /// Of each of `multipliers`, where it was made.
    var origins: [CutOrigin]

    init?(
      _ search: Decomposition, _ rows: [BoundProof.RowMultiplier],
      _ multipliers: [BoundProof.StretchMultiplier], _ origins: [CutOrigin]
    ) {
      var mean = WideMean(search.costToGo)
      for (multiplier, origin) in zip(multipliers, origins) {
        guard !origin.wide.isEmpty else { return nil }
        mean.add(origin.wide[multiplier.stretch], to: multiplier.stretch, multiplier.value)
      }
      prices = SeparableBound.Prices(
        search.model, search.costToGo, BoundProof(rows: rows, uses: [], points: [], bound: 0),
        mean.values)
      (self.rows, self.multipliers, self.origins) = (rows, multipliers, origins)
      guard prices.weight > 1e-6 else { return nil }
    }

    /// Half the way to others.
    func mean(_ other: Priced, _ search: Decomposition) -> Priced? {
      var multipliers = multipliers + other.multipliers
      for i in multipliers.indices { multipliers[i].value /= 2 }
      return Priced(search, rows.mean(other.rows), multipliers, origins + other.origins)
    }
  }

  /// How often prices are sought in one case, and how many cases there may be.
  private static let (mostRounds, mostCases) = (8, 24)
  /// How closely the first points are sought, in parts of what is asked for.
  private static let firstCare = 1.6
  /// How often prices that prove less are moved half the way back.
  private static let mostSteps = 2
  private static let mostLooks = 120

  /// Nil where the model does not fall apart.
  init?(_ search: Decomposition, from point: Decomposition.Point, to target: Double) {
    guard let separable = search.separable, !search.model.switches.isEmpty,
      !search.hasSeveralOutputs
    else { return nil }
    self.search = search
    self.separable = separable
    self.point = point
    start = search.place(point)
    let now = search.clock.seconds
    end = now + 0.6 * max(0, search.effort.timeLimit - now)
    self.target = target
    let costToGo = search.costToGo
    most = costToGo.slots.indices.reduce(0) { $0 + costToGo.mostOnDemand($1) }
    isOn = search.model.switches.map { _ in true }
  }

  func run() throws {
    let radius = search.firstRadius
    search.provesBound = false
    search.firstRadius = Self.nearness
    defer {
      search.provesBound = true
      search.firstRadius = radius
      search.master.forced = nil
      try? search.master.hold(nil)
    }
    search.master.forced = search.model.switches.map { _ in nil }
    guard let priced = try prices() else { return }
    let found = try explore([:], at: priced)
    if found.bound > search.bound {
      search.bound = found.bound
      var proof = BoundProof(rows: [], uses: [], points: origins.points, bound: found.bound)
      proof.switching = BoundProof.Switching(nodes: found.nodes)
      search.proving = .switches(proof.withoutUnusedPoints)
    }
  }

  /// Other ways to a plan need time as well.
  private var isOver: Bool { search.isOutOfTime || search.clock.seconds > end }

  /// A plan that costs more than this is not better than the best one by more than is asked for.
  private var cutoff: Double {
    guard let best = search.best?.objective else { return .infinity }
    return best - search.effort.gap * 0.5 * abs(best)
  }

  /// - Parameter known: prices to begin with.
  private func explore(_ states: [Int: Bool], at known: Priced) throws -> Found {
    cases += 1
    var found = try solve(states, at: known)
    guard found.bound < cutoff, let j = undecided(states), cases < Self.mostCases, !isOver
    else { return found }
    let before = (point, isOn, start)
    let on = try explore(states.merging([j: true]) { $1 }, at: found.prices)
    (point, isOn, start) = before
    let off = try explore(states.merging([j: false]) { $1 }, at: found.prices)
    if min(on.bound, off.bound) > found.bound {
      found.bound = min(on.bound, off.bound)
      found.nodes = [.split(instrument: j)] + off.nodes + on.nodes
    }
    return found
  }

  // MARK: One case

  private func solve(_ states: [Int: Bool], at known: Priced) throws -> Found {
    var result = try clusters(known, states)
    var found = Found(bound: result.bound, nodes: [.leaf(result.proof)], prices: known)
    // What is decided first changes the most.
    guard found.bound < cutoff, undecided(states) == nil else {
      isOn = result.isOn
      return found
    }
    // A plan at once, in case there is no time for a better one.
    var first = point
    first.decision.purchases = result.purchases
    search.round(first)
    var seen = Set<[Bool]>()
    var idle = 0
    var care = Self.firstCare
    for _ in 0..<Self.mostRounds where !isOver {
      if seen.insert(result.isOn).inserted {
        isOn = result.isOn
      } else if care > 0.5 {
        // The same again: then it is its prices that are not good enough.
        care /= 2
        idle = 0
      } else {
        break
      }
      guard try settle(states, to: care * target), var priced = try prices() else { break }
      result = try clusters(priced, states)
      // The prices of one choice may be far from those that prove the most: half the way, then.
      for _ in 0..<Self.mostSteps where result.bound < found.bound && !isOver {
        guard let mean = priced.mean(found.prices, search) else { break }
        priced = mean
        result = try clusters(priced, states)
      }
      idle = result.bound > found.bound + 0.1 * target * abs(result.bound) ? 0 : idle + 1
      if result.bound > found.bound {
        found = Found(bound: result.bound, nodes: [.leaf(result.proof)], prices: priced)
      }
      if found.bound >= cutoff || idle >= 2 { break }
    }
    return found
  }

  /// The best point with the purchases that were chosen last; false where the policy leaves none.
  private func settle(_ states: [Int: Bool], to target: Double) throws -> Bool {
    search.master.forced = forced(states)
    // What clusters bought with other switches may not be bought with these.
    search.lastClusters.purchased = nil
    search.lastClusters.held = nil
    guard let next = try search.descend(to: target, center: start, holding: nil) else {
      return false
    }
    point = next
    search.round(next)
    return true
  }

  /// Switches of clusters as they were chosen, others as the case has them.
  private func forced(_ states: [Int: Bool]) -> [Bool?] {
    zip(search.model.switches, isOn).map { choice, isOn in
      isWide(choice.instrument) ? states[choice.instrument] : isOn
    }
  }

  private func isWide(_ j: Int) -> Bool {
    separable.clusters.ofPool[search.model.instruments[j].pool] == nil
  }

  /// Of the widest pools' instruments on which nothing is decided the one with the most money in
  /// it, where that matters.
  private func undecided(_ states: [Int: Bool]) -> Int? {
    let model = search.model
    let purchases = point.decision.purchases
    return model.switches.filter { choice in
      let (j, bought) = (choice.instrument, purchases[choice.instrument])
      return isWide(j) && states[j] == nil && bought > 1e-7 * model.instruments[j].upper
        && (model.mostPurchases != nil || bought < choice.minimum * (1 - 1e-9))
    }.map(\.instrument).max {
      purchases[$0] * model.instruments[$0].cost < purchases[$1] * model.instruments[$1].cost
    }
  }

  /// The multipliers of the master near the point: the mean of those in several boxes, since what a
  /// box holds back shows in each of them, and in each in another way.
  private func prices() throws -> Priced? {
    let master = search.master
    try master.hold(nil)
    var mean: Priced?
    for radius in Self.radii {
      let near = TrustRegion(
        center: search.place(point), spread: search.spreads, radius: radius)
      try master.box(near, except: separable.widest)
      guard
        case .answer? = try? master.solve(clock: search.clock, effort: search.effort),
        let last = master.last
      else { continue }
      let multipliers = master.multipliers(last, master.cuts)
      let found = Priced(
        search, master.proof(last, [], bound: 0).rows,
        multipliers.map { cut, value in
          .init(point: origins.place(cut.origin), stretch: cut.stretch, value: value)
        }, multipliers.map(\.cut.origin))
      mean = found.map { now in mean?.mean(now, search) ?? now } ?? mean
    }
    return mean
  }

  private static let radii = [0.2, 0.05, 0.02]
  private static let nearness = 0.05

  private struct Result {
    var bound: Double
    var isOn: [Bool]
    /// What the clusters buy, and of the widest pools what is bought at the point.
    var purchases: [Double]
    var proof: BoundProof.Switching.Case
  }

  /// What all clusters cost at least at given prices, and what they buy then.
  private func clusters(_ priced: Priced, _ states: [Int: Bool]) throws -> Result {
    let (model, costToGo) = (search.model, search.costToGo)
    let prices = priced.prices
    let isCounted = model.mostPurchases != nil
    let total = SwitchedTotal(costToGo, prices, states)
    var clusters = try separable.clusters.instruments.enumerated().map { f, instruments in
      try SwitchedCluster(
        ClusterOffers(
          costToGo, instruments, prices: prices.instruments, weight: prices.weight, most: most),
        f, isCounted: isCounted, scale: separable.scale)
    }
    var looked = [point.purchased]
    var cuts = costToGo.clusterCuts(
      purchased: point.purchased, wide: prices.wide, separable.clusters)
    for f in clusters.indices { try clusters[f].add(cuts, 0) }
    let tolerance = 0.1 * target * abs(point.value)
    var counts = PurchaseCounts(clusters.map(\.costs), limit: total.limit)
    while true {
      counts = try refined(&clusters, total.limit)
      let chosen = counts.chosen
      var place = point.purchased
      let asking = clusters.indices.filter { clusters[$0].ask(chosen[$0], &place) }
      if asking.isEmpty || looked.count >= Self.mostLooks || isOver
        || total.value(cuts, counts) >= cutoff
      {
        break
      }
      cuts = costToGo.clusterCuts(purchased: place, wide: prices.wide, separable.clusters)
      var open = 0.0
      for f in asking { open += try clusters[f].learn(cuts, looked.count) }
      looked.append(place)
      if open <= tolerance {
        counts = try refined(&clusters, total.limit)
        break
      }
    }
    var purchases = point.decision.purchases
    for j in purchases.indices where !isWide(j) || states[j] == false { purchases[j] = 0 }
    start = point.purchased
    for (f, n) in counts.chosen.enumerated() {
      clusters[f].writeChosen(n, to: &start)
      for (j, amount) in clusters[f].bought(n) { purchases[j] = amount }
    }
    return Result(
      bound: total.value(cuts, counts),
      isOn: model.switches.map { isWide($0.instrument) || purchases[$0.instrument] > 0 },
      purchases: purchases,
      proof: BoundProof.Switching.Case(
        rows: priced.rows, prices: priced.multipliers, looked: looked,
        clusters: clusters.map(\.proof)
      ).withoutUnusedLooks)
  }

  /// The cases that the least sum comes from are solved, until it does not change any more.
  private func refined(
    _ clusters: inout [SwitchedCluster], _ limit: Int?
  ) throws -> PurchaseCounts {
    var costs = clusters.map(\.costs)
    while true {
      let counts = PurchaseCounts(costs, limit: limit)
      var isChanged = false
      for (f, n) in counts.chosen.enumerated() {
        try clusters[f].refine(n)
        let now = clusters[f].costs
        if now != costs[f] { (costs[f], isChanged) = (now, true) }
      }
      if !isChanged { return counts }
    }
  }
}

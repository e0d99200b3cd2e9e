import CloudCosts

/// Proofs that tell apart what is bought at all.
extension BoundVerifier {
  /// The least bound of all cases; nil where they are not all decisions, or a case is no case.
  func least(_ switching: BoundProof.Switching, _ proof: BoundProof) -> Double? {
    guard model.machines.isEmpty, model.classCount == 1, model.risk.probabilities.count == 1,
      !model.switches.isEmpty, costToGo.spendCuts.isEmpty
    else { return nil }
    var cases = SwitchedCases(self, switching, proof)
    return cases.least()
  }
}

private struct SwitchedCases {
  private let verifier: BoundVerifier
  private let nodes: [BoundProof.Switching.Node]
  private let points: [BoundProof.Point]
  private let clusters: Clusters
  private let switched: Set<Int>
  /// What is read next of `nodes`.
  private var next = 0
  /// The widest pools' μ at each point, once it is asked for.
  private var wide: [Int: [[Lanes]]] = [:]

  init(_ verifier: BoundVerifier, _ switching: BoundProof.Switching, _ proof: BoundProof) {
    self.verifier = verifier
    nodes = switching.nodes
    points = proof.points
    clusters = Clusters(verifier.model, widest: verifier.costToGo.oracle.tables.widest)
    switched = Set(verifier.model.switches.map(\.instrument))
  }

  mutating func least() -> Double? {
    guard let bound = least([:]), next == nodes.count, bound.isFinite else { return nil }
    return bound
  }

  /// The bound of the tree that is read next.
  private mutating func least(_ states: [Int: Bool]) -> Double? {
    guard nodes.indices.contains(next) else { return nil }
    let node = nodes[next]
    next += 1
    switch node {
    case .split(let j):
      guard switched.contains(j), states[j] == nil,
        clusters.ofPool[verifier.model.instruments[j].pool] == nil,
        let off = least(states.merging([j: false]) { $1 }),
        let on = least(states.merging([j: true]) { $1 })
      else { return nil }
      return min(off, on)
    case .leaf(let leaf): return bound(leaf, states)
    }
  }

  private mutating func bound(
    _ leaf: BoundProof.Switching.Case, _ states: [Int: Bool]
  ) -> Double? {
    let costToGo = verifier.costToGo
    guard isSound(leaf), let mean = meanPrices(leaf) else { return nil }
    let prices = SeparableBound.Prices(
      verifier.model, costToGo, BoundProof(rows: leaf.rows, uses: [], points: [], bound: 0), mean)
    guard prices.constant.isFinite, prices.weight > 0 else { return nil }
    let looks = leaf.looked.map {
      costToGo.clusterCuts(purchased: $0, wide: mean, clusters)
    }
    let most = costToGo.slots.indices.reduce(0) { $0 + costToGo.mostOnDemand($1) }
    var costs: [[Double]] = []
    for (f, nodes) in leaf.clusters.enumerated() {
      let offers = ClusterOffers(
        costToGo, clusters.instruments[f], prices: prices.instruments, weight: prices.weight,
        most: most)
      var tree = SwitchedTree(offers, nodes, looks.map { offers.cut($0, f) })
      guard let least = tree.costs(isCounted: verifier.model.mostPurchases != nil) else {
        return nil
      }
      costs.append(least)
    }
    let total = SwitchedTotal(costToGo, prices, states)
    return total.value(looks[0], PurchaseCounts(costs, limit: total.limit))
  }

  private func isSound(_ leaf: BoundProof.Switching.Case) -> Bool {
    let model = verifier.model
    let rows = Dictionary(grouping: model.rows, by: \.name)
    return !leaf.looked.isEmpty && leaf.clusters.count == clusters.count
      && leaf.looked.allSatisfy { look in
        look.count == verifier.costToGo.capacities.count
          && look.allSatisfy { $0 >= 0 && $0.isFinite }
      }
      && leaf.rows.allSatisfy { multiplier in
        // Each row once, and none of those that `SeparableBound.Prices` does not take off.
        guard multiplier.value.isFinite, let named = rows[multiplier.name], named.count == 1
        else { return false }
        return named[0].switches.isEmpty && named[0].used.isEmpty && named[0].actions.isEmpty
      }
      && leaf.prices.allSatisfy {
        points.indices.contains($0.point)
          && verifier.costToGo.slots.indices.contains($0.stretch) && $0.value >= 0
          && $0.value.isFinite
      }
  }

  private mutating func meanPrices(_ leaf: BoundProof.Switching.Case) -> [[Lanes]]? {
    var mean = WideMean(verifier.costToGo)
    for price in leaf.prices {
      if wide[price.point] == nil {
        let origin = CutOrigin(points[price.point], verifier.model, verifier.costToGo)
        wide[price.point] =
          verifier.costToGo.evaluate(
            purchased: origin.purchased, actions: origin.actions, keepsWide: true,
            isThorough: origin.isThorough
          ).wide
      }
      guard let wide = wide[price.point] else { return nil }
      mean.add(wide[price.stretch], to: price.stretch, price.value)
    }
    return mean.values
  }
}

/// The cases of one cluster.
private struct SwitchedTree {
  private let offers: ClusterOffers
  private let nodes: [BoundProof.Switching.ClusterNode]
  private let cuts: [ClusterOffers.Cut]
  private var next = 0
  private var least: [Double] = []

  init(
    _ offers: ClusterOffers, _ nodes: [BoundProof.Switching.ClusterNode],
    _ cuts: [ClusterOffers.Cut]
  ) {
    (self.offers, self.nodes, self.cuts) = (offers, nodes, cuts)
  }

  /// What it costs at least with at most `n` purchases, from 0 on; nil where the cases are not all.
  mutating func costs(isCounted: Bool) -> [Double]? {
    let most = isCounted ? offers.isSwitched.count { $0 } : 0
    least = Array(repeating: .infinity, count: most + 1)
    guard read(offers.instruments.map { _ in .free }), next == nodes.count else { return nil }
    for n in least.indices.dropFirst() { least[n] = min(least[n], least[n - 1]) }
    return least
  }

  private mutating func read(_ states: [ClusterOffers.State]) -> Bool {
    guard nodes.indices.contains(next) else { return false }
    let node = nodes[next]
    next += 1
    switch node {
    case .split(let j):
      guard let i = offers.instruments.firstIndex(of: j), offers.isSwitched[i],
        states[i] == .free
      else { return false }
      var part = states
      part[i] = .off
      guard read(part) else { return false }
      part[i] = .on
      return read(part)
    case .leaf(let multipliers):
      guard
        multipliers.allSatisfy({
          cuts.indices.contains($0.look) && $0.value >= 0 && $0.value.isFinite
        })
      else { return false }
      let bound = offers.least(
        states, multipliers.map(\.value), multipliers.map { cuts[$0.look] })
      let count = least.count == 1 ? 0 : states.count { $0 == .on }
      least[count] = min(least[count], bound)
      return true
    }
  }
}

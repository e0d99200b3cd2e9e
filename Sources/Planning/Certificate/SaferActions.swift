import CloudCosts

/// Of a machine's actions that cost the same under some purchases, the one with the least risk,
/// then the least work; and none where none costs as little.
///
/// What an action would cost otherwise is bounded below by cuts of the cost-to-go, which hold
/// everywhere, so that most are refused unseen:
///
///     cost(z) ≥ cost_0 + Σ_ia (cost_ia + slope_ia) z_ia
///
/// What is left is tried all at once, and where that costs more, by halves; each time an allocation
/// tells what it costs. Machines that change together are one.
struct SaferActions {
  private let model: Model
  private let costToGo: CostToGo
  private let purchases: [Double]
  private let purchased: [Double]
  /// No decision may cost more.
  private let allowed: Double
  private let starts: [Int]
  /// For each action 1 where it is done.
  private(set) var actions: [Double]
  private var bounds: [Bound] = []

  /// Two costs are the same where they differ by no more than this share.
  private static let dust = 1e-9

  init(_ costToGo: CostToGo, _ decision: Decision) {
    self.costToGo = costToGo
    model = costToGo.model
    purchases = decision.purchases
    purchased = costToGo.capacity(of: decision.purchases)
    actions = decision.actions
    starts = model.actionStarts
    let allocation = costToGo.allocate(purchased: purchased, actions: actions)
    let cost = model.cost(decision, allocation)
    allowed = cost + Self.dust * abs(cost)
  }

  /// A cut through all hours: no actions cost less than it says.
  private struct Bound {
    var constant: Double
    /// For each action, with what it costs once.
    var slopes: [Double]

    func value(of actions: [Double]) -> Double {
      zip(slopes, actions).reduce(constant) { $0 + $1.0 * $1.1 }
    }

    func change(_ option: Option) -> Double {
      option.places.reduce(0) { $0 + slopes[$1] } - option.instead.reduce(0) { $0 + slopes[$1] }
    }
  }

  /// What machines that change together could do instead of what they do, the best first.
  private typealias Unit = [Option]

  /// One choice for machines that change together.
  private struct Option {
    /// The places of the actions that are done, and of those that are not any more; none done:
    /// the machines stay as they are.
    var places: [Int]
    var instead: [Int]
    var rank: Rank

    func move(_ actions: inout [Double]) {
      for place in instead { actions[place] = 0 }
      for place in places { actions[place] = 1 }
    }
  }

  /// Lower is better: nothing done, then what a load was compared with, by risk and by work. What
  /// leaves nothing behind cannot be compared with a load.
  private struct Rank: Comparable {
    var kind: Int
    var risk: Int
    var above: Double
    var effort: Double

    static func < (a: Rank, b: Rank) -> Bool {
      (a.kind, a.risk, a.above, a.effort) < (b.kind, b.risk, b.above, b.effort)
    }
  }

  /// Takes the safest of what costs the same, until no machine has anything safer.
  ///
  /// - Parameter isAsGood: whether actions are as good by what this module must not see.
  mutating func settle(
    until end: Deadline, isAsGood: ([Double]) throws -> Bool
  ) rethrows {
    note(actions)
    var before: [Double] = []
    // What one machine leaves may be what another can use.
    while before != actions, !end.isOver {
      before = actions
      try pass(until: end, isAsGood)
    }
  }

  private mutating func pass(
    until end: Deadline, _ isAsGood: ([Double]) throws -> Bool
  ) rethrows {
    var open = units
    var most = open.count
    while !open.isEmpty, !end.isOver {
      let values = bounds.map { $0.value(of: actions) }
      open = open.compactMap { withoutDearOptions($0, values) }
      let batch = batch(open, values, most: most)
      guard !batch.isEmpty else { return }
      var next = actions
      for place in batch { open[place][0].move(&next) }
      if costsNoMore(next), try isAsGood(next) {
        actions = next
        for place in batch.reversed() { open.remove(at: place) }
        most = batch.count * 2
      } else if batch.count == 1 {
        open[batch[0]].removeFirst()
        open.removeAll(where: \.isEmpty)
      } else {
        most = batch.count / 2
      }
      note(next)
    }
  }

  /// As many units as cuts allow to do the best that each of them can, all together.
  private func batch(_ open: [Unit], _ values: [Double], most: Int) -> [Int] {
    var values = values
    var batch: [Int] = []
    for (place, unit) in open.enumerated() where batch.count < most {
      let moved = zip(bounds, values).map { $1 + $0.change(unit[0]) }
      guard moved.allSatisfy({ $0 <= allowed }) else { continue }
      values = moved
      batch.append(place)
    }
    return batch
  }

  // MARK: What could be done

  private var units: [Unit] {
    var fleets: [String: [Int]] = [:]
    var units: [[Int]] = []
    for (i, machine) in model.machines.enumerated() {
      let fleet = machine.candidate.resource.fleet
      if fleet.isEmpty { units.append([i]) } else { fleets[fleet, default: []].append(i) }
    }
    units += fleets.sorted { $0.key < $1.key }.map(\.value)
    return units.compactMap { machines in
      let options = options(machines)
      return options.isEmpty ? nil : options
    }
  }

  /// What is better than what is done now.
  private func options(_ machines: [Int]) -> [Option] {
    let first = machines[0]
    guard let now = chosen(first) else { return [] }
    let current = rank(machines.compactMap { i in chosen(i).map { (i, $0) } })
    let instead = machines.compactMap { i in chosen(i).map { starts[i] + $0 } }
    var options = [Option(places: [], instead: instead, rank: rank([]))]
    for (a, action) in model.machines[first].candidate.actions.enumerated() where a != now {
      let same = machines.compactMap { i in
        model.machines[i].candidate.actions.firstIndex { $0.label == action.label }.map { (i, $0) }
      }
      guard same.count == machines.count else { continue }
      options.append(
        Option(places: same.map { starts[$0] + $1 }, instead: instead, rank: rank(same)))
    }
    return options.filter { $0.rank < current }.sorted { $0.rank < $1.rank }
  }

  private func chosen(_ i: Int) -> Int? {
    model.machines[i].targets.indices.first { actions[starts[i] + $0] > 0.5 }
  }

  private func rank(_ chosen: [(machine: Int, action: Int)]) -> Rank {
    let all = chosen.map { model.machines[$0.machine].candidate.actions[$0.action] }
    let fits = all.compactMap(\.fit)
    return Rank(
      kind: all.isEmpty ? 0 : fits.count == all.count ? 1 : 2, risk: fits.map(\.risk).max() ?? 0,
      above: fits.reduce(0) { $0 + $1.shareAbove }, effort: all.reduce(0) { $0 + $1.effort })
  }

  // MARK: What it costs

  /// The unit without options that cuts refuse; nil where none is left.
  private func withoutDearOptions(_ unit: Unit, _ values: [Double]) -> Unit? {
    var unit = unit
    unit.removeAll { option in
      zip(bounds, values).contains { $1 + $0.change(option) > allowed }
    }
    return unit.isEmpty ? nil : unit
  }

  private func costsNoMore(_ actions: [Double]) -> Bool {
    let decision = Decision(purchases: purchases, actions: actions)
    guard model.violationApart(decision) <= Decomposition.tolerance else { return false }
    let allocation = costToGo.allocate(purchased: purchased, actions: actions)
    return model.cost(decision, allocation) <= allowed
  }

  /// Learns the cut at some actions. Where paths are distinguished no one sum over hours bounds the
  /// cost: there every try is an allocation.
  private mutating func note(_ actions: [Double]) {
    guard !model.tellsPathsApart, model.spendRows.isEmpty else { return }
    let cuts = costToGo.evaluate(purchased: purchased, actions: actions).cuts
    var slopes = [Double](repeating: 0, count: costToGo.machines.kindCount)
    var constant = model.fixedCost(
      Decision(purchases: purchases, actions: actions.map { _ in 0 }))
    for cut in cuts {
      constant += zip(cut.capacity, purchased).reduce(cut.constant) { $0 + $1.0 * $1.1 }
      for (kind, slope) in cut.actions.enumerated() { slopes[kind] += slope }
    }
    bounds.append(
      Bound(
        constant: constant,
        slopes: zip(model.actionCosts, costToGo.machines.kinds).map { $0 + slopes[$1] }))
  }
}

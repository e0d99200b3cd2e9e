import CloudCosts
import MIP

/// Branch and bound on how much is bought of each family, for `min_utilization`.
///
/// What narrower purchases use of an hour is concave in what is bought of them, so what they leave
/// to purchases for everything is not, and one secant for all amounts leaves per cents open.
/// Between two amounts that are near each other it is exact: the best case is split in two where
/// its secants miss most, until no case is better than the best plan.
final class UseBranching {
  private let search: Decomposition
  private let rows: UtilizationRows
  private let keeper: UseKeeper
  /// What cases tell apart: families first, then instruments in whole units once they are split.
  private var held: [Held] = []
  private var made: [Made] = []
  /// Rows in the program whose case is another one.
  private var idle: [RowID] = []
  private var nodes: [BoundProof.Branching.Node] = []
  private var origins = CutOrigins()
  private var open: [Case] = []
  private var solved = 0

  private struct Held {
    var name: BoundProof.Branching.Amount
    /// The positions of a range, of a family in it, and of a share of the family.
    var share: (range: Int, family: Int, share: Int)?
    var whole: ClosedRange<Double>
    var id: RowID
  }

  /// A row that holds in one case and what that falls into.
  private struct Made {
    var row: PolicyRow
    var source: BoundProof.Branching.Remainder
  }

  /// A part of all decisions.
  private struct Case {
    var node: Int
    /// Between which amounts each of `held` lies; those that are not there may be anything.
    var box: [Int: ClosedRange<Double>] = [:]
    /// No plan in it costs less, without the model's constant.
    var bound: Double
    var proof: BoundProof.Branching.Leaf
    /// Rows that hold in it and were of use.
    var rows: [Int]
    /// What is bought at its relaxation's optimum.
    var decision: Decision
    /// The family whose secant misses most there, and where to split it; nil: none misses anything.
    var split: Split?
    /// Whether no cut is missing there.
    var isSettled = false
  }

  private typealias Split = (held: Int, at: Double)

  /// How often rows and cuts are added to one case.
  private static let (rootRounds, rounds) = (60, 12)
  /// As many rows of a case's parent are tried first.
  private static let inherited = 25
  /// Less than this share of what is still open is no gain.
  private static let leastGain = 0.03

  /// Nil where there is nothing to tell cases apart by.
  init?(_ search: Decomposition, _ share: Double) throws {
    self.search = search
    rows = UtilizationRows(search.model, share)
    keeper = UseKeeper(search.costToGo, floor: share)
    for (r, range) in rows.ranges.enumerated() where range.pools.contains(where: \.isWide) {
      for (f, family) in range.families.enumerated() {
        for (i, share) in family.shares.enumerated() where share.canBeHeld {
          try hold(
            .family(.init(range: r, pool: share.pool)), rows.held(share, range), (r, f, i))
        }
      }
    }
    guard !held.isEmpty else { return nil }
  }

  private func hold(
    _ name: BoundProof.Branching.Amount, _ row: PolicyRow, _ share: (Int, Int, Int)? = nil
  ) throws {
    held.append(
      Held(
        name: name, share: share, whole: 0...row.upper, id: try search.master.addHeld(row)))
  }

  // MARK: Search

  func run() throws {
    let master = search.master
    try master.hold(nil)
    try master.unbox()
    defer {
      prove()
      try? master.hold(
        held.map(\.id), between: held.map(\.whole.lowerBound), held.map(\.whole.upperBound))
    }
    do {
      try branch()
      polish()
    } catch MIPError.numericalTrouble {
      // What was proven and found before holds.
    }
  }

  /// Whole units are what is open at last.
  private func polish() {
    guard let best = search.best, !search.isOutOfTime else { return }
    let found = keeper.polished(best.decision) { [search] in search.isOutOfTime }
    if let found { take(found) }
  }

  private func branch() throws {
    let all = Case(
      node: 0, bound: -.infinity,
      proof: .init(rows: [], uses: [], held: [], remainders: [], cuts: [], pathWeights: []),
      rows: [], decision: .nothing(search.model), split: nil)
    guard let root = try solve(all, rounds: Self.rootRounds) else { return }
    nodes = [.leaf(root.proof)]
    open = [root]
    settle(root)
    while let worst = open.indices.min(by: { open[$0].bound < open[$1].bound }),
      open[worst].bound < cutoff, !search.isOutOfTime
    {
      if let split = try open[worst].split ?? unitsToSplit(open[worst]) {
        guard let parts = try parts(of: open[worst], split) else { return }
        open.remove(at: worst)
        open += parts
        parts.forEach(settle)
      } else {
        // Its secants miss nothing, and units are whole: only cuts can tell more.
        guard !open[worst].isSettled, var again = try solve(open[worst], rounds: Self.rootRounds)
        else { return }
        let gain = again.bound - open[worst].bound
        if gain <= 1e-9 * abs(again.bound) { again.isSettled = true }
        nodes[again.node] = .leaf(again.proof)
        open[worst] = again
        settle(again)
      }
      if open.count % 20 == 0 { try tidy() }
    }
  }

  /// A plan that costs more than this is not better than the best one by more than is asked for.
  private var cutoff: Double {
    let best = search.best?.objective ?? .infinity
    return best - search.effort.gap * 0.5 * abs(best) - search.model.constant
  }

  private func parts(of parent: Case, _ split: Split) throws -> [Case]? {
    let (below, above) = (nodes.count, nodes.count + 1)
    let sides = held[split.held].name.sides(of: within(split.held, parent), at: split.at)
    var children: [Case] = []
    for (node, side) in [(below, sides.below), (above, sides.above)] {
      var part = parent
      part.node = node
      part.box[split.held] = side
      guard let solved = try solve(part, rounds: Self.rounds) else { return nil }
      children.append(solved)
    }
    nodes[parent.node] = .split(
      .init(amount: held[split.held].name, at: split.at, below: below, above: above))
    nodes += children.map { .leaf($0.proof) }
    return children
  }

  private func within(_ i: Int, _ part: Case) -> ClosedRange<Double> {
    part.box[i] ?? held[i].whole
  }

  /// Of the instruments that come in whole units the one that is furthest from them in money, where
  /// the case is settled otherwise.
  private func unitsToSplit(_ part: Case) throws -> Split? {
    guard part.isSettled else { return nil }
    let instruments = search.model.instruments
    func distance(_ j: Int) -> Double {
      guard instruments[j].grid == 1 else { return 0 }
      let amount = part.decision.purchases[j]
      let far = abs(amount - amount.rounded())
      return far > 1e-6 ? far * instruments[j].cost : 0
    }
    guard let worst = instruments.indices.max(by: { distance($0) < distance($1) }),
      distance(worst) > 0
    else { return nil }
    let name = BoundProof.Branching.Amount.units(of: worst)
    if !held.contains(where: { $0.name == name }) { try hold(name, rows.units(of: worst)) }
    guard let i = held.firstIndex(where: { $0.name == name }) else { return nil }
    return (i, part.decision.purchases[worst])
  }

  /// A plan from what is bought in a case.
  private func settle(_ part: Case) {
    guard part.bound < cutoff, part.split == nil || solved % 5 == 0 || solved < 10 else { return }
    let rounding = Rounding(search.model)
    for decision in rounding.candidates(for: part.decision).prefix(3) {
      if let kept = keeper.filled(decision) { take(kept) }
    }
  }

  private func take(_ kept: UseKeeper.Kept) {
    let best = search.best?.objective ?? .infinity
    guard kept.cost < best, let found = search.incumbent(kept.decision), found.objective < best
    else { return }
    search.best = found
  }

  // MARK: One case

  /// The relaxation of a case, with rows and cuts until they tell no more; nil where the solver
  /// stops.
  private func solve(_ start: Case, rounds: Int) throws -> Case? {
    let master = search.master
    var part = start
    (part.split, part.isSettled) = (nil, false)
    solved += 1
    let boxes = held.indices.map { within($0, part) }
    try master.hold(
      held.map(\.id), between: boxes.map(\.lowerBound), boxes.map(\.upperBound))
    var ids = try part.rows.suffix(Self.inherited).map {
      (row: $0, id: try master.add(made[$0].row))
    }
    defer {
      idle += ids.map(\.id)
      try? master.limit(ids.map(\.id), to: ids.map { 1e3 * (1 + abs(made[$0.row].row.upper)) })
    }
    let taken = taken(part)
    var value = -Double.infinity
    for _ in 0..<rounds {
      guard case .answer(let answer) = try master.solve(clock: search.clock, effort: search.effort)
      else { return nil }
      search.rounds += 1
      let gain = answer.value - value
      value = answer.value
      if answer.value > part.bound {
        part.bound = answer.value
        part.proof = proof(ids)
      }
      part.decision = answer.decision
      if part.bound >= cutoff { break }
      // What little more could be gained here, the next split gains too.
      if gain < Self.leastGain * (cutoff - value), part.split != nil { break }
      let fresh = remainders(part, taken, answer.decision)
      for row in fresh.rows {
        made.append(row)
        ids.append((made.count - 1, try master.add(row.row)))
      }
      let before = master.cutsAdded
      try search.add(search.evaluate(answer), at: answer)
      part.split = fresh.split
      part.isSettled = fresh.rows.isEmpty && master.cutsAdded == before
      if part.isSettled { break }
    }
    part.rows = ids.filter { abs(master.multiplier($0.id)) > 0 }.map(\.row)
    return part
  }

  /// What purchases of each family take at least, hour by hour, range by range.
  private func taken(_ part: Case) -> [[FamilyUse.Taken]] {
    var boxes: [BoundProof.Branching.Amount: ClosedRange<Double>] = [:]
    for (i, box) in part.box { boxes[held[i].name] = box }
    return rows.ranges.indices.map { r in rows.taken(r) { boxes[.family($0)] } }
  }

  /// Rows that what is bought misses, and where the secants miss most.
  private func remainders(
    _ part: Case, _ taken: [[FamilyUse.Taken]], _ decision: Decision
  ) -> (rows: [Made], split: Split?) {
    var found: [Made] = []
    var missed = held.map { _ in 0.0 }
    for (r, range) in rows.ranges.enumerated() {
      let bought = bought(decision, range)
      for wide in range.pools where wide.isWide {
        let capacity = wide.same.reduce(0) { $0 + $1.rate * (bought[$1.pool] ?? 0) }
        guard capacity > 1e-9 else { continue }
        let left = range.left(to: wide, bought, taken[r])
        var usage = wide.all
        usage.hours = left
        if usage.used(capacity) < rows.share * usage.count * capacity * (1 - 1e-6) {
          let name = "\(wide.name) in case \(part.node)"
          if let row = rows.remainder(name, wide, range, taken[r], left: left, under: capacity) {
            let pools = bought.keys.sorted()
            let family = BoundProof.Branching.Family(range: r, pool: wide.pool)
            found.append(
              Made(
                row: row,
                source: BoundProof.Branching.Remainder(
                  node: part.node, wide: family, capacity: capacity, pools: pools,
                  bought: pools.map { bought[$0] ?? 0 })))
          }
        }
        let misses = range.misses(of: wide, bought, taken[r], left: left, under: capacity)
        for (i, held) in held.enumerated() {
          if let share = held.share, share.range == r {
            missed[i] += misses[share.family][share.share]
          }
        }
      }
    }
    guard let worst = missed.indices.max(by: { missed[$0] < missed[$1] }), missed[worst] > 0
    else { return (found, nil) }
    guard let (r, f, i) = held[worst].share else { return (found, nil) }
    let range = rows.ranges[r]
    let share = range.families[f].shares[i]
    let amount = share.bought(bought(decision, range)) / share.most
    let box = within(worst, part)
    let width = box.upperBound - box.lowerBound
    guard width > 1e-6 else { return (found, nil) }
    let (low, high) = (box.lowerBound + 0.15 * width, box.upperBound - 0.15 * width)
    return (found, (worst, min(max(amount, low), high)))
  }

  /// The capacity bought of each pool, in a range.
  private func bought(_ decision: Decision, _ range: PurchaseRange) -> [Int: Double] {
    var bought: [Int: Double] = [:]
    for (j, instrument) in search.model.instruments.enumerated()
    where instrument.active == range.active && decision.purchases[j] > 0 {
      bought[instrument.pool, default: 0] += instrument.safeUnit * decision.purchases[j]
    }
    return bought
  }

  /// Rows of other cases and cuts that are of no use go.
  private func tidy() throws {
    let master = search.master
    idle = try master.deleteIdle(idle)
    if master.cuts.count > 600 { try master.purge() }
  }

  // MARK: Proof

  private func proof(_ ids: [(row: Int, id: RowID)]) -> BoundProof.Branching.Leaf {
    let master = search.master
    guard let last = master.last else {
      return .init(rows: [], uses: [], held: [], remainders: [], cuts: [], pathWeights: [])
    }
    let proof = master.proof(last, [], bound: 0)
    return BoundProof.Branching.Leaf(
      rows: proof.rows, uses: proof.uses,
      held: held.compactMap { held in
        let value = master.multiplier(held.id)
        return value == 0 ? nil : .init(amount: held.name, value: value)
      },
      remainders: ids.compactMap { row, id in
        let value = master.multiplier(id)
        return value < 0 ? .init(row: row, value: value) : nil
      },
      cuts: master.multipliers(last, master.cuts).map { cut, value in
        .init(point: origins.place(cut.origin), stretch: cut.stretch, value: value)
      }, pathWeights: proof.pathWeights)
  }

  /// Puts what is proven by all cases in place of what was proven before, where it is more.
  private func prove() {
    guard let least = open.map(\.bound).min() else { return }
    let bound = least + search.model.constant
    guard bound > search.bound else { return }
    search.bound = bound
    var proof = BoundProof(rows: [], uses: [], points: origins.points, bound: bound)
    proof.branching = BoundProof.Branching(nodes: nodes, remainders: made.map(\.source))
    search.proving = .branches(proof.withoutUnused)
  }
}

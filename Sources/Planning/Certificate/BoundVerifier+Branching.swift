import CloudCosts

/// Proofs by cases.
extension BoundVerifier {
  /// The least bound of all cases, which together are all decisions: each node but a leaf falls in
  /// two at an amount that is bought of a family. Nil where that is not so.
  func least(_ branching: BoundProof.Branching, _ proof: BoundProof) -> Double? {
    guard let share = model.useFloor, !branching.nodes.isEmpty else { return nil }
    var cases = Cases(self, share, branching, proof)
    return cases.least()
  }
}

private struct Cases {
  typealias Branching = BoundProof.Branching
  private let verifier: BoundVerifier
  private let branching: Branching
  private let points: [BoundProof.Point]
  private let rows: UtilizationRows
  /// Cuts at each point, once they are asked for.
  private var known: [Int: (CutOrigin, CostToGo.Evaluation)] = [:]
  /// Each remainder's row, once it is asked for.
  private var made: [Int: PolicyRow] = [:]

  /// Between what amounts lie; those that are not there may be anything.
  private typealias Box = [Branching.Amount: ClosedRange<Double>]

  init(
    _ verifier: BoundVerifier, _ share: Double, _ branching: Branching, _ proof: BoundProof
  ) {
    self.verifier = verifier
    self.branching = branching
    points = proof.points
    rows = UtilizationRows(verifier.model, share)
  }

  mutating func least() -> Double? {
    var least = Double.infinity
    var boxes: [Int: Box] = [0: [:]]
    var ancestors: [Int: [Int]] = [0: [0]]
    // Splits come before their parts, so that each node is met after the one it is a part of.
    for (place, node) in branching.nodes.enumerated() {
      guard let box = boxes[place], let path = ancestors[place] else { continue }
      switch node {
      case .split(let split):
        guard let whole = range(split.amount, box), split.at.isFinite,
          split.below > place, split.above > place, split.below != split.above,
          boxes[split.below] == nil, boxes[split.above] == nil,
          branching.nodes.indices.contains(split.below),
          branching.nodes.indices.contains(split.above)
        else { return nil }
        let sides = split.amount.sides(of: whole, at: split.at)
        boxes[split.below] = box.merging([split.amount: sides.below]) { $1 }
        boxes[split.above] = box.merging([split.amount: sides.above]) { $1 }
        ancestors[split.below] = path + [split.below]
        ancestors[split.above] = path + [split.above]
      case .leaf(let leaf):
        guard let bound = bound(leaf, box, Set(path), boxes) else { return nil }
        least = min(least, bound)
      }
    }
    return least.isFinite ? least : nil
  }

  /// Where an amount lies in a case; nil where there is no such amount.
  private func range(_ amount: Branching.Amount, _ box: Box) -> ClosedRange<Double>? {
    box[amount] ?? row(amount).map { 0...$0.upper }
  }

  private func row(_ amount: Branching.Amount) -> PolicyRow? {
    switch amount {
    case .family(let name): return held(name)
    case .units(let j):
      let instruments = verifier.model.instruments
      guard instruments.indices.contains(j), instruments[j].grid == 1 else { return nil }
      return rows.units(of: j)
    }
  }

  private func held(_ name: Branching.Family) -> PolicyRow? {
    guard rows.ranges.indices.contains(name.range) else { return nil }
    let range = rows.ranges[name.range]
    let shares = range.families.flatMap(\.shares)
    return shares.first { $0.pool == name.pool && $0.canBeHeld }.map { rows.held($0, range) }
  }

  private mutating func bound(
    _ leaf: Branching.Leaf, _ box: Box, _ path: Set<Int>, _ boxes: [Int: Box]
  ) -> Double? {
    guard isSound(leaf) else { return nil }
    var sum = Lagrangian(verifier.model, verifier.costToGo, pathWeights: leaf.pathWeights)
    guard sum.subtract(leaf.rows) else { return nil }
    for use in leaf.uses { sum.subtract(use) }
    for held in leaf.held {
      guard var row = row(held.amount), let within = range(held.amount, box) else { return nil }
      (row.lower, row.upper) = (within.lowerBound, within.upperBound)
      guard sum.subtract(row, held.value) else { return nil }
    }
    for multiplier in leaf.remainders {
      guard let row = remainder(multiplier.row, path, boxes),
        sum.subtract(row, multiplier.value)
      else { return nil }
    }
    for cut in leaf.cuts {
      if known[cut.point] == nil { known[cut.point] = verifier.evaluated(points[cut.point]) }
      guard let (origin, evaluation) = known[cut.point] else { return nil }
      sum.subtract(evaluation.cuts[cut.stretch], origin.weights, cut.value)
    }
    return sum.least
  }

  private func isSound(_ leaf: Branching.Leaf) -> Bool {
    let slots = verifier.costToGo.slots.indices
    return leaf.rows.allSatisfy(\.value.isFinite) && leaf.held.allSatisfy(\.value.isFinite)
      && leaf.remainders.allSatisfy { $0.value.isFinite }
      && verifier.fits(leaf.uses)
      && leaf.cuts.allSatisfy {
        points.indices.contains($0.point) && slots.contains($0.stretch) && $0.value >= 0
          && $0.value.isFinite
      }
  }

  /// A row made in one of the nodes that a case is a part of; nil where it was made elsewhere.
  private mutating func remainder(
    _ position: Int, _ path: Set<Int>, _ boxes: [Int: Box]
  ) -> PolicyRow? {
    guard branching.remainders.indices.contains(position) else { return nil }
    let source = branching.remainders[position]
    guard path.contains(source.node), let box = boxes[source.node],
      rows.ranges.indices.contains(source.wide.range),
      source.pools.count == source.bought.count, source.capacity.isFinite,
      source.bought.allSatisfy({ $0 >= 0 && $0.isFinite })
    else { return nil }
    if let row = made[position] { return row }
    let range = rows.ranges[source.wide.range]
    guard let wide = range.pools.first(where: { $0.pool == source.wide.pool && $0.isWide })
    else { return nil }
    let taken = rows.taken(source.wide.range) { box[.family($0)] }
    let bought = Dictionary(zip(source.pools, source.bought), uniquingKeysWith: max)
    let row = rows.remainder(
      "", wide, range, taken, left: range.left(to: wide, bought, taken), under: source.capacity)
    made[position] = row
    return row
  }
}

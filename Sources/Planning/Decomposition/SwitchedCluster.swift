import CloudCosts
import MIP

/// What one cluster costs at least with so many purchases, where the widest pools' μ is given: by
/// cases in which instruments are bought or not, each a small program over Kelley's cuts.
///
///     min  Σ_j price_j x_j + w θ     s.t.  θ ≥ constant + Σ_j slope_j x_j              cuts
///                                          x_j = 0, or minimum_j ≤ x_j ≤ upper_j      by case
struct SwitchedCluster {
  private let cluster: Int
  private let offers: ClusterOffers
  private let scale: Double
  private let solver: Solver
  private let purchases: [VariableID]
  private let cost: VariableID
  private var cuts: [(look: Int, cut: ClusterOffers.Cut, id: RowID)] = []
  private var nodes: [Node]
  /// The node that is looked at next.
  private var asked: Int?
  /// The most purchases that are counted; nil: they are not.
  private let most: Int?

  private struct Node {
    var states: [ClusterOffers.State]
    /// No decision in this case costs less, in currency units.
    var bound: Double
    var multipliers: [BoundProof.Switching.CutMultiplier] = []
    /// At its program's optimum: what is bought, and what then stays on demand, in currency units.
    var purchases: [Double]
    var onDemand = 0.0
    /// Its parts: not bought, and bought.
    var parts: (off: Int, on: Int)?
    var splitting = 0
    /// Whether cuts have come since.
    var isStale = true
    /// Whether no cut is missing at its optimum.
    var isSettled = false
    var count: Int { states.count { $0 == .on } }
  }

  /// More cases than this tell less than they take.
  private static let mostNodes = 300

  /// - Parameter counted: whether the number of purchases matters.
  init(_ offers: ClusterOffers, _ cluster: Int, isCounted: Bool, scale: Double) throws {
    self.offers = offers
    self.cluster = cluster
    self.scale = scale
    var program = Program("cluster")
    purchases = offers.instruments.indices.map { i in
      program.addVariable(
        "x[\(i)]", upper: offers.uppers[i], cost: offers.prices[i] / scale)
    }
    cost = program.addVariable("theta", cost: offers.weight)
    solver = try Solver(program)
    let states = offers.instruments.map { _ in ClusterOffers.State.free }
    nodes = [
      Node(
        states: states, bound: offers.least(states, [], []),
        purchases: states.map { _ in 0 })
    ]
    most = isCounted ? offers.isSwitched.count { $0 } : nil
  }

  // MARK: Bounds

  private var leaves: [Int] { nodes.indices.filter { nodes[$0].parts == nil } }

  /// What it costs at least with at most `n` purchases, from 0 on; purchases are not counted:
  /// with any.
  var costs: [Double] {
    var result = [Double](repeating: .infinity, count: (most ?? 0) + 1)
    for leaf in leaves {
      let count = most == nil ? 0 : nodes[leaf].count
      result[count] = min(result[count], nodes[leaf].bound)
    }
    for n in result.indices.dropFirst() { result[n] = min(result[n], result[n - 1]) }
    while result.count > 1, result[result.count - 1] >= result[result.count - 2] {
      result.removeLast()
    }
    return result
  }

  /// The case that is the least with at most `n` purchases.
  private func leaf(_ n: Int) -> Int? {
    leaves.filter { most == nil || nodes[$0].count <= n }
      .min { (nodes[$0].bound, $0) < (nodes[$1].bound, $1) }
  }

  /// Solves and splits cases until the least with at most `n` purchases is an optimum in which
  /// nothing is bought by half.
  mutating func refine(_ n: Int) throws {
    while let leaf = leaf(n) {
      if nodes[leaf].isStale {
        try solve(leaf)
      } else if let i = undecided(leaf, n), nodes.count < Self.mostNodes {
        split(leaf, i)
      } else {
        break
      }
    }
  }

  /// The instrument that is bought by half, or one too many, with the most money in it.
  private func undecided(_ leaf: Int, _ n: Int) -> Int? {
    let node = nodes[leaf]
    let free = node.states.indices.filter {
      node.states[$0] == .free && offers.isSwitched[$0]
        && node.purchases[$0] > 1e-7 * offers.uppers[$0]
    }
    let isTooMany = most != nil && node.count + free.count > n
    return free.filter {
      isTooMany || node.purchases[$0] < offers.minimums[$0] * (1 - 1e-9)
    }.max {
      offers.prices[$0] * node.purchases[$0] < offers.prices[$1] * node.purchases[$1]
    }
  }

  private mutating func split(_ leaf: Int, _ i: Int) {
    nodes[leaf].parts = (nodes.count, nodes.count + 1)
    nodes[leaf].splitting = i
    for state in [ClusterOffers.State.off, .on] {
      var part = nodes[leaf]
      part.parts = nil
      part.states[i] = state
      (part.isStale, part.isSettled) = (true, false)
      part.bound = offers.least(
        part.states, part.multipliers.map(\.value), cuts(of: part.multipliers))
      nodes.append(part)
    }
  }

  private func cuts(
    of multipliers: [BoundProof.Switching.CutMultiplier]
  ) -> [ClusterOffers.Cut] {
    multipliers.compactMap { multiplier in cuts.first { $0.look == multiplier.look }?.cut }
  }

  private mutating func solve(_ place: Int) throws {
    nodes[place].isStale = false
    let states = nodes[place].states
    let ranges = states.indices.map { offers.relaxedRange($0, states[$0]) }
    try solver.setBounds(
      of: purchases, lower: ranges.map(\.lowerBound), upper: ranges.map(\.upperBound))
    // Where its numbers fail the solver, what was known of the case holds.
    guard let result = try? solver.solveRelaxation(), result.status == .optimal else { return }
    nodes[place].purchases = purchases.map { max(0, result[$0]) }
    nodes[place].onDemand = result[cost] * scale
    nodes[place].isSettled = false
    var found: [(look: Int, cut: ClusterOffers.Cut, value: Double)] = []
    for (look, cut, id) in cuts {
      if let dual = result.row(id)?.dual, dual > 0 { found.append((look, cut, dual)) }
    }
    // Rounding must not take more of θ than there is.
    let sum = found.reduce(0) { $0 + $1.value }
    let factor = sum > offers.weight ? offers.weight / sum : 1
    let bound = offers.least(
      states, found.map { $0.value * factor }, found.map(\.cut))
    if bound >= nodes[place].bound {
      nodes[place].bound = bound
      nodes[place].multipliers = found.map { .init(look: $0.look, value: $0.value * factor) }
    }
  }

  // MARK: Looks

  /// Whether a cut may be missing in the case that is the least with at most `n` purchases; then
  /// the capacities bought in it are written into a point.
  mutating func ask(_ n: Int, _ point: inout [Double]) -> Bool {
    asked = leaf(n).flatMap { nodes[$0].isSettled ? nil : $0 }
    guard let asked else { return false }
    offers.write(nodes[asked].purchases, to: &point)
    return true
  }

  /// Takes in the cut at a point that was asked for.
  ///
  /// - Returns: by how much the program held its case to cost too little, in currency units.
  mutating func learn(_ all: CostToGo.ClusterCuts, _ look: Int) throws -> Double {
    guard let place = asked else { return 0 }
    asked = nil
    let cut = offers.cut(all, cluster)
    let open = cut.value(nodes[place].purchases) - nodes[place].onDemand
    // The last: what the solver cannot tell from nothing.
    if open <= 1e-9 * abs(nodes[place].onDemand) + 1e-6 * scale {
      nodes[place].isSettled = true
      return 0
    }
    try add(cut, look)
    return offers.weight * open
  }

  /// Takes in a cut that was made anywhere.
  mutating func add(_ all: CostToGo.ClusterCuts, _ look: Int) throws {
    try add(offers.cut(all, cluster), look)
  }

  private mutating func add(_ cut: ClusterOffers.Cut, _ look: Int) throws {
    let terms =
      [MIP.Term(1, cost)] + zip(cut.slopes, purchases).map { MIP.Term(-$0 / scale, $1) }
    for id in try solver.addRows([Row("cut", terms, lower: cut.constant / scale)]) {
      cuts.append((look, cut, id))
    }
    for leaf in leaves where cut.value(nodes[leaf].purchases) > nodes[leaf].onDemand {
      nodes[leaf].isStale = true
    }
  }

  /// What is bought in the case that is the least with at most `n` purchases.
  func bought(_ n: Int) -> [(instrument: Int, amount: Double)] {
    guard let leaf = leaf(n) else { return [] }
    return zip(offers.instruments, nodes[leaf].purchases).filter { $1 > 0 }.map { ($0, $1) }
  }

  /// The capacities that these purchases bring.
  func writeChosen(_ n: Int, to point: inout [Double]) {
    if let leaf = leaf(n) { offers.write(nodes[leaf].purchases, to: &point) }
  }

  // MARK: Proof

  /// Its cases in the order of the tree.
  var proof: [BoundProof.Switching.ClusterNode] { proof(of: 0) }

  private func proof(of place: Int) -> [BoundProof.Switching.ClusterNode] {
    let node = nodes[place]
    guard let parts = node.parts else { return [.leaf(node.multipliers)] }
    return [.split(instrument: offers.instruments[node.splitting])] + proof(of: parts.off)
      + proof(of: parts.on)
  }
}

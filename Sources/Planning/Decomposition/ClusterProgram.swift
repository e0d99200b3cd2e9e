import CloudCosts
import MIP

/// One cluster by itself, where the widest pools' μ is given: its purchases, and what it costs on
/// demand by Kelley's cuts.
///
///     min   Σ_j price_j x_j + w θ      s.t.  q_c = Σ_{j fills c} unit_j x_j,     θ ≥ constant + Σ_c slope_c q_c
struct ClusterProgram {
  /// What it costs at the best point that was looked at, in currency units.
  private(set) var best = Double.infinity
  /// No point costs less than this, in currency units.
  private(set) var value = -Double.infinity
  /// Of each of `members`.
  private var bestPoint: [Double] = []
  private let cluster: Int
  /// Its capacities, of `CostToGo.capacities`.
  private let members: [Int]
  private let weight: Double
  private let scale: Double
  private let solver: Solver
  private var capacities: [VariableID] = []
  private var purchases: [(id: VariableID, price: Double)] = []
  private let cost: VariableID
  private var cuts: [(point: Int, id: RowID)] = []
  private var last: LPResult?
  private var looked: Look?
  /// Where it is looked at first. Far from there cuts are steep, and tell little.
  private let center: [Double]
  private var radius = 0.1
  private let spreads: [Double]

  /// - Parameters:
  ///   - members: its capacities.
  ///   - start: where to look first.
  ///   - spreads: how far a first step may lead, for each capacity.
  ///   - prices: of each instrument, once the policy's rows are taken off.
  ///   - weight: of what stays on demand, once they are.
  ///   - scale: money of the program per currency unit.
  ///   - allowed: how much of each instrument may be bought; nil: anything of use.
  init(
    _ costToGo: CostToGo, _ cluster: Int, members: [Int], instruments: [Int],
    from start: [Double], spreads: [Double], prices: [Double], weight: Double, scale: Double,
    allowed: [ClosedRange<Double>]?
  ) throws {
    self.cluster = cluster
    self.weight = weight
    self.scale = scale
    self.members = members
    center = members.map { start[$0] }
    self.spreads = members.map { spreads[$0] }
    var program = Program("cluster")
    var links = members.map { _ in [MIP.Term]() }
    for (i, c) in members.enumerated() {
      capacities.append(program.addVariable("q[\(c)]"))
      links[i].append(MIP.Term(-1, capacities[i]))
    }
    for j in instruments {
      let instrument = costToGo.model.instruments[j]
      let range = allowed?[j] ?? 0...instrument.upper
      let x = program.addVariable(
        "x[\(j)]", lower: range.lowerBound, upper: range.upperBound, cost: prices[j] / scale)
      purchases.append((x, prices[j]))
      for (i, c) in members.enumerated() where costToGo.filled[j].contains(c) {
        links[i].append(MIP.Term(instrument.unit, x))
      }
    }
    for (i, terms) in links.enumerated() { program.addRow("link[\(i)]", terms, lower: 0, upper: 0) }
    cost = program.addVariable("theta", cost: weight)
    solver = try Solver(program)
  }

  /// Takes in its cut at a point, and moves its part of the point to where the cuts are least.
  ///
  /// - Returns: false where the solver fails.
  mutating func learn(
    _ cuts: CostToGo.ClusterCuts, _ index: Int, _ point: inout [Double]
  ) throws -> Bool {
    let onDemand = members.reduce(cuts.constants[cluster]) { $0 + cuts.slopes[$1] * point[$1] }
    var isKnown = false
    if let looked {
      if onDemand * weight + looked.price < best {
        best = onDemand * weight + looked.price
        bestPoint = members.map { point[$0] }
      }
      isKnown = onDemand / scale <= looked.onDemand + 1e-9 * abs(looked.onDemand) + 1e-9
      // Nothing more is to be learnt, here or anywhere.
      if isKnown, !looked.isBoxed { return true }
    }
    if !isKnown {
      var terms = [MIP.Term(1, cost)]
      for (i, c) in members.enumerated() {
        terms.append(MIP.Term(-cuts.slopes[c] / scale, capacities[i]))
      }
      let row = Row("cut", terms, lower: cuts.constants[cluster] / scale)
      for id in try solver.addRows([row]) { self.cuts.append((index, id)) }
    }
    return try solve(&point)
  }

  private mutating func solve(_ point: inout [Double]) throws -> Bool {
    let lower = zip(center, spreads).map { max(0, $0 - radius * $1) }
    let upper = zip(center, spreads).map { $0 + radius * $1 }
    try solver.setBounds(of: capacities, lower: lower, upper: upper)
    var result = try solver.solveRelaxation()
    guard result.status == .optimal else { return false }
    let isBoxed = capacities.indices.contains { i in
      let value = result[capacities[i]]
      let isHeld =
        lower[i] > 0 && value <= lower[i] * (1 + 1e-9) || value >= upper[i] * (1 - 1e-9)
      return isHeld && abs(result.reducedCosts[capacities[i].index]) > 1e-9
    }
    looked = Look(
      price: purchases.reduce(0) { $0 + $1.price * result[$1.id] }, onDemand: result[cost],
      isBoxed: isBoxed)
    for (c, id) in zip(members, capacities) { point[c] = max(0, result[id]) }
    if isBoxed {
      radius *= 3
      try solver.setBounds(
        of: capacities, lower: lower.map { _ in 0 }, upper: upper.map { _ in .infinity })
      result = try solver.solveRelaxation()
      guard result.status == .optimal else { return false }
    }
    value = max(value, result.objective * scale)
    last = result
    return true
  }

  /// Where it is looked at next.
  private struct Look {
    /// Of its purchases, in currency units.
    var price: Double
    /// What stays on demand by the cuts, in money of the program.
    var onDemand: Double
    var isBoxed: Bool
  }

  /// The best point that was looked at.
  func writeBest(into purchased: inout [Double]) {
    for (c, value) in zip(members, bestPoint) { purchased[c] = value }
  }

  /// The points whose cuts count in the end, with their multipliers.
  var proof: [(point: Int, multiplier: Double)] {
    guard let last else { return [] }
    return cuts.compactMap { point, id in
      guard let dual = last.row(id)?.dual, dual > 0 else { return nil }
      return (point, dual)
    }
  }
}

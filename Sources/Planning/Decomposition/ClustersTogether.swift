import CloudCosts
import MIP

/// All clusters in one program with the policy's rows, where the μ of the widest pools is given.
///
///     min   Σ_j c_j x_j + θ
///     s.t.  q_c = Σ_{j fills c} unit_j x_j,     φ_F ≥ constant + Σ_{c in F} slope_c q_c
///           θ ≥ rest + Σ_F φ_F − Σ_w Σ_h μ_wh Q_w
///           the policy's rows, with θ for what stays on demand
///
/// Its duals are the rows' multipliers under which clusters prove most. Those of the master are
/// not, where its box holds it back: it takes what the box does for the rows' doing. Under three
/// limits clusters with the master's multipliers proved 0.1 % less, however often they were asked.
struct ClustersTogether {
  /// Capacities that were looked at, and the clusters' cuts there.
  private(set) var points: [[Double]]
  private var known: [CostToGo.ClusterCuts]
  private let costToGo: CostToGo
  private let clusters: Clusters
  private let members: [[Int]]
  private let scale: Double
  private let solver: Solver
  /// q; nil for the widest pools.
  private let capacities: [VariableID?]
  /// φ.
  private let costs: [VariableID]
  private let rows: [(row: PolicyRow, id: RowID, factor: Double)]
  private var cuts: [(cut: ClusterCut, id: RowID)] = []
  private var last: LPResult?

  /// The cut of a cluster at one of the points.
  typealias ClusterCut = (cluster: Int, point: Int)

  /// How often capacities are looked at, at most.
  private static let mostLooks = 15

  /// - Parameters:
  ///   - members: the capacities of each cluster.
  ///   - points: where clusters were looked at, at least once.
  ///   - known: their cuts there.
  ///   - scale: money of the program per currency unit.
  init(
    _ costToGo: CostToGo, _ clusters: Clusters, members: [[Int]], points: [[Double]],
    known: [CostToGo.ClusterCuts], scale: Double
  ) throws {
    self.costToGo = costToGo
    self.clusters = clusters
    self.members = members
    self.points = points
    self.known = known
    self.scale = scale
    var draft = Draft(costToGo, members: members, scale: scale)
    draft.addTotal(known[0])
    let model = costToGo.model
    rows = model.rows.filter(Self.counts).map { draft.add($0) }
    (capacities, costs) = (draft.capacities, draft.costs)
    solver = try Solver(draft.program)
  }

  /// Whether a row is in the program. Without the others it proves less, and nothing wrong.
  private static func counts(_ row: PolicyRow) -> Bool {
    row.switches.isEmpty && row.used.isEmpty && row.actions.isEmpty
  }

  /// What its multipliers prove, and the capacities that it came to.
  ///
  /// - Parameters:
  ///   - relaxation: says what μ is the mean of.
  ///   - first: the cuts to begin with. All that are known would make a program of thousands that
  ///     are hardly different, which takes minutes.
  ///   - tolerance: when to stop, in currency units.
  /// - Returns: nil where the solver fails.
  mutating func proof(
    _ relaxation: BoundProof, wide: [[Lanes]], first: [ClusterCut], from start: [Double],
    tolerance: Double, until isOver: () -> Bool
  ) throws -> (proof: BoundProof, purchased: [Double])? {
    var point = start
    try add(first)
    for look in 1...Self.mostLooks {
      var news: [ClusterCut] = []
      repeat {
        try add(news)
        guard try solve(&point) else { return nil }
        let missed = missed(known.indices, at: point)
        news = missed.open > 0.1 * tolerance ? missed.cuts : []
      } while !news.isEmpty
      points.append(point)
      known.append(costToGo.clusterCuts(purchased: point, wide: wide, clusters))
      let missed = missed(known.count - 1..<known.count, at: point)
      if missed.open <= tolerance || look == Self.mostLooks || isOver() { break }
      try add(missed.cuts)
    }
    return multiplied(relaxation).map { ($0, point) }
  }

  private mutating func add(_ wanted: [ClusterCut]) throws {
    let rows = wanted.map { f, point in
      var terms = [Term(1, costs[f])]
      for c in members[f] {
        if let q = capacities[c] { terms.append(Term(-known[point].slopes[c] / scale, q)) }
      }
      return Row("cut", terms, lower: known[point].constants[f] / scale)
    }
    cuts += zip(wanted, try solver.addRows(rows)).map { ($0, $1) }
  }

  /// Of some points' cuts those that the last answer misses most, at most one for each cluster, and
  /// by how much in currency units.
  private func missed(_ range: Range<Int>, at point: [Double]) -> (
    cuts: [ClusterCut], open: Double
  ) {
    guard let last else { return ([], 0) }
    var cuts: [ClusterCut] = []
    var open = 0.0
    for (f, members) in members.enumerated() {
      let cost = last[costs[f]] * scale
      var most = cost + 1e-9 * abs(cost) + 1e-9 * scale
      var worst: Int?
      for i in range {
        let value = members.reduce(known[i].constants[f]) { $0 + known[i].slopes[$1] * point[$1] }
        if value > most { (most, worst) = (value, i) }
      }
      guard let worst else { continue }
      cuts.append((f, worst))
      open += most - cost
    }
    return (cuts, open)
  }

  /// Solves it again, and moves the clusters' part of a point to the answer.
  ///
  /// Where the simplex method turns in circles, its last basis is as good: any multipliers prove
  /// something, and any point has cuts.
  private mutating func solve(_ point: inout [Double]) throws -> Bool {
    let size = solver.variableCount + solver.rowIDs.count
    let result = try solver.solveRelaxation(most: 200 + size / 2)
    guard result.status == .optimal || result.status == .unknown else { return false }
    last = result
    for (c, q) in capacities.enumerated() { if let q { point[c] = max(0, result[q]) } }
    return true
  }

  /// What the last answer's multipliers prove, by the costs as they are.
  private func multiplied(_ relaxation: BoundProof) -> BoundProof? {
    guard let last else { return nil }
    var proof = relaxation
    proof.rows = rows.compactMap { row, id, factor in
      guard let dual = last.row(id)?.dual, dual != 0,
        (dual > 0 ? row.lower : row.upper).isFinite
      else { return nil }
      return .init(name: row.name, value: dual * factor * scale)
    }
    var sum = Lagrangian(costToGo.model, costToGo, pathWeights: relaxation.pathWeights)
    // Nothing is proven of usage that the rows take the whole price of.
    guard sum.subtract(proof.rows), sum.weight > 1e-6 else { return nil }
    sum.forgetStretches(clusters.count)
    var looked = points.map {
      BoundProof.ClusterPoint(purchased: $0, clusters: [], multipliers: [])
    }
    for (cut, id) in cuts {
      guard let dual = last.row(id)?.dual, dual > 0 else { continue }
      looked[cut.point].clusters.append(cut.cluster)
      looked[cut.point].multipliers.append(dual)
      sum.subtract(known[cut.point], clusters, cut.cluster, dual)
    }
    sum.subtractRest(known[0], clusters)
    // One is needed to tell the proof's kind, though it may count for nothing.
    proof.clusterPoints = [looked[0]] + looked.dropFirst().filter { !$0.clusters.isEmpty }
    proof.bound = sum.leastOfClusters(clusters)
    return proof
  }

  /// Writes the program without cuts.
  private struct Draft {
    private(set) var program = Program("clusters")
    private(set) var capacities: [VariableID?]
    private(set) var costs: [VariableID] = []
    private var purchases: [VariableID] = []
    private let onDemand: VariableID
    private let costToGo: CostToGo
    private let scale: Double

    init(_ costToGo: CostToGo, members: [[Int]], scale: Double) {
      self.costToGo = costToGo
      self.scale = scale
      for (j, instrument) in costToGo.model.instruments.enumerated() {
        // No two offers cost the same, by a hair: between equal ones the simplex method turns in
        // circles. What is proven is counted by the costs as they are.
        let hair = 1 + 1e-6 * Double(j % 97) / 97
        purchases.append(
          program.addVariable(
            "x[\(instrument.label)]", upper: instrument.upper,
            cost: instrument.cost / scale * hair))
      }
      capacities = costToGo.capacities.map { _ in nil }
      for c in members.joined() {
        let hair = 1e-7 * (1 + Double(c % 89) / 89)
        capacities[c] = program.addVariable("q[\(c)]", cost: hair)
      }
      for f in members.indices { costs.append(program.addVariable("phi[\(f)]")) }
      onDemand = program.addVariable("theta", cost: 1)
    }

    /// What links purchases to capacities, and all to θ.
    mutating func addTotal(_ cuts: CostToGo.ClusterCuts) {
      var links = capacities.map { $0.map { [Term(-1, $0)] } ?? [] }
      var total = [Term(1, onDemand)] + costs.map { Term(-1, $0) }
      for (j, instrument) in costToGo.model.instruments.enumerated() {
        for c in costToGo.filled[j] {
          if capacities[c] != nil {
            links[c].append(Term(instrument.unit, purchases[j]))
          } else {
            total.append(Term(-cuts.slopes[c] * instrument.unit / scale, purchases[j]))
          }
        }
      }
      for (c, terms) in links.enumerated() where !terms.isEmpty {
        program.addRow("link[\(c)]", terms, lower: 0, upper: 0)
      }
      program.addRow("total", total, lower: cuts.rest / scale)
    }

    mutating func add(_ row: PolicyRow) -> (row: PolicyRow, id: RowID, factor: Double) {
      let factor = row.remaining.isEmpty ? 1 : 1 / scale
      var terms = row.instruments.map { Term($0.coefficient * factor, purchases[$0.index]) }
      if let share = row.remaining.first, share != 0 { terms.append(Term(share, onDemand)) }
      let id = program.addRow(
        row.name, terms, lower: row.lower * factor, upper: row.upper * factor)
      return (row, id, factor)
    }
  }
}

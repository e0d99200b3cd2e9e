import CloudCosts
import MIP

/// A bound that does not suffer from many pools: with the μ of the widest pools given, the rest falls
/// apart into clusters, and each is solved alone.
///
/// For multipliers y of the policy's rows and μ_wh of the widest pools, no plan costs less than
///
///     constant + Σ_i y_i b_i + Σ_w min_Q (c_w − w Σ_h μ_wh) Q_w
///       + Σ_F min_q ( Σ_{c in F} c_c q_c + w Σ_h V_Fh(q; μ_h) )
///
/// with c the purchases' prices and w the weight of what stays on demand once y's rows are taken off, and V_Fh what a cluster costs on demand in an
/// hour where the widest pools ask μ_h. The minima over q are found by Kelley's cuts, all clusters side by
/// side: one evaluation gives each of them a cut. At the multipliers of the master's relaxation, the
/// widest pools' prices cancel, and the bound is at least that of the relaxation.
struct SeparableBound {
  /// What came of it.
  struct Result {
    /// In currency units.
    var bound: Double
    /// Capacities: for each cluster the best that was looked at; the widest pools' as they were.
    var purchased: [Double]
    var proof: BoundProof
  }

  private let model: Model
  private let costToGo: CostToGo
  private let clusters: Clusters
  /// The capacities of the widest pools.
  let widest: [Int]
  /// Money of the program per currency unit.
  private let scale: Double

  /// Nil where the model does not fall apart.
  init?(_ model: Model, _ costToGo: CostToGo, scale: Double) {
    clusters = Clusters(model, widest: costToGo.oracle.tables.widest)
    // Of several paths the widest pools' prices in all hours are too much to keep for every cut.
    guard clusters.count > 1, model.machines.isEmpty, model.switches.isEmpty,
      model.risk.probabilities.count == 1
    else { return nil }
    self.model = model
    self.costToGo = costToGo
    let ofPool = clusters.ofPool
    widest = costToGo.capacities.indices.filter { ofPool[costToGo.capacities[$0].pool] == nil }
    self.scale = scale
  }

  /// - Parameters:
  ///   - relaxation: the multipliers, as a proof of the master's own bound.
  ///   - wide: Σ over its cuts of multiplier × μ.
  ///   - start: where to look first.
  ///   - tolerance: when to stop, in currency units.
  func solve(
    _ relaxation: BoundProof, wide: [[Lanes]], from start: [Double], tolerance: Double,
    until isOver: () -> Bool
  ) throws -> Result? {
    let prices = Prices(model, costToGo, relaxation)
    // Nothing is left of an hour's price that the rows take away whole.
    guard prices.weight > 1e-6 else { return nil }
    var program = try ClusterProgram(costToGo, clusters, prices, scale: scale)
    var point = start
    var best = [Double](repeating: .infinity, count: clusters.count)
    var purchased = start
    for round in 0..<40 {
      let cuts = costToGo.clusterCuts(purchased: point, wide: wide, clusters)
      for f in 0..<clusters.count {
        let members = program.members[f]
        let cost = members.reduce(cuts.constants[f]) {
          $0 + cuts.slopes[$1] * point[$1]
        }
        let all = cost * prices.weight + program.price(of: f)
        guard all < best[f] else { continue }
        best[f] = all
        for c in members { purchased[c] = point[c] }
      }
      try program.add(cuts, at: point)
      guard let value = try program.solve(&point) else { return nil }
      let found = best.reduce(0, +)
      guard found - value <= tolerance || round == 39 || isOver() else { continue }
      let bound =
        model.constant + prices.constant + prices.weight * cuts.rest + prices.widest(cuts.slopes)
        + value
      return Result(
        bound: bound, purchased: purchased,
        proof: BoundProof(
          rows: relaxation.rows, uses: relaxation.uses, points: relaxation.points,
          clusterPoints: program.proof, bound: bound))
    }
    return nil
  }

  /// Prices once the policy's rows are taken off.
  private struct Prices {
    /// Σ_i y_i b_i.
    private(set) var constant = 0.0
    /// What the rows make of all that stays on demand: 1 − Σ_i y_i remaining_i.
    private(set) var weight = 1.0
    /// Of each instrument.
    let instruments: [Double]
    private let model: Model
    private let costToGo: CostToGo

    init(_ model: Model, _ costToGo: CostToGo, _ proof: BoundProof) {
      self.model = model
      self.costToGo = costToGo
      var costs = model.instruments.map(\.cost)
      for row in model.rows {
        guard let y = proof.rows.first(where: { $0.name == row.name })?.value else { continue }
        constant += y * (y > 0 ? row.lower : row.upper)
        weight -= y * (row.remaining.first ?? 0)
        for (j, coefficient) in row.instruments { costs[j] -= y * coefficient }
      }
      instruments = costs
    }

    /// What the widest pools' purchases come to at least.
    func widest(_ slopes: [Double]) -> Double {
      var sum = 0.0
      for (j, instrument) in model.instruments.enumerated()
      where costToGo.oracle.tables.widest.contains(instrument.pool) {
        let cost = costToGo.filled[j].reduce(instruments[j]) {
          $0 + weight * slopes[$1] * instrument.unit
        }
        sum += min(0, cost) * instrument.upper
      }
      return sum
    }
  }

  /// min Σ_j price_j x_j + Σ_F θ_F with q_c = Σ_{j fills c} unit_j x_j and cuts on each θ_F: block by block.
  private struct ClusterProgram {
    /// The capacities of each cluster.
    let members: [[Int]]
    private let solver: Solver
    private let scale: Double
    private let capacities: [Int: VariableID]
    /// The purchases of each cluster, with their prices in currency units.
    private let purchases: [[(id: VariableID, price: Double)]]
    private let costs: [VariableID]
    private var points: [[Double]] = []
    /// The point, the cluster and the row of each cut.
    private var cuts: [(point: Int, cluster: Int, id: RowID)] = []
    private var last: LPResult?

    init(
      _ costToGo: CostToGo, _ clusters: Clusters, _ prices: Prices, scale: Double
    ) throws {
      self.scale = scale
      var program = Program("clusters")
      var capacities: [Int: VariableID] = [:]
      var members = [[Int]](repeating: [], count: clusters.count)
      var links: [Int: [MIP.Term]] = [:]
      for (c, capacity) in costToGo.capacities.enumerated() {
        guard let f = clusters.ofPool[capacity.pool] else { continue }
        members[f].append(c)
        let q = program.addVariable("q[\(c)]")
        capacities[c] = q
        links[c] = [MIP.Term(-1, q)]
      }
      var purchases = [[(id: VariableID, price: Double)]](repeating: [], count: clusters.count)
      for (j, instrument) in costToGo.model.instruments.enumerated() {
        guard let f = clusters.ofPool[instrument.pool] else { continue }
        let price = prices.instruments[j]
        let x = program.addVariable("x[\(j)]", upper: instrument.upper, cost: price / scale)
        purchases[f].append((x, price))
        for c in costToGo.filled[j] { links[c]?.append(MIP.Term(instrument.unit, x)) }
      }
      for (c, terms) in links.sorted(by: { $0.key < $1.key }) {
        program.addRow("link[\(c)]", terms, lower: 0, upper: 0)
      }
      costs = (0..<clusters.count).map {
        program.addVariable("theta[\($0)]", cost: prices.weight)
      }
      self.capacities = capacities
      self.members = members
      self.purchases = purchases
      solver = try Solver(program)
    }

    /// What a cluster's purchases at the last solution cost, in currency units; nothing is known before.
    func price(of f: Int) -> Double {
      guard let last else { return .infinity }
      return purchases[f].reduce(0) { $0 + $1.price * last[$1.id] }
    }

    mutating func add(_ cuts: CostToGo.ClusterCuts, at point: [Double]) throws {
      var rows: [Row] = []
      var which: [Int] = []
      for f in members.indices {
        let value = members[f].reduce(cuts.constants[f]) { $0 + cuts.slopes[$1] * point[$1] }
        if let last, value / scale <= last[costs[f]] + 1e-9 * abs(value / scale) + 1e-7 { continue }
        var terms = [MIP.Term(1, costs[f])]
        for c in members[f] {
          if let q = capacities[c] { terms.append(MIP.Term(-cuts.slopes[c] / scale, q)) }
        }
        rows.append(Row("cut", terms, lower: cuts.constants[f] / scale))
        which.append(f)
      }
      guard !rows.isEmpty else { return }
      points.append(point)
      let ids = try solver.addRows(rows)
      for (f, id) in zip(which, ids) { self.cuts.append((points.count - 1, f, id)) }
    }

    /// Moves the point to the optimum of the program; nil where the solver fails.
    mutating func solve(_ point: inout [Double]) throws -> Double? {
      let result = try solver.solveRelaxation()
      guard result.status == .optimal else { return nil }
      last = result
      for (c, variable) in capacities { point[c] = max(0, result[variable]) }
      return result.objective * scale
    }

    /// The points that count in the end, with the multiplier of each cluster's cut.
    var proof: [BoundProof.ClusterPoint] {
      guard let last else { return [] }
      var found: [Int: BoundProof.ClusterPoint] = [:]
      // One is needed to tell the proof's kind, though it may count for nothing.
      if let first = points.first {
        found[0] = BoundProof.ClusterPoint(purchased: first, clusters: [], multipliers: [])
      }
      for (p, f, id) in cuts {
        guard let dual = last.row(id)?.dual, dual > 0 else { continue }
        if found[p] == nil {
          found[p] = BoundProof.ClusterPoint(purchased: points[p], clusters: [], multipliers: [])
        }
        found[p]?.clusters.append(f)
        found[p]?.multipliers.append(dual)
      }
      return found.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}

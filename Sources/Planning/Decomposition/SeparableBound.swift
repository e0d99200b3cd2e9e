import CloudCosts
import MIP

/// A bound that does not suffer from many pools: with the μ of the widest pools given, the rest
/// falls apart into clusters, and each is solved alone.
///
/// For multipliers y of the policy's rows and μ_wh of the widest pools, no plan costs less than
///
///     constant + Σ_i y_i b_i + Σ_w min_Q (c_w − w Σ_h μ_wh) Q_w
///       + Σ_F min_q ( Σ_{c in F} c_c q_c + w Σ_h V_Fh(q; μ_h) )
///
/// with c the purchases' prices and w the weight of what stays on demand once y's rows are taken
/// off, and V_Fh what a cluster costs on demand in an hour where the widest pools ask μ_h. The
/// minima over q are found by Kelley's cuts, all clusters side by side: one evaluation gives each
/// of them a cut. At the multipliers of the master's relaxation, the widest pools' prices cancel,
/// and the bound is at least that of the relaxation.
struct SeparableBound {
  /// What came of it.
  struct Result {
    /// In currency units.
    var bound: Double
    /// Capacities: for each cluster the best that was looked at; the widest pools' as they were.
    var purchased: [Double]
    var proof: BoundProof
    var prices: Prices
  }

  private let model: Model
  private let costToGo: CostToGo
  let clusters: Clusters
  /// The capacities of the widest pools.
  let widest: [Int]
  /// The capacities of each cluster.
  let members: [[Int]]
  /// Money of the program per currency unit.
  let scale: Double

  /// Cuts find the best of few capacities in some ten steps; of many (a ladder of many dates) the
  /// master is as quick.
  private static let mostCapacities = 12

  /// Nil where the model does not fall apart, or not far enough.
  init?(_ model: Model, _ costToGo: CostToGo, scale: Double) {
    clusters = Clusters(model, widest: costToGo.oracle.tables.widest)
    var widest: [Int] = []
    var members = [[Int]](repeating: [], count: clusters.count)
    for (c, capacity) in costToGo.capacities.enumerated() {
      if let f = clusters.ofPool[capacity.pool] { members[f].append(c) } else { widest.append(c) }
    }
    // Of several paths the widest pools' prices in all hours are too much to keep for every cut.
    guard clusters.count > 1, members.allSatisfy({ $0.count <= Self.mostCapacities }),
      model.machines.isEmpty, costToGo.spendCuts.isEmpty,
      model.risk.probabilities.count == 1
    else { return nil }
    self.model = model
    self.costToGo = costToGo
    self.widest = widest
    self.members = members
    self.scale = scale
  }

  /// - Parameters:
  ///   - relaxation: the multipliers, as a proof of the master's own bound.
  ///   - wide: Σ over its cuts of multiplier × μ.
  ///   - start: where to look first.
  ///   - tolerance: when to stop, in currency units.
  ///   - spreads: how much what each capacity could be used for varies.
  ///   - allowed: how much of each instrument may be bought; nil: anything of use.
  func solve(
    _ relaxation: BoundProof, wide: [[Lanes]], from start: [Double], tolerance: Double,
    spreads: [Double], allowed: [ClosedRange<Double>]?, until isOver: () -> Bool
  ) throws -> Result? {
    let prices = Prices(model, costToGo, relaxation, wide)
    // Nothing is left of an hour's price that the rows take away whole.
    guard prices.weight > 1e-6 else { return nil }
    var programs = try (0..<clusters.count).map { f in
      try ClusterProgram(
        costToGo, f, members: members[f], instruments: clusters.instruments[f], from: start,
        spreads: spreads, prices: prices.instruments, weight: prices.weight, scale: scale,
        allowed: allowed)
    }
    var point = start
    var points: [[Double]] = []
    for round in 0..<40 {
      let cuts = costToGo.clusterCuts(purchased: point, wide: wide, clusters)
      points.append(point)
      for f in programs.indices {
        guard try programs[f].learn(cuts, round, &point) else { return nil }
      }
      let open = programs.reduce(0) { $0 + $1.best - $1.value }
      guard open <= tolerance || round == 39 || isOver() else { continue }
      let value = programs.reduce(0) { $0 + $1.value }
      guard value > -.infinity else { return nil }
      var purchased = start
      for program in programs { program.writeBest(into: &purchased) }
      let bound =
        model.constant + prices.constant + prices.weight * cuts.rest
        + prices.widest(cuts.slopes, allowed) + value
      return Result(
        bound: bound, purchased: purchased,
        proof: BoundProof(
          rows: relaxation.rows, uses: relaxation.uses, points: relaxation.points,
          clusterPoints: Self.proof(programs, points), bound: bound), prices: prices)
    }
    return nil
  }

  /// Whole units at a relaxation's prices.
  func rounding(at prices: Prices) -> ClusterRounding {
    ClusterRounding(costToGo: costToGo, clusters: clusters, prices: prices)
  }

  /// The points that count in the end, with the multiplier of each cluster's cut.
  private static func proof(
    _ programs: [ClusterProgram], _ points: [[Double]]
  ) -> [BoundProof.ClusterPoint] {
    var found = points.map {
      BoundProof.ClusterPoint(purchased: $0, clusters: [], multipliers: [])
    }
    for (f, program) in programs.enumerated() {
      for (point, multiplier) in program.proof {
        found[point].clusters.append(f)
        found[point].multipliers.append(multiplier)
      }
    }
    // One is needed to tell the proof's kind, though it may count for nothing.
    return [found[0]] + found.dropFirst().filter { !$0.clusters.isEmpty }
  }

  /// Prices once the policy's rows are taken off, and those of the widest pools.
  struct Prices {
    /// Σ_i y_i b_i.
    private(set) var constant = 0.0
    /// What the rows make of all that stays on demand: 1 − Σ_i y_i remaining_i.
    private(set) var weight = 1.0
    /// Of each instrument.
    let instruments: [Double]
    /// μ, as `CostToGo.Evaluation.wide` holds it.
    let wide: [[Lanes]]
    private let model: Model
    private let costToGo: CostToGo

    init(
      _ model: Model, _ costToGo: CostToGo, _ proof: BoundProof, _ wide: [[Lanes]]
    ) {
      self.model = model
      self.wide = wide
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
    func widest(_ slopes: [Double], _ allowed: [ClosedRange<Double>]? = nil) -> Double {
      model.instruments.indices.reduce(0) { sum, j in
        guard costToGo.oracle.tables.widest.contains(model.instruments[j].pool) else { return sum }
        let cost = costToGo.price(of: j, instruments[j], slopes, weight)
        let range = allowed?[j] ?? 0...model.instruments[j].upper
        return sum + cost * (cost < 0 ? range.upperBound : range.lowerBound)
      }
    }
  }
}

extension CostToGo {
  /// A price of an instrument and what slopes of its capacities, times a weight, make of one `x`.
  func price(of j: Int, _ price: Double, _ slopes: [Double], _ weight: Double) -> Double {
    filled[j].reduce(price) { $0 + weight * slopes[$1] * model.instruments[j].unit }
  }
}

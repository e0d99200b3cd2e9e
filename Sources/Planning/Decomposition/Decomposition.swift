import CloudCosts
import MIP

/// Solves the ILP by cuts: the master proposes purchases, the cost-to-go answers with cuts.
///
/// First the relaxation, by a box-step method (a trust region around the best point, cuts for each
/// stretch, slack cuts deleted); then whole units, by rounding, and where that is not within the
/// gap by branch and bound on the master.
final class Decomposition {
  let model: Model
  let costToGo: CostToGo
  let effort: PlanningEffort
  let clock: Stopwatch
  var master: Master
  var bound = -Double.infinity
  /// The same while some switches are held: no plan with these costs less.
  var heldBound = -Double.infinity
  /// What another way of solving has proven.
  var known = -Double.infinity
  var rounds = 0
  /// After how many it ends, whatever the gap.
  var mostRounds = Int.max
  var best: Incumbent?
  var stop: StopReason?
  /// The relaxation that proved the most, and the cuts that were in it.
  var proving: Proving?
  /// What rows of the policy make of classes of usage and use, by the last relaxation.
  var weights: CostToGo.Weights
  /// How closely hours are looked at.
  var care = Care()
  /// Whether they are looked at closely: small models can always afford it.
  var takesCare: Bool { care.isNeeded || costToGo.oracle.tables.isSmall }
  /// When clusters were last solved alone.
  var lastClusters = LastClusters()
  /// What was last rounded.
  var lastRounding = LastRounding()
  /// For each of `CostToGo.capacities`, how much what it could be used for varies; then for each
  /// of the master's flows, how much it can be.
  private(set) lazy var spreads = costToGo.spreads() + master.flowSpreads
  /// Nil where the model does not fall apart into clusters.
  let separable: SeparableBound?
  /// Where the relaxation is at its best: see `place`.
  var center: [Double]?
  /// False while the master asks for more than the policy does.
  var provesBound = true
  /// True while slack cuts are not deleted, since they may be what excludes an answer in whole
  /// units.
  var keepsCuts = false
  /// How far from the first point the first answers may lie, in standard deviations.
  var firstRadius = 0.3

  /// Multipliers that prove a bound.
  enum Proving {
    /// A relaxation of the master, and the cuts that were in it.
    case relaxation(LPResult, [Master.KnownCut], bound: Double)
    case clusters(BoundProof)
    case branches(BoundProof)
    case switches(BoundProof)
  }

  enum StopReason { case gapReached, timeLimit, interrupted, stalled }

  struct Care {
    /// Whether hours' prices are to be sought with more care, since what they miss shows in the
    /// gap.
    var isNeeded = false
    /// What was still open when that was last looked at, in currency units.
    var lastOpen = Double.infinity
  }

  struct LastClusters {
    var round = 0
    /// What each of them chose.
    var purchased: [Double]?
    /// The prices at which they did.
    var prices: SeparableBound.Prices?
    /// Multipliers of rows, and the widest pools' prices, while some switches are held.
    var held: (rows: [BoundProof.RowMultiplier], wide: [[Lanes]])?
  }

  struct LastRounding {
    var decision: Decision?
    /// Whether the relaxation is still being solved: then only what ends the search is of use.
    var isOnTheWay = false
    /// How far the point was above the bound, in currency units, of what was rounded on the way.
    var open = Double.infinity
  }

  /// The best decision in whole units that keeps every policy row.
  struct Incumbent {
    var decision: Decision
    var objective: Double
    /// What stays on demand under a feasible allocation.
    var allocation: Allocation
  }

  /// A point of the relaxation: purchases and actions, and what they cost by the cuts at them.
  struct Point {
    var decision: Decision
    var purchased: [Double]
    var value: Double
    /// By how much more stays on demand than the coverage floors allow, in currency units: only the
    /// cost-to-go can tell. 0 where the value already holds what rows over the cost-to-go make of
    /// it.
    var excess: Double

    /// Its cost, with a price on the excess that makes it no bargain.
    func merit(floorPrice: Double) -> Double { value + 2 * floorPrice * excess }
  }

  /// By how much a row may be missed, relative to its size.
  static let tolerance = 1e-6

  init(_ model: Model, effort: PlanningEffort, clock: Stopwatch) throws {
    self.model = model
    self.effort = effort
    self.clock = clock
    costToGo = CostToGo(model)
    weights = .plain(model)
    master = try Master(model, costToGo, keeping: model.rows)
    separable = SeparableBound(model, costToGo, scale: master.scale)
  }

  /// (incumbent − bound) / incumbent; infinite without an incumbent.
  var gap: Double {
    guard let best else { return .infinity }
    return (best.objective - proven) / max(abs(best.objective), 1e-9)
  }

  /// No plan costs less than this.
  var proven: Double { max(bound, known) }

  var isOutOfTime: Bool {
    if effort.stop.isStopped { stop = .interrupted }
    if clock.seconds >= effort.timeLimit { stop = .timeLimit }
    if rounds >= mostRounds, stop == nil { stop = .stalled }
    return stop != nil
  }

  /// - Parameter warm: what a solve of the same demand and prices left.
  func run(from warm: WarmStart = WarmStart()) throws {
    let target = effort.gap * 0.5
    lastRounding.isOnTheWay = true
    // What clusters search for themselves would only disturb the relaxation.
    let findsSwitches = separable != nil && !model.switches.isEmpty && !hasSeveralOutputs
    if findsSwitches { try master.countSwitches(false) }
    var point = try relax(to: target, from: try firstPoint(warm))
    center = place(point)
    lastRounding.isOnTheWay = false
    lastRounding.decision = nil
    round(point)
    offer(.nothing(model))
    if isShort { useEnough(near: point) }
    if isShort { keepCaps(near: point) }
    if isShort { try keepCapsUnderContracts() }
    if isShort, let switches = SwitchSearch(self, from: point, to: target) {
      try switches.run()
    }
    if findsSwitches { try master.countSwitches(true) }
    if isShort { try settleSwitches(from: point, to: target) }
    try improve(point, to: target)
    if isShort, master.hasFloors { try meetFloors(from: point, to: target) }
    try tryHarder(from: &point, target)
    if best == nil, !isOutOfTime { walk(from: point) }
    if isShort { polish() }
    try bindLess(than: point)
    if bound == -.infinity { try proveSomething() }
    try keepUse()
    if stop == nil { stop = gap <= effort.gap ? .gapReached : .stalled }
  }

  /// What is known where the solver failed: the best plan so far, or nothing bought; false where
  /// that misses the policy.
  func settleForLess() -> Bool {
    lastRounding.isOnTheWay = false
    offer(.nothing(model))
    stop = stop ?? .stalled
    return best != nil
  }

  /// The last resort: small steps from what rounding came to, and from nothing.
  private func walk(from point: Point) {
    let starts = Rounding(model).candidates(for: point.decision) + [.nothing(model)]
    for start in starts where best == nil { repair(start) }
  }

  /// Once more with ever less left open, for as long as that brings something.
  private func tryHarder(from point: inout Point, _ target: Double) throws {
    var share = 0.2
    while isShort, share > 1e-3 {
      let before = (proven, best?.objective ?? .infinity)
      point = try relax(to: target * share, from: point)
      round(point)
      try improve(point, to: target * share)
      if best != nil, share < 0.2, before == (proven, best?.objective ?? .infinity) { return }
      share *= 0.2
    }
  }

  /// The multipliers behind the bound of the relaxation.
  var proof: BoundProof? {
    switch proving {
    case .relaxation(let result, let cuts, let bound):
      master.proof(result, cuts, bound: bound)
    case .clusters(let proof), .branches(let proof), .switches(let proof): proof
    case nil: nil
    }
  }

  /// Whether there is something left to do, and time to do it.
  var isShort: Bool { gap > effort.gap && !isOutOfTime }

  /// Whole units held and the rest solved again; and where that is not enough, branch and bound.
  func improve(_ point: Point, to target: Double) throws {
    if isShort { try dive(from: point, to: target) }
    if isShort { try branch() }
  }
}

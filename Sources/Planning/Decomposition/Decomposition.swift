import MIP
import Foundation
let trace = ProcessInfo.processInfo.environment["TRACE"] != nil

/// Solves the ILP by cuts: the master proposes purchases, the cost-to-go answers with cuts.
///
/// First the relaxation, by a box-step method (a trust region around the best point, cuts for each
/// stretch, slack cuts deleted); then whole units, by rounding, and where that is not within the gap
/// by branch and bound on the master.
final class Decomposition {
  let model: Model
  let costToGo: CostToGo
  private let effort: PlanningEffort
  private let clock: Stopwatch
  let master: Master
  private(set) var bound = -Double.infinity
  private(set) var rounds = 0
  private(set) var best: Incumbent?
  private(set) var stop: StopReason?
  /// False while the master asks for more than the policy does.
  private var provesBound = true

  enum StopReason { case gapReached, timeLimit, interrupted, stalled }

  /// The best decision in whole units that keeps every policy row.
  struct Incumbent {
    var decision: Decision
    var objective: Double
    /// What stays on demand under a feasible allocation.
    var remaining: Double
  }

  init(_ model: Model, effort: PlanningEffort, clock: Stopwatch) throws {
    self.model = model
    self.effort = effort
    self.clock = clock
    costToGo = CostToGo(model)
    master = try Master(model, costToGo, keeping: model.rows)
  }

  /// (incumbent − bound) / incumbent; infinite without an incumbent.
  var gap: Double {
    guard let best else { return .infinity }
    return (best.objective - bound) / max(abs(best.objective), 1e-9)
  }

  private var isOutOfTime: Bool {
    if effort.stop.isStopped { stop = .interrupted }
    if clock.seconds >= effort.timeLimit { stop = .timeLimit }
    return stop != nil
  }

  func run() throws {
    let target = effort.gap * 0.4
    var point = try relax(to: target, from: firstPoint())
    round(point)
    try improve(point, to: target)
    if isShort, master.hasFloors { try meetFloors(from: point, to: target) }
    if isShort {
      point = try relax(to: target * 0.2, from: point)
      round(point)
      try improve(point, to: target * 0.2)
    }
    if stop == nil { stop = gap <= effort.gap ? .gapReached : .stalled }
  }

  /// Whether there is something left to do, and time to do it.
  private var isShort: Bool { gap > effort.gap && !isOutOfTime }

  /// Whole units held and the rest solved again; and where that is not enough, branch and bound.
  private func improve(_ point: Point, to target: Double) throws {
    if isShort { try dive(from: point, to: target) }
    if isShort { try branch() }
  }

  // MARK: The relaxation

  /// A point of the relaxation: purchases and actions, and what they cost by the cuts at them.
  struct Point {
    var decision: Decision
    var purchased: [Double]
    var value: Double
    /// By how much more stays on demand than the coverage floors allow, in currency units: only the
    /// cost-to-go can tell.
    var excess: Double

    /// Its cost, with a price on the excess that makes it no bargain.
    func merit(floorPrice: Double) -> Double { value + 2 * floorPrice * excess }
  }

  private func firstPoint() -> [Double] {
    [Double](repeating: 0, count: costToGo.capacities.count)
  }

  private func relax(to target: Double, from start: [Double]) throws -> Point {
    let nothing = Decision.nothing(model)
    let evaluation = costToGo.evaluate(purchased: start, actions: nothing.actions)
    try master.add(evaluation, unlessKnownTo: nil)
    return try relax(to: target, center: start)
  }

  private func relax(to target: Double, from point: Point) throws -> Point {
    try relax(to: target, center: point.purchased, known: point)
  }

  private func relax(to target: Double, center: [Double], known: Point? = nil) throws -> Point {
    guard let point = try descend(to: target, center: center, holding: nil, known: known) else {
      throw PlanningError.infeasible(clashing: try clashingRows())
    }
    return point
  }

  /// The box-step method.
  ///
  /// - Parameter held: what stays as it is: actions and whole units; the bound of the whole is then
  ///   left alone.
  /// - Returns: nil where the policy's rows leave nothing.
  private func descend(
    to target: Double, center: [Double], holding held: Decision?, known: Point? = nil
  ) throws -> Point? {
    var region = TrustRegion(center: center, spread: costToGo.spreads())
    var current = known
    try master.hold(held)
    defer { try? master.hold(nil) }
    while true {
      try master.box(region)
      let answer: Master.Answer
      switch try master.solve(clock: clock, effort: effort) {
      case .answer(let found): answer = found
      case .infeasible:
        if master.isUnboxed { return nil }
        region.widen()
        continue
      case .stopped:
        _ = isOutOfTime
        return current ?? nothingBought()
      }
      rounds += 1
      let value = answer.value + model.constant
      if trace { print("round", rounds, "t", clock.seconds, "v", value, "boxed", answer.isBoxed, "bound", bound, "cur", current?.value ?? .nan, current?.excess ?? .nan, "radius", region.radius, "cuts", master.cutsAdded) }
      let isBound = held == nil && provesBound
      if !answer.isBoxed, isBound { bound = max(bound, value) }
      let floor = isBound ? bound : (answer.isBoxed ? -.infinity : value)
      if let current {
        let merit = current.merit(floorPrice: answer.floorPrice)
        if merit - floor <= target * abs(merit) { return current }
        if merit - value <= 0.2 * target * abs(merit), answer.isBoxed {
          region.widen()
          continue
        }
      }
      let evaluation = costToGo.evaluate(
        purchased: answer.purchased, actions: answer.decision.actions)
      let candidate = point(answer, evaluation)
      let merit = candidate.merit(floorPrice: answer.floorPrice)
      if merit < current?.merit(floorPrice: answer.floorPrice) ?? .infinity {
        current = candidate
        region.accept(answer.purchased, wasBoxed: answer.isBoxed)
      } else {
        region.reject()
      }
      try master.add(evaluation, unlessKnownTo: answer)
      if rounds % 5 == 0 { try master.purge() }
      if isOutOfTime { return current ?? candidate }
      // The cuts can tell no more: the answer is the relaxation's optimum.
      if !answer.isBoxed, merit - value <= 1e-10 * abs(value) { return candidate }
    }
  }

  static let tolerance = 1e-6

  private func nothingBought() -> Point {
    Point(
      decision: .nothing(model), purchased: costToGo.capacities.map { _ in 0 }, value: .infinity,
      excess: 0)
  }

  private func point(_ answer: Master.Answer, _ evaluation: CostToGo.Evaluation) -> Point {
    // Each cut is a lower bound, the older ones too.
    let remaining = zip(evaluation.values, answer.costToGo).reduce(0) { $0 + max($1.0, $1.1) }
    return Point(
      decision: answer.decision, purchased: answer.purchased,
      value: model.fixedCost(answer.decision) + remaining,
      excess: model.excess(answer.decision, remaining: remaining))
  }

  // MARK: Whole units

  /// Offers a decision in whole units as the incumbent, if it keeps the policy.
  @discardableResult
  func offer(_ decision: Decision) -> Bool {
    let remaining = costToGo.allocate(
      purchased: capacity(of: decision), actions: decision.actions)
    if trace { print("  violation", model.rows.map { ($0.name, model.violation(of: $0, decision, remaining: remaining)) }) }
    guard model.violation(decision, remaining: remaining) <= Self.tolerance else { return false }
    let objective = model.fixedCost(decision) + remaining
    if trace { print("  offer", objective, "gap", (objective - bound) / objective, "t", clock.seconds) }
    if objective < best?.objective ?? .infinity {
      best = Incumbent(decision: decision, objective: objective, remaining: remaining)
    }
    return true
  }

  /// The capacity that whole purchases bring, by their safe units.
  func capacity(of decision: Decision) -> [Double] {
    let index = Dictionary(
      uniqueKeysWithValues: costToGo.capacities.enumerated().map { ($1, $0) })
    var result = [Double](repeating: 0, count: costToGo.capacities.count)
    for (j, instrument) in model.instruments.enumerated() where decision.purchases[j] > 0 {
      let key = CostToGo.Capacity(pool: instrument.pool, active: instrument.active)
      if let c = index[key] { result[c] += instrument.safeUnit * decision.purchases[j] }
    }
    return result
  }

  private func round(_ point: Point) {
    for decision in Rounding(model).candidates(for: point.decision) { offer(decision) }
  }

  /// Holds the whole units and actions that the relaxation leans to, and solves for the rest again:
  /// first with the units rounded down, so that savings plans can fill in, then nearest.
  private func dive(from point: Point, to target: Double) throws {
    let rounding = Rounding(model)
    let actions = rounding.wholeActions(point.decision.actions)
    for rule in [FloatingPointRoundingRule.down, .toNearestOrEven] where isShort {
      let held = Decision(
        purchases: rounding.whole(point.decision.purchases) { _ in rule }, actions: actions)
      if let settled = try descend(to: target, center: point.purchased, holding: held) {
        round(settled)
      }
    }
  }

  /// Looks for whole units a little above the coverage floors, ever further until they are kept.
  private func meetFloors(from point: Point, to target: Double) throws {
    provesBound = false
    defer { provesBound = true }
    for margin in [3e-5, 3e-4, 3e-3, 3e-2] where isShort {
      try master.tightenFloors(by: margin)
      let above = try descend(to: target, center: point.purchased, holding: nil)
      if let above { try improve(above, to: target) }
      if best != nil { break }
    }
    try master.tightenFloors(by: 0)
  }

  /// Branch and bound on the master, with new cuts at each of its answers.
  private func branch() throws {
    var unchanged = 0
    while isShort {
      let answer: Master.Answer
      do {
        switch try master.solveInteger(gap: effort.gap * 0.3, clock: clock, effort: effort) {
        case .answer(let found): answer = found
        case .infeasible, .stopped: return
        }
      } catch MIPError.numericalTrouble where best != nil {
        // What was found before still stands, and so does its bound.
        return
      }
      rounds += 1
      if provesBound { bound = max(bound, answer.bound + model.constant) }
      let evaluation = costToGo.evaluate(
        purchased: answer.purchased, actions: answer.decision.actions)
      let before = best?.objective
      let answered = self.point(answer, evaluation)
      round(answered)
      let cutsBefore = master.cutsAdded
      try master.add(evaluation, unlessKnownTo: answer)
      unchanged = before == best?.objective && cutsBefore == master.cutsAdded ? unchanged + 1 : 0
      if unchanged >= 1 { return }
    }
  }

  // MARK: Infeasible policies

  /// A smallest set of policy rows that no plan satisfies together: rows are dropped one by one, and
  /// stay dropped while the rest still clashes.
  func clashingRows() throws -> [String] {
    var kept = model.rows
    for row in model.rows {
      let rest = kept.filter { $0.name != row.name }
      if try !isFeasible(rest) { kept = rest }
    }
    return kept.map(\.name)
  }

  /// Whether some purchases satisfy these rows, integrality aside.
  private func isFeasible(_ rows: [PolicyRow]) throws -> Bool {
    let probe = try Master(model, costToGo, keeping: rows)
    for _ in 0..<60 {
      let found: Master.Answer
      switch try probe.solve(clock: clock, effort: effort) {
      case .answer(let answer): found = answer
      case .infeasible: return false
      case .stopped: return true
      }
      let evaluation = costToGo.evaluate(
        purchased: found.purchased, actions: found.decision.actions)
      let before = probe.cutsAdded
      try probe.add(evaluation, unlessKnownTo: found)
      let missed = rows.map {
        model.violation(of: $0, found.decision, remaining: evaluation.total)
      }
      if probe.cutsAdded == before || (missed.max() ?? 0) <= Self.tolerance { return true }
    }
    return true
  }
}

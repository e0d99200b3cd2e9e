import MIP

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
    var relaxationGap = effort.gap * 0.4
    var point = try relax(to: relaxationGap, from: firstPoint())
    for _ in 0..<3 where gap > effort.gap && stop == nil {
      round(point)
      if gap <= effort.gap { break }
      if model.machines.isEmpty == false { try dive(from: point, to: relaxationGap) }
      if gap <= effort.gap || relaxationGap <= effort.gap * 0.05 { break }
      relaxationGap *= 0.2
      point = try relax(to: relaxationGap, from: point)
    }
    if best == nil { round(point) }
    if gap > effort.gap, stop == nil { try branch() }
    if best == nil { round(point) }
    if stop == nil { stop = gap <= effort.gap ? .gapReached : .stalled }
  }

  // MARK: The relaxation

  /// A point of the relaxation: purchases and actions, and what they cost by the cuts at them.
  struct Point {
    var decision: Decision
    var purchased: [Double]
    var value: Double
    /// How far it misses the policy's rows on coverage, which only the cost-to-go can tell.
    var violation: Double
  }

  private func firstPoint() -> [Double] {
    [Double](repeating: 0, count: costToGo.capacities.count)
  }

  private func relax(to target: Double, from start: [Double]) throws -> Point {
    let nothing = Decision.nothing(model)
    let evaluation = costToGo.evaluate(purchased: start, actions: nothing.actions)
    try master.add(evaluation, unlessKnownTo: nil)
    return try descend(to: target, center: start, fixing: nil)
  }

  private func relax(to target: Double, from point: Point) throws -> Point {
    try descend(to: target, center: point.purchased, fixing: nil, known: point)
  }

  /// The box-step method.
  ///
  /// - Parameter fixing: actions to hold; the bound of the whole is then left alone.
  private func descend(
    to target: Double, center: [Double], fixing: [Double]?, known: Point? = nil
  ) throws -> Point {
    var region = TrustRegion(center: center, spread: costToGo.spreads())
    var current = known
    try master.hold(actions: fixing)
    defer { try? master.hold(actions: nil) }
    while true {
      try master.box(region)
      let answer: Master.Answer
      switch try master.solve(clock: clock, effort: effort) {
      case .answer(let found): answer = found
      case .infeasible:
        if master.isUnboxed { throw PlanningError.infeasible(clashing: try clashingRows()) }
        region.widen()
        continue
      case .stopped:
        _ = isOutOfTime
        return current ?? nothingBought()
      }
      rounds += 1
      let value = answer.value + model.constant
      if !answer.isBoxed, fixing == nil { bound = max(bound, value) }
      let floor = fixing == nil ? bound : (answer.isBoxed ? -.infinity : value)
      if let current, current.violation <= Self.tolerance {
        if current.value - floor <= target * abs(current.value) { return current }
        if current.value - value <= 0.2 * target * abs(current.value), answer.isBoxed {
          region.widen()
          continue
        }
      }
      let evaluation = costToGo.evaluate(
        purchased: answer.purchased, actions: answer.decision.actions)
      let candidate = point(answer, evaluation)
      if candidate.isBetter(than: current) {
        current = candidate
        region.accept(answer.purchased, wasBoxed: answer.isBoxed)
      } else {
        region.reject()
      }
      try master.add(evaluation, unlessKnownTo: answer)
      if rounds % 5 == 0 { try master.purge() }
      if isOutOfTime { return current ?? candidate }
      let progress = candidate.value - value
      if !answer.isBoxed, progress <= 1e-10 * abs(value) { return current ?? candidate }
    }
  }

  static let tolerance = 1e-6

  private func nothingBought() -> Point {
    Point(
      decision: .nothing(model), purchased: costToGo.capacities.map { _ in 0 }, value: .infinity,
      violation: .infinity)
  }

  private func point(_ answer: Master.Answer, _ evaluation: CostToGo.Evaluation) -> Point {
    Point(
      decision: answer.decision, purchased: answer.purchased,
      value: model.fixedCost(answer.decision) + evaluation.total,
      violation: model.violation(answer.decision, remaining: evaluation.total))
  }

  // MARK: Whole units

  /// Offers a decision in whole units as the incumbent, if it keeps the policy.
  @discardableResult
  func offer(_ decision: Decision) -> Bool {
    let remaining = costToGo.allocate(
      purchased: capacity(of: decision), actions: decision.actions)
    guard model.violation(decision, remaining: remaining) <= Self.tolerance else { return false }
    let objective = model.fixedCost(decision) + remaining
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

  /// Holds the actions that the relaxation leans to, and solves for the purchases again.
  private func dive(from point: Point, to target: Double) throws {
    let actions = Rounding(model).wholeActions(point.decision.actions)
    guard actions != point.decision.actions else { return }
    let center = try descend(to: target, center: point.purchased, fixing: actions)
    round(center)
  }

  /// Branch and bound on the master, with new cuts at each of its answers.
  private func branch() throws {
    var unchanged = 0
    while gap > effort.gap, !isOutOfTime {
      let answer: Master.Answer
      switch try master.solveInteger(gap: effort.gap * 0.3, clock: clock, effort: effort) {
      case .answer(let found): answer = found
      case .infeasible:
        if best == nil { throw PlanningError.infeasible(clashing: try clashingRows()) }
        return
      case .stopped: return
      }
      rounds += 1
      bound = max(bound, answer.bound + model.constant)
      let evaluation = costToGo.evaluate(
        purchased: answer.purchased, actions: answer.decision.actions)
      let before = best?.objective
      for decision in Rounding(model).candidates(for: answer.decision) { offer(decision) }
      let cutsBefore = master.cutsAdded
      try master.add(evaluation, unlessKnownTo: answer)
      unchanged = before == best?.objective && cutsBefore == master.cutsAdded ? unchanged + 1 : 0
      if unchanged >= 2 { return }
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

extension Decomposition.Point {
  /// Less violation first, then less cost.
  func isBetter(than other: Decomposition.Point?) -> Bool {
    guard let other else { return true }
    if max(violation, other.violation) > Decomposition.tolerance {
      return violation < other.violation
    }
    return value < other.value
  }
}

import CloudCosts
import MIP

/// Asks whether some plan keeps a policy, of one demand, one list of prices and ever other limits.
///
/// Small models are asked in whole units. Of large ones the answer is that of the relaxation: where
/// it says no, there is no plan; where it says yes, there nearly always is one. Cuts are about
/// demand and prices, so what one question learned serves the next.
final class FeasibilityProbe {
  private let model: Model
  private let effort: PlanningEffort
  private let clock: Stopwatch
  private let costToGo: CostToGo
  private var cuts: [(cut: CostToGo.Cut, origin: CutOrigin)] = []

  /// - Parameter cuts: what is known of the cost-to-go already.
  init(
    _ model: Model, _ costToGo: CostToGo, effort: PlanningEffort, clock: Stopwatch,
    cuts: [(cut: CostToGo.Cut, origin: CutOrigin)] = []
  ) {
    self.cuts = cuts
    self.effort = effort
    self.clock = clock
    self.model = model
    self.costToGo = costToGo
  }

  /// Whether some plan keeps another policy; true where that is not found out.
  func isKept(_ policy: Policy) throws -> Bool {
    var asked = model
    asked.apply(policy)
    if asked.isSmall {
      let left = effort.timeLimit - clock.seconds
      return try !ExtensiveForm(asked, name: "relaxed")
        .isInfeasible(timeLimit: .seconds(min(2, max(0.1, left))), interrupt: effort.stop.interrupt)
    }
    return try isRelaxationKept(asked, asked.rows)
  }

  /// Whether some purchases satisfy the rows, integrality aside.
  func isRelaxationKept(_ asked: Model, _ rows: [PolicyRow]) throws -> Bool {
    let master = try Master(asked, costToGo, keeping: rows)
    try master.add(cuts)
    for _ in 0..<60 {
      guard case .answer(let found) = try master.solve(clock: clock, effort: effort) else {
        return effort.stop.isStopped || clock.seconds >= effort.timeLimit
      }
      let before = master.cutsAdded
      for weights in [CostToGo.Weights.plain(asked), found.weights] {
        let evaluation = costToGo.evaluate(
          purchased: found.purchased, actions: found.decision.actions, weights: weights)
        let origin = CutOrigin(
          of: evaluation, purchased: found.purchased, actions: found.decision.actions)
        try master.add(evaluation, at: origin, unlessKnownTo: found)
      }
      let allocation = costToGo.allocate(
        purchased: found.purchased, actions: found.decision.actions)
      let missed = rows.map { asked.violation(of: $0, found.decision, allocation) }
      if master.cutsAdded == before || (missed.max() ?? 0) <= Decomposition.tolerance { break }
    }
    let plain = CostToGo.Weights.plain(asked)
    cuts = master.cuts.lazy.filter { $0.origin.weights == plain }.map { ($0.cut, $0.origin) }
    return true
  }
}

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
    let nothing = Decision.nothing(asked)
    if isKept(asked, rows, nothing, purchased: costToGo.capacity(of: nothing.purchases)) {
      return true
    }
    let master = try Master(asked, costToGo, keeping: rows)
    try master.add(cuts)
    defer { remember(master, asked) }
    // The cheapest purchases just miss a floor until the last cut is made; asked for a little more,
    // they soon keep what was asked for.
    if master.hasFloors {
      try master.tightenFloors(by: Self.margin)
      if try search(master, asked, rows, rounds: Self.roundsWithMargin) == .kept { return true }
      try master.tightenFloors(by: 0)
    }
    return try search(master, asked, rows, rounds: Self.rounds) != .infeasible
  }

  private static let (margin, roundsWithMargin, rounds) = (0.02, 20, 60)

  private enum Verdict { case kept, infeasible, unknown }

  private func search(
    _ master: Master, _ asked: Model, _ rows: [PolicyRow], rounds: Int
  ) throws -> Verdict {
    let hasSeveralOutputs = asked.classCount > 1 || !master.usedPools.isEmpty
    for _ in 0..<rounds {
      let found: Master.Answer
      switch try master.solve(clock: clock, effort: effort) {
      case .answer(let answer): found = answer
      case .infeasible: return .infeasible
      case .stopped: return .unknown
      }
      if isKept(asked, rows, found.decision, purchased: found.purchased) { return .kept }
      let before = master.cutsAdded
      for weights in [.plain(asked)] + (hasSeveralOutputs ? [found.weights] : []) {
        let evaluation = costToGo.evaluate(
          purchased: found.purchased, actions: found.decision.actions, weights: weights,
          isThorough: hasSeveralOutputs)
        let origin = CutOrigin(
          of: evaluation, purchased: found.purchased, actions: found.decision.actions)
        try master.add(evaluation, at: origin, unlessKnownTo: found)
      }
      if master.cutsAdded == before { break }
    }
    return .unknown
  }

  private func isKept(
    _ asked: Model, _ rows: [PolicyRow], _ decision: Decision, purchased: [Double]
  ) -> Bool {
    let allocation = costToGo.allocate(purchased: purchased, actions: decision.actions)
    return rows.allSatisfy {
      asked.violation(of: $0, decision, allocation) <= Decomposition.tolerance
    }
  }

  private func remember(_ master: Master, _ asked: Model) {
    let plain = CostToGo.Weights.plain(asked)
    cuts = master.cuts.lazy.filter { $0.origin.weights == plain }.map { ($0.cut, $0.origin) }
  }
}

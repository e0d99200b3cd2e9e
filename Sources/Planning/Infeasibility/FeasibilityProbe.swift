import CloudCosts
import MIP

/// Asks whether some plan keeps a policy, of one demand, one list of prices and ever other limits.
///
/// Small models are asked in whole units. Of large ones the answer is that of the relaxation: where
/// it says no, there is no plan; where it says yes, there nearly always is one. The master
/// minimises by how much rows are missed: cuts lie below what stays on demand, so that where
/// something is missed by them, no purchases keep the rows. Cuts are about demand and prices: what
/// one question learned serves the next.
final class FeasibilityProbe {
  private let model: Model
  private let effort: PlanningEffort
  private let clock: Stopwatch
  private let costToGo: CostToGo
  private var cuts: [(cut: CostToGo.Cut, origin: CutOrigin)]
  /// The program of the last question, and the least amounts that it knows.
  private var asked: (master: Master, switches: [Switch])?

  /// More rounds than this find out nothing more that matters.
  private static let mostRounds = 60

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
    return try clash(asked, asked.rows) == nil
  }

  /// Of rows that no purchases satisfy together, integrality aside, some that clash already: the
  /// misses of no others have a price. Nil where they do not clash, or it is not found out.
  func clash(_ asked: Model, _ rows: [PolicyRow]) throws -> [PolicyRow]? {
    let master = try master(for: asked)
    try master.unbox()
    try master.minimizeMisses(of: rows) { _ in true }
    for _ in 0..<Self.mostRounds {
      guard case .answer(let found) = try master.solve(clock: clock, effort: effort) else {
        return nil
      }
      if master.leastMiss > Decomposition.tolerance { return master.pricedRows }
      let before = master.cutsAdded
      let allocation = try learn(from: found, master, asked)
      let missed = rows.reduce(0) {
        $1.countsParts ? max($0, asked.violation(of: $1, found.decision, allocation)) : $0
      }
      if master.cutsAdded == before || missed <= Decomposition.tolerance { return nil }
    }
    return nil
  }

  /// Purchases in whole units that keep a policy but for one limit, of which they need little; nil
  /// where none are found.
  ///
  /// The master is asked inside a trust region, as for what a plan costs: far from where cuts were
  /// made they hold too little to be enough.
  func nearest(
    _ knob: PolicyKnob, in policy: Policy, until end: Double
  ) throws -> (value: Double, cost: Double)? {
    var asked = model
    asked.apply(policy)
    func givesWay(_ row: PolicyRow) -> Bool { PolicyKnob(row: row.name) == knob }
    // How far what follows from a limit would have to give way is another measure.
    let names = Set(asked.rows.map(\.name))
    asked.rows.removeAll { givesWay($0) && $0.impliedBy.map(names.contains) == true }
    guard policy[knob] != nil, !asked.isSmall, asked.switches.isEmpty,
      asked.rows.contains(where: givesWay)
    else { return nil }
    let master = try master(for: asked)
    var region = TrustRegion(
      center: master.largestUse.map { _ in 0 }, spread: costToGo.spreads() + master.flowSpreads,
      radius: 2)
    // Whole units need some room where what stays on demand is limited.
    for margin in [3e-4, 3e-3, 3e-2] {
      let rows = asked.rows.map { givesWay($0) ? $0 : $0.tightened(by: margin) }
      guard
        let decision = try leastMisses(
          of: asked, rows, in: master, &region, until: end, givesWay: givesWay)
      else { return nil }
      if let found = wholeUnits(near: decision, knob, in: policy) { return found }
    }
    return nil
  }

  /// Purchases that miss rows least, integrality aside, as far as time allows.
  private func leastMisses(
    of asked: Model, _ rows: [PolicyRow], in master: Master, _ region: inout TrustRegion,
    until end: Double, givesWay: (PolicyRow) -> Bool
  ) throws -> Decision? {
    try master.minimizeMisses(of: rows, givesWay: givesWay)
    var best: (misses: Double, decision: Decision)?
    for _ in 0..<Self.mostRounds where clock.seconds < end {
      try master.box(region)
      guard case .answer(let found) = try master.solve(clock: clock, effort: effort) else { break }
      let before = master.cutsAdded
      let allocation = try learn(from: found, master, asked)
      let misses = rows.misses(of: asked, found.decision, allocation, givesWay: givesWay)
      if misses < best?.misses ?? .infinity {
        best = (misses, found.decision)
        region.accept(found.purchased + found.flows, wasBoxed: found.isBoxed)
      } else {
        region.reject()
      }
      // What the cuts hold to be enough is no more than a hair off.
      guard let least = best?.misses else { break }
      if master.cutsAdded == before || least - master.leastMiss <= 3e-4 * abs(least) {
        if !found.isBoxed { break }
        region.widen()
      }
    }
    return best?.decision
  }

  private func wholeUnits(
    near decision: Decision, _ knob: PolicyKnob, in policy: Policy
  ) -> (value: Double, cost: Double)? {
    guard let value = policy[knob] else { return nil }
    // Rounding keeps the other rows alone.
    var free = policy
    free[knob] = nil
    var others = model
    others.apply(free)
    var nearest: (value: Double, cost: Double)?
    for decision in Rounding(others).candidates(for: decision) {
      let allocation = costToGo.allocate(
        purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
      guard
        let reached = PlanValue(policy, model, decision, allocation)
          .tightest(knob, from: value, than: nearest?.value),
        nearest.map({ knob.isFloor ? reached > $0.value : reached < $0.value }) ?? true
      else { continue }
      nearest = (reached, model.cost(decision, allocation))
    }
    return nearest
  }

  /// Adds cuts at an answer.
  ///
  /// - Returns: what stays on demand and is used there.
  private func learn(
    from found: Master.Answer, _ master: Master, _ asked: Model
  ) throws -> Allocation {
    let actions = found.decision.actions
    // Of one figure for what stays on demand, weights only scale the cuts.
    let isOne = asked.classCount == 1 && master.usedPools.isEmpty
    let plain = CostToGo.Weights.plain(asked)
    var onDemand = [0.0]
    for weights in [plain] + (isOne ? [] : [found.weights.normalized(by: asked)]) {
      let evaluation = costToGo.evaluate(
        purchased: found.purchased, actions: actions, weights: weights, isThorough: false)
      try master.add(
        evaluation,
        at: CutOrigin(of: evaluation, purchased: found.purchased, actions: actions),
        unlessKnownTo: found)
      if weights == plain {
        // What a cap on coverage asks for may be more than what must stay.
        onDemand[0] = costToGo.expected(zip(evaluation.values, found.costToGo).map(max))
      }
    }
    return isOne
      ? Allocation(onDemand: onDemand, used: [])
      : costToGo.allocate(purchased: found.purchased, actions: actions)
  }

  /// The program of the last question, where it has the same switches and use, or one with what
  /// that one learned.
  private func master(for model: Model) throws -> Master {
    let pools = Set(model.rows.flatMap { $0.used.map(\.pool) }).sorted()
    if let asked, asked.switches == model.switches, asked.master.usedPools == pools {
      return asked.master
    }
    let plain = CostToGo.Weights.plain(model)
    if let known = asked?.master.cuts {
      cuts = known.lazy.filter { $0.origin.weights == plain }.map { ($0.cut, $0.origin) }
    }
    let master = try Master(model, costToGo, keeping: model.rows)
    try master.add(cuts)
    asked = (master, model.switches)
    return master
  }
}

extension PolicyRow {
  /// Asks for a little less to stay on demand; what is limited but that is not changed.
  fileprivate func tightened(by margin: Double) -> PolicyRow {
    guard isFloor else { return self }
    var row = self
    row.upper -= margin * abs(upper)
    return row
  }
}

extension CostToGo.Weights {
  /// The same but for a factor, so that usage counts about as much as on the bill.
  fileprivate func normalized(by model: Model) -> CostToGo.Weights {
    let price = max(1e-9, model.price.max() ?? 1)
    let size = max(classes.max() ?? 0, (rewards.max() ?? 0) / price)
    guard size > 0 else { return .plain(model) }
    var scaled = self
    scaled.classes = classes.map { $0 / size }
    scaled.rewards = rewards.map { $0 / size }
    return scaled
  }
}

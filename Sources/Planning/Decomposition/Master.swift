import CloudCosts
import MIP

/// The master program: purchases, actions, and one cost-to-go per stretch that rests on cuts.
///
///     min   Σ_j cost_j x_j + Σ_sc θ_sc         (of several paths, ρ of their sums: `PathRisk`)
///     s.t.  C_c = Σ_{j fills c} unit_j x_j                                link
///           minimum_j y_j ≤ x_j ≤ upper_j y_j                            switches
///           Σ_c w_c θ_sc − Σ_k ν_k W_sk ≥ constant + Σ_c coefficient_c C_c + Σ_t coefficient_t n_t   cuts
///           W_sk ≤ Σ_{h in s} Q_kh                                       use (both by the hours of s)
///           Σ_a z_ia ≤ 1                                                 choice
///           n_K = Σ_{ia of a kind in K} z_ia                             `ActionSums`; cuts count these
///           policy rows, with Σ_s θ_sc for what stays on demand and Σ_s W_sk for what is used
///           s_y + Σ_sc θ_sc + Σ_j cash_j x_j ≥ amount_y                   contract years: `SpendCut`
///
/// Money is scaled so that all eligible usage costs 1e5: GLPK's tolerances are absolute.
final class Master {
  let model: Model
  let costToGo: CostToGo
  let solver: Solver
  /// Currency units of one unit of the master's money.
  let scale: Double
  private(set) var purchases: [VariableID] = []
  private(set) var capacities: [VariableID] = []
  private(set) var switches: [VariableID] = []
  private(set) var actions: [VariableID] = []
  private let counted: [[CountedActions]]
  let flows: [(kinds: [(kind: Int, share: Double)], id: RowID)]
  /// θ: that of class `c` in stretch `s` is at `s * classCount + c`.
  private(set) var costs: [VariableID] = []
  /// What each θ and s, and η and y_ω of the measure of risk, count in what is minimised.
  let objective: [(variable: VariableID, weight: Double)]
  private let riskRows: [RowID]
  /// Pools whose use the policy asks for.
  let usedPools: [Int]
  /// W: that of pool `usedPools[i]` in stretch `s` is at `s * usedPools.count + i`.
  private(set) var uses: [VariableID] = []
  private let useRows: [RowID]
  /// The policy's rows, and what each was divided by.
  var policyRows: [(row: PolicyRow, id: RowID, factor: Double)] = []
  /// By how much the policy's rows are missed, where that is minimised and not what a plan costs.
  var misses: [VariableID] = []
  /// Where each variable is, for rows that are added later.
  let draft: MasterProgram
  /// One for each of `CostToGo.spendCuts`.
  private let spendRows: [RowID]
  private(set) var cuts: [KnownCut] = []
  /// Of each capacity, then of each flow.
  var boxed: [(lower: Double, upper: Double)] = []
  /// Switches that are on and off until further notice, whatever else is held; nil: either.
  var forced: [Bool?]?
  /// More capacity than this is of no use, and a flow is never more.
  let largestUse: [Double]
  /// Machines that rest while a relaxation is solved; nil where they are few.
  var resting: RestingMachines?
  private(set) var last: LPResult?
  private(set) var cutsAdded = 0
  let variableCount: Int
  let rowCount: Int

  /// A cut that is in the program, and where it was made.
  struct KnownCut {
    var id: RowID
    var stretch: Int
    var origin: CutOrigin
    var cut: CostToGo.Cut
    /// What the row was divided by.
    var factor: Double
  }

  /// The master's answer.
  struct Answer {
    var decision: Decision
    /// Capacity of each of `CostToGo.capacities`, computed for the bound.
    var purchased: [Double]
    /// Usage that actions move, flow by flow: see `MasterProgram.flows`.
    var flows: [Double]
    /// θ_sc in currency units.
    var costToGo: [Double]
    /// W_sk in units of capacity.
    var uses: [Double]
    /// In currency units, without the model's constant.
    var value: Double
    /// No plan (inside the box, where `isBoxed`) costs less than this, without the constant.
    var bound: Double
    /// By how much its value lies below the best answer's at most, because not all machines were in
    /// play.
    var missed = 0.0
    /// Whether the box holds the answer back.
    var isBoxed: Bool
    /// What the policy's rows make of classes of usage and of use here.
    var weights: CostToGo.Weights

    /// What a currency unit less on demand, as the coverage floors ask for, costs here.
    var floorPrice: Double { max(0, (weights.classes.max() ?? 1) - 1) }
  }

  /// - Parameter manyMachines: from how many on those rest that have one answer.
  init(
    _ model: Model, _ costToGo: CostToGo, keeping rows: [PolicyRow],
    manyMachines: Int = RestingMachines.many
  ) throws {
    self.model = model
    self.costToGo = costToGo
    scale = max(1e-9, model.eligible) / 1e5
    usedPools = Set(rows.flatMap { $0.used.map(\.pool) }).sorted()
    var largest = costToGo.capacities.map { _ in 0.0 }
    for (j, instrument) in model.instruments.enumerated() {
      for c in costToGo.filled[j] {
        // Several may be bought for one capacity: a box at the largest of them holds their sum back.
        largest[c] += instrument.upper * instrument.unit
      }
    }
    var draft = MasterProgram(model, costToGo, usedPools: usedPools, scale: scale)
    draft.addPurchases()
    draft.addActions()
    draft.addCostsToGo()
    spendRows = draft.addSpend()
    draft.addRisk()
    policyRows = rows.map { draft.add($0) }
    (purchases, capacities, switches) = (draft.purchases, draft.capacities, draft.switches)
    (actions, costs, uses) = (draft.actions, draft.costs, draft.uses)
    (counted, flows) = (draft.counted, draft.flows)
    largestUse = largest + flows.map { Master.most($0.kinds, costToGo.machines) }
    boxed = largestUse.map { _ in (0, .infinity) }
    useRows = draft.useRows
    riskRows = draft.riskRows
    objective = (draft.costs + draft.shortfalls + draft.risks).map { ($0, draft.program[$0].cost) }
    variableCount = draft.program.variables.count
    rowCount = draft.program.rows.count
    solver = try Solver(draft.close())
    self.draft = draft
    if model.machines.count >= manyMachines {
      resting = RestingMachines(model, actions: draft.actions, choices: draft.choices)
    }
  }

  // MARK: Cuts

  /// Adds those of an evaluation's cuts that the last answer does not already satisfy.
  func add(_ evaluation: CostToGo.Evaluation, at origin: CutOrigin, unlessKnownTo answer: Answer?)
    throws
  {
    let fresh = evaluation.cuts.indices.filter { s in
      guard let answer else { return true }
      let value = evaluation.values[s]
      // The last: a share of all that is spent that no solver can tell from nothing.
      return value > known(answer, s, evaluation.weights) + 1e-9 * abs(value) + 1e-5 * scale
    }
    try add(fresh.map { (evaluation.cuts[$0], origin) })
  }

  /// Adds cuts that were made anywhere under the same demand and prices.
  func add(_ fresh: [(cut: CostToGo.Cut, origin: CutOrigin)]) throws {
    guard !fresh.isEmpty else { return }
    var rows: [Row] = []
    var factors: [Double] = []
    for (cut, origin) in fresh {
      let (s, weights) = (cut.stretch, origin.weights)
      let size = max(1, weights.classes.max() ?? 1, (weights.rewards.max() ?? 0) / scale)
      let factor = 1 / (scale * size)
      var terms: [MIP.Term] = []
      for (c, weight) in weights.classes.enumerated() where weight != 0 {
        terms.append(Term(weight / size, costs[s * model.classCount + c]))
      }
      for (i, k) in usedPools.enumerated() where weights.rewards[k] != 0 {
        terms.append(
          Term(
            -weights.rewards[k] * factor * costToGo.hours(of: s), uses[s * usedPools.count + i]))
      }
      for (c, coefficient) in cut.capacity.enumerated() where coefficient != 0 {
        terms.append(Term(-coefficient * factor, capacities[c]))
      }
      for actions in counted[s] where cut.actions[actions.kind] != 0 {
        let coefficient = cut.actions[actions.kind]
        terms += actions.variables.map { Term(-coefficient * factor, $0) }
      }
      factors.append(factor)
      rows.append(Row("cut[\(cutsAdded + rows.count)]", terms, lower: cut.constant * factor))
    }
    let ids = try solver.addRows(rows)
    for (position, (cut, origin)) in fresh.enumerated() {
      cuts.append(
        KnownCut(
          id: ids[position], stretch: cut.stretch, origin: origin, cut: cut,
          factor: factors[position]))
    }
    cutsAdded += rows.count
  }

  /// What an answer holds a stretch to cost, under weights.
  func known(_ answer: Answer, _ s: Int, _ weights: CostToGo.Weights) -> Double {
    var value = 0.0
    for (c, weight) in weights.classes.enumerated() {
      value += weight * answer.costToGo[s * model.classCount + c]
    }
    for (i, k) in usedPools.enumerated() {
      value -= weights.rewards[k] * answer.uses[s * usedPools.count + i]
    }
    return value
  }

  /// Deletes cuts that the last relaxation does not lean on.
  func purge() throws {
    guard let last else { return }
    let slack = cuts.filter { last.row($0.id)?.isBasic == true }.map(\.id)
    try solver.deleteRows(slack)
    let gone = Set(slack)
    cuts.removeAll { gone.contains($0.id) }
  }

  // MARK: Solving

  /// What came of a solve.
  enum Reply {
    case answer(Answer)
    case infeasible
    /// Out of time, or interrupted.
    case stopped
  }

  /// The relaxation inside the box.
  ///
  /// - Parameter allowed: by how much, in currency units, its value may lie below the best answer's
  ///   because not all machines were in play.
  func solve(
    clock: Stopwatch, effort: PlanningEffort, missing allowed: Double = 0
  ) throws -> Reply {
    let (result, missed) = try relaxation(
      clock: clock, effort: effort, allowed: allowed / scale)
    last = result
    switch result.status {
    case .optimal: break
    case .infeasible: return .infeasible
    // Costs are bounded by the cuts of the first evaluation, so `unbounded` is a fault of numbers.
    case .unbounded: throw MIPError.numericalTrouble("the master program is unbounded")
    case .unknown: return .stopped
    }
    let isBoxed =
      capacities.indices.contains { c in
        isHeld(c, result.values[capacities[c].index], result.reducedCosts[capacities[c].index])
      }
      || flows.indices.contains { f in
        guard let row = result.row(flows[f].id) else { return false }
        return isHeld(capacities.count + f, row.activity, row.dual)
      }
    let value = result.objective - missed
    var answer = answer(
      result.values, value: value, bound: value, isBoxed: isBoxed, weights: weights(result))
    answer.missed = missed * scale
    return .answer(answer)
  }

  /// The master with reservations in whole units and machines in whole actions, without the box.
  ///
  /// Savings plans stay continuous: a thousandth of a currency unit per hour is rounded afterwards.
  func solveInteger(gap: Double, clock: Stopwatch, effort: PlanningEffort) throws -> Reply {
    try unbox()
    try wakeAll()
    // Not all of the time on one tree: other ways may be quicker.
    let share = min(effort.timeLeft(clock), .seconds(max(2, effort.timeLimit / 6)))
    let options = SearchOptions(relativeGap: gap, timeLimit: share)
    let result = try solver.solveInteger(options, interrupt: effort.stop.interrupt)
    if result.status == .infeasible { return .infeasible }
    guard !result.values.isEmpty else { return .stopped }
    return .answer(
      answer(
        result.values, value: result.objective, bound: result.bound, isBoxed: false,
        weights: last.map(weights) ?? .plain(model)))
  }

  private func answer(
    _ values: [Double], value: Double, bound: Double, isBoxed: Bool, weights: CostToGo.Weights
  ) -> Answer {
    let taken = actions.map { min(1, max(0, values[$0.index])) }
    return Answer(
      decision: Decision(
        purchases: purchases.map { max(0, values[$0.index]) }, actions: taken),
      purchased: capacities.map { max(0, values[$0.index]) }, flows: flows(of: taken),
      costToGo: costs.map { values[$0.index] * scale },
      uses: uses.enumerated().map { position, use in
        values[use.index] * costToGo.hours(of: position / max(1, usedPools.count))
      },
      value: value * scale, bound: bound * scale, isBoxed: isBoxed, weights: weights)
  }

  /// w_c = 1 − Σ_i y_i remaining_ic and ν_k = Σ_i y_i used_ik, with y the duals of the policy's
  /// rows; without the 1 where cost has no weight.
  private func weights(_ result: LPResult) -> CostToGo.Weights {
    var weights = CostToGo.Weights.plain(model)
    if !misses.isEmpty { weights.classes = weights.classes.map { _ in 0 } }
    for (row, id, factor) in policyRows {
      guard let dual = result.row(id)?.dual, dual != 0 else { continue }
      for (c, coefficient) in row.remaining.enumerated() {
        weights.classes[c] -= dual * factor * scale * coefficient
      }
      for (k, coefficient) in row.used { weights.rewards[k] += dual * factor * scale * coefficient }
    }
    weights.classes = weights.classes.map { max(0, $0) }
    // Any weights make true cuts, and dust next to real ones misleads the solver's scaling: it
    // called a program infeasible whose rewards were 24 and 9e-30.
    let dust = 1e-9 * (weights.rewards.max() ?? 0)
    weights.rewards = weights.rewards.map { $0 > dust ? $0 : 0 }
    return weights
  }

  /// The mean μ of the widest pools by the last relaxation's multipliers; nil where a cut does not
  /// know.
  func meanWidePrices(_ result: LPResult) -> [[Lanes]]? {
    var mean = WideMean(costToGo)
    for cut in cuts {
      guard let dual = result.row(cut.id)?.dual, dual > 0 else { continue }
      guard !cut.origin.wide.isEmpty else { return nil }
      for s in costToGo.slots[cut.stretch].stretches {
        mean.add(cut.origin.wide[s], to: s, dual * scale * cut.factor)
      }
    }
    return mean.values
  }

  /// Of cuts those that a relaxation leans on, with their multipliers in currency units.
  func multipliers(
    _ result: LPResult, _ cuts: [KnownCut]
  ) -> [(cut: KnownCut, value: Double)] {
    cuts.compactMap { cut in
      guard let dual = result.row(cut.id)?.dual, dual > 0 else { return nil }
      return (cut, dual * scale * cut.factor)
    }
  }

  /// What a relaxation's multipliers prove.
  ///
  /// - Parameter cuts: those that were in the program then.
  func proof(_ result: LPResult, _ cuts: [KnownCut], bound: Double) -> BoundProof {
    var points: [ObjectIdentifier: BoundProof.Point] = [:]
    var order: [ObjectIdentifier] = []
    for (cut, value) in multipliers(result, cuts) {
      let key = ObjectIdentifier(cut.origin)
      if points[key] == nil {
        order.append(key)
        points[key] = BoundProof.Point(cut.origin)
      }
      points[key]?.stretches.append(cut.stretch)
      points[key]?.multipliers.append(value)
    }
    return BoundProof(
      rows: policyRows.compactMap { row, id, factor in
        // Rounding can leave a hair on the side where the row has no limit.
        guard let dual = result.row(id)?.dual, dual != 0,
          (dual > 0 ? row.lower : row.upper).isFinite
        else { return nil }
        return BoundProof.RowMultiplier(name: row.name, value: dual * scale * factor)
      }
        + zip(costToGo.spendCuts, spendRows).compactMap { cut, id in
          guard let dual = result.row(id)?.dual, dual > 0 else { return nil }
          return BoundProof.RowMultiplier(name: cut.name, value: dual)
        },
      uses: useRows.enumerated().compactMap { position, id in
        guard let dual = result.row(id)?.dual, dual < 0 else { return nil }
        let (s, i) = position.quotientAndRemainder(dividingBy: usedPools.count)
        return BoundProof.UseMultiplier(
          stretch: s, pool: usedPools[i], value: dual * scale / costToGo.hours(of: s))
      },
      points: order.compactMap { points[$0] },
      pathWeights: riskRows.map { max(0, result.row($0)?.dual ?? 0) / model.risk.weight },
      bound: bound)
  }
}

import MIP

/// What is held, boxed in, or minimised for a while.
extension Master {
  /// Whether the box holds a capacity or a flow back.
  func isHeld(_ c: Int, _ value: Double, _ price: Double) -> Bool {
    let slack = 1e-9 * max(1, value)
    let atLower = boxed[c].lower > 0 && value <= boxed[c].lower + slack
    let atUpper = boxed[c].upper < largestUse[c] && value >= boxed[c].upper - slack
    return (atLower || atUpper) && abs(price) > 1e-9
  }

  /// Keeps capacities and flows inside a trust region, but for some that may be anything.
  func box(_ region: TrustRegion, except free: [Int] = []) throws {
    boxed = largestUse.indices.map { (region.lower($0), region.upper($0)) }
    for c in free { boxed[c] = (0, .infinity) }
    try setBox()
  }

  /// Lets capacities and flows be anything.
  func unbox() throws {
    boxed = largestUse.map { _ in (0, .infinity) }
    try setBox()
  }

  private func setBox() throws {
    let (first, second) = (boxed.prefix(capacities.count), boxed.dropFirst(capacities.count))
    try solver.setBounds(of: capacities, lower: first.map(\.lower), upper: first.map(\.upper))
    guard !flows.isEmpty else { return }
    // Sums of shares have dust, which must not make a box empty.
    try solver.setBounds(
      of: flows.map(\.id), lower: second.map { $0.lower > 0 ? $0.lower : -.infinity },
      upper: second.map(\.upper))
  }

  /// Whether the box holds nothing back.
  var isUnboxed: Bool {
    largestUse.indices.allSatisfy { c in
      boxed[c].lower <= 0 && boxed[c].upper >= largestUse[c]
    }
  }

  /// What of each flow actions make.
  func flows(of actions: [Double]) -> [Double] {
    let taken = flows.isEmpty ? [] : costToGo.machines.taken(actions)
    return flows.map { $0.kinds.reduce(0) { $0 + $1.share * taken[$1.kind] } }
  }

  /// How far a first step may lead along each flow.
  var flowSpreads: [Double] { Array(largestUse.dropFirst(capacities.count)) }

  /// The most that a flow can be.
  static func most(_ flow: [(kind: Int, share: Double)], _ machines: MachineRuns) -> Double {
    let counts = machines.taken(Array(repeating: 1, count: machines.actionCount))
    return flow.reduce(0) { $0 + $1.share * counts[$1.kind] }
  }

  /// Holds actions, whole units and switches at the values of a decision; nil lets all go.
  func hold(_ decision: Decision?) throws {
    let whole = model.instruments.indices.filter { model.instruments[$0].grid == 1 }
    if !whole.isEmpty {
      try solver.setBounds(
        of: whole.map { purchases[$0] },
        lower: whole.map { decision?.purchases[$0] ?? 0 },
        upper: whole.map { decision?.purchases[$0] ?? model.instruments[$0].upper })
    }
    if !switches.isEmpty {
      let isOn = model.switches.enumerated().map { s, choice in
        decision.map { $0.purchases[choice.instrument] > 0 ? 1.0 : 0 }
          ?? forced.flatMap { $0[s].map { $0 ? 1.0 : 0 } }
      }
      try solver.setBounds(
        of: switches, lower: isOn.map { $0 ?? 0 }, upper: isOn.map { $0 ?? 1 })
    }
    try holdActions(decision?.actions)
  }

  /// Lets rows that only count switches go, or asks for them again.
  func countSwitches(_ isOn: Bool) throws {
    let counting = policyRows.filter { $0.row.countsSwitches }
    try solver.setBounds(
      of: counting.map(\.id),
      lower: counting.map { isOn ? $0.row.lower * $0.factor : -.infinity },
      upper: counting.map { isOn ? $0.row.upper * $0.factor : .infinity })
  }

  /// Holds actions alone; nil lets them go.
  func holdActions(_ values: [Double]?) throws {
    guard !actions.isEmpty else { return }
    resting?.isHeld = values != nil
    if values == nil, resting != nil { return try rest() }
    try solver.setBounds(
      of: actions, lower: values ?? actions.map { _ in 0 }, upper: values ?? actions.map { _ in 1 })
  }

  /// Minimises something else than cost, which gets a limit; weights are in currency units of one
  /// `x`.
  ///
  /// - Returns: the limit's row, for `minimizeCost(removing:)`.
  func minimize(_ weights: [Double], costAtMost limit: Double) throws -> RowID {
    var terms = purchases.indices.map {
      MIP.Term(model.instruments[$0].cost / scale, purchases[$0])
    }
    terms += zip(model.actionCosts, actions).map { MIP.Term($0 / scale, $1) }
    terms += objective.map { MIP.Term($0.weight, $0.variable) }
    let row = try solver.addRows([Row("cost", terms, upper: limit / scale)])[0]
    try solver.setCosts(of: purchases, weights.map { $0 / scale })
    try solver.setCosts(of: objective.map(\.variable), objective.map { _ in 0 })
    return row
  }

  /// Undoes `minimize`.
  func minimizeCost(removing row: RowID) throws {
    try solver.setBounds(of: [row], lower: [-.infinity], upper: [.infinity])
    try solver.setCosts(of: purchases, model.instruments.map { $0.cost / scale })
    try solver.setCosts(of: objective.map(\.variable), objective.map(\.weight))
  }

  /// Asks for more than the coverage floors do, by a share of what they leave on demand.
  ///
  /// Cuts lie below the cost-to-go and whole units below the relaxation's, so a plan that just
  /// keeps a floor here misses it by a hair in the end. A bound found meanwhile is no bound.
  func tightenFloors(by margin: Double) throws {
    let floors = policyRows.filter(\.row.isFloor)
    try solver.setBounds(
      of: floors.map(\.id), lower: floors.map { _ in -.infinity },
      upper: floors.map { ($0.row.upper - margin * abs($0.row.upper)) * $0.factor })
  }

  var hasFloors: Bool { policyRows.contains(where: \.row.isFloor) }
}

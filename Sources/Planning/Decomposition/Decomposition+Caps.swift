/// Plans near a relaxed one whose purchases for capped usage are smaller.
///
/// Of a cap on some of the usage the relaxation leaves capacity unused where nothing else needs it,
/// which no allocation does. So rounding misses the cap, by purchases that serve other usage, too.
extension Decomposition {
  /// How often a share is halved; the last of a cap is worth less than the time that it takes.
  private static let halvings = 6

  /// Offers what keeps caps with the largest shares of purchases for capped usage alone, and of
  /// those for other usage as well: each with the other whole, and with none of it.
  func keepCaps(near point: Point) {
    guard model.hasCaps, model.classCount > 1, !effort.isTrial,
      let start = Rounding(model).candidates(for: point.decision).first
    else { return }
    let end = min(effort.timeLimit, clock.seconds + effort.timeLimit / 5)
    let serving = servingCaps()
    func kept(_ narrow: Double, _ wide: Double) -> Incumbent? {
      guard clock.seconds < end, !effort.stop.isStopped else { return nil }
      var decision = start
      for j in serving.narrow { decision.purchases[j] = part(narrow, of: j, start) }
      for j in serving.wide { decision.purchases[j] = part(wide, of: j, start) }
      return incumbent(decision)
    }
    let ways: [(Double) -> Incumbent?] = [
      { kept(1, $0) }, { kept($0, 1) }, { kept(0, $0) }, { kept($0, 0) },
    ]
    for way in ways {
      guard var found = way(0) else { continue }
      var (low, high) = (0.0, 1.0)
      for _ in 0..<Self.halvings {
        let middle = (low + high) / 2
        if let more = way(middle) {
          (found, low) = (more, middle)
        } else {
          high = middle
        }
      }
      if found.objective < best?.objective ?? .infinity { best = found }
    }
  }

  /// The purchases that serve capped usage, and nothing else or other usage as well.
  private func servingCaps() -> (narrow: [Int], wide: [Int]) {
    let caps = model.rows.filter { $0.lower > -.infinity && !$0.isFloor }
    var (narrow, wide): ([Int], [Int]) = ([], [])
    for (j, instrument) in model.instruments.enumerated() {
      let members = model.pools[instrument.pool].members
      let capped = members.count { member in
        caps.contains { row in
          let c = model.usageClass(member.sku)
          return row.remaining.indices.contains(c) && row.remaining[c] > 0
        }
      }
      if capped == members.count {
        narrow.append(j)
      } else if capped > 0 {
        wide.append(j)
      }
    }
    return (narrow, wide)
  }

  /// A share of a purchase, in whole units and no less than the least.
  private func part(_ share: Double, of j: Int, _ decision: Decision) -> Double {
    let instrument = model.instruments[j]
    guard share < 1 else { return decision.purchases[j] }
    let steps = (share * decision.purchases[j] / instrument.grid).rounded(.down)
    let least = model.switches.first { $0.instrument == j }?.minimum ?? 0
    let amount = instrument.amount(steps: steps)
    return amount >= least ? amount : 0
  }
}

/// Plans that really keep a cap on coverage where contract years are promised.
///
/// A cap asks for V(x) ≥ R of what stays on demand, and V is convex, so its points are no convex
/// set; the master asks θ ≥ R and relies on θ costing money. Where a contract year misses more than
/// θ adds, θ costs nothing, and the relaxation's point keeps the cap on paper only.
///
/// The convex-concave procedure (A. Yuille, A. Rangarajan, The Concave-Convex Procedure, Neural
/// Computation 15, 2003): at a plan x̄ that keeps the cap, V is replaced by its tangent. What keeps
/// the tangent's row keeps the cap, and the best of that is at least as good as x̄.
extension Decomposition {
  /// What it takes to be worth another tangent, as a share of the cost.
  private static let leastProgress = 1e-4
  private static let mostTangents = 6

  /// Offers the plans that the procedure finds, from nothing bought on.
  func keepCapsUnderContracts() throws {
    guard !model.spendRows.isEmpty, model.hasCaps, model.classCount == 1 else { return }
    var memory = warmStart
    var point = Decision.nothing(model)
    var last = Double.infinity
    for _ in 0..<Self.mostTangents where isShort {
      var inner = effort
      inner.isTrial = true
      inner.timeLimit = max(1, (effort.timeLimit - clock.seconds) / 4)
      let tangent = try Decomposition(withTangents(at: point), effort: inner, clock: Stopwatch())
      do { try tangent.run(from: memory) } catch is PlanningError { return }
      guard let found = tangent.best, found.objective < last * (1 - Self.leastProgress) else {
        return
      }
      (point, last) = (found.decision, found.objective)
      memory = tangent.warmStart
      offer(point)
    }
  }

  /// The model with the tangents of what stays on demand at a decision in place of that itself, in
  /// the rows that limit it from below.
  private func withTangents(at point: Decision) -> Model {
    let purchased = costToGo.capacity(of: point.purchases)
    let cuts = costToGo.evaluate(purchased: purchased, actions: point.actions).cuts
    let shares = costToGo.slots.map(\.share)
    let constant = zip(cuts, shares).reduce(0) { $0 + $1.0.constant * $1.1 }
    let capacity = costToGo.capacities.indices.map { c in
      zip(cuts, shares).reduce(0) { $0 + $1.0.capacity[c] * $1.1 }
    }
    let kinds = costToGo.machines.kinds
    var tangents = model
    tangents.rows = model.rows.map { row in
      guard let weight = row.remaining.first, weight > 0, row.lower > -.infinity, !row.isFloor
      else { return row }
      var flat = row
      flat.remaining = []
      flat.lower -= weight * constant
      var instruments = [Double](repeating: 0, count: model.instruments.count)
      for (j, coefficient) in row.instruments { instruments[j] += coefficient }
      for (j, instrument) in model.instruments.enumerated() {
        instruments[j] += costToGo.filled[j].reduce(0) {
          $0 + weight * capacity[$1] * instrument.unit
        }
      }
      flat.instruments = instruments.indices.filter { instruments[$0] != 0 }
        .map { ($0, instruments[$0]) }
      for (i, (machine, start)) in zip(model.machines, model.actionStarts).enumerated() {
        for a in machine.targets.indices {
          let moved = zip(cuts, shares).reduce(0) { $0 + $1.0.actions[kinds[start + a]] * $1.1 }
          if moved != 0 { flat.actions.append((i, a, weight * moved)) }
        }
      }
      return flat
    }
    return tangents
  }
}

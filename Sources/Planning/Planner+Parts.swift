import CloudCosts
import MIP

extension Planner {
  /// Programs that nothing ties together, each solved by itself, and all added up; nil where the
  /// model does not fall apart.
  ///
  /// What the whole may be open by is shared out, half by what each part costs on demand and half
  /// evenly, since a small part's whole units are coarse. The smallest come first, so that what
  /// they leave open beyond their share is asked of the others.
  func solvedByParts(
    _ model: Model, _ clock: Stopwatch, _ warm: inout WarmStart
  ) throws -> Solved? {
    let parts = model.parts
    guard !parts.isEmpty else { return nil }
    let costs = parts.map { $0.model.eligible + $0.model.ineligible }
    let order = parts.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    var shares = Shares(costs, gap: effort.gap)
    var solved = [Solved?](repeating: nil, count: parts.count)
    if warm.parts.count != parts.count {
      warm.parts = parts.map { _ in WarmStart(isKept: warm.isKept) }
    }
    for p in order {
      var planner = self
      planner.effort.gap = shares.gap(of: costs[p])
      planner.effort.timeLimit = shares.timeLimit(of: costs[p], effort, clock)
      var found = try planner.solvedAlone(parts[p].model, clock, &warm.parts[p])
      // Each has usage of its own laid out in blocks.
      found.known = nil
      shares.take(costs[p], found.certificate)
      solved[p] = found
    }
    return joined(model, parts, solved.compactMap { $0 }, clock)
  }

  private func solvedAlone(
    _ model: Model, _ clock: Stopwatch, _ warm: inout WarmStart
  ) throws -> Solved {
    model.isDecided ? solvedTrivially(model, clock) : try decomposed(model, clock, &warm)
  }

  private func joined(
    _ model: Model, _ parts: [ModelPart], _ solved: [Solved], _ clock: Stopwatch
  ) -> Solved {
    var decision = Decision.nothing(model)
    for (part, found) in zip(parts, solved) {
      for (j, amount) in zip(part.instruments, found.decision.purchases) {
        decision.purchases[j] = amount
      }
    }
    let costToGo = CostToGo(model)
    let allocation = costToGo.allocate(
      purchased: costToGo.capacity(of: decision.purchases), actions: [])
    let all = solved.map(\.certificate)
    func sum(_ number: KeyPath<Certificate, Int>) -> Int {
      all.reduce(0) { $0 + $1[keyPath: number] }
    }
    let proofs = all.compactMap(\.proof)
    var certificate = Certificate(
      status: .feasible, stop: .gapReached, method: .decomposition,
      objective: model.cost(decision, allocation), bound: all.reduce(0) { $0 + $1.bound },
      rounds: sum(\.rounds), cuts: sum(\.cuts), variables: sum(\.variables), rows: sum(\.rows),
      solver: Solver.version, seconds: clock.seconds,
      proof: proofs.count == parts.count ? BoundProof(parts: proofs) : nil)
    if certificate.gap > effort.gap {
      let stops = all.map(\.stop)
      certificate.stop =
        [.interrupted, .timeLimit].first { stops.contains($0) } ?? .stalled
    }
    return Solved(
      decision: decision, certificate: certificate.settled(gap: effort.gap),
      known: (costToGo, allocation))
  }
}

/// How the gap and the time of a whole are shared out to its parts.
private struct Shares {
  /// What all cost on demand, and how many there are.
  private let cost: Double
  private let count: Int
  /// The same of those that are still to be solved.
  private var costLeft: Double
  private var countLeft: Int
  private let gap: Double
  /// What solved parts were allowed to be open by and are not; negative: what they are beyond it.
  private var spare = 0.0

  /// Parts save unequally, so that shares of what they cost on demand are not those of a plan.
  private static let safety = 0.9
  /// The least that is asked of a part, as a share of the gap.
  private static let least = 0.2

  init(_ costs: [Double], gap: Double) {
    (cost, count, self.gap) = (costs.reduce(0, +), costs.count, gap)
    (costLeft, countLeft) = (cost, count)
  }

  private func allowed(_ part: Double) -> Double {
    guard part > 0 else { return gap }
    return Self.safety * gap * (0.5 + 0.5 * cost / (Double(count) * part))
  }

  /// (objective − bound) / objective for the next part.
  func gap(of part: Double) -> Double {
    max(Self.least * gap, allowed(part) + (part > 0 ? spare / part : 0))
  }

  /// Seconds on the clock: the part's share by cost of what is left, or by number.
  func timeLimit(of part: Double, _ effort: PlanningEffort, _ clock: Stopwatch) -> Double {
    let share = max(costLeft > 0 ? part / costLeft : 1, 1 / Double(max(1, countLeft)))
    return clock.seconds + min(1, share) * max(0, effort.timeLimit - clock.seconds)
  }

  mutating func take(_ part: Double, _ certificate: Certificate) {
    let open = max(0, certificate.objective - certificate.bound)
    spare += allowed(part) * max(0, certificate.objective) - open
    costLeft -= part
    countLeft -= 1
  }
}

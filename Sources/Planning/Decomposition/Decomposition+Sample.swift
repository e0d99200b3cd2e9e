import MIP

extension Decomposition {
  /// How many rounds a part of the demand may take: not how much time, lest another plan comes out
  /// on a busy machine. It only says where to start, and under several limits a part may take as
  /// many rounds as the whole.
  private static let roundsOfSample = 60
  /// The share of the time that is left for the whole in any case.
  private static let shareOfWhole = 0.5

  /// Where a plan for a part of the demand lies: it only says where to start; bound and plan are
  /// those of all of it.
  ///
  /// Of many hours one block of eight out of several represents all; of that part's paths, if they
  /// are many, a few. Hours first: for 24 futures of three years a fifth of the hours of all of
  /// them left 5 rounds to the whole, four futures with all their hours 13.
  func pointOfSample() throws -> [Double]? {
    guard let sample = model.fewerHours ?? model.fewerPaths else { return nil }
    var short = effort
    short.timeLimit = clock.seconds + max(0, effort.timeLimit - clock.seconds) * Self.shareOfWhole
    let small = try Decomposition(sample.model, effort: short, clock: clock)
    small.mostRounds = Self.roundsOfSample
    guard small.costToGo.capacities.map(\.pool) == costToGo.capacities.map(\.pool) else {
      return nil
    }
    guard let point = try small.pointOfRelaxation(to: max(effort.gap, sample.gap)) else {
      try refuseClash()
      return nil
    }
    firstRadius = sample.radius
    let flows = small.master.flows(of: point.decision.actions)
    return point.purchased
      + (flows.count == spreads.count - point.purchased.count
        ? flows : Array(spreads.dropFirst(point.purchased.count)).map { _ in 0 })
  }

  /// Nil where no plan for this part keeps the policy, or the search failed.
  private func pointOfRelaxation(to target: Double) throws -> Point? {
    do {
      let start = try firstPoint(WarmStart())
      try learn(at: start)
      return try descend(to: target, center: start, holding: nil)
    } catch PlanningError.infeasible {
      return nil
    } catch is MIPError {
      return nil
    }
  }
}

/// A model of a part of the demand.
private struct Sample {
  var model: Model
  /// To what gap it is worth solving.
  var gap: Double
  /// Within how many standard deviations the optimum of the whole is to be expected.
  var radius: Double
}

extension Model {
  /// As many paths stand for all, and this many must there be for that to pay.
  private static let sampleSize = 4
  private static let mostWithout = 7
  /// About as many hours of a path stand for all, and this many must there be for that to pay.
  private static let sampleHours = 1000
  private static let mostHoursWithout = 4000

  /// The same question about a few paths, without limits on coverage and use, which are about all
  /// of them: paths in the order of what they cost on demand, in parts of about equal size, the
  /// middle one of each.
  fileprivate var fewerPaths: Sample? {
    let probabilities = risk.probabilities
    guard probabilities.count > Self.mostWithout else { return nil }
    // Not less what risk compares with: of who owns nothing that is the same, and the order dust.
    let costs = probabilities.indices.map { path in
      skus.indices.reduce(0) { $0 + price[$1] * demand.column($1, path: path).reduce(0, +) }
    }
    let order = probabilities.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    let parts = (0..<Self.sampleSize).map { part in
      order[
        order.count * part / Self.sampleSize..<order.count * (part + 1) / Self.sampleSize]
    }
    let chosen = parts.map { $0[$0.startIndex + $0.count / 2] }
    var few = self
    few.demand = demand.keeping(paths: chosen)
    few.hours = pathHours * chosen.count
    few.spendRows = []
    few.risk = PathRisk(
      probabilities: parts.map { $0.reduce(0) { $0 + probabilities[$1] } }, weight: risk.weight,
      tail: risk.tail, shifts: chosen.map { risk.shifts[$0] })
    few.rows = rows.filter { $0.remaining.isEmpty && $0.used.isEmpty }
    for i in few.machines.indices {
      few.machines[i].share = machines[i].share.map { share in
        chosen.flatMap { share[$0 * pathHours..<($0 + 1) * pathHours] }
      }
    }
    return Sample(model: few, gap: 1e-4, radius: 0.03)
  }

  /// The same question about one block of eight hours out of several, each hour counting for as
  /// many more. The blocks go through all hours of the week.
  fileprivate var fewerHours: Sample? {
    guard pathHours > Self.mostHoursWithout else { return nil }
    let block = Lanes.scalarCount
    // Of very many hours a fifth first, and a part of that before.
    var step = pathHours / Self.sampleHours
    if step > 10 { step = 5 }
    // A week is 21 blocks: with no common divisor every hour of it gets its turn.
    while step % 3 == 0 || step % 7 == 0 { step += 1 }
    let chosen = (0..<pathHours).filter { $0 / block % step == step / 2 }
    // For each hour of a path, how many before it were chosen.
    var before = [0]
    for h in 0..<pathHours { before.append(before[h] + (h / block % step == step / 2 ? 1 : 0)) }
    func part(_ hours: Range<Int>) -> Range<Int> {
      before[hours.lowerBound]..<before[hours.upperBound]
    }
    var few = self
    let paths = risk.probabilities.count
    few.hours = chosen.count * paths
    few.spendRows = []
    few.demand = demand.keeping(hours: chosen)
    let factor = Double(pathHours) / Double(chosen.count)
    few.price = price.map { $0 * factor }
    for k in pools.indices {
      for i in pools[k].owned.indices {
        few.pools[k].owned[i].hours = part(pools[k].owned[i].hours)
      }
    }
    for j in instruments.indices { few.instruments[j].active = part(instruments[j].active) }
    for r in rows.indices {
      few.rows[r].used = rows[r].used.map { ($0.pool, $0.coefficient * factor) }
    }
    for i in machines.indices {
      few.machines[i].hours = machines[i].hours.map { hours in
        hours.filter { $0 / block % step == step / 2 }.map { before[$0] }
      }
      few.machines[i].candidate.runningHours = machines[i].candidate.runningHours
        .filter { $0 / block % step == step / 2 }.map { before[$0] }
      few.machines[i].share = machines[i].share.map { share in
        (0..<paths).flatMap { path in chosen.map { share[path * pathHours + $0] } }
      }
    }
    return Sample(model: few, gap: 3e-4, radius: 0.02)
  }
}

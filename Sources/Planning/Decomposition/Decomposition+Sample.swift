extension Decomposition {
  /// Where a plan for a few of many paths lies: each of them stands for a share of the paths. It only says where
  /// to start; bound and plan are those of all paths.
  func pointOfSample() throws -> [Double]? {
    guard let sample = model.sample else { return nil }
    let small = try Decomposition(sample, effort: effort, clock: clock)
    guard small.costToGo.capacities == costToGo.capacities else { return nil }
    let nothing = [Double](repeating: 0, count: costToGo.capacities.count)
    let point = try? small.relax(to: max(effort.gap, 1e-4), from: nothing)
    if point != nil { firstRadius = 0.03 }
    return point?.purchased
  }
}

extension Model {
  /// As many paths stand for all, and this many must there be for that to pay.
  private static let sampleSize = 4
  private static let mostWithout = 7

  /// The same question about a few paths, without limits on coverage and use, which are about all of them: paths
  /// in the order of what they cost on demand, in parts of about equal size, the middle one of each.
  fileprivate var sample: Model? {
    let probabilities = risk.probabilities
    guard probabilities.count > Self.mostWithout else { return nil }
    let size = pathHours * skus.count
    let costs = probabilities.indices.map { path in
      var cost = 0.0
      for h in path * pathHours..<(path + 1) * pathHours {
        for g in skus.indices { cost += price[g] * demand[h * skus.count + g] }
      }
      return cost - risk.shifts[path]
    }
    let order = probabilities.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    let parts = (0..<Self.sampleSize).map { part in
      order[
        order.count * part / Self.sampleSize..<order.count * (part + 1) / Self.sampleSize]
    }
    let chosen = parts.map { $0[$0.startIndex + $0.count / 2] }
    var few = self
    few.demand = chosen.flatMap { demand[$0 * size..<($0 + 1) * size] }
    few.hours = pathHours * chosen.count
    few.risk = PathRisk(
      probabilities: parts.map { $0.reduce(0) { $0 + probabilities[$1] } }, weight: risk.weight,
      tail: risk.tail, shifts: chosen.map { risk.shifts[$0] })
    few.rows = rows.filter { $0.remaining.isEmpty && $0.used.isEmpty }
    for i in few.machines.indices {
      let running = few.machines[i].candidate.runningHours
      few.machines[i].runningHours = chosen.indices.flatMap { path in
        running.map { path * pathHours + $0 }
      }
    }
    return few
  }
}

import CloudCosts

/// Google: what a month's sustained use costs, as prices of its hours.
///
/// A part of a month's stack that runs n of L hours costs L f(n / L) at list price, with f concave
/// (`SustainedUse.Schedule`). What stays on demand, R_h, costs
///
///     Σ over parts of the stack = max over orders of the month's hours of Σ_h w_rank(h) R_h,
///     w_i = L (f((i + 1) / L) − f(i / L))
///
/// since n ↦ L f(n / L) is a submodular function of the hours used, and its Lovász extension is
/// convex, with these orders for its gradients (J. Edmonds, "Submodular functions, matroids, and
/// certain polyhedra", 1970; L. Lovász, "Submodular functions and convexity", 1983). So the prices
/// of any order are a bound on the bill, and where most stays in the hours that come first they are
/// the bill. Here hours go by all usage of their stack: what commitments leave of it has that
/// order, too, as long as they serve all hours alike. Where machines may change, they go by usage
/// as it is and by that after the change of each machine that costs least on demand, together:
/// usage that moves takes the price of its new stack's hours.
package struct SustainedOrder {
  /// What is stacked together: whole machines, or one of their parts.
  private struct Stack: Hashable {
    var usage: SustainedUse.Stack
    var part: MachinePart?
  }

  /// For each stack, for each hour of all paths: its rank's w.
  private let shares: [Stack: [Double]]
  /// Hours of a path.
  private let hours: Int

  /// Nil where prices by the hour do not state the problem: what paths are measured against is not
  /// computed by the hour, and an action moves usage in the same hours of all paths.
  init?(_ problem: PlanningProblem) {
    guard problem.onDemandPricing == .ordered, SustainedOrder.applies(to: problem) else {
      return nil
    }
    hours = problem.demand.window.hours
    let paths = problem.paths?.paths ?? [problem.demand]
    let months = problem.demand.window.months
    let changes = Self.changes(problem)
    var known: [Stack: [Double]] = [:]
    for (stack, (schedule, rows)) in Self.stacks(problem) {
      var shares: [Double] = []
      for path in paths {
        var money = [Double](repeating: 0, count: hours)
        for row in rows {
          let sku = path.groups[row].sku
          let price = (problem.prices.onDemandPrice(of: sku) ?? 0) * stack.part.share(of: sku)
          for (h, quantity) in path.hours(of: row).enumerated() { money[h] += price * quantity }
        }
        for (h, change) in (changes[stack] ?? []).enumerated() { money[h] += (money[h] + change) }
        for (_, month) in months { shares += Self.shares(money[month], schedule) }
      }
      known[stack] = shares
    }
    shares = known
  }

  package static func applies(to problem: PlanningProblem) -> Bool {
    problem.hoursPerStep == 1 && problem.risk == nil
      && (problem.candidates.isEmpty || (problem.paths?.paths.count ?? 1) == 1)
  }

  /// Rows of the demand that are stacked together, each with its discount.
  private static func stacks(
    _ problem: PlanningProblem
  ) -> [Stack: (schedule: SustainedUse.Schedule, rows: [Int])] {
    var stacks: [Stack: (schedule: SustainedUse.Schedule, rows: [Int])] = [:]
    for (row, group) in problem.demand.groups.enumerated() {
      guard let schedule = SustainedUse.schedule(for: group.sku) else { continue }
      for part in problem.countedParts(of: group.sku) {
        let stack = Stack(usage: SustainedUse.stack(of: group), part: part)
        stacks[stack, default: (schedule, [])].rows.append(row)
      }
    }
    for group in problem.candidates.flatMap(\.targets) {
      guard let schedule = SustainedUse.schedule(for: group.sku) else { continue }
      for part in problem.countedParts(of: group.sku) {
        let stack = Stack(usage: SustainedUse.stack(of: group), part: part)
        if stacks[stack] == nil { stacks[stack] = (schedule, []) }
      }
    }
    return stacks
  }

  /// What each hour of each stack has more on demand once every machine does what costs least.
  private static func changes(_ problem: PlanningProblem) -> [Stack: [Double]] {
    var changes: [Stack: [Double]] = [:]
    func add(_ sign: Double, _ group: UsageGroup, _ hours: [Int]) {
      guard SustainedUse.schedule(for: group.sku) != nil else { return }
      let price = problem.prices.onDemandPrice(of: group.sku) ?? 0
      for part in problem.countedParts(of: group.sku) {
        let stack = Stack(usage: SustainedUse.stack(of: group), part: part)
        let money = sign * price * part.share(of: group.sku)
        var sums = changes[stack] ?? [Double](repeating: 0, count: problem.demand.window.hours)
        for hour in hours where sums.indices.contains(hour) { sums[hour] += money }
        changes[stack] = sums
      }
    }
    for candidate in problem.candidates {
      func cost(_ action: CandidateAction) -> Double {
        let saved = problem.prices.onDemandPrice(of: candidate.resource.group.sku) ?? 0
        let paid = action.target.map { problem.prices.onDemandPrice(of: $0) ?? saved } ?? 0
        return (paid - saved) * Double((action.hours ?? candidate.runningHours).count)
      }
      guard let best = candidate.actions.min(by: { cost($0) < cost($1) }), cost(best) < 0 else {
        continue
      }
      let hours = best.hours ?? candidate.runningHours
      let group = candidate.resource.group
      add(-1, group, hours)
      if let target = best.target { add(1, UsageGroup(account: group.account, sku: target), hours) }
    }
    return changes
  }

  /// w of each hour of a month.
  private static func shares(
    _ money: ArraySlice<Double>, _ schedule: SustainedUse.Schedule
  ) -> [Double] {
    let length = Double(money.count)
    let order = money.indices.sorted { (money[$1], $0) < (money[$0], $1) }
    var shares = [Double](repeating: 1, count: money.count)
    for (rank, hour) in order.enumerated() {
      let (from, to) = (Double(rank) / length, Double(rank + 1) / length)
      shares[hour - money.startIndex] = schedule.meanShare(from: from, to: to)
    }
    return shares
  }

  /// What of the list price each hour of a path costs; nil where there is no discount.
  func shares(of group: UsageGroup, _ part: MachinePart?, path: Int) -> ArraySlice<Double>? {
    guard SustainedUse.schedule(for: group.sku) != nil else { return nil }
    let stack = Stack(usage: SustainedUse.stack(of: group), part: part)
    return shares[stack]?[path * hours..<(path + 1) * hours]
  }
}

extension RightsizingCandidate {
  /// The usage that its machine may become.
  fileprivate var targets: [UsageGroup] {
    actions.compactMap(\.target).map { UsageGroup(account: resource.group.account, sku: $0) }
  }
}

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
/// the bill. Hours go by all usage of their stack (`OnDemandPricing.ordered`): what commitments
/// leave of it has that order, too, as long as they serve all hours alike. What serves several
/// stacks would turn to whichever is dear in an hour; where hours go by the usage of all stacks
/// together (`.orderedTogether`), all are dear in the same ones. Where machines may change, hours go
/// by usage as it is and by that after the change of each machine that costs least on demand, added
/// up: usage that moves takes the price of its new stack's hours.
package struct SustainedOrder {
  /// What is stacked together: whole machines, or one of their parts.
  private struct Stack: Hashable {
    var usage: SustainedUse.Stack
    var part: MachinePart?
  }

  /// For each stack, for each hour of all paths: its rank's w.
  private let shares: [Stack: [Double]]
  /// The w that there are, ascending.
  private let distinct: [Stack: [Double]]
  /// Hours of a path.
  private let hours: Int

  /// Nil where prices by the hour do not state the problem: an action moves usage in the same hours
  /// of all paths. (A measure of risk only grows with what a path costs, and what it compares that
  /// with is a constant: the bound on each path's bill is one on the measure, too.)
  init?(_ problem: PlanningProblem) {
    let isTogether = problem.onDemandPricing == .orderedTogether
    guard isTogether || problem.onDemandPricing == .ordered, SustainedOrder.applies(to: problem)
    else { return nil }
    hours = problem.demand.window.hours
    let paths = problem.paths?.paths ?? [problem.demand]
    let months = problem.demand.window.months
    let stacks = Self.stacks(problem)
    let changes = Self.changes(problem)
    let together =
      isTogether
      ? paths.map {
        Self.money(of: Self.served(problem), $0, problem, changes: changes.all)
      } : []
    var known: [Stack: [Double]] = [:]
    for (stack, (schedule, rows)) in stacks {
      let change = changes.stacks[stack]
      known[stack] = paths.enumerated().flatMap { index, path in
        let money =
          isTogether
          ? together[index]
          : Self.money(of: rows, path, problem, part: stack.part, changes: change)
        return months.flatMap { Self.shares(money[$0.hours], schedule) }
      }
    }
    shares = known
    distinct = known.mapValues { Set($0).sorted() }
  }

  /// Usage on demand in each hour of a path, at list price, before and after the changes.
  private static func money(
    of rows: [Int], _ path: Demand, _ problem: PlanningProblem, part: MachinePart? = nil,
    changes: [Double]?
  ) -> [Double] {
    var money = [Double](repeating: 0, count: path.window.hours)
    for row in rows {
      let sku = path.groups[row].sku
      let price = (problem.prices.onDemandPrice(of: sku) ?? 0) * part.share(of: sku)
      for (h, quantity) in path.hours(of: row).enumerated() { money[h] += price * quantity }
    }
    guard let changes else { return money }
    return zip(money, changes).map { 2 * $0 + $1 }
  }

  /// Google's machines, discounted or not: what flexible commitments serve.
  private static func served(_ problem: PlanningProblem) -> [Int] {
    let groups = problem.demand.groups
    return groups.indices.filter {
      groups[$0].sku.provider == .gcp && groups[$0].sku.service.isMachines
    }
  }

  package static func applies(to problem: PlanningProblem) -> Bool {
    problem.hoursPerStep == 1
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

  /// What each hour has more on demand once every machine does what costs least.
  private struct Changes {
    var stacks: [Stack: [Double]] = [:]
    /// Of all stacks; nil: no machine changes.
    var all: [Double]?
  }

  private static func changes(_ problem: PlanningProblem) -> Changes {
    let none = [Double](repeating: 0, count: problem.demand.window.hours)
    var changes = Changes()
    func add(_ sign: Double, _ group: UsageGroup, _ hours: [Int]) {
      guard SustainedUse.schedule(for: group.sku) != nil else { return }
      let price = problem.prices.onDemandPrice(of: group.sku) ?? 0
      for part in problem.countedParts(of: group.sku) {
        let stack = Stack(usage: SustainedUse.stack(of: group), part: part)
        let money = sign * price * part.share(of: group.sku)
        for hour in hours where none.indices.contains(hour) {
          changes.stacks[stack, default: none][hour] += money
          changes.all = changes.all ?? none
          changes.all?[hour] += money
        }
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

  /// What of the list price hours may cost; none where there is no discount.
  func values(of group: UsageGroup, _ part: MachinePart?) -> [Double] {
    guard SustainedUse.schedule(for: group.sku) != nil else { return [] }
    return distinct[Stack(usage: SustainedUse.stack(of: group), part: part)] ?? []
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

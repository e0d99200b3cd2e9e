import CloudCosts

@testable import Planning

/// The best whole decision, found by trying them all; reservations only.
///
/// It reads the problem itself, not the model: reservation scopes do not overlap, so in each hour
/// each scope serves its largest saving per unit first, and that is the optimum. Policy is checked
/// by its definition; floors by account only where all usage of a scope costs the same per unit.
struct BruteForce {
  private let problem: PlanningProblem
  private let offers: [ReservationOffer]
  private let scopes: [ReservationScope]
  private let window: HourWindow
  private let groups: [UsageGroup]
  private let price: [Double]

  /// The least cost; nil where no decision keeps the policy.
  private(set) var best: Double?
  private(set) var tried = 0
  /// How many decisions there are.
  let size: Int

  init(_ problem: PlanningProblem) {
    self.problem = problem
    window = problem.demand.window
    offers = problem.prices.reservations.filter {
      problem.offers.allows($0.terms) && Self.breaksEven($0, problem)
    }
    scopes = offers.map { ReservationScope(of: $0.sku) }
    let targets = problem.candidates.flatMap { candidate in
      candidate.actions.compactMap(\.target).map {
        UsageGroup(account: candidate.resource.group.account, sku: $0)
      }
    }
    let groups = Set(problem.demand.groups + targets).sorted()
    self.groups = groups
    price = groups.map { problem.prices.onDemand[$0.sku] ?? 0 }
    uppers = zip(offers, scopes).map { offer, scope in
      // Every machine may come to this scope.
      let peak = (0..<problem.demand.window.hours).reduce(0.0) { most, h in
        max(
          most,
          problem.demand.groups.indices.reduce(0.0) {
            $0 + (scope.units(of: problem.demand.groups[$1].sku) ?? 0) * problem.demand[$1, h]
          })
      }
      let largest = groups.compactMap { scope.units(of: $0.sku) }.max() ?? 0
      let all = peak + largest * Double(problem.candidates.count)
      let least = (problem.policy.minPurchase ?? 0) / offer.effectiveHourly
      // What no usage can use is not on offer, not even to be worth something.
      let worth =
        all == 0
        ? 0
        : (problem.policy.worthAtOnce[offer.terms.product] ?? 0)
          / (offer.effectiveHourly * Double(offer.terms.term.hours))
      return Int(
        max(all / (scope.units(of: offer.sku) ?? 1), least, worth * (1 - 1e-9)).rounded(.up))
    }
    size = uppers.reduce(problem.candidates.reduce(1) { $0 * ($1.actions.count + 1) }) {
      $0 * ($1 + 1)
    }
  }

  /// Whether full use of one repays its upfront in the months that the policy allows.
  private static func breaksEven(_ offer: ReservationOffer, _ problem: PlanningProblem) -> Bool {
    guard let months = problem.policy.maxBreakEvenMonths, offer.upfront > 0 else { return true }
    let scope = ReservationScope(of: offer.sku)
    let unit = scope.units(of: offer.sku) ?? 0
    let targets = problem.candidates.flatMap { $0.actions.compactMap(\.target) }
    let worth = (problem.demand.groups.map(\.sku) + targets).reduce(0.0) { most, sku in
      max(most, scope.units(of: sku).map { (problem.prices.onDemand[sku] ?? 0) / $0 * unit } ?? 0)
    }
    let start = problem.demand.window.start
    let hours = min(start.adding(months: months) - start, offer.terms.term.hours)
    return offer.upfront <= (worth - offer.hourly) * Double(hours) * (1 + 1e-9)
  }

  private let uppers: [Int]

  mutating func run() {
    var choice = [Int](repeating: -1, count: problem.candidates.count)
    repeat {
      let chosen = zip(problem.candidates, choice).compactMap { candidate, a in
        a < 0
          ? nil
          : candidate.choosing(candidate.actions[a])
      }
      guard keepsLimits(chosen) else { continue }
      once = chosen.map(\.action.cost).reduce(0, +)
      let demand = hourly(problem.demand.applying(chosen))
      var counts = [Int](repeating: 0, count: offers.count)
      repeat { consider(counts, demand) } while Self.advance(&counts, uppers, from: 0)
    } while Self.advance(&choice, problem.candidates.map { $0.actions.count - 1 }, from: -1)
  }

  /// What the chosen actions cost once.
  private var once = 0.0

  /// Limits on what is done with machines, by their definition.
  private func keepsLimits(_ chosen: [ChosenAction]) -> Bool {
    let limits = problem.policy.actions
    if chosen.count > limits.most ?? .max { return false }
    let all = problem.candidates.reduce(0) { $0 + $1.runningHours.count }
    let above = chosen.reduce(0.0) {
      $0 + ($1.action.fit?.shareAbove ?? 0) * Double($1.hours.count)
    }
    if let risk = limits.risk, above > risk * Double(all) + 1e-9 { return false }
    if let most = limits.effortPerMonth {
      var work: [CalendarMonth: Double] = [:]
      for action in chosen {
        work[(action.action.start ?? window.start).month, default: 0] += action.action.effort
      }
      if work.values.contains(where: { $0 > most + 1e-9 }) { return false }
    }
    let fleets = Dictionary(grouping: problem.candidates, by: \.resource.fleet)
    return fleets.allSatisfy { fleet, members in
      let labels = members.map { member in
        chosen.first { $0.resource.id == member.resource.id }?.action.label
      }
      return fleet.isEmpty || Set(labels).count == 1
    }
  }

  /// The next of all combinations; false after the last.
  private static func advance(_ digits: inout [Int], _ uppers: [Int], from least: Int) -> Bool {
    for i in digits.indices {
      if digits[i] < uppers[i] {
        digits[i] += 1
        return true
      }
      digits[i] = least
    }
    return false
  }

  /// Demand by hour and group.
  private func hourly(_ demand: Demand) -> [[Double]] {
    (0..<window.hours).map { h in
      groups.map { group in
        demand.groups.indices.reduce(0) { $0 + (demand.groups[$1] == group ? demand[$1, h] : 0) }
      }
    }
  }

  private mutating func consider(_ counts: [Int], _ demand: [[Double]]) {
    tried += 1
    var cost = 0.0
    var upfront = 0.0
    var perHour = 0.0
    var threeYears = 0.0
    var expiring: [CalendarMonth: Double] = [:]
    var bought: [ReservationScope: Double] = [:]
    var worth: [Product: Double] = [:]
    for (i, count) in counts.enumerated() where count > 0 {
      let commitment = Commitment(
        id: "", terms: offers[i].terms,
        subject: .reservation(
          sku: offers[i].sku, zone: nil, count: Double(count), upfront: offers[i].upfront,
          hourly: offers[i].hourly),
        start: window.start, end: window.start + offers[i].terms.term.hours)
      cost += commitment.costInside(window, costOfCapital: problem.policy.costOfCapital)
      upfront += commitment.upfront
      worth[offers[i].terms.product, default: 0] += commitment.wholeWorth
      perHour += commitment.effectiveHourly
      if offers[i].terms.term == .threeYears {
        let units = scopes[i].units(of: offers[i].sku) ?? 0
        threeYears += Double(count) * self.worth(scopes[i]) * units
      }
      if commitment.effectiveHourly < (problem.policy.minPurchase ?? 0) * (1 - 1e-9) { return }
      expiring[(commitment.end + -1).month, default: 0] += commitment.effectiveHourly
      bought[scopes[i], default: 0] += Double(count) * (scopes[i].units(of: offers[i].sku) ?? 0)
    }
    let policy = problem.policy
    let dust = 1e-9
    if upfront > (policy.maxUpfront ?? .infinity) * (1 + dust) { return }
    if policy.worthAtOnce.contains(where: { worth[$0.key] ?? 0 < $0.value * (1 - dust) }) { return }
    if perHour > (policy.maxHourlyCommitment ?? .infinity) * (1 + dust) { return }
    if let share = policy.maxThreeYearShare, share < 1, threeYears > 0 {
      let owned = problem.owned.reduce(0.0) { $0 + (ownedWorth($1) ?? 0) }
      if owned + threeYears > share * eligiblePerHour + dust { return }
    }
    if upfront > (policy.maxUpfrontPerMonth ?? .infinity) * (1 + dust) { return }
    if counts.filter({ $0 > 0 }).count > policy.maxPurchases ?? .max { return }
    for (month, amount) in expiring {
      let owned = problem.owned.filter { ($0.end + -1).month == month }
        .reduce(0) { $0 + $1.effectiveHourly }
      let limit = max(0, (policy.maxExpiringPerMonth ?? .infinity) - owned)
      if amount > limit * (1 + dust) + dust { return }
    }
    if !isUsedEnough(bought, demand) { return }
    if bought.contains(where: { $0.value > mostIncluded(in: $0.key) + dust }) { return }
    let (left, total) = remaining(bought, demand)
    func keeps(_ floor: Double?, _ cap: Double?, _ isMeant: (UsageGroup) -> Bool) -> Bool {
      let meant = groups.indices.filter { isEligible[$0] && isMeant(groups[$0]) }
      let eligible = meant.reduce(0) { $0 + total[$1] }
      let open = meant.reduce(0) { $0 + left[$1] }
      return open <= (1 - (floor ?? 0)) * eligible + dust
        && open >= min(1 - (cap ?? 1), ownedOpen(demand, isMeant)) * eligible - dust
    }
    guard keeps(policy.minCoverage, policy.maxCoverage, { _ in true }) else { return }
    for family in Set(groups.map(\.sku.family)) {
      let floor = policy.minCoverageBy.families[family]
      let cap = policy.maxCoverageBy.families[family]
      guard keeps(floor, cap, { $0.sku.family == family }) else { return }
    }
    for account in Set(groups.map(\.account)) {
      let floor = policy.minCoverageBy.accounts[account]
      let cap = policy.maxCoverageBy.accounts[account]
      guard keeps(floor, cap, { $0.account == account }) else { return }
    }
    for commitment in problem.owned {
      cost += commitment.costInside(window, costOfCapital: policy.costOfCapital)
    }
    best = min(best ?? .infinity, cost + once + left.reduce(0, +))
  }

  /// The share of what actions leave that stays on demand if nothing is bought: what is owned may
  /// cover more than a cap allows.
  private func ownedOpen(_ demand: [[Double]], _ isMeant: (UsageGroup) -> Bool) -> Double {
    let (left, total) = remaining([:], demand)
    let meant = groups.indices.filter { isEligible[$0] && isMeant(groups[$0]) }
    let eligible = meant.reduce(0) { $0 + total[$1] }
    return eligible > 0 ? meant.reduce(0) { $0 + left[$1] } / eligible : 1
  }

  /// What a unit of a scope covers at on-demand prices, by the mean mix of its usage.
  private func worth(_ scope: ReservationScope) -> Double {
    var cost = 0.0
    var units = 0.0
    for (g, group) in problem.demand.groups.enumerated()
    where !problem.policy.exclude.contains(group) {
      guard let each = scope.units(of: group.sku) else { continue }
      let hours = (0..<window.hours).reduce(0) { $0 + problem.demand[g, $1] }
      cost += hours * (problem.prices.onDemand[group.sku] ?? 0)
      units += hours * each
    }
    return units > 0 ? cost / units : 0
  }

  /// Of what is owned in the first hour and bound for three years.
  private func ownedWorth(_ owned: Commitment) -> Double? {
    guard case .reservation(let sku, let zone, let count, _, _) = owned.subject,
      owned.terms.term == .threeYears, window.indices(from: owned.start, to: owned.end).contains(0)
    else { return nil }
    if zone != nil {
      let isUsed = problem.demand.groups.enumerated().contains { g, group in
        group.sku == sku && problem.demand.hours(of: g).contains { $0 > 0 }
      }
      return isUsed ? count * (problem.prices.onDemand[sku] ?? 0) : 0
    }
    let scope = ReservationScope(of: sku)
    return count * (scope.units(of: sku) ?? 0) * worth(scope)
  }

  /// The mean on-demand cost of the eligible usage.
  private var eligiblePerHour: Double {
    let demand = hourly(problem.demand)
    let eligible = isEligible
    return demand.reduce(0) { sum, hour in
      groups.indices.reduce(sum) { $0 + (eligible[$1] ? hour[$1] * price[$1] : 0) }
    } / Double(window.hours)
  }

  /// Groups that reservations are sold for, and that are not excluded.
  private var isEligible: [Bool] {
    let sold = Set(problem.prices.reservations.map { ReservationScope(of: $0.sku) })
    return groups.map {
      sold.contains(ReservationScope(of: $0.sku)) && !problem.policy.exclude.contains($0)
    }
  }

  /// The units that may be bought of a scope: what usage that is not excluded takes at its most, in
  /// units of the largest size; none where all of it is excluded.
  private func mostIncluded(in scope: ReservationScope) -> Double {
    let exclude = problem.policy.exclude
    let members = groups.indices.filter { scope.units(of: groups[$0].sku) != nil }
    guard members.contains(where: { exclude.contains(groups[$0]) }) else { return .infinity }
    func units(_ g: Int) -> Double { scope.units(of: groups[g].sku) ?? 0 }
    let included = members.filter { !exclude.contains(groups[$0]) }
    guard !included.isEmpty else { return 0 }
    let peak =
      hourly(problem.demand).map { hour in
        included.reduce(0) { $0 + units($1) * hour[$1] }
      }.max() ?? 0
    let machines = problem.candidates.reduce(0.0) { sum, candidate in
      let account = candidate.resource.group.account
      let targets = candidate.actions.compactMap(\.target).filter {
        !exclude.contains(UsageGroup(account: account, sku: $0))
      }
      return sum + (targets.compactMap { scope.units(of: $0) }.max() ?? 0)
    }
    let unit = members.map(units).max() ?? 1
    return ((peak + machines) / unit).rounded(.up) * unit
  }

  /// Owned units of each regional scope in an hour.
  private func owned(_ h: Int) -> [ReservationScope: Double] {
    problem.owned.reduce(into: [:]) { units, owned in
      guard case .reservation(let sku, nil, let count, _, _) = owned.subject,
        window.indices(from: owned.start, to: owned.end).contains(h)
      else { return }
      let scope = ReservationScope(of: sku)
      units[scope, default: 0] += count * (scope.units(of: sku) ?? 0)
    }
  }

  /// Whether purchases are used enough, scope by scope, where owned ones are used up first. Not for
  /// zonal ones.
  private func isUsedEnough(_ bought: [ReservationScope: Double], _ demand: [[Double]]) -> Bool {
    guard let share = problem.policy.minUtilization else { return true }
    return bought.allSatisfy { scope, units in
      func use(_ demand: [Double], _ capacity: Double) -> Double {
        min(
          capacity,
          groups.indices.reduce(0) { $0 + (scope.units(of: groups[$1].sku) ?? 0) * demand[$1] })
      }
      let used = (0..<window.hours).reduce(0) { sum, h in
        let owned = self.owned(h)[scope] ?? 0
        return sum + use(demand[h], owned + units) - use(demand[h], owned)
      }
      return used >= share * units * Double(window.hours) - 1e-9
    }
  }

  /// For each group what stays on demand and what all of it would cost on demand. Among equals,
  /// accounts with a name come first.
  private func remaining(
    _ bought: [ReservationScope: Double], _ demand: [[Double]]
  ) -> (left: [Double], total: [Double]) {
    var left = groups.map { _ in 0.0 }
    var total = left
    for h in 0..<window.hours {
      var rest = demand[h]
      for g in groups.indices { total[g] += price[g] * rest[g] }
      for commitment in problem.owned
      where window.indices(from: commitment.start, to: commitment.end).contains(h) {
        guard case .reservation(let sku, .some, var count, _, _) = commitment.subject else {
          continue
        }
        for g in groups.indices.reversed() where groups[g].sku.asListed == sku {
          let taken = min(rest[g], count)
          rest[g] -= taken
          count -= taken
        }
      }
      let owned = self.owned(h)
      for scope in Set(owned.keys).union(bought.keys) {
        var all = (owned[scope] ?? 0) + (bought[scope] ?? 0)
        let members = groups.indices.compactMap { g in
          scope.units(of: groups[g].sku).map { (g, $0) }
        }
        let order = members.sorted {
          (price[$0.0] / $0.1, groups[$0.0].account) > (price[$1.0] / $1.1, groups[$1.0].account)
        }
        for (g, use) in order {
          let taken = min(rest[g], all / use)
          rest[g] -= taken
          all -= taken * use
        }
      }
      for g in groups.indices { left[g] += price[g] * rest[g] }
    }
    return (left, total)
  }
}

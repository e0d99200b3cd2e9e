import CloudCosts

@testable import Planning

/// The best whole decision, found by trying them all; reservations only.
///
/// It reads the problem itself, not the model: reservation scopes do not overlap, so in each hour each
/// scope serves its largest saving per unit first, and that is the optimum. Policy is checked by its
/// definition.
struct BruteForce {
  private let problem: PlanningProblem
  private let offers: [ReservationOffer]
  private let scopes: [ReservationScope]
  private let window: HourWindow
  private let skus: [SKU]
  private let price: [Double]

  /// The least cost; nil where no decision keeps the policy.
  private(set) var best: Double?
  private(set) var tried = 0
  /// How many decisions there are.
  let size: Int

  init(_ problem: PlanningProblem) {
    self.problem = problem
    window = problem.demand.window
    offers = problem.prices.reservations.filter { problem.offers.allows($0.terms) }
    scopes = offers.map { ReservationScope(of: $0.sku) }
    let targets = problem.candidates.flatMap { $0.actions.compactMap(\.target) }
    let skus = Set(problem.demand.groups.map(\.sku)).union(targets).sorted()
    self.skus = skus
    price = skus.map { problem.prices.onDemand[$0] ?? 0 }
    uppers = zip(offers, scopes).map { offer, scope in
      // Every machine may come to this scope.
      let peak = (0..<problem.demand.window.hours).reduce(0.0) { most, h in
        max(
          most,
          problem.demand.groups.indices.reduce(0.0) {
            $0 + (scope.units(of: problem.demand.groups[$1].sku) ?? 0) * problem.demand[$1, h]
          })
      }
      let largest = skus.compactMap { scope.units(of: $0) }.max() ?? 0
      let all = peak + largest * Double(problem.candidates.count)
      return Int((all / (scope.units(of: offer.sku) ?? 1)).rounded(.up))
    }
    size = uppers.reduce(problem.candidates.reduce(1) { $0 * ($1.actions.count + 1) }) {
      $0 * ($1 + 1)
    }
  }

  private let uppers: [Int]

  mutating func run() {
    var choice = [Int](repeating: -1, count: problem.candidates.count)
    repeat {
      let chosen = zip(problem.candidates, choice).compactMap { candidate, a in
        a < 0
          ? nil
          : ChosenAction(
            resource: candidate.resource, runningHours: candidate.runningHours,
            action: candidate.actions[a])
      }
      let demand = hourly(problem.demand.applying(chosen))
      var counts = [Int](repeating: 0, count: offers.count)
      repeat { consider(counts, demand) } while Self.advance(&counts, uppers, from: 0)
    } while Self.advance(&choice, problem.candidates.map { $0.actions.count - 1 }, from: -1)
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

  /// Demand by hour and SKU.
  private func hourly(_ demand: Demand) -> [[Double]] {
    (0..<window.hours).map { h in
      skus.map { sku in
        demand.groups.indices.reduce(0) { $0 + (demand.groups[$1].sku == sku ? demand[$1, h] : 0) }
      }
    }
  }

  private mutating func consider(_ counts: [Int], _ demand: [[Double]]) {
    tried += 1
    var cost = 0.0
    var upfront = 0.0
    var perHour = 0.0
    var threeYears = 0.0
    var bought: [ReservationScope: Double] = [:]
    for (i, count) in counts.enumerated() where count > 0 {
      let commitment = Commitment(
        id: "", terms: offers[i].terms,
        subject: .reservation(
          sku: offers[i].sku, zone: nil, count: Double(count), upfront: offers[i].upfront,
          hourly: offers[i].hourly),
        start: window.start, end: window.start + offers[i].terms.term.hours)
      cost += commitment.costInside(window, costOfCapital: problem.policy.costOfCapital)
      upfront += commitment.upfront
      perHour += commitment.effectiveHourly
      if offers[i].terms.term == .threeYears { threeYears += commitment.effectiveHourly }
      bought[scopes[i], default: 0] += Double(count) * (scopes[i].units(of: offers[i].sku) ?? 0)
    }
    let policy = problem.policy
    let dust = 1e-9
    if upfront > (policy.maxUpfront ?? .infinity) * (1 + dust) { return }
    if perHour > (policy.maxHourlyCommitment ?? .infinity) * (1 + dust) { return }
    if threeYears > (policy.maxThreeYearShare ?? 1) * perHour + dust { return }
    let (left, eligible) = remaining(bought, demand)
    if left.eligible > (1 - (policy.minCoverage ?? 0)) * eligible + dust { return }
    if left.eligible < (1 - (policy.maxCoverage ?? 1)) * eligible - dust { return }
    for commitment in problem.owned {
      cost += commitment.costInside(window, costOfCapital: policy.costOfCapital)
    }
    best = min(best ?? .infinity, cost + left.all)
  }

  /// What stays on demand, and what the usage that reservations are sold for would cost on demand.
  private func remaining(
    _ bought: [ReservationScope: Double], _ demand: [[Double]]
  ) -> (left: (all: Double, eligible: Double), eligible: Double) {
    let sold = Set(problem.prices.reservations.map { ReservationScope(of: $0.sku) })
    let isEligible = skus.map { sold.contains(ReservationScope(of: $0)) }
    var left = (all: 0.0, eligible: 0.0)
    var eligible = 0.0
    for h in 0..<window.hours {
      var rest = demand[h]
      for g in skus.indices where isEligible[g] { eligible += price[g] * rest[g] }
      var units = bought
      for owned in problem.owned where window.indices(from: owned.start, to: owned.end).contains(h)
      {
        guard case .reservation(let sku, let zone, let count, _, _) = owned.subject else {
          continue
        }
        let scope = ReservationScope(of: sku)
        if zone == nil {
          units[scope, default: 0] += count * (scope.units(of: sku) ?? 0)
        } else if let g = skus.firstIndex(of: sku) {
          rest[g] = max(0, rest[g] - count)
        }
      }
      for (scope, amount) in units {
        var amount = amount
        let members = skus.indices.compactMap { g in scope.units(of: skus[g]).map { (g, $0) } }
        for (g, use) in members.sorted(by: { price[$0.0] / $0.1 > price[$1.0] / $1.1 }) {
          let taken = min(rest[g], amount / use)
          rest[g] -= taken
          amount -= taken * use
        }
      }
      for g in skus.indices {
        left.all += price[g] * rest[g]
        if isEligible[g] { left.eligible += price[g] * rest[g] }
      }
    }
    return (left, eligible)
  }
}

import Billing
import CloudCosts
import Forecast
import Planning

/// The optimizer walked over a history: at each date it plans for futures made of what was known
/// then, with everything that is on sale, and buys what the plan buys on that day.
///
/// What earlier dates bought is owned; the optimizer allows for it as if it will be renewed,
/// since what to put in its place is decided when it ends. The plan may buy later, too, on dates
/// that lie ever further apart: so growth is not bought ahead. Only today's purchases are made; the
/// rest is planned anew next time.
///
/// Limits of the policy hold for the walk: sums and the share of three-year plans for all that is
/// held, the cap on coverage for the usage that is known on each date. What they allow today is in
/// `WalkStep` and `Policy.afterBuying`. Limits by month, by family or account, and on single
/// purchases are those of each date's plan.
struct PlannerWalk {
  /// All usage over the whole history: what happens to one part tells of the others.
  let history: Demand
  /// The groups of it that are decided on.
  let members: [Int]
  let prices: PriceBook
  var offers: OfferFilter
  var policy: Policy
  var risk: RiskSettings?
  let settings: BacktestSettings.Planner
  var forecast: ForecastSettings
  /// Hours of the history in which is decided, ascending.
  let dates: [Int]
  /// Hours between two dates.
  let every: Int
  let stop: StopSignal

  /// The usage that is decided on.
  var demand: Demand { history.keeping(members) }

  /// What is bought, in the order of the dates.
  func purchases(progress: (String) -> Void) throws -> [Commitment] {
    var bought: [Commitment] = []
    for date in dates {
      let now = history.window.start + date
      progress("\(now)")
      bought += try decide(now, held: bought.filter { $0.end > now }).enumerated().map {
        var purchase = $1
        purchase.id = "\(now) \($0 + 1)"
        return purchase
      }
    }
    return bought
  }

  /// What is bought now.
  ///
  /// - Parameter spent: what of `held` counts against limits on sums; nil: all of it.
  func decide(
    _ now: Hour, held: [Commitment], spent: [Commitment]? = nil
  ) throws -> [Commitment] {
    let past = history.restricted(to: HourWindow(from: history.window.start, to: now))
    // Of what is used later only, not even the name is known.
    let known = past.keeping(past.groups.indices.filter { past.hours(of: $0).contains { $0 > 0 } })
    let decided = Set(members.map { history.groups[$0] })
    guard known.groups.contains(where: decided.contains) else { return [] }
    let horizon = HourWindow(start: now, hours: settings.horizonMonths * 730)
    let made = try Forecaster(forecast, place: "backtest.planner")
      .paths(history: known, horizon: horizon) { [settings] index, path in
        path.sampled(every: settings.hoursPerStep, path: index)
      }
    let heirs = made.successors.filter { decided.contains($0.value) }
    let paths = made.paths.keeping(decided.union(heirs.keys))
    // What the price book does not know is as dear as what it comes after.
    let twins = heirs.filter { prices.onDemandPrice(of: $0.key.sku) == nil }
      .map { (new: $0.key.sku, as: $0.value.sku) }
    var problem = PlanningProblem(
      paths: paths, risk: risk, prices: prices.adding(twins),
      owned: held.map { $0.renewed(until: horizon.end) }, offers: offers,
      policy: policy.afterBuying(spent ?? held))
    let seen = known.groups.indices.filter { decided.contains(known.groups[$0]) }
    problem.step = WalkStep(
      owned: held, room: try room(known.keeping(seen), held: held, before: now))
    problem.hoursPerStep = settings.hoursPerStep
    problem.ladder = Ladder(on: later(in: horizon).map { now + $0 })
    problem.chargesBeyond = true
    if paths.paths.count == 1 {
      problem.paths = nil
      problem.risk = nil
    }
    return try plan(problem).filter { $0.start == now }
  }

  /// On-demand value per hour that may be covered next to what is held already, as the judge
  /// measures it in the last four weeks; nil where nothing limits it.
  private func room(_ known: Demand, held: [Commitment], before now: Hour) throws -> Double? {
    guard let cap = policy.maxCoverage, cap < 1 else { return nil }
    let hours = min(672, known.window.hours)
    let lately = known.keeping(
      known.groups.indices.filter { !policy.exclude.contains(known.groups[$0]) }
    ).restricted(to: HourWindow(from: now + -hours, to: now))
    // Who holds something now is asked what it would have covered then.
    let bill = try Judge(prices: prices).bill(
      lately,
      under: held.map {
        var earlier = $0
        earlier.start = min($0.start, lately.window.start)
        return earlier
      })
    let open = cap * bill.eligibleOnDemand.value - bill.coveredOnDemand.value
    return max(0, open) / Double(max(1, hours))
  }

  /// What to buy at the same dates who knows what happens up to the end of the history. Nothing
  /// behind it counts, as in the bill: each commitment costs the hours of its term that lie before
  /// the end.
  func hindsight() throws -> [Commitment] {
    guard let first = dates.first else { return [] }
    let window = HourWindow(from: demand.window.start + first, to: demand.window.end)
    var problem = PlanningProblem(
      demand: demand.restricted(to: window)
        .sampled(every: settings.hindsightHoursPerStep),
      prices: prices, offers: offers, policy: policy)
    problem.hoursPerStep = settings.hindsightHoursPerStep
    problem.ladder = Ladder(on: dates.map { history.window.start + $0 })
    return try plan(problem)
  }

  private func plan(_ problem: PlanningProblem) throws -> [Commitment] {
    var effort = PlanningEffort(gap: settings.gap, timeLimit: 120, stop: stop)
    effort.explains = false
    return try Planner(problem, effort: effort).plan().purchases.map(\.commitment)
  }

  /// Dates on which the plan may buy again: each twice as far away as the one before, up to the
  /// horizon.
  private func later(in horizon: HourWindow) -> [Int] {
    var result: [Int] = []
    var hours = every
    while hours < min(horizon.hours, Term.oneYear.hours) {
      result.append(hours)
      hours *= 2
    }
    return result
  }
}

extension Commitment {
  /// The same, lasting at least until then.
  fileprivate func renewed(until end: Hour) -> Commitment {
    var renewed = self
    renewed.end = max(renewed.end, end)
    return renewed
  }
}

extension Policy {
  /// What is left of the limits on sums once these have been bought.
  func afterBuying(_ held: [Commitment]) -> Policy {
    var rest = self
    rest.maxUpfront = maxUpfront.map { max(0, $0 - held.reduce(0) { $0 + $1.upfront }) }
    rest.maxHourlyCommitment = maxHourlyCommitment.map {
      max(0, $0 - held.reduce(0) { $0 + $1.effectiveHourly })
    }
    return rest
  }
}

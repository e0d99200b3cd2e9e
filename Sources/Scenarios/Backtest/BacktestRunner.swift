import Billing
import CloudCosts
import Forecast
import Planning

/// Walks over a history: decides at each date with what was known then, and has the judge bill what
/// happened. Every policy has the same dates and the same offer; what is owned is left aside.
struct BacktestRunner {
  let name: String
  let settings: BacktestSettings
  let demand: Demand
  let prices: PriceBook
  let terms: OfferTerms
  let pools: [BacktestPool]
  let chosen: [Int]
  let from: Int
  let inputs: ScenarioInputs
  let forecast: ForecastSettings

  /// - Parameter forecast: how the optimizer's futures are made.
  /// - Throws: `FindingsError` where the history or the prices do not allow a backtest.
  init(
    _ inputs: ScenarioInputs, _ settings: BacktestSettings,
    forecast: ForecastSettings = ForecastSettings(method: .bootstrap)
  ) throws(FindingsError) {
    name = inputs.name
    self.inputs = inputs
    self.forecast = forecast
    self.settings = settings
    let history = settings.isReversed ? inputs.demand.reversed : inputs.demand
    demand = history
    let start =
      settings.from.map { $0 - history.window.start } ?? settings.usualStart(history.window.hours)
    from = start
    let provider = history.groups.first?.sku.provider ?? .aws
    let product =
      settings.premium == nil ? settings.product ?? provider.widestPlan : provider.widestPlan
    let terms = OfferTerms(product: product, term: settings.term, payment: settings.payment)
    let prices =
      settings.premium.map { PriceBook.single(history, terms: terms, premium: $0) } ?? inputs.prices
    let pools = PoolBuilder(
      demand: history, prices: prices, terms: terms,
      division: settings.pools
    ).pools()
    let hours = history.window.hours
    let chosen = pools.indices.filter { index in
      settings.only.isEmpty || settings.only.contains { pools[index].name.contains($0) }
    }
    (self.terms, self.prices, self.pools, self.chosen) = (terms, prices, pools, chosen)
    if start < BacktestSettings.leastHours || hours - start < settings.every {
      throw FindingsError([
        Finding(
          .error, rule: "backtest.too-little-history", place: "backtest.from",
          message: "decisions from \(history.window.start + start) leave \(max(0, start)) hours to "
            + "learn from and \(max(0, hours - start)) to bill; the history has \(hours)",
          remedy: "leave \(BacktestSettings.leastHours) hours before `backtest.from` and "
            + "\(settings.every) after it")
      ])
    }
    let isUsed = chosen.contains { pools[$0].trace.sum(start..<hours) > 0 }
    guard !pools.isEmpty, isUsed else {
      let isNamed = !pools.isEmpty && chosen.isEmpty
      throw FindingsError([
        Finding(
          .error, rule: isNamed ? "backtest.unknown-pool" : "backtest.nothing-on-sale",
          place: isNamed ? "backtest.only" : "backtest.product",
          message: isNamed
            ? "no usage is named so"
            : "there is no usage that \(terms.product.title), \(terms.term.years) year(s), "
              + "\(terms.payment.title) is on sale for",
          remedy: isNamed
            ? "use a part of: \(pools.prefix(8).map(\.name).joined(separator: ", "))"
            : "choose backtest.product, term and payment among what the price file sells")
      ])
    }
  }

  func run(progress: (String) -> Void) throws -> Backtest {
    let judge = Judge(prices: prices)
    let hours = demand.window.hours
    let window = HourWindow(from: demand.window.start + from, to: demand.window.end)
    let wanted = settings.policies.isEmpty ? PolicyName.allCases : settings.policies + presets
    var tallies: [PolicyName: BacktestTally] = [:]
    var names = PolicyName.allCases.filter { wanted.contains($0) || $0 == .hindsight }
    names.removeAll { !isShown($0) }
    var findings = inputs.sharing.sharesAll ? [] : [Self.countsAllAsSharing]
    var list = Money.zero
    let used = chosen.filter { pools[$0].trace.sum(from..<hours) > 0 }
    for index in used {
      let usage = demand.keeping(pools[index].members).restricted(to: window)
      let onDemand = try judge.bill(usage, under: [])
      list += onDemand.cost
      let tail = BacktestTail(after: demand.keeping(pools[index].members), judge: judge)
      for name in names where !isWalked(name) && name != .finoptim {
        progress("\(self.name): \(pools[index].name), \(name.rawValue)")
        let bill = try judge.bill(usage, under: commitments(name, pool: index))
        try tallies[name, default: BacktestTally(months: window.months.count)].add(
          bill, against: onDemand, tail: tail)
      }
    }
    let members = used.flatMap { pools[$0].members }.sorted()
    try walk(names, members, window, judge, &tallies, progress)
    if names.contains(.finoptim) {
      progress("\(self.name): finoptim")
      findings += try walkFinoptim(members, window, judge, &tallies)
    }
    let best = list - (tallies[.hindsight]?.cost ?? list)
    var backtest = Backtest(
      run: name, currency: prices.currency, window: window, settings: settings, terms: terms,
      pools: chosen.count, onDemand: list,
      policies: names.compactMap { name in
        tallies[name]?.result(name, list: list, hindsight: best)
      },
      months: window.months.map(\.month), findings: findings)
    if backtest.isShort { backtest.findings.append(shortness(window)) }
    return backtest
  }

  private static let countsAllAsSharing = Finding(
    .warning, rule: "backtest.shared", place: "sharing",
    message: "rules are compared as if all accounts shared what is bought, and the scenario says"
      + " that they do not: savings are too high by what sharing would have kept apart",
    remedy: "compare the rules with each other, and take what a plan saves from plimsoll run")

  private func shortness(_ window: HourWindow) -> Finding {
    let dates = (window.hours + settings.every - 1) / settings.every
    return Finding(
      .warning, rule: "backtest.short-window", place: "backtest.from",
      message: "\(window.hours / 24) days are billed, with \(dates) date(s) to buy at, and nothing"
        + " that is bought comes to its end: which rule is best here may be chance",
      remedy: "name a longer history; until then look at what is locked on, and at tail_savings in"
        + " --json")
  }

  /// What a policy buys for one pool.
  private func commitments(_ name: PolicyName, pool index: Int) -> [Commitment] {
    let pool = pools[index]
    let hours = demand.window.hours
    var result: [Commitment] = []
    func buy(_ units: Double, at hour: Int) {
      let id = "\(pool.name) \(hour)"
      guard units.isFinite, units > 0,
        let bought = pool.commitment(
          units, id: id, terms: terms, start: demand.window.start + hour)
      else { return }
      result.append(bought)
    }
    let dates = Array(stride(from: from, to: hours, by: settings.every))
    switch name {
    case .hindsight, .hindsightOfProduct:
      let best = Hindsight(
        pool.trace.hours, premium: pool.premium(over: from..<hours), dates: dates,
        term: terms.term.hours, end: hours)
      for (date, units) in zip(dates, best.purchases(resolution: pool.resolution)) {
        buy(units, at: date)
      }
    case .wangLiLiang:
      // In 200 steps from nothing to the peak known, and at least whole units of a reservation.
      let known = pool.trace.hours[..<from].max() ?? 0
      let unit = max(known / 200, pool.resolution)
      let rule = BreakEvenRule(
        onDemand: pool.premium(over: max(0, from - 8760)..<from), fee: Double(terms.term.hours),
        term: terms.term.hours)
      let bought = rule.reservations(pool.trace.hours, from: from, unit: unit)
      for hour in from..<hours where bought[hour] > 0 { buy(Double(bought[hour]) * unit, at: hour) }
    default:
      guard let policy = name.policy else { return [] }
      for date in dates {
        let hour = demand.window.start + date
        let held = result.reduce(0.0) { $0 + ($1.end > hour ? pool.units(of: $1) : 0) }
        buy(
          policy.purchase(
            BuyingSituation(
              pools: pools, pool: index, now: date, held: held, term: terms.term.hours)),
          at: date)
      }
    }
    return result
  }
}

extension PolicyName {
  /// Nil where it does not decide at dates with what is known.
  var policy: (any BuyingPolicy)? {
    switch self {
    case .onDemand: OnDemandPolicy()
    case .buyYearly: FlatPolicy(hours: 720, onceATerm: true)
    case .flat7: FlatPolicy(hours: 168)
    case .flat30: FlatPolicy(hours: 720)
    case .flat60: FlatPolicy(hours: 1440)
    case .floor: FloorPolicy()
    case .ladder: FlatPolicy(hours: 720, share: 0.25)
    case .trendLadder: TrendLadderPolicy()
    case .crawl: HazardLadderPolicy(cover: 0.6)
    case .walk: HazardLadderPolicy(cover: 0.8)
    case .run: HazardLadderPolicy()
    case .wangLiLiang, .hindsight, .hindsightOfProduct, .planner, .plannerCrawl, .plannerWalk,
      .plannerRun, .finoptim:
      nil
    }
  }

  /// Whether it is there only where the optimizer walks.
  var walks: Bool {
    self == .planner || self == .hindsightOfProduct || self == .finoptim || preset != nil
  }
}

extension BacktestPool {
  /// The finest step of a purchase that matters.
  var resolution: Double {
    switch subject {
    case .reservation: 1
    case .plan: max((trace.hours.max() ?? 0) / 4096, 0.001 / unitPrice)
    }
  }
}

extension Provider {
  /// The plan that covers most of its usage.
  var widestPlan: Product { Product.widestPlan(of: self) ?? .onDemand }
}

extension PriceBook {
  /// One price for all: a committed instance-hour costs 1, one on demand `premium`.
  static func single(_ demand: Demand, terms: OfferTerms, premium: Double) -> PriceBook {
    PriceBook(
      rows: demand.groups.flatMap { group in
        [
          PriceRow(sku: group.sku.zoneless, product: .onDemand, hourly: premium),
          PriceRow(
            sku: group.sku.zoneless, product: terms.product, term: terms.term,
            payment: terms.payment, hourly: 1),
        ]
      })
  }
}

extension Demand {
  /// Some of the groups.
  func keeping(_ members: [Int]) -> Demand {
    Demand(
      window: window, groups: members.map { groups[$0] },
      quantities: members.flatMap { hours(of: $0) })
  }

  /// Each group's hours from the last to the first.
  var reversed: Demand {
    Demand(
      window: window, groups: groups,
      quantities: groups.indices.flatMap { hours(of: $0).reversed() })
  }
}

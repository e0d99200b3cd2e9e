import Billing
import CloudCosts
import Planning

// The rows that decide on all usage at once: the optimizer, its presets, and finoptim.
extension BacktestRunner {
  /// The rows of presets that are asked for.
  var presets: [PolicyName] {
    let walked = settings.planner?.presets.map(\.preset) ?? []
    return PolicyName.allCases.filter { $0.preset.map(walked.contains) ?? false }
  }

  /// Whether a row's way of buying is there at all.
  func isShown(_ name: PolicyName) -> Bool {
    if name.preset != nil { return presets.contains(name) }
    // A stranger to Plimsoll is shown next to the optimizer, or where it is asked for.
    if name == .finoptim && settings.policies.contains(name) { return true }
    return settings.planner != nil || !name.walks
  }

  /// Whether the optimizer decides, on all usage at once.
  func isWalked(_ name: PolicyName) -> Bool {
    settings.planner != nil
      && (name == .planner || name == .hindsight || name.preset != nil)
  }

  /// Adds what the optimizer decides, if it is to walk.
  func walk(
    _ names: [PolicyName], _ members: [Int], _ window: HourWindow, _ judge: Judge,
    _ tallies: inout [PolicyName: BacktestTally], _ progress: (String) -> Void
  ) throws {
    guard let planner = settings.planner else { return }
    let own = OfferFilter(
      products: [terms.product], terms: [terms.term], payments: [terms.payment])
    let free = PlannerWalk(
      history: demand, members: members, prices: prices,
      offers: settings.premium == nil ? inputs.offers : own, policy: inputs.policy,
      risk: inputs.risk, settings: planner, forecast: forecast,
      dates: Array(stride(from: from, to: demand.window.hours, by: settings.every)),
      every: settings.every, stop: inputs.effort.stop)
    let usage = free.demand.restricted(to: window)
    let onDemand = try judge.bill(usage, under: [])
    for name in names where isWalked(name) {
      progress("\(self.name): \(name.rawValue)")
      var walk = free
      if let walked = planner.presets.first(where: { $0.preset == name.preset }) {
        walk.policy = walked.policy
        walk.risk = walked.risk
        if settings.premium == nil { walk.offers = walked.offers }
      }
      let commitments =
        try name == .hindsight
        ? walk.hindsight() : walk.purchases { progress("\(self.name): \(name.rawValue), \($0)") }
      let bill = try judge.bill(usage, under: commitments)
      try tallies[name, default: BacktestTally(months: window.months.count)].add(
        bill, against: onDemand, tail: BacktestTail(after: free.demand, judge: judge))
      guard name != .hindsight, planner.seeds > 1 else { continue }
      for seed in 1..<planner.seeds {
        walk.forecast.seed = forecast.seed &+ UInt64(seed)
        let bought = try walk.purchases {
          progress("\(self.name): \(name.rawValue), seed \(seed + 1), \($0)")
        }
        tallies[name]?.costsOfOtherSeeds.append(try judge.bill(usage, under: bought).cost)
      }
    }
  }

  /// Adds what finoptim decides.
  ///
  /// - Returns: why there is no such row, where there is none.
  func walkFinoptim(
    _ members: [Int], _ window: HourWindow, _ judge: Judge,
    _ tallies: inout [PolicyName: BacktestTally]
  ) throws -> [Finding] {
    let usage = demand.keeping(members)
    guard
      let terms = usage.groups.first?.sku.provider.finoptimTerms(settings.term, settings.payment),
      settings.premium == nil, inputs.offers.allows(terms.plan),
      inputs.offers.allows(terms.reservation)
    else { return [Finoptim.notApplicable] }
    guard let finoptim = Finoptim() else { return [Finoptim.missing] }
    let walk = FinoptimWalk(
      finoptim: finoptim, demand: usage, prices: prices, terms: terms,
      dates: Array(stride(from: from, to: demand.window.hours, by: settings.every)))
    let billed = usage.restricted(to: window)
    do {
      let bill = try judge.bill(billed, under: walk.purchases())
      try tallies[.finoptim, default: BacktestTally(months: window.months.count)].add(
        bill, against: judge.bill(billed, under: []),
        tail: BacktestTail(after: usage, judge: judge))
    } catch let error as FindingsError {
      return error.findings
    }
    return []
  }
}

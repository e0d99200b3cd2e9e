import Billing
import CloudCosts
import Foundation
import Ingest
import Planning

/// Assesses the practice that a history of bills shows.
package struct Assessor: Sendable {
  private let path: String
  private let priceFiles: [String]
  private let stop: StopSignal

  /// Accounts that are solved for by themselves.
  private static let mostAccounts = 12
  /// A bound needs no closer look: it holds whatever the gap.
  private static let gap = 0.001
  private static let secondsEach = 20.0

  /// - Parameters:
  ///   - path: a history that `plimsoll import` wrote.
  ///   - priceFiles: prices that go before those of the bill and of the books that ship.
  package init(path: String, priceFiles: [String] = [], stop: StopSignal = StopSignal()) {
    self.path = path
    self.priceFiles = priceFiles
    self.stop = stop
  }

  /// - Throws: where there is no history, nothing in it, or a price file cannot be read.
  package func assessment(
    progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> Assessment {
    let overview = try Informer(path: path, by: [.account, .tag]).overview()
    let history = try History(path: path)
    let costs = try history.costs()
    let owned = try history.ownership().map(\.inForce)
    var assessment = Assessment(
      path: path, currency: overview.currency, window: overview.window, total: overview.total,
      efficiency: nil, months: [], accounts: [], lockInMonths: nil, expiries: [], corePrice: nil,
      measures: [], findings: overview.findings)
    let hourly = Assessor.hourlyCosts(costs)
    let ends = Assessor.ends(owned, hourly, after: overview.window.end)
    assessment.lockInMonths = Assessor.lockIn(ends, at: overview.window.end)
    assessment.expiries = Assessor.expiries(ends)
    assessment.corePrice = Assessor.corePrice(costs)
    try addEfficiency(to: &assessment, history, costs, progress)
    assessment.measures = MaturityRules.measures(
      assessment, allocated: Assessor.allocated(overview))
    return assessment
  }

  // MARK: What the bill says

  /// Of each commitment, what it costs an hour: amortised, on the days on which it was seen.
  private static func hourlyCosts(_ costs: [HistoryCost]) -> [String: Double] {
    var sums: [String: (cost: Money, days: Set<Int>)] = [:]
    for cost in costs where !cost.commitment.isEmpty {
      guard cost.chargeClass == .covered || cost.chargeClass == .unused else { continue }
      sums[cost.commitment, default: (.zero, [])].cost += cost.effective
      sums[cost.commitment, default: (.zero, [])].days.insert(cost.day)
    }
    return sums.mapValues { $0.cost.value / Double(max(1, $0.days.count) * 24) }
  }

  /// When what goes on ends, and what it costs an hour; of what is known to end, and was seen.
  private static func ends(
    _ owned: [HistoryCommitment], _ hourly: [String: Double], after window: Hour
  ) -> [(end: Hour, hourly: Double)] {
    unique(owned).compactMap { commitment in
      guard let end = commitment.end, end > window, let cost = hourly[commitment.id] else {
        return nil
      }
      return (end, cost)
    }
  }

  /// Nil where no commitment is known to go on.
  private static func lockIn(_ ends: [(end: Hour, hourly: Double)], at now: Hour) -> Double? {
    let weight = ends.reduce(0) { $0 + $1.hourly }
    let sum = ends.reduce(0) { $0 + $1.hourly * calendarMonths(from: now, to: $1.end) }
    return weight > 0 ? sum / weight : nil
  }

  /// What ends, by calendar quarter after the window.
  private static func expiries(
    _ ends: [(end: Hour, hourly: Double)]
  ) -> [(quarter: String, hourly: Double)] {
    var sums: [String: Double] = [:]
    for (end, hourly) in ends {
      let month = (end + -1).month
      sums["\(month.year)-Q\((month.month - 1) / 3 + 1)", default: 0] += hourly
    }
    return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func unique(_ owned: [HistoryCommitment]) -> [HistoryCommitment] {
    var seen: Set<String> = []
    return owned.sorted { ($0.end != nil ? 0 : 1) < ($1.end != nil ? 0 : 1) }
      .filter { seen.insert($0.id).inserted }
  }

  /// Machines only; what is not used of commitments counts.
  private static func corePrice(_ costs: [HistoryCost]) -> (price: Double, known: Double)? {
    var (cost, unused, used) = (Money.zero, Money.zero, Money.zero)
    var (cores, hours, known) = (0.0, 0.0, 0.0)
    for entry in costs {
      switch entry.chargeClass {
      case .unused: unused += entry.effective
      case .onDemand, .covered:
        if entry.chargeClass == .covered { used += entry.effective }
        guard let sku = entry.subject.group?.sku, sku.service.isMachines else { continue }
        hours += entry.quantity
        guard let processors = sku.processors else { continue }
        known += entry.quantity
        cores += processors * entry.quantity
        // Waste comes on top of covered usage, by its share.
        cost += entry.effective
      default: continue
      }
    }
    guard cores > 0, hours > 0 else { return nil }
    let all = cost.value + unused.value * (used > .zero ? min(1, cost.value / used.value) : 0)
    return (all / cores, known / hours)
  }

  /// The share of the cost that has a value for the tag that has most; nil without tags.
  private static func allocated(_ overview: HistoryOverview) -> Double? {
    overview.breakdowns.filter { $0.dimension == .tag }.map { breakdown in
      let all = breakdown.slices.map(\.effective).total()
      let named = breakdown.slices.filter { !$0.name.isEmpty }.map(\.effective).total()
      return all <= .zero ? 0 : named.value / all.value
    }.max()
  }

  // MARK: What is proven

  private func addEfficiency(
    to assessment: inout Assessment, _ history: History, _ costs: [HistoryCost],
    _ progress: (String) -> Void
  ) throws(FindingsError) {
    let advice: PreparedAdvice
    do {
      advice = try Adviser().prepare(path, named: path, priceFiles: priceFiles)
    } catch {
      assessment.findings += error.findings.map(Assessor.asWarning)
      return
    }
    assessment.findings += advice.findings
    guard let demand = try history.usage()?.demand.used, !demand.groups.isEmpty else { return }
    let book = PriceBook(rows: advice.prices.prices.map(\.row), currency: advice.currency)
    let scope = EfficiencyScope(costs: costs, demand: demand, prices: book)
    do {
      progress("all")
      assessment.efficiency = try efficiency("all", scope, demand, nil)
      for (month, hours) in demand.window.months where !hours.isEmpty && !stop.isStopped {
        progress("\(month)")
        let part = demand.restricted(
          to: HourWindow(start: demand.window.start + hours.lowerBound, hours: hours.count))
        assessment.months.append(try efficiency("\(month)", scope, part, nil))
      }
      for account in scope.accounts.prefix(Self.mostAccounts) where !stop.isStopped {
        progress(account)
        let rows = demand.groups.indices.filter { demand.groups[$0].account == account }
        assessment.accounts.append(
          try efficiency(account, scope, demand.keeping(rows), account))
      }
    } catch {
      assessment.findings.append(
        Finding(
          .warning, rule: "assess.no-bound", place: path,
          message: "no bound could be proven: \(error)",
          remedy: "name a price file with offers for this usage: --prices FILE"))
    }
    if let all = assessment.efficiency, (all.share ?? 0) > 1 {
      assessment.findings.append(
        Finding(
          .warning, rule: "assess.other-prices", place: path,
          message: "the bill is below what the price book can do: it has prices that the book has"
            + " not, so efficiency is too high",
          remedy: "name the prices of this customer: --prices FILE"))
    }
    if scope.accounts.count > Self.mostAccounts {
      assessment.findings.append(
        Finding(
          .note, rule: "assess.accounts", place: path,
          message: "\(scope.accounts.count - Self.mostAccounts) smaller accounts are in the whole,"
            + " and not assessed by themselves",
          remedy: "nothing"))
    }
  }

  private func efficiency(
    _ name: String, _ scope: EfficiencyScope, _ demand: Demand, _ account: String?
  ) throws -> Efficiency {
    let effort = PlanningEffort(gap: Self.gap, timeLimit: Self.secondsEach, stop: stop)
    let problem = PlanningProblem(demand: demand, prices: scope.prices)
    let bound = try GooglePlanner.proven(problem, effort).bound
    return Efficiency(
      name: name, bill: scope.bill(in: demand.window, account),
      onDemand: try Judge(prices: scope.prices).bill(demand, under: []).cost,
      bound: Money(rounding: max(0, bound)))
  }

  private static func asWarning(_ finding: Finding) -> Finding {
    Finding(
      finding.severity == .error ? .warning : finding.severity, rule: finding.rule,
      place: finding.place, message: finding.message, remedy: finding.remedy)
  }
}

/// The part of a bill that a bound is compared with: usage of the groups that have prices, and what
/// was not used of commitments.
private struct EfficiencyScope {
  let prices: PriceBook
  /// Dearest first.
  let accounts: [String]
  private let costs: [HistoryCost]

  init(costs: [HistoryCost], demand: Demand, prices: PriceBook) {
    self.prices = prices
    let groups = Set(demand.groups.map { UsageGroup(account: $0.account, sku: $0.sku.zoneless) })
    let kept = costs.filter { cost in
      switch cost.chargeClass {
      case .unused: return true
      case .onDemand, .covered:
        guard let group = cost.subject.group else { return false }
        return groups.contains(UsageGroup(account: group.account, sku: group.sku.zoneless))
      default: return false
      }
    }
    self.costs = kept
    var sums: [String: Money] = [:]
    for cost in kept { sums[cost.subject.account, default: .zero] += cost.effective }
    let named = Set(demand.groups.map(\.account))
    accounts = sums.keys.filter(named.contains).sorted {
      (sums[$1] ?? .zero, $0) < (sums[$0] ?? .zero, $1)
    }
  }

  func bill(in window: HourWindow, _ account: String?) -> Money {
    costs.lazy.filter { cost in
      let hour = Hour(sinceEpoch: cost.day * 24)
      return window.start.sinceEpoch / 24 <= cost.day && hour < window.end
        && (account.map { $0 == cost.subject.account } ?? true)
    }.map(\.effective).total()
  }
}

import CloudCosts
import Ingest

/// Reads a history and sums it up.
package struct Informer: Sendable {
  private static let mostUncovered = 15

  private let path: String
  private let dimensions: [HistoryOverview.Dimension]
  private let prices: InputFile?

  /// - Parameters:
  ///   - path: a history that `plimsoll import` wrote.
  ///   - dimensions: what to cut the bill by, in that order.
  ///   - prices: a price file, for what commitments at its prices would save.
  package init(
    path: String, by dimensions: [HistoryOverview.Dimension], prices: InputFile? = nil
  ) {
    self.path = path
    self.prices = prices
    self.dimensions = dimensions
  }

  /// - Throws: where there is no history, or nothing in it.
  package func overview() throws(FindingsError) -> HistoryOverview {
    guard HistoryFile.isHistory(path) else {
      throw FindingsError([
        Finding(
          .error, rule: "inform.not-a-history", place: path,
          message: "there is no history of this name, or it is another kind of file",
          remedy: "import bills first: plimsoll import FILE… --into \(path)")
      ])
    }
    let history = try History(path: path)
    let costs = try history.costs()
    guard let first = costs.map(\.day).min(), let last = costs.map(\.day).max() else {
      throw FindingsError([
        Finding(
          .error, rule: "inform.empty", place: path, message: "the history has no costs",
          remedy: "import bills into it: plimsoll import FILE… --into \(path)")
      ])
    }
    let window = HourWindow(
      start: Hour(sinceEpoch: first * 24), hours: (last - first + 1) * 24)
    let sources = try history.sources()
    var total = CostSlice(name: "all")
    for cost in costs { total.add(cost) }
    var overview = HistoryOverview(
      path: path, currency: sources.first?.currency ?? "USD", window: window, sources: sources,
      total: total, breakdowns: dimensions.flatMap { breakdowns($0, costs) },
      days: days(costs, from: first, count: last - first + 1), expiring: [],
      uncovered: try uncovered(costs, days: window.hours / 24, history), anomalies: [],
      findings: try history.findings())
    overview.coverage = coverage(costs)
    anomalies(costs, from: first, count: last - first + 1, in: &overview)
    let owned = try history.ownership().map(\.inForce)
    overview.kinds = KindCoverage.all(costs, owned)
    unclassed(owned, in: &overview)
    neverCovered(costs, in: &overview)
    expiring(owned, costs, in: &overview)
    try unrealized(costs, history, in: &overview)
    return overview
  }

  private func unclassed(_ owned: [HistoryCommitment], in overview: inout HistoryOverview) {
    let ids = Set(owned.filter { $0.product == nil && $0.kind != nil }.map(\.id))
    guard !ids.isEmpty else { return }
    overview.findings.append(
      Finding(
        .note, rule: "inform.unknown-class", place: path,
        message:
          "the bill does not tell whether \(ids.count) reservations are standard or convertible (FOCUS"
          + " has no column for it): in the coverage they count as standard",
        remedy: "nothing, or import a Cost and Usage Report, which has the offering class"))
  }

  /// Demand that no commitment covers: it is in no coverage, and that is said.
  private func neverCovered(_ costs: [HistoryCost], in overview: inout HistoryOverview) {
    var money = Money.zero
    var types: Set<String> = []
    for cost in costs where cost.chargeClass == .onDemand {
      guard let sku = cost.subject.group?.sku, !sku.isCoverable else { continue }
      money += cost.effective
      types.insert(sku.instanceType)
    }
    guard let first = types.min() else { return }
    let others = types.count > 1 ? " and \(types.count - 1) other types" : ""
    overview.findings.append(
      Finding(
        .note, rule: "inform.never-covered", place: path,
        message:
          "\(money.formatted()) \(overview.currency) are usage of types that no commitment is known to"
          + " cover (\(first)\(others)); they are not in the coverage",
        remedy: "nothing, or move to types that can be committed to"))
  }

  /// By what commitments cover: machines, Fargate, caches, most expensive first.
  private func coverage(_ costs: [HistoryCost]) -> [CostSlice] {
    var slices: [String: CostSlice] = [:]
    for cost in costs where cost.chargeClass.isUsage {
      guard let kind = cost.subject.coverable else { continue }
      slices[kind, default: CostSlice(name: kind)].add(cost)
    }
    return slices.values.sorted { ($1.list, $0.name) < ($0.list, $1.name) }
  }

  private func breakdowns(
    _ dimension: HistoryOverview.Dimension, _ costs: [HistoryCost]
  ) -> [HistoryOverview.Breakdown] {
    guard dimension == .tag else {
      return [breakdown(dimension, nil, costs) { Informer.name($0.subject, dimension) }]
    }
    let keys = Set(costs.flatMap(\.subject.tags.keys)).sorted()
    return keys.map { key in
      breakdown(.tag, key, costs) { $0.subject.tags[key] ?? "" }
    }
  }

  private func breakdown(
    _ dimension: HistoryOverview.Dimension, _ tag: String?, _ costs: [HistoryCost],
    _ name: (HistoryCost) -> String
  ) -> HistoryOverview.Breakdown {
    var slices: [String: CostSlice] = [:]
    for cost in costs {
      let name = name(cost)
      slices[name, default: CostSlice(name: name)].add(cost)
    }
    return HistoryOverview.Breakdown(
      dimension: dimension, tag: tag,
      slices: slices.values.sorted { ($1.effective, $0.name) < ($0.effective, $1.name) })
  }

  private static func name(
    _ subject: ChargeSubject, _ dimension: HistoryOverview.Dimension
  ) -> String {
    switch dimension {
    case .account: subject.account
    case .service: subject.service
    case .region: subject.region
    case .family: subject.group?.sku.family ?? ""
    case .tag: ""
    }
  }

  private func days(
    _ costs: [HistoryCost], from first: Int, count: Int
  ) -> [(onDemand: Money, covered: Money, unused: Money)] {
    var days = [(onDemand: Money, covered: Money, unused: Money)](
      repeating: (.zero, .zero, .zero), count: count)
    for cost in costs {
      switch cost.chargeClass {
      case .onDemand: days[cost.day - first].onDemand += cost.effective
      case .covered: days[cost.day - first].covered += cost.effective
      case .unused: days[cost.day - first].unused += cost.effective
      default: break
      }
    }
    return days
  }

  private func uncovered(
    _ costs: [HistoryCost], days: Int, _ history: History
  ) throws(FindingsError) -> [HistoryOverview.Uncovered] {
    var sums: [UsageGroup: (hours: Double, cost: Money)] = [:]
    for cost in costs where cost.chargeClass == .onDemand {
      guard let group = cost.subject.group else { continue }
      sums[group, default: (0, .zero)].hours += cost.quantity
      sums[group, default: (0, .zero)].cost += cost.effective
    }
    let top = sums.sorted { ($1.value.cost, $0.key) < ($0.value.cost, $1.key) }
      .prefix(Informer.mostUncovered)
    let demand = try history.usage()?.demand
    let rows = Dictionary(
      (demand?.groups ?? []).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let always = AlwaysOnDemand(costs, days: days, of: Set(top.map(\.key)))
    return top.map { group, sum in
      var floor = 0.0
      if let demand, let row = rows[group] {
        let sorted = demand.hours(of: row).sorted()
        floor = sorted[sorted.count / 10]
      }
      return HistoryOverview.Uncovered(
        group: group, instanceHours: sum.hours, cost: sum.cost,
        floor: always.machines(group, floor: floor))
    }
  }

  private func unrealized(
    _ costs: [HistoryCost], _ history: History, in overview: inout HistoryOverview
  ) throws(FindingsError) {
    guard let prices else { return }
    let reading = PriceReader.read(any: prices, currency: overview.currency)
    guard let list = reading.value, !reading.findings.hasErrors else {
      throw FindingsError(reading.findings)
    }
    overview.findings += reading.findings
    var floors: [UsageGroup: Double] = [:]
    if let demand = try history.usage()?.demand {
      for (row, group) in demand.groups.enumerated() {
        let sorted = demand.hours(of: row).sorted()
        floors[group] = sorted[sorted.count / 10]
      }
    }
    let found = UnrealizedSaving.all(
      costs, days: overview.window.hours / 24, floors: floors,
      prices: list.book(currency: overview.currency))
    overview.unrealized = found.savings
    guard let example = found.unpriced.min() else { return }
    overview.findings.append(
      Finding(
        .warning, rule: "inform.no-price", place: prices.name,
        message:
          "there is no on-demand price of \(found.unpriced.count) kinds of machines that always"
          + " run, such as \(example): what they could save is not counted",
        remedy: "add their prices to the file"))
  }

  private func anomalies(
    _ costs: [HistoryCost], from first: Int, count: Int, in overview: inout HistoryOverview
  ) {
    guard count >= AnomalyRule.fewestDays else {
      overview.findings.append(
        Finding(
          .note, rule: "inform.short-history", place: path,
          message: "\(count) days are too few to say which of them are unusual",
          remedy: "import at least \(AnomalyRule.fewestDays) days"))
      return
    }
    let everything = "all usage"
    var series: [String: [Money]] = [:]
    let none = [Money](repeating: .zero, count: count)
    for cost in costs where cost.chargeClass.isUsage {
      for subject in [everything, cost.subject.service] {
        series[subject, default: none][cost.day - first] += cost.list
      }
    }
    // A service alone says nothing that all usage does not say too.
    if series.count == 2 { series = series.filter { $0.key == everything } }
    for (subject, values) in series {
      for found in AnomalyRule.find(values.map(\.value)) {
        overview.anomalies.append(
          AnomalousDay(
            day: first + found.index, subject: subject, usage: values[found.index],
            expected: Money(rounding: found.expected), deviations: found.deviations))
      }
    }
    overview.anomalies.sort { a, b in
      (a.day, a.subject == everything ? 0 : 1, a.subject)
        < (b.day, b.subject == everything ? 0 : 1, b.subject)
    }
  }

  private func expiring(
    _ commitments: [HistoryCommitment], _ costs: [HistoryCost],
    in overview: inout HistoryOverview
  ) {
    var paid: [String: (cost: Money, days: Set<Int>)] = [:]
    for cost in costs where !cost.commitment.isEmpty {
      guard cost.chargeClass == .covered || cost.chargeClass == .unused else { continue }
      paid[cost.commitment, default: (.zero, [])].cost += cost.effective
      paid[cost.commitment, default: (.zero, [])].days.insert(cost.day)
    }
    let end = overview.window.end
    var known: Set<String> = []
    var unknown: Set<String> = []
    for commitment in commitments.sorted(by: { ($0.end != nil ? 0 : 1) < ($1.end != nil ? 0 : 1) })
    where known.insert(commitment.id).inserted {
      guard let ends = commitment.end else {
        unknown.insert(commitment.id)
        continue
      }
      guard ends > end, ends <= end.adding(months: 12) else { continue }
      let cost = paid[commitment.id]
      let hours = Double((cost?.days.count ?? 0) * 24)
      overview.expiring.append(
        HistoryOverview.Expiry(
          id: commitment.id, name: commitment.name, account: commitment.account,
          product: commitment.product?.title ?? commitment.type, end: ends,
          hourly: hours > 0 ? (cost?.cost.value ?? 0) / hours : 0))
    }
    overview.expiring.sort { ($0.end, $0.id) < ($1.end, $1.id) }
    guard !unknown.isEmpty else { return }
    overview.findings.append(
      Finding(
        .note, rule: "inform.unknown-end", place: path,
        message: "the bill does not tell when \(unknown.count) of \(known.count) commitments end",
        remedy: "name them in a file of owned commitments, such as describe-savings-plans prints"))
  }
}

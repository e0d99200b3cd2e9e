import CloudCosts
import Foundation
import Ingest
import Rightsizing

/// Sizes machines on the first half of a trace and looks at the second.
struct Trace {
  private let first: UtilizationHistory
  private let second: [String: UtilizationSeries]
  private let book: PriceBook
  private let paired: PriceBook

  /// What a machine may lose of memory that no one measured.
  private let unknownMemory: RightsizingRules.UnknownMemory

  init?(folder: String, unknownMemory: RightsizingRules.UnknownMemory = .keep) {
    self.unknownMemory = unknownMemory
    let resources = ResourceReader.read(InputFile(path: folder + "/resources.csv"))
    let history = UtilizationReader.read(
      InputFile(path: folder + "/utilization.csv.gz"), resources: resources.value)
    let prices = PriceReader.read(all: [InputFile(path: folder + "/prices.csv")])
    guard let all = history.value, let list = prices.value else {
      for finding in resources.findings + history.findings + prices.findings { print(finding) }
      return nil
    }
    let hours = Set(all.series.flatMap(\.hours)).sorted()
    let middle = hours[hours.count / 2]
    first = UtilizationHistory(series: all.series.map { $0.part { $0 < middle } })
    second = Dictionary(
      all.series.map { ($0.resource.id, $0.part { $0 >= middle }) },
      uniquingKeysWith: { one, _ in one })
    book = list.book(currency: "USD")
    paired = PriceBook(
      rows: book.onDemand.filter { ["c5", "m5", "r5"].contains($0.key.family) }.map {
        PriceRow(sku: $0.key, product: .onDemand, hourly: $0.value)
      })
    let machineHours = all.series.map(\.hours.count).reduce(0, +)
    print("\(all.series.count) machines, \(machineHours) machine-hours, halves meet at \(middle)")
  }

  /// What providers and tools publish as their thresholds: Compute Optimizer as it is unless set
  /// otherwise, and three of its settings. Source: AWS, API_CustomizableMetricParameters (2026);
  /// robusta-dev/krr, README.
  private static let published: [(name: String, rules: RightsizingRules)] = [
    ("Compute Optimizer: P99.5, 20 % headroom", preset(99.5, 80, 80)),
    ("the same at P90, no headroom, memory 10 %", preset(90, 100.001, 90)),
    ("the same at P95, 30 %", preset(95, 70, 70)),
    ("the same at P99.5, 30 %", preset(99.5, 70, 70)),
    (
      "krr: P95 CPU, highest memory + 15 %",
      RightsizingRules(
        maxCPU: 100.001, cpuPercentile: 95, maxMemory: 100 / 1.15, memoryPercentile: 100)
    ),
  ]

  private static func preset(
    _ percentile: Double, _ cpu: Double, _ memory: Double
  ) -> RightsizingRules {
    RightsizingRules(
      maxCPU: cpu, cpuPercentile: percentile, maxMemory: memory, memoryPercentile: 99.5)
  }

  func run() {
    print("\nTypes of c5, m5 and r5, the cheapest that fits; no machine is stopped or terminated.")
    line("default policy", RightsizingRules(), paired)
    for one in Self.published { line(one.name, one.rules, paired) }
    print("\nAll types on sale in the region")
    line("default policy", RightsizingRules(), book)
    line(
      "and burstable", RightsizingRules(actions: [.size, .shape, .generation, .burstable]), book)
    line(
      "and other architectures",
      RightsizingRules(actions: [.size, .shape, .generation, .burstable, .architecture]), book)
  }

  /// Saving against violations: the default's limits at other percentiles, next to what others
  /// save at the rates of violations that they have.
  func curve() {
    print("\nThe default's limits; what share of the hours CPU may be above it, memory half of it")
    let curve = TradeOff(
      points: TradeOff.shares.map { share in
        let rules = RightsizingRules(
          cpuPercentile: 100 - share, memoryPercentile: 100 - share / 2)
        let outcomes = outcomes(rules, paired)
        show("\(share) %", outcomes)
        return outcomes
      })
    print("\nAt the same rate of violations the curve saves, in points more:")
    for one in Self.published {
      print(
        one.name.padding(toLength: 60, withPad: " ", startingAt: 0)
          + curve.compared(with: outcomes(one.rules, paired)))
    }
  }

  private func line(_ name: String, _ rules: RightsizingRules, _ book: PriceBook) {
    show(name, outcomes(rules, book))
  }

  private func show(_ name: String, _ outcomes: [Outcome]) {
    let total = Outcome.total(outcomes)
    let label = name.padding(toLength: 60, withPad: " ", startingAt: 0)
    print(
      "\(label) saves \(Sizes.percent(total.saving))  hours above"
        + " \(Sizes.percent(total.rate, 3))  machines moved \(outcomes.count { $0.isMoved })")
  }

  /// What became of each machine in the second half, in the order of their ids.
  private func outcomes(_ rules: RightsizingRules, _ book: PriceBook) -> [Outcome] {
    var rules = rules
    rules.actions.remove(.terminate)
    rules.unknownMemory = unknownMemory
    guard let start = first.series.compactMap(\.hours.first).min() else { return [] }
    let advice = Rightsizer(prices: book, rules: rules)
      .advice(first, window: HourWindow(start: start, hours: 24 * 366))
    let chosen = Dictionary(
      advice.candidates.map { ($0.resource.id, $0.actions) }, uniquingKeysWith: { one, _ in one })
    let judge = Rightsizer(prices: book, rules: RightsizingRules(minHistoryHours: 1))
    func price(_ sku: SKU) -> Double { book.onDemandPrice(of: sku) ?? 0 }
    return second.sorted { $0.key < $1.key }.compactMap { id, series in
      guard !series.hours.isEmpty else { return nil }
      let hours = Double(series.hours.count)
      let now = price(series.resource.group.sku) * hours
      let target = (chosen[id] ?? []).compactMap(\.target).min { price($0) < price($1) }
      guard let target else { return Outcome(old: now, new: now, hours: hours) }
      return Outcome(
        old: now, new: price(target) * hours, hours: hours,
        above: Double(judge.fit(series, to: target)?.hoursAbove ?? 0), isMoved: true)
    }
  }
}

extension UtilizationSeries {
  /// The hours that are wanted.
  fileprivate func part(_ isWanted: (Hour) -> Bool) -> UtilizationSeries {
    let kept = hours.indices.filter { isWanted(hours[$0]) }
    return UtilizationSeries(
      resource: resource, hours: kept.map { hours[$0] }, cpuMax: kept.map { cpuMax[$0] },
      cpuAvg: kept.map { cpuAvg[$0] }, memoryMax: kept.map { memoryMax[$0] },
      memoryAvg: kept.map { memoryAvg[$0] })
  }
}

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

  func run() {
    print("\nTypes of c5, m5 and r5, the cheapest that fits; no machine is stopped or terminated.")
    line("default policy", RightsizingRules(), paired)
    line(
      "Compute Optimizer: P99.5, 20 % headroom on CPU and memory",
      RightsizingRules(
        maxCPU: 80, cpuPercentile: 99.5, maxMemory: 80, memoryPercentile: 99.5), paired)
    line(
      "krr: P95 CPU, highest memory + 15 %",
      RightsizingRules(
        maxCPU: 100.001, cpuPercentile: 95, maxMemory: 100 / 1.15, memoryPercentile: 100), paired)
    print("\nCurve: limit of CPU and memory at their percentiles")
    for (cpu, memory) in [
      (99.9, 100.0), (99.5, 99.9), (99.5, 99.5), (99, 99.5), (99, 99), (98, 98), (95, 95),
    ] {
      for limit in [80.0, 90, 100] {
        line(
          "CPU P\(cpu), memory P\(memory), below \(limit) %",
          RightsizingRules(
            maxCPU: limit, cpuPercentile: cpu, maxMemory: limit, memoryPercentile: memory), paired)
      }
    }
    print("\nAll types on sale in the region")
    line("default policy", RightsizingRules(), book)
    line(
      "and burstable", RightsizingRules(actions: [.size, .shape, .generation, .burstable]), book)
    line(
      "and other architectures",
      RightsizingRules(actions: [.size, .shape, .generation, .burstable, .architecture]), book)
  }

  private func line(_ name: String, _ rules: RightsizingRules, _ book: PriceBook) {
    var rules = rules
    rules.actions.remove(.terminate)
    rules.unknownMemory = unknownMemory
    let rightsizer = Rightsizer(prices: book, rules: rules)
    let hours = first.series.compactMap(\.hours.first).min().map { start in
      HourWindow(start: start, hours: 24 * 366)
    }
    guard let window = hours else { return }
    let advice = rightsizer.advice(first, window: window)
    let chosen = Dictionary(
      advice.candidates.map { ($0.resource.id, $0.actions) }, uniquingKeysWith: { one, _ in one })
    func price(_ sku: SKU) -> Double { book.onDemandPrice(of: sku) ?? 0 }
    var (old, new, total, above, moved) = (0.0, 0.0, 0, 0, 0)
    for (id, series) in second where !series.hours.isEmpty {
      let now = price(series.resource.group.sku) * Double(series.hours.count)
      old += now
      total += series.hours.count
      let target = (chosen[id] ?? []).compactMap(\.target).min { price($0) < price($1) }
      guard let target else {
        new += now
        continue
      }
      moved += 1
      new += price(target) * Double(series.hours.count)
      let check = Rightsizer(prices: book, rules: RightsizingRules(minHistoryHours: 1))
      above += check.fit(series, to: target)?.hoursAbove ?? 0
    }
    let label = name.padding(toLength: 60, withPad: " ", startingAt: 0)
    print(
      "\(label) saves \(Sizes.percent(1 - new / old))  hours above"
        + " \(Sizes.percent(Double(above) / Double(max(1, total)), 3))  machines moved \(moved)")
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

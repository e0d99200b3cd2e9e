import CloudCosts

@testable import Rightsizing

/// Machines and prices to try rules on.
enum Machines {
  static let start = Hour(year: 2023, month: 3, day: 1)
  static let window = HourWindow(start: start, hours: 240)

  static func sku(_ type: String, _ system: String = "Linux") -> SKU {
    SKU(provider: .aws, region: "us-east-1", instanceType: type, operatingSystem: system)
  }

  /// The m5 family without its 4xlarge, at proportional prices, and a size that is on sale dear.
  static var prices: PriceBook {
    let types = ["m5.large", "m5.xlarge", "m5.2xlarge", "m5.8xlarge", "m5.metal", "m5.24xlarge"]
    return PriceBook(
      rows: types.map { type in
        let units = NormalizationFactor.units(of: type) ?? 0
        return PriceRow(sku: sku(type), product: .onDemand, hourly: 0.024 * units)
      } + [
        PriceRow(sku: sku("c5.xlarge"), product: .onDemand, hourly: 0.17),
        PriceRow(sku: sku("c5.large"), product: .onDemand, hourly: 0.17),
        PriceRow(sku: sku("m5.large", "Windows"), product: .onDemand, hourly: 0.188),
        PriceRow(sku: sku("g4dn.2xlarge"), product: .onDemand, hourly: 0.752),
        PriceRow(sku: sku("g4dn.xlarge"), product: .onDemand, hourly: 0.526),
      ])
  }

  /// A machine that ran from the start of the window, with the same load in every hour but those
  /// in `peaks`, and memory as given.
  static func machine(
    _ type: String, id: String = "i-1", cpu: Double, peaks: [Int: Double] = [:],
    memory: Double = 20, hours: Int = 240, system: String = "Linux"
  ) -> UtilizationSeries {
    UtilizationSeries(
      resource: Resource(id: id, group: UsageGroup(account: "A", sku: sku(type, system))),
      hours: (0..<hours).map { start + $0 },
      cpuMax: (0..<hours).map { peaks[$0] ?? cpu },
      cpuAvg: [Double](repeating: cpu / 2, count: hours),
      memoryMax: [Double](repeating: memory, count: hours),
      memoryAvg: [Double](repeating: memory, count: hours))
  }
}

extension RightsizingRules {
  /// Limits that are easy to compute with, and only what stays in the family or goes.
  static let plain = RightsizingRules(
    maxCPU: 70, cpuPercentile: 95, maxMemory: 80, memoryPercentile: 100,
    actions: [.size, .terminate])

  static func with(
    maxCPU: Double = 70, cpuPercentile: Double = 95, maxMemory: Double = 80,
    unknownMemory: UnknownMemory = .keep, idleCPU: Double = 3, maxSizesDown: Int? = nil,
    actions: Set<ActionKind> = [.size, .terminate]
  ) -> RightsizingRules {
    RightsizingRules(
      maxCPU: maxCPU, cpuPercentile: cpuPercentile, maxMemory: maxMemory, memoryPercentile: 100,
      unknownMemory: unknownMemory, idleCPU: idleCPU, maxSizesDown: maxSizesDown, actions: actions)
  }
}

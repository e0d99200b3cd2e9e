import CloudCosts
import Ingest

/// A machine of each provider, with prices: what lists without prices of their own are priced by.
private enum FuzzPrices {
  static let machines: [(name: String, sku: SKU)] = [
    ("i-0abc", SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")),
    ("vm-1", SKU(provider: .gcp, region: "us-central1", instanceType: "n2-standard-4")),
    ("web", SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v3")),
  ]

  static let list: PriceList = {
    let rows = machines.flatMap { _, sku in
      Product.allCases.filter { $0.provider == sku.provider || $0 == .onDemand }.map { product in
        product == .onDemand
          ? PriceRow(sku: sku, product: product, hourly: 0.1)
          : PriceRow(sku: sku, product: product, term: .oneYear, payment: .noUpfront, hourly: 0.07)
      }
    }
    return PriceList(rows: rows, lines: rows.indices.map { $0 + 2 }, file: "prices.csv")
  }()

  static let resources: ResourceList = {
    let resources = machines.map { Resource(id: $0.name, group: UsageGroup(sku: $0.sku)) }
    return ResourceList(
      resources: resources, lines: resources.indices.map { $0 + 2 }, file: "resources.csv")
  }()
}

enum OwnedFuzz {
  /// Lists of what is owned, of what is proposed and of what a provider recommends to buy.
  static func complaint(about bytes: [UInt8]) -> String? {
    let file = InputFile(name: "list", contents: bytes)
    for prices in [nil, FuzzPrices.list] {
      let reading = OwnedReader.read(file, prices: prices, currency: "USD")
      if let complaint = reading.complaint { return complaint }
      for commitment in reading.value?.commitments ?? [] {
        if let complaint = commitment.complaint { return complaint }
      }
    }
    let recommended = RecommendationReader.read(
      file, prices: FuzzPrices.list, currency: "USD", start: Hour(year: 2024, month: 1, day: 1))
    return ProposalReader.read(file).complaint ?? recommended.complaint
      ?? recommended.value?.commitments.lazy.compactMap(\.complaint).first
  }
}

extension Commitment {
  /// Money and times of something that can be bought.
  fileprivate var complaint: String? {
    let hours = end - start
    guard hours > 0, hours <= 20 * 366 * 24 else { return "\(id.quoted) lives \(hours) hours" }
    let amounts = [upfront, recurringHourly, effectiveHourly]
    return amounts.allSatisfy { $0.isFinite && $0 >= 0 && $0 < 1e16 }
      ? nil : "\(id.quoted) costs \(amounts)"
  }
}

enum DiscountFuzz {
  static func complaint(about bytes: [UInt8]) -> String? {
    let reading = DiscountReader.read(InputFile(name: "discounts.csv", contents: bytes))
    if let complaint = reading.complaint { return complaint }
    guard let rules = reading.value else { return nil }
    let window = HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 100)
    let (prices, findings) = rules.applied(to: FuzzPrices.list, window: window)
    for (old, new) in zip(FuzzPrices.list.rows, prices.rows) {
      guard new.hourly.isFinite, (0...old.hourly).contains(new.hourly) else {
        return "a discount makes \(new.hourly) of \(old.hourly)"
      }
    }
    return findings.complaint
  }
}

enum MetricsFuzz {
  /// What rightsizing reads: machines, measurements and what a provider recommends.
  static func complaint(about bytes: [UInt8]) -> String? {
    let file = InputFile(name: "metrics", contents: bytes)
    // By itself, and as one of several.
    for files in [[file], [file, file]] {
      let reading = MeasurementFiles.read(files, resources: FuzzPrices.resources)
      if let complaint = reading.complaint ?? reading.value?.complaint { return complaint }
    }
    return ResourceReader.read(file).complaint
      ?? MachineRecommendationReader.read(file, resources: FuzzPrices.resources).complaint
  }
}

extension UtilizationHistory {
  /// Hours ascend, and what is measured in them is a number or unknown.
  fileprivate var complaint: String? {
    for one in series {
      let columns = [
        one.cpuMax, one.cpuAvg, one.memoryMax, one.memoryAvg, one.networkMax, one.diskMax,
      ]
      guard zip(one.hours, one.hours.dropFirst()).allSatisfy({ $0 < $1 }) else {
        return "hours of \(one.resource.id) do not ascend"
      }
      guard columns.allSatisfy({ $0.isEmpty || $0.count == one.hours.count }) else {
        return "columns of \(one.resource.id) are of several lengths"
      }
      guard columns.joined().allSatisfy({ $0.isNaN || ($0 >= 0 && $0.isFinite) }) else {
        return "a measurement of \(one.resource.id) is no number"
      }
    }
    return nil
  }
}

enum UsageFuzz {
  static func complaint(about bytes: [UInt8]) -> String? {
    let reading = UsageReader.read(InputFile(name: "usage.csv", contents: bytes))
    let quantities = reading.value?.demand.quantities ?? []
    return reading.complaint
      ?? quantities.first { !$0.isFinite || $0 < 0 }.map { "\($0) machines" }
  }
}

/// A cloud provider, by the name the contract files use.
package enum Provider: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
  case aws
  case azure
  case gcp

  package static func < (a: Provider, b: Provider) -> Bool { a.rawValue < b.rawValue }
}

/// What is priced: an instance type in a region with an operating system and a tenancy; in a zone
/// where the usage, or a zonal offer, tells one. Prices are stated without a zone (`zoneless`).
///
/// All copies of one share what they hold. Usage, prices, the program and the bill have tables by
/// SKU, and with a million groups their keys are most of the memory.
package struct SKU: Hashable, Comparable, Sendable {
  private var shared: Shared

  private struct Facts: Hashable, Sendable {
    var provider: Provider
    var region: String
    var instanceType: String
    var operatingSystem: String
    var tenancy: String
    var service: Service
    var zone: String
    var pricedFrom: Hour?
  }

  private final class Shared: Sendable {
    let facts: Facts
    /// Tables ask for it time and again.
    let hash: Int

    init(_ facts: Facts) {
      self.facts = facts
      hash = facts.hashValue
    }
  }

  package init(
    provider: Provider, region: String, instanceType: String, operatingSystem: String = "Linux",
    tenancy: String = "default", zone: String = ""
  ) {
    let type = provider == .azure ? AzureSizeName.spelled(instanceType) : instanceType
    shared = Shared(
      Facts(
        provider: provider, region: region, instanceType: type, operatingSystem: operatingSystem,
        tenancy: tenancy, service: Service(of: type, provider), zone: zone))
  }

  package var provider: Provider {
    get { shared.facts.provider }
    set { change { $0.provider = newValue } }
  }

  package var region: String {
    get { shared.facts.region }
    set { change { $0.region = newValue } }
  }

  /// The type, or another meter of a service; the service before a slash where it does not show by
  /// itself (`m5.large`, `db.r6g.large`, `fargate/vCPU`).
  package var instanceType: String {
    get { shared.facts.instanceType }
    set {
      change {
        $0.instanceType = newValue
        $0.service = Service(of: newValue, $0.provider)
      }
    }
  }

  /// Of a database or a cache: its engine, and its licence where there are several.
  package var operatingSystem: String {
    get { shared.facts.operatingSystem }
    set { change { $0.operatingSystem = newValue } }
  }

  /// Of a database or a cache: its deployment.
  package var tenancy: String {
    get { shared.facts.tenancy }
    set { change { $0.tenancy = newValue } }
  }

  /// Which of the provider's services it is of.
  package var service: Service { shared.facts.service }

  /// The zone inside the region; empty where no one says.
  package var zone: String {
    get { shared.facts.zone }
    set { change { $0.zone = newValue } }
  }

  /// From when on its price on demand holds, where that is known to change (`PriceBook.changing`);
  /// nil: as the price file states it.
  package var pricedFrom: Hour? {
    get { shared.facts.pricedFrom }
    set { change { $0.pricedFrom = newValue } }
  }

  private mutating func change(_ body: (inout Facts) -> Void) {
    var facts = shared.facts
    body(&facts)
    shared = Shared(facts)
  }

  package static func == (a: SKU, b: SKU) -> Bool {
    a.shared === b.shared
      || a.shared.hash == b.shared.hash && a.shared.facts == b.shared.facts
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(shared.hash) }

  /// The type as the provider's own interface names it.
  package var nativeType: String {
    guard !service.isMachines, let slash = instanceType.utf8.firstIndex(of: UInt8(ascii: "/"))
    else {
      return instanceType
    }
    return String(instanceType[instanceType.utf8.index(after: slash)...])
  }

  /// Whether an hour of it is an hour of a machine, an instance or a node, and no other meter.
  package var isInstance: Bool {
    guard service != .machines(of: provider) else { return true }
    guard provider == .aws else { return Meter.instanceUnits.contains(unit) }
    return !Meter.isNamed(nativeType, service)
  }

  /// What one of it is: `instance-hour`, `vCPU-hour`.
  package var unit: String {
    let named =
      service.isMachines
      ? nil
      : provider == .aws
        ? Meter.unit(of: nativeType, service) : NamedMeter.unit(of: nativeType, service)
    return named ?? service.units.first ?? "instance-hour"
  }

  /// The instance family: what is before the size (`m5` of `m5.xlarge`, `ml.m5` of
  /// `ml.m5.xlarge`); of Google the series (`n2`), of Azure the series with its version
  /// (`Standard_Ds_v5`).
  package var family: String {
    switch provider {
    case .aws: awsFamily
    case .azure: AzureSizes.series(of: instanceType)
    case .gcp: GoogleSizes.series(of: instanceType)
    }
  }

  private var awsFamily: String { String(instanceType[..<familyEnd]) }

  /// The size: what is behind the family's dot (`xlarge` of `m5.xlarge`); empty where there is
  /// no dot.
  package var size: String { String(instanceType[familyEnd...].dropFirst()) }

  /// The dot behind the family, or the end.
  private var familyEnd: String.Index {
    let bytes = instanceType.utf8
    var end = bytes.startIndex
    for part in 0..<max(1, service.facts.familyParts) {
      if part > 0 { end = bytes.index(after: end) }
      end = bytes[end...].firstIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
      if end == bytes.endIndex { break }
    }
    return end
  }

  /// The same without its zone: what a price is stated for.
  package var zoneless: SKU {
    guard !zone.isEmpty else { return self }
    var sku = self
    sku.zone = ""
    return sku
  }

  /// The same at the price that the price file states.
  package var asListed: SKU { priced(from: nil) }

  /// The same at the price that holds from an hour on.
  package func priced(from hour: Hour?) -> SKU {
    guard pricedFrom != hour else { return self }
    var sku = self
    sku.pricedFrom = hour
    return sku
  }

  /// The same in a zone.
  package func inZone(_ zone: String) -> SKU {
    var sku = self
    sku.zone = zone
    return sku
  }

  package static func < (a: SKU, b: SKU) -> Bool {
    guard a.shared !== b.shared else { return false }
    guard a.pricedFrom == b.pricedFrom else {
      let (one, other) = (a.asListed, b.asListed)
      return one == other
        ? b.pricedFrom.map { later in a.pricedFrom.map { $0 < later } ?? true } ?? false
        : one < other
    }
    return (a.provider, a.region, a.instanceType, a.operatingSystem, a.tenancy, a.zone)
      < (b.provider, b.region, b.instanceType, b.operatingSystem, b.tenancy, b.zone)
  }
}

extension SKU: CustomStringConvertible {
  package var description: String {
    let place = zone.isEmpty ? region : "\(region) \(zone)"
    let price = pricedFrom.map { " (price from \($0))" } ?? ""
    return "\(provider.rawValue) \(place) \(instanceType) \(operatingSystem) \(tenancy)\(price)"
  }
}

/// Usage that is interchangeable for every commitment: a SKU in an account.
package struct UsageGroup: Hashable, Comparable, Sendable {
  /// The account that pays for the usage; empty where the history does not tell.
  package var account: String
  package var sku: SKU

  package init(account: String = "", sku: SKU) {
    self.account = account
    self.sku = sku
  }

  /// The same at the price that the price file states.
  package var asListed: UsageGroup { UsageGroup(account: account, sku: sku.asListed) }

  package static func < (a: UsageGroup, b: UsageGroup) -> Bool {
    a.account == b.account ? a.sku < b.sku : a.account < b.account
  }
}

extension UsageGroup: CustomStringConvertible {
  package var description: String { account.isEmpty ? "\(sku)" : "\(account) \(sku)" }
}

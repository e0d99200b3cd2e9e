import CloudCosts
import Foundation

/// AWS: the product code or service's name says whose meter it is, the usage type which.
///
/// Sources: EC2 user guide, "AMI billing information fields" and "Usage and charges of Dedicated
/// Hosts"; usage types as in the price list (EC2 offers of eu-west-1, 2023-02-23). Services beyond
/// EC2 go by the catalogue's meters.
struct AWSMeter {
  let words: BillWords

  init(_ words: BillWords) { self.words = words }

  /// The type that a usage type or the SKU's attributes name, whatever the service.
  static let name = """
    case when regexp_extract(w_usage_type, '^([A-Z0-9]+-)?(\(meters))$', 2) <> '' then w_usage_type
      when lower(w_unit) in (\(tellingUnits)) then w_usage_type
      when not (\(isTime) or lower(w_unit) in ('hrs', 'hr', 'h', '')) then ''
      when regexp_extract(w_usage_type, '^([A-Z0-9]+-)?(BoxUsage)$', 2) <> '' then 'm1.small'
      when regexp_extract(w_usage_type, '(:)', 1) <> '' then
        regexp_extract(w_usage_type, '^[A-Za-z0-9-]*:(?:[A-Z][A-Za-z]*-)?([a-z][a-z0-9-]*[.][a-z0-9.-]+)$', 1)
      when w_details like '%nstanceType%' then regexp_extract(w_details,
        'nstanceType"? ?(?::|=|->) ?"?([A-Za-z0-9.-]+)', 1)
      when w_usage_type <> '' then ''
      else regexp_extract(w_description,
        '(?:On Demand|Dedicated|Reserved)[A-Za-z0-9 /()-]* ((?:db[.]|ml[.])?[a-z][a-z0-9-]*[.][a-z0-9-]+) [A-Za-z ]*(?:Instance|instance)', 1)
      end
    """

  private static let isTime = ["hour", "minute", "second"].map { "lower(w_unit) like '%\($0)%'" }
    .joined(separator: " or ")

  /// Units that tell what is metered where usage types are not known.
  static let tellingUnits = Meter.tellingUnits.map { "'\($0)'" }.joined(separator: ", ")

  /// Usage types that name a meter and no type of instance, as a regular expression's alternatives.
  private static let meters = Meter.usageTypes.map {
    $0.replacing(".", with: "[.]").replacing("*", with: "[0-9]+")
  }.joined(separator: "|")

  func usage(_ name: String) -> BilledUsage {
    if meter.hasPrefix("SpotUsage") { return .spot }
    guard !name.isEmpty, let service else { return .notMachine }
    return service == .machines(of: .aws) ? compute(name) : metered(name, service)
  }

  /// What the catalogue's meters know. Without a usage type, the type of instance is all that is
  /// known.
  private func metered(_ name: String, _ service: Service) -> BilledUsage {
    // What covered usage is reported as by old bills is metered as usage itself.
    let kind = meter.hasPrefix("HeavyUsage:") ? meter.drop { $0 != ":" }.dropFirst() : meter
    let usageType =
      meter.isEmpty || kind.startIndex != meter.startIndex
      ? Meter.plainUsageType(of: service, type: name)[...] : meter
    guard let known = Meter(service, usageType: usageType, unit: words[.unit]), known.isDemand,
      let sku = known.sku(
        usageType: usageType, operation: engineCode(service), region: region)
    else { return .notMachine }
    return .machine(sku, unitsPerHour: known.units * time(in: known.unit))
  }

  /// The operation, or what else the row says of the engine.
  private func engineCode(_ service: Service) -> String {
    guard service.hasEngines, Engine.of(service, operation: words[.operation]) == nil else {
      return words[.operation]
    }
    let text = words[.details] + " " + words[.description]
    return Engine.code(mentionedIn: text, service) ?? words[.operation]
  }

  private func compute(_ name: String) -> BilledUsage {
    guard AWSMeter.isType(name) else { return .notMachine }
    if words[.operation] == AWSMeter.inCapacityBlock { return .aside("capacity-block") }
    switch meter.prefix(while: { $0 != ":" }) {
    case "HostBoxUsage": return .aside("on-dedicated-host")
    case "Reservation", "DedicatedRes": return .aside("capacity-reservation")
    case "BoxUsage", "UnusedBox", "HeavyUsage": return machine(name, tenancy: tenancy)
    case "DedicatedUsage", "UnusedDed": return machine(name, tenancy: "dedicated")
    case "": return machine(name, tenancy: tenancy)
    default: return .notMachine
    }
  }

  /// A Capacity Block is paid for before it starts, and nothing covers what runs in it (EC2 user
  /// guide, "Capacity Blocks pricing and billing"; price list: market option CapacityBlock at 0).
  private static let inCapacityBlock = "RunInstances:CB"

  private func machine(_ name: String, tenancy: String) -> BilledUsage {
    .machine(
      SKU(
        provider: .aws, region: region, instanceType: name, operatingSystem: platform,
        tenancy: tenancy, zone: zone), unitsPerHour: time(in: "hour"))
  }

  /// Units of the bill for one of ours. Its hours may be the format's word for any unit.
  private func time(in ours: String) -> Double {
    BilledTime.isShort(words[.unit]) ? BilledTime.factor(from: words[.unit], to: ours) : 1
  }

  /// What the usage type of a reservation's own rows is for: `HeavyUsage:m5.large`.
  static func reserved(_ words: BillWords) -> SKU? {
    guard words.provider == .aws, let colon = words[.usageType].firstIndex(of: ":") else {
      return nil
    }
    let name = String(words[.usageType][colon...].dropFirst())
    var words = words
    if words[.meterService].isEmpty {
      words[.meterService] = Service(of: name, .aws).billName
    }
    guard case .machine(let sku, _) = AWSMeter(words).usage(name) else { return nil }
    return sku
  }

  /// The usage type without its region: `BoxUsage:m5.large` of `USE1-BoxUsage:m5.large`.
  private var meter: Substring { Meter.withoutRegion(words[.usageType]) }

  /// EMR, GameLift and others charge by usage types that look like EC2's.
  private var service: Service? {
    let code = words[.meterService]
    guard code.isEmpty else { return Service(inBill: code) }
    let name = words[.service]
    return name.isEmpty ? .machines(of: .aws) : Service(inBill: name) ?? Service(in: name, .aws)
  }
}

extension AWSMeter {
  /// The region that the row names, or that of its zone or usage type. A local zone is a place of
  /// its own, also where the row names the region that it belongs to.
  var region: String {
    let region = regionAlone
    let places = [AWSRegions.region(ofZone: words[.zone]), ofUsageType]
    return places.first { $0.hasPrefix(region + "-") } ?? region
  }

  private var ofUsageType: String {
    let usage = words[.usageType]
    return usage.isEmpty ? "" : AWSRegions.code(ofUsageType: usage) ?? ""
  }

  private var regionAlone: String {
    let named = words[.region]
    if let code = AWSRegions.code(named: named) { return code }
    let ofZone = AWSRegions.region(ofZone: words[.zone])
    // A place without a code, such as a local zone's: `US East (Boston)`.
    if named.isEmpty || named.contains(" "), AWSRegions.isPlace(ofZone) { return ofZone }
    return named.isEmpty ? ofUsageType : named
  }

  /// Kept where it is one of the region's.
  private var zone: String {
    let zone = words[.zone]
    return !region.isEmpty && zone.hasPrefix(region) ? zone : ""
  }

  private var tenancy: String {
    let text = words.lower(.tenancy)
    return (text.isEmpty ? detail("Tenancy").lowercased() : text) == "dedicated"
      ? "dedicated" : "default"
  }

  /// An attribute of the SKU: an entry of an object or of a map as text.
  private func detail(_ key: String) -> String {
    guard let range = words[.details].range(of: key, options: .caseInsensitive) else { return "" }
    let rest = words[.details][range.upperBound...].drop { "\"' :=->".contains($0) }
    return rest.prefix { !"\"',}]".contains($0) }.trimmingCharacters(in: .whitespaces)
  }

  /// The operation says it; without one, what else the row says of the system.
  private var platform: String {
    if let name = AWSPlatform.name(operation: words[.operation]) { return name }
    // An unknown code is no Linux: it is kept apart under its own name.
    if words[.operation].hasPrefix("RunInstances:") { return words[.operation] }
    let isOwn = (words.lower(.licence) + detail("LicenseModel").lowercased())
      .contains("bring your own")
    let system = detail("OperatingSystem")
    if !system.isEmpty {
      let name = AWSPlatform.name(
        operatingSystem: system, software: detail("PreInstalledSw"))
      return isOwn && name != "Linux" ? "\(name) BYOL" : name
    }
    let text = words[.details] + " " + words[.description] + " " + words[.usageType]
    for name in ["Windows", "RHEL", "SUSE"] where text.contains(name) {
      return name == "Windows" && isOwn ? "Windows BYOL" : name
    }
    return "Linux"
  }

  /// `m5.large`, `u-6tb1.metal`: in small letters, a family and a size.
  private static func isType(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && !["db", "ml", "cache", "kafka", "dms"].contains(parts[0])
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
      }
  }
}

import CloudCosts
import Foundation

/// AWS: the product code or service's name says whose meter it is, the usage type which.
///
/// Sources: EC2 user guide, "AMI billing information fields" and "Usage and charges of Dedicated Hosts"; usage
/// types as in the price list (EC2 offers of eu-west-1, 2023-02-23).
struct AWSMeter {
  /// The services whose machines are demand.
  private enum Service {
    case compute, database, machineLearning
  }

  let words: BillWords

  init(_ words: BillWords) { self.words = words }

  /// The type that a usage type or the SKU's attributes name, whatever the service.
  static let name = """
    case when not (lower(w_unit) like '%hour%' or lower(w_unit) in ('hrs', 'hr', 'h', '')) then ''
      when regexp_extract(w_usage_type, '^([A-Z0-9]+-)?(BoxUsage)$', 2) <> '' then 'm1.small'
      when regexp_extract(w_usage_type, '(:)', 1) <> '' then
        regexp_extract(w_usage_type, '^[A-Za-z0-9-]*:([a-z][a-z0-9-]*[.][a-z0-9.-]+)$', 1)
      when w_details like '%nstanceType%' then regexp_extract(w_details,
        'nstanceType"? ?(?::|=|->) ?"?([A-Za-z0-9.-]+)', 1)
      when w_usage_type <> '' then ''
      else regexp_extract(w_description,
        '(?:On Demand|Dedicated|Reserved)[A-Za-z0-9 /()-]* ((?:db[.]|ml[.])?[a-z][a-z0-9-]*[.][a-z0-9-]+) [A-Za-z ]*(?:Instance|instance)', 1)
      end
    """

  func usage(_ name: String) -> BilledUsage {
    if meter.hasPrefix("SpotUsage") { return .spot }
    guard !name.isEmpty, let service else { return .notMachine }
    switch service {
    case .compute: return compute(name)
    case .database: return database(name)
    case .machineLearning: return machineLearning(name)
    }
  }

  private func compute(_ name: String) -> BilledUsage {
    guard AWSMeter.isType(name, prefix: nil) else { return .notMachine }
    switch meter.prefix(while: { $0 != ":" }) {
    case "HostBoxUsage": return .aside("on-dedicated-host")
    case "Reservation", "DedicatedRes": return .aside("capacity-reservation")
    case "BoxUsage", "UnusedBox", "HeavyUsage": return machine(name, tenancy: tenancy)
    case "DedicatedUsage", "UnusedDed": return machine(name, tenancy: "dedicated")
    case "": return machine(name, tenancy: tenancy)
    default: return .notMachine
    }
  }

  private func database(_ name: String) -> BilledUsage {
    guard AWSMeter.isType(name, prefix: "db") else { return .notMachine }
    switch meter.prefix(while: { $0 != ":" }) {
    case "InstanceUsage", "InstanceUsageIOOptimized", "Multi-AZUsage", "MirrorUsage", "HeavyUsage",
      "":
      return machine(AWSMeter.spelledOut(name), tenancy: tenancy)
    default: return .notMachine
    }
  }

  private func machineLearning(_ name: String) -> BilledUsage {
    guard AWSMeter.isType(name, prefix: "ml") else { return .notMachine }
    switch meter.prefix(while: { $0 != ":" }) {
    case "Host", "Train", "Notebk", "Notebook", "Studio", "Processing", "":
      return machine(name, tenancy: tenancy)
    default: return .notMachine
    }
  }

  private func machine(_ name: String, tenancy: String) -> BilledUsage {
    .machine(
      SKU(
        provider: .aws, region: region, instanceType: name, operatingSystem: platform,
        tenancy: tenancy, zone: zone), unitsPerHour: 1)
  }

  /// What the usage type of a reservation's own rows is for: `HeavyUsage:m5.large`.
  static func reserved(_ words: BillWords) -> SKU? {
    guard words.provider == .aws, let colon = words[.usageType].firstIndex(of: ":") else {
      return nil
    }
    let name = String(words[.usageType][colon...].dropFirst())
    var words = words
    if words[.meterService].isEmpty {
      words[.meterService] =
        name.hasPrefix("db.")
        ? "AmazonRDS" : name.hasPrefix("ml.") ? "AmazonSageMaker" : "AmazonEC2"
    }
    guard case .machine(let sku, _) = AWSMeter(words).usage(name) else { return nil }
    return sku
  }

  /// The usage type without its region: `BoxUsage:m5.large` of `USE1-BoxUsage:m5.large`.
  private var meter: Substring {
    let text = words[.usageType]
    let head = text.prefix { $0 != ":" && $0 != "-" }
    let isRegion =
      head.allSatisfy { $0.isUppercase || $0.isNumber } && head.endIndex < text.endIndex
    return isRegion && text[head.endIndex] == "-" ? text[head.endIndex...].dropFirst() : text[...]
  }

  /// EMR, GameLift and others charge by usage types that look like EC2's.
  private var service: Service? {
    let code = words.lower(.meterService)
    switch code {
    case "amazonec2": return .compute
    case "amazonrds": return .database
    case "amazonsagemaker": return .machineLearning
    case "": break
    default: return nil
    }
    let name = words.lower(.service)
    if name.isEmpty { return .compute }
    if name.contains("elastic compute cloud") || ["amazon ec2", "ec2", "amazonec2"].contains(name) {
      return .compute
    }
    if name.contains("relational database") || ["amazon rds", "rds", "amazonrds"].contains(name) {
      return .database
    }
    return name.contains("sagemaker") ? .machineLearning : nil
  }
}

extension AWSMeter {
  /// The region that the row names, or that of its zone or usage type.
  var region: String {
    let named = words[.region]
    if !named.isEmpty { return AWSRegions.code(named: named) ?? named }
    let ofZone = AWSRegions.region(ofZone: words[.zone])
    if AWSRegions.isCode(ofZone) { return ofZone }
    let usage = words[.usageType]
    return usage.isEmpty ? "" : AWSRegions.code(ofUsageType: usage) ?? ""
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
    // A code that nobody knows is no Linux: it is kept apart under its own name.
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

  /// `m5.large`, `u-6tb1.metal`; behind a prefix `db.r6g.large`: in small letters, a family and a size.
  private static func isType(_ name: String, prefix: String?) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let isShaped =
      prefix.map { parts.count >= 3 && parts[0] == $0 }
      ?? (parts.count == 2 && !["db", "ml", "cache", "kafka", "dms"].contains(parts[0]))
    return isShaped
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
      }
  }

  /// Usage types of databases cut sizes: `db.r7g.2xl` is `db.r7g.2xlarge`.
  private static func spelledOut(_ name: String) -> String {
    name.hasSuffix("xl") ? name + "arge" : name
  }
}

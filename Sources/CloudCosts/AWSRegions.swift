/// AWS regions: their code, what price lists and consoles call them, and how usage types start.
///
/// Sources: the `location` of the public price lists; the regions' names in AWS's own endpoint data
/// (botocore, Apache-2.0, read in November 2025); usage types as Cost and Usage Reports show them.
/// A region that is not listed is known by the codes that newer files carry themselves.
package enum AWSRegions {
  private static let table: [(code: String, prefix: String, names: [String])] = [
    ("us-east-1", "USE1", ["US East (N. Virginia)"]),
    ("us-east-2", "USE2", ["US East (Ohio)"]),
    ("us-west-1", "USW1", ["US West (N. California)"]),
    ("us-west-2", "USW2", ["US West (Oregon)"]),
    ("ca-central-1", "CAN1", ["Canada (Central)"]),
    ("ca-west-1", "CAN2", ["Canada West (Calgary)"]),
    ("mx-central-1", "MXC1", ["Mexico (Central)"]),
    ("sa-east-1", "SAE1", ["South America (Sao Paulo)"]),
    ("eu-west-1", "EU", ["EU (Ireland)", "Europe (Ireland)"]),
    ("eu-west-2", "EUW2", ["EU (London)", "Europe (London)"]),
    ("eu-west-3", "EUW3", ["EU (Paris)", "Europe (Paris)"]),
    ("eu-central-1", "EUC1", ["EU (Frankfurt)", "Europe (Frankfurt)"]),
    ("eu-central-2", "EUC2", ["EU (Zurich)", "Europe (Zurich)"]),
    ("eu-north-1", "EUN1", ["EU (Stockholm)", "Europe (Stockholm)"]),
    ("eu-south-1", "EUS1", ["EU (Milan)", "Europe (Milan)"]),
    ("eu-south-2", "EUS2", ["EU (Spain)", "Europe (Spain)"]),
    ("ap-east-1", "APE1", ["Asia Pacific (Hong Kong)"]),
    ("ap-south-1", "APS3", ["Asia Pacific (Mumbai)"]),
    ("ap-south-2", "APS5", ["Asia Pacific (Hyderabad)"]),
    ("ap-southeast-1", "APS1", ["Asia Pacific (Singapore)"]),
    ("ap-southeast-2", "APS2", ["Asia Pacific (Sydney)"]),
    ("ap-southeast-3", "APS4", ["Asia Pacific (Jakarta)"]),
    ("ap-southeast-4", "APS6", ["Asia Pacific (Melbourne)"]),
    ("ap-southeast-5", "APS7", ["Asia Pacific (Malaysia)"]),
    ("ap-southeast-7", "APS9", ["Asia Pacific (Thailand)"]),
    ("ap-northeast-1", "APN1", ["Asia Pacific (Tokyo)"]),
    ("ap-northeast-2", "APN2", ["Asia Pacific (Seoul)"]),
    ("ap-northeast-3", "APN3", ["Asia Pacific (Osaka)", "Asia Pacific (Osaka-Local)"]),
    ("me-south-1", "MES1", ["Middle East (Bahrain)"]),
    ("me-central-1", "MEC1", ["Middle East (UAE)"]),
    ("il-central-1", "ILC1", ["Israel (Tel Aviv)"]),
    ("af-south-1", "AFS1", ["Africa (Cape Town)"]),
    ("ap-east-2", "APE2", ["Asia Pacific (Taipei)"]),
    ("ap-southeast-6", "APS8", ["Asia Pacific (New Zealand)"]),
    ("cn-north-1", "CNN1", ["China (Beijing)"]),
    ("cn-northwest-1", "CNW1", ["China (Ningxia)"]),
    ("us-gov-west-1", "UGW1", ["AWS GovCloud (US-West)", "AWS GovCloud (US)"]),
    ("us-gov-east-1", "UGE1", ["AWS GovCloud (US-East)"]),
  ]

  private static let byName = Dictionary(
    table.flatMap { row in row.names.map { ($0, row.code) } },
    uniquingKeysWith: { first, _ in first })
  private static let byPrefix = Dictionary(
    table.map { ($0.prefix, $0.code) } + [("EUW1", "eu-west-1")],
    uniquingKeysWith: { first, _ in first })

  /// `eu-west-1` of `EU (Ireland)`; nil where the name is not known.
  package static func code(named name: String) -> String? { byName[name] }

  /// Whether this is the code of a region that is listed.
  package static func isCode(_ text: String) -> Bool { codes.contains(text) }

  private static let codes = Set(table.map(\.code))

  /// Whether this is the code of a region that is listed, or of a local or wavelength zone in one:
  /// `us-west-2-lax-1`, `us-east-1-wl1-bos-wlz-1`.
  package static func isPlace(_ text: String) -> Bool {
    isCode(text) || codes.contains { text.hasPrefix($0 + "-") }
  }

  /// `us-east-1` of `us-east-1a`.
  package static func region(ofZone zone: String) -> String {
    zone.last?.isLetter == true ? String(zone.dropLast()) : zone
  }

  /// `eu-west-1` of `EU-BoxUsage:m5.large`; without a prefix it is us-east-1, the oldest region.
  /// `us-east-1-bos-1`, a local zone, of `USE1-BOS1-BoxUsage:m5.large`. Nil where the prefix is not
  /// known.
  package static func code(ofUsageType usage: String) -> String? {
    let head = usage.prefix { $0 != ":" }
    guard let dash = head.firstIndex(of: "-") else { return "us-east-1" }
    let prefix = head[..<dash]
    // `BoxUsage` has no dash; a part of a type's own name may.
    guard prefix.allSatisfy({ $0.isUppercase || $0.isNumber }) else { return "us-east-1" }
    // `IA-ReadRequestUnits` is a meter of its own; regions are numbered.
    let isRegion = prefix.contains(where: \.isNumber)
    guard let code = byPrefix[String(prefix)] else { return isRegion ? nil : "us-east-1" }
    return localZone(head[dash...].dropFirst()).map { "\(code)-\($0)" } ?? code
  }

  /// `bos-1` of `BOS1-BoxUsage`, `wl1` of `WL1-BoxUsage`: a place inside of the region, with prices
  /// of its own, where Reserved Instances of the region cover nothing (AWS price list: usage types
  /// of Local Zones, 2026-10-07; AWS Local Zones User Guide: zones are named `us-east-1-bos-1a`).
  private static func localZone(_ usage: Substring) -> String? {
    guard let dash = usage.firstIndex(of: "-") else { return nil }
    let place = usage[..<dash]
    let letters = place.prefix(while: \.isUppercase)
    let number = place[letters.endIndex...]
    guard !number.isEmpty, number.allSatisfy(\.isNumber), byPrefix[String(place)] == nil else {
      return nil
    }
    switch letters.count {
    case 2 where letters == "WL": return place.lowercased()
    case 3: return "\(letters.lowercased())-\(number)"
    default: return nil
    }
  }
}

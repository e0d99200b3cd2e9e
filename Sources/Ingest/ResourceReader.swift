import CloudCosts

enum ResourceColumn: Int, TableColumn {
  case resource, provider, account, region, instanceType, operatingSystem, tenancy, zone

  static let headings = [
    "resource", "provider", "account", "region", "instance_type", "operating_system", "tenancy",
    "zone",
  ]
  static let required: [ResourceColumn] = [.resource, .provider, .region, .instanceType]
}

/// The machines that utilisation was measured of, and where the file names them.
public struct ResourceList: Sendable {
  /// In ascending order of their ids.
  public var resources: [Resource]
  /// For each resource its line.
  public var lines: [Int]
  /// The file, as its user calls it.
  public var file: String

  public init(resources: [Resource], lines: [Int], file: String) {
    self.resources = resources
    self.lines = lines
    self.file = file
  }
}

/// Reads files of resources.
public enum ResourceReader {
  /// Reads a whole file of resources.
  public static func read(_ file: InputFile) -> Reading<ResourceList> {
    var log = FindingLog(file: file.name, kind: "resources")
    guard var table = Table<ResourceColumn>.open(file, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var found: [(resource: Resource, line: Int)] = []
    var ids: [String: Int] = [:]
    while table.next(&log) {
      let id = log.text(table[.resource], "resource", line: table.line)
      if let id, let first = ids.updateValue(table.line, forKey: id) {
        log.add(
          .error, "duplicate", line: table.line,
          "resource \(id.quoted) is already on line \(first)",
          remedy: "give every machine one row")
      }
      let sku = log.sku(
        SKUFields(
          provider: table[.provider], region: table[.region], instanceType: table[.instanceType],
          operatingSystem: table[.operatingSystem], tenancy: table[.tenancy],
          zone: table[.zone]), line: table.line)
      guard let id, let sku else { continue }
      let group = UsageGroup(account: table[.account].text, sku: sku)
      found.append((Resource(id: id, group: group), table.line))
    }
    found.sort { $0.resource.id < $1.resource.id }
    let list = ResourceList(
      resources: found.map(\.resource), lines: found.map(\.line), file: file.name)
    return Reading(value: list, findings: log.finished())
  }
}

import CloudCosts

enum ResourceColumn: Int, TableColumn {
  case resource, provider, account, region, instanceType, operatingSystem, tenancy, zone
  case group, may

  static let headings = [
    "resource", "provider", "account", "region", "instance_type", "operating_system", "tenancy",
    "zone", "group", "may",
  ]
  static let required: [ResourceColumn] = [.resource, .provider, .region, .instanceType]
}

/// The machines that utilisation was measured of, and where the file names them.
package struct ResourceList: Sendable {
  /// In ascending order of their ids.
  package var resources: [Resource]
  /// For each resource its line.
  package var lines: [Int]
  /// The file, as its user calls it.
  package var file: String

  package init(resources: [Resource], lines: [Int], file: String) {
    self.resources = resources
    self.lines = lines
    self.file = file
  }
}

/// Reads files of resources.
package enum ResourceReader {
  /// Reads a whole file of resources.
  package static func read(_ file: InputFile) -> Reading<ResourceList> {
    var log = FindingLog(file: file.name, kind: "resources")
    guard var table = Table<ResourceColumn>.open(file, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var found: [(resource: Resource, line: Int)] = []
    var ids: [String: Int] = [:]
    var types: [String: SKU] = [:]
    var resized: Set<String> = []
    while table.next(&log) {
      let id = log.text(table[.resource], "resource", line: table.line)
      let sku = log.sku(
        SKUFields(
          provider: table[.provider], region: table[.region], instanceType: table[.instanceType],
          operatingSystem: table[.operatingSystem], tenancy: table[.tenancy],
          zone: table[.zone]), line: table.line)
      if let id, let first = ids.updateValue(table.line, forKey: id) {
        if let sku, let before = types[id], before.instanceType != sku.instanceType {
          resized.insert(id)
          log.add(
            .warning, "resized", line: table.line,
            "\(id.quoted) is \(before.instanceType) on line \(first) and \(sku.instanceType) here: it"
              + " was resized inside the history, so that its percentages mean two things; it keeps"
              + " what it has",
            remedy: "give it one row with its type of today, and measurements from then on")
          continue
        }
        log.add(
          .error, "duplicate", line: table.line,
          "resource \(id.quoted) is already on line \(first)",
          remedy: "give every machine one row")
      }
      guard let id, let sku else { continue }
      types[id] = sku
      let group = UsageGroup(
        account: AccountName.of(table[.account].text, sku.provider), sku: sku)
      var resource = Resource(id: id, group: group)
      resource.fleet = table[.group].text
      resource.consent = log.consent(table[.may], line: table.line)
      found.append((resource, table.line))
    }
    for index in found.indices where resized.contains(found[index].resource.id) {
      found[index].resource.isResized = true
    }
    found.sort { $0.resource.id < $1.resource.id }
    let list = ResourceList(
      resources: found.map(\.resource), lines: found.map(\.line), file: file.name)
    return Reading(value: list, findings: log.finished())
  }
}

extension FindingLog {
  /// What a machine's owner allows, between semicolons or blanks: `architecture;schedule`.
  fileprivate mutating func consent(_ field: Field, line: Int) -> Set<ActionKind> {
    var kinds: Set<ActionKind> = []
    for word in field.text.split(whereSeparator: { ";, ".contains($0) }) {
      if let kind = ActionKind(rawValue: String(word)) {
        kinds.insert(kind)
      } else {
        let all = ActionKind.allCases.map(\.rawValue)
        add(
          .error, "unknown-action", line: line, "may names \(String(word).quoted)",
          remedy: "write some of " + all.joined(separator: ", "))
      }
    }
    return kinds
  }
}

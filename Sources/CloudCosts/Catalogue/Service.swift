/// A service whose usage is metered: a row of `Data/services.csv`. What is committed to for one
/// covers usage of another only where a product's row names both.
package struct Service: Hashable, Comparable, Sendable, CaseIterable {
  /// The row; it fits the bits of a set.
  let index: UInt8

  /// How sizes of a family can stand for each other.
  enum Flexibility: String {
    case ec2, engine, azure, gcp, none
  }

  struct Facts {
    var name: String
    var provider: Provider
    var title: String
    var usage: String
    var prefixes: [String] = []
    var suffixes: [String] = []
    var infersRest: Bool
    var familyParts: Int
    var flexibility: Flexibility
    var units: [String]
    var billNames: [String]
    var focusName: String
    var focusCategory: [String]
  }

  private static let table: [Facts] = CatalogueTable(csv: ServiceTable.csv).rows.compactMap { row in
    guard let provider = Provider(rawValue: row["provider"]) else { return nil }
    let patterns = row.list("infer")
    return Facts(
      name: row["name"], provider: provider, title: row["title"], usage: row["usage"],
      prefixes: patterns.filter { $0.count > 1 && $0.hasSuffix("*") }.map { String($0.dropLast()) },
      suffixes: patterns.filter { $0.count > 1 && $0.hasPrefix("*") }.map {
        String($0.dropFirst())
      },
      infersRest: patterns.contains("*"), familyParts: Int(row["family_parts"]) ?? 1,
      flexibility: Flexibility(rawValue: row["flexibility"]) ?? .none, units: row.list("unit"),
      billNames: row.list("bill"), focusName: row["focus"],
      focusCategory: row["focus_category"].split(separator: "/").map(String.init))
  }

  private static let byName = Dictionary(
    table.enumerated().map { ($1.name, Service(index: UInt8($0))) },
    uniquingKeysWith: { first, _ in first })
  /// In small letters.
  private static let byBillName = Dictionary(
    table.enumerated().flatMap { row in
      (row.element.billNames + [row.element.focusName]).map {
        ($0.lowercased(), Service(index: UInt8(row.offset)))
      }
    }, uniquingKeysWith: { first, _ in first })
  private static let byProvider = Dictionary(grouping: allCases, by: \.provider)
  private static let machines = Dictionary(
    allCases.filter(\.facts.infersRest).map { ($0.provider, $0) },
    uniquingKeysWith: { first, _ in first })

  package static let allCases = table.indices.map { Service(index: UInt8($0)) }

  var facts: Facts {
    _read { yield Self.table[Int(index)] }
  }

  /// As files write it: `rds`.
  package var name: String { facts.name }
  package var provider: Provider { facts.provider }
  /// The name a person knows it by.
  package var title: String { facts.title }
  /// The kind of usage, in words: `database`.
  package var usage: String { facts.usage }
  /// What its meters count: `vCPU-hour`, `GB-hour`.
  package var units: [String] { facts.units }
  /// Whether all that it meters are machines by the hour.
  package var countsMachines: Bool { facts.units.allSatisfy { $0 == "instance-hour" } }
  /// FOCUS's ServiceName.
  package var focusName: String { facts.focusName }

  /// FOCUS's ServiceCategory.
  package var focusCategory: String { facts.focusCategory.first ?? "Other" }
  /// FOCUS's ServiceSubcategory.
  package var focusSubcategory: String { facts.focusCategory.last ?? "Other" }

  /// By its name in the catalogue.
  package init?(named name: String) {
    guard let service = Self.byName[name] else { return nil }
    self = service
  }

  /// By what a bill calls it: a product code of AWS, FOCUS's ServiceName.
  package init?(inBill name: String) {
    guard let service = Self.byBillName[name.lowercased()] else { return nil }
    self = service
  }

  /// By a text that holds its name: `Amazon Relational Database Service (us-east-1)`.
  package init?(in text: String, _ provider: Provider) {
    let text = text.lowercased()
    let found = Self.byProvider[provider]?.first { service in
      let name = service.focusName.lowercased().split(separator: " ").dropFirst()
        .joined(separator: " ")
      return name.count > 6 && text.contains(name)
    }
    guard let found else { return nil }
    self = found
  }

  /// Whether its types show by themselves that they are of it.
  var infersTypes: Bool { !facts.prefixes.isEmpty || !facts.suffixes.isEmpty }

  /// What a bill calls it first: AWS's product code.
  package var billName: String { facts.billNames.first ?? "" }

  /// The service that a type is of: the name before its slash (`fargate/vCPU`), else what the type
  /// shows (`db.r6g.large`), else the provider's machines.
  package init(of type: String, _ provider: Provider) {
    if let slash = type.utf8.firstIndex(of: UInt8(ascii: "/")),
      let named = Service(named: String(type[..<slash])), named.provider == provider
    {
      self = named
      return
    }
    self = Service(shownBy: type, provider)
  }

  private init(shownBy type: String, _ provider: Provider) {
    let shown = Self.byProvider[provider]?.first { service in
      let facts = service.facts
      return facts.prefixes.contains(where: type.hasPrefix)
        || facts.suffixes.contains(where: type.hasSuffix)
    }
    self = shown ?? Self.machines(of: provider)
  }

  /// The provider's machines: what a type without further notice is.
  package static func machines(of provider: Provider) -> Service {
    machines[provider] ?? Service(index: 0)
  }

  /// Whether its instances run one of several engines.
  package var hasEngines: Bool { facts.flexibility == .engine }

  package var isMachines: Bool { facts.infersRest }

  /// A type with the ending that shows its service, where a file leaves that out:
  /// `r7g.large.search` of `r7g.large`.
  package func fullType(_ name: String) -> String {
    guard let suffix = facts.suffixes.first, !name.hasSuffix(suffix) else { return name }
    return name + suffix
  }

  /// A type as a SKU holds it: with the service before a slash, unless the type shows it by itself.
  package func type(_ name: String) -> String {
    name.hasPrefix(facts.name + "/") || Service(shownBy: name, provider) == self
      ? name : "\(facts.name)/\(name)"
  }

  private init(index: UInt8) { self.index = index }

  package static func < (a: Service, b: Service) -> Bool { a.index < b.index }
}

/// Some services, as bits.
struct ServiceSet: Hashable, Sendable {
  private var bits: UInt64 = 0

  init(_ services: [Service]) {
    for service in services where service.index < 64 { bits |= 1 << UInt64(service.index) }
  }

  func contains(_ service: Service) -> Bool { bits >> UInt64(service.index) & 1 == 1 }
}

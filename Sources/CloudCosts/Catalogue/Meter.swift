/// What a service counts, and how AWS's bills and price files name it: a row of `Data/meters.csv`.
package struct Meter: Hashable, Sendable {
  package var service: Service
  /// Without the region.
  var usageType: String
  /// As SKUs have it; empty: a type of instance, which the usage type names.
  var type: String
  /// Empty: the operation names the engine.
  var system: String
  var deployment: String
  /// What one is counted in: `vCPU-hour`.
  package var unit: String
  /// Units of the bill for one of ours.
  package var units: Double
  /// Whether commitments may cover it.
  package var isDemand: Bool
  /// Whether reservations may, too.
  var isReservable: Bool

  private struct Key: Hashable {
    var service: Service
    var usageType: Substring
  }

  private static let table: [Key: Meter] = Dictionary(
    rows.map { (Key(service: $0.service, usageType: $0.usageType[...]), $0) },
    uniquingKeysWith: { first, _ in first })

  /// Those that name the end of usage types alone, in the order of the catalogue.
  private static let endings: [Service: [(pattern: WordPattern, meter: Meter)]] = Dictionary(
    grouping: rows.filter { $0.usageType.hasPrefix("*") }.map {
      (pattern: WordPattern($0.usageType), meter: $0)
    }, by: \.meter.service)

  /// The meter that a usage type names, or else its unit; nil where no row knows it.
  ///
  /// - Parameters:
  ///   - usageType: without its region: `Fargate-vCPU-Hours:perCPU`, `InstanceUsage:db.r6g.xl`.
  ///   - unit: the bill's or the price list's; may be empty.
  package init?(_ service: Service, usageType: Substring, unit: String = "") {
    if let meter = Self.named(service, usageType) {
      self = meter
      return
    }
    let ending = Self.endings[service]?.first { $0.pattern.parts(of: String(usageType)) != nil }
    let byUnit = Self.table[Key(service: service, usageType: Substring("@" + unit))]
    guard let meter = ending?.meter ?? byUnit else { return nil }
    self = meter
  }

  private static func named(_ service: Service, _ usageType: Substring) -> Meter? {
    if let meter = table[Key(service: service, usageType: usageType)] { return meter }
    let kind = usageType.prefix { $0 != ":" }
    guard kind.endIndex < usageType.endIndex else { return nil }
    return table[Key(service: service, usageType: usageType.prefix { $0 != "-" } + "-*")]
      ?? table[Key(service: service, usageType: kind + ":*")]
  }

  private struct Names {
    /// For each service and unit, the meters that have a name of their own.
    var byUnit: [Key: [String]] = [:]
    /// In small letters.
    var spellings: [Key: String] = [:]
    var units: [Key: String] = [:]
    var forPlans: Set<Key> = []

    init(_ meters: [Meter]) {
      for meter in meters where !meter.type.isEmpty {
        let unit = Key(service: meter.service, usageType: meter.unit.lowercased()[...])
        byUnit[unit, default: []].append(meter.type)
        let name = Key(service: meter.service, usageType: meter.type.lowercased()[...])
        spellings[name] = meter.type
        units[name] = meter.unit
        if !meter.isReservable { forPlans.insert(name) }
      }
    }
  }

  private static let rows: [Meter] = CatalogueTable(csv: MeterTable.csv).rows.compactMap(Meter.init)
  private static let names = Names(rows)

  private init?(_ row: CatalogueTable.Row) {
    guard let service = Service(named: row["service"]) else { return nil }
    self.init(
      service: service, usageType: row["usage_type"], type: row["type"], system: row["system"],
      deployment: row["deployment"], unit: row["unit"], units: Double(row["units"]) ?? 1,
      isDemand: row["demand"] != "no", isReservable: row["demand"] == "yes")
  }

  private init(
    service: Service, usageType: String, type: String, system: String, deployment: String,
    unit: String, units: Double, isDemand: Bool, isReservable: Bool
  ) {
    self.service = service
    self.usageType = usageType
    self.type = type
    self.system = system
    self.deployment = deployment
    self.unit = unit
    self.units = units
    self.isDemand = isDemand
    self.isReservable = isReservable
  }

  /// The names of a service's meters that count in this unit, in the order of the catalogue.
  package static func all(of service: Service, unit: String) -> [String] {
    names.byUnit[Key(service: service, usageType: unit.lowercased()[...])] ?? []
  }

  /// A meter's name as SKUs have it, however a file spells it; other types as they are.
  package static func name(_ text: String, _ service: Service) -> String {
    names.spellings[Key(service: service, usageType: text.lowercased()[...])] ?? text
  }

  /// Whether a type is a meter of its own (`vCPU`) and no instance's.
  static func isNamed(_ type: String, _ service: Service) -> Bool {
    names.spellings[Key(service: service, usageType: type.lowercased()[...])] != nil
  }

  /// Whether plans alone cover what a type counts: capacity of a serverless database, requests.
  static func isForPlansAlone(_ type: String, _ service: Service) -> Bool {
    names.forPlans.contains(Key(service: service, usageType: type.lowercased()[...]))
  }

  static func unit(of type: String, _ service: Service) -> String? {
    names.units[Key(service: service, usageType: type.lowercased()[...])]
  }

  /// What an hour of an instance or a node is counted in.
  static let instanceUnits: Set<String> = ["instance-hour", "node-hour"]

  /// All that usage types name which are no instance's: `Fargate-vCPU-Hours:perCPU`. A star is a
  /// capacity: `DMSServerlessRepCapacityUsg:*`.
  package static var usageTypes: [String] {
    rows.filter {
      $0.isDemand && !$0.usageType.hasPrefix("@")
        && (!$0.type.isEmpty || !instanceUnits.contains($0.unit))
    }.map(\.usageType)
  }

  /// Whether some of a service's meters are known by their unit alone.
  package static func hasUnits(_ service: Service) -> Bool {
    rows.contains { $0.service == service && $0.usageType.hasPrefix("@") }
  }

  /// The units that say by themselves what some services meter, in small letters.
  package static var tellingUnits: [String] {
    Set(rows.map(\.usageType).filter { $0.hasPrefix("@") }).map { $0.dropFirst().lowercased() }
      .sorted()
  }

  /// What the usage is of; nil where the usage type has no type of instance although the meter is
  /// one's.
  ///
  /// - Parameters:
  ///   - operation: `CreateDBInstance:0014`, which names an engine; one that no one knows is kept
  ///     apart
  ///     under its own name.
  package func sku(usageType: Substring, operation: String, region: String, zone: String = "")
    -> SKU?
  {
    var name = type
    if name.isEmpty {
      // What the star represents: `ml.t3.medium` of `Studio:KernelGateway-ml.t3.medium`.
      let isWhole = self.usageType.hasSuffix(":*") || self.usageType.hasPrefix("*")
      let named =
        isWhole
        ? usageType.drop { $0 != ":" }.dropFirst() : usageType.dropFirst(self.usageType.count - 1)
      guard !named.isEmpty else { return nil }
      name = Meter.spelledOut(String(named), service)
      // A database's meter with a machine's type is something else; a capacity has no type.
      guard
        !service.infersTypes || service.type(name) == name
          || !Meter.instanceUnits.contains(unit)
      else { return nil }
    }
    var engine = system
    if engine.isEmpty {
      engine =
        Engine.of(service, operation: operation)?.name
        ?? (operation.isEmpty ? Engine.unnamed : operation)
    }
    return SKU(
      provider: service.provider, region: region, instanceType: service.type(name),
      operatingSystem: engine, tenancy: deployment, zone: zone)
  }

  /// Usage types cut names: `db.r7g.2xl` is `db.r7g.2xlarge`, OpenSearch's `r7g.large` is
  /// `r7g.large.search`.
  private static func spelledOut(_ name: String, _ service: Service) -> String {
    service.fullType(name.hasSuffix("xl") ? name + "arge" : name)
  }

  /// The usage type of a type's plainest meter: `InstanceUsage:db.r6g.large`.
  package static func plainUsageType(of service: Service, type: String) -> String {
    let plain = rows.first { $0.service == service && $0.type.isEmpty }
    // Where only the end of usage types is known, anything may be before it.
    guard plain?.usageType.hasPrefix("*") != true else { return ":" + type }
    return (plain?.usageType.dropLast() ?? "") + type
  }

  /// The usage type that bills have for usage of a service beyond machines; nil where no row knows
  /// it.
  package static func usageType(of sku: SKU) -> String? {
    let type = sku.nativeType
    let isNamed = isNamed(type, sku.service)
    let meter = rows.first {
      $0.service == sku.service && $0.deployment == sku.tenancy && !$0.usageType.hasPrefix("@")
        && !$0.usageType.hasPrefix("*") && (isNamed ? $0.type == type : $0.type.isEmpty)
        && ($0.system.isEmpty || $0.system == sku.operatingSystem)
    }
    return meter.map { $0.usageType.replacing("*", with: type) }
  }

  /// A usage type without its region or local zone: `BoxUsage:m5.large` of
  /// `USW2-DEN1-BoxUsage:m5.large`.
  package static func withoutRegion(_ usageType: String) -> Substring {
    let head = usageType.prefix { $0 != ":" && $0 != "-" }
    let isRegion =
      head.contains(where: \.isNumber) || ["EU", "UGW", "UGE"].contains(head)
    guard isRegion, head.endIndex < usageType.endIndex, usageType[head.endIndex] == "-",
      head.allSatisfy({ $0.isUppercase || $0.isNumber })
    else { return usageType[...] }
    return withoutRegion(String(usageType[head.endIndex...].dropFirst()))
  }
}

import CloudCosts

/// The fields that say what is priced, as they are in a row.
struct SKUFields {
  var provider: Field
  var region: Field
  var instanceType: Field
  /// May be empty: Linux.
  var operatingSystem: Field
  /// May be empty: default.
  var tenancy: Field
  /// May be empty: not stated, or the whole region.
  var zone: Field
  /// What rows of services beyond machines say more.
  var more = MoreFields()

  /// Columns that a file may leave out.
  struct MoreFields {
    /// `fargate`; empty: as the type shows.
    var service = Field.empty
    /// `vCPU-hour`; what one of the quantity, or of the price, is of.
    var unit = Field.empty
    /// Of a database or a cache, in the place of the operating system.
    var engine = Field.empty
    /// `BYOL`, or included.
    var license = Field.empty
    /// `Multi-AZ`, in the place of the tenancy.
    var deployment = Field.empty

    static let headings: Set = ["service", "unit", "engine", "license", "deployment"]

    var all: [Field] { [service, unit, engine, license, deployment] }
    var areEmpty: Bool { all.allSatisfy(\.isEmpty) }
  }
}

extension Field {
  static var empty: Field { Field(trimming: UnsafeRawBufferPointer(start: nil, count: 0)) }
}

/// A table whose rows name a SKU with columns that may be absent.
protocol ServiceColumn: TableColumn {
  static var service: Self { get }
  static var unit: Self { get }
  static var engine: Self { get }
  static var license: Self { get }
  static var deployment: Self { get }
}

extension Table where Column: ServiceColumn {
  var more: SKUFields.MoreFields {
    SKUFields.MoreFields(
      service: self[.service], unit: self[.unit], engine: self[.engine], license: self[.license],
      deployment: self[.deployment])
  }
}

extension FindingLog {
  /// The SKU of a row; nil, with findings, where one of its fields cannot be used.
  mutating func sku(_ fields: SKUFields, line: Int) -> SKU? {
    let provider: Provider? = choice(fields.provider, "provider", line: line)
    let region = text(fields.region, "region", line: line)
    guard fields.more.areEmpty else { return provider.flatMap { sku(fields, $0, region, line) } }
    let type = text(fields.instanceType, "instance_type", line: line)
    guard let provider, let region, let type else { return nil }
    return SKU(
      provider: provider, region: region, instanceType: type,
      operatingSystem: system(fields.operatingSystem, provider),
      tenancy: fields.tenancy.isEmpty ? "default" : fields.tenancy.text, zone: fields.zone.text)
  }

  /// AWS's own names become ours, as those of its lists and price files do: `SUSE` of `SUSE Linux`.
  private func system(_ field: Field, _ provider: Provider) -> String {
    if field.isEmpty { return "Linux" }
    return provider == .aws ? AWSPlatform.name(productDescription: field.text) : field.text
  }

  private mutating func sku(
    _ fields: SKUFields, _ provider: Provider, _ region: String?, _ line: Int
  ) -> SKU? {
    guard let service = service(fields, provider, line), let region else { return nil }
    var type = fields.instanceType.text
    if type.isEmpty, let meter = Meter.all(of: service, unit: fields.more.unit.text).first {
      type = meter
    }
    guard !type.isEmpty else {
      _ = text(fields.instanceType, "instance_type", line: line)
      return nil
    }
    guard isUnit(fields.more.unit, of: service, line) else { return nil }
    let platform = fields.more.engine.isEmpty ? fields.operatingSystem : fields.more.engine
    let deployment = fields.more.deployment.isEmpty ? fields.tenancy : fields.more.deployment
    var engine = platform.isEmpty ? "Linux" : Engine.name(platform.text, service)
    let license = fields.more.license.text.lowercased()
    if license.contains("byol") || license.contains("bring your own"), !engine.hasSuffix("BYOL") {
      engine += " BYOL"
    }
    return SKU(
      provider: provider, region: region, instanceType: service.type(Meter.name(type, service)),
      operatingSystem: engine,
      tenancy: deployment.isEmpty ? "default" : Engine.name(deployment.text, service),
      zone: fields.zone.text)
  }

  private mutating func service(
    _ fields: SKUFields, _ provider: Provider, _ line: Int
  ) -> Service? {
    let name = fields.more.service
    guard !name.isEmpty else { return Service(of: fields.instanceType.text, provider) }
    let known = Service(named: name.text.lowercased()) ?? Service(inBill: name.text)
    if let known, known.provider == provider { return known }
    let names = Service.allCases.filter { $0.provider == provider }.map(\.name)
    add(
      .error, "unknown-service", line: line,
      "service \(name.quoted) of \(provider.rawValue) is unknown",
      remedy: Spelling.remedy(for: name.text, in: names))
    return nil
  }

  private mutating func isUnit(_ unit: Field, of service: Service, _ line: Int) -> Bool {
    guard !unit.isEmpty else { return true }
    let units = service.units
    let text = unit.text.lowercased()
    if units.contains(where: { text == $0.lowercased() || text == $0.lowercased() + "s" }) {
      return true
    }
    add(
      .error, "unknown-unit", line: line,
      "unit \(unit.quoted) is none in which \(service.name) is metered",
      remedy: "convert the quantity and the price to one of \(units.joined(separator: ", "))")
    return false
  }
}

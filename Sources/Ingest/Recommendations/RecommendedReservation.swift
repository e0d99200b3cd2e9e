import CloudCosts

/// What a reservation that Cost Explorer recommends is for, by the fields of its API reference
/// (`get-reservation-purchase-recommendation`).
struct RecommendedReservation {
  var sku: SKU
  /// The field that says how many.
  var count = "RecommendedNumberOfInstancesToPurchase"

  /// Nil where it is for a service that the catalogue does not know.
  init?(_ detail: JSONValue) {
    if let capacity = detail["ReservedCapacityDetails", "DynamoDBCapacityDetails"] {
      guard let service = Service(named: "dynamodb"),
        let region = Self.region(capacity), let unit = capacity["CapacityUnits"]?.text?.lowercased()
      else { return nil }
      sku = SKU(
        provider: .aws, region: region,
        instanceType: service.type(unit.contains("write") ? "WCU" : "RCU"))
      count = "RecommendedNumberOfCapacityUnitsToPurchase"
      return
    }
    guard let details = detail["InstanceDetails"] else { return nil }
    if let machine = details["EC2InstanceDetails"] {
      guard let type = machine["InstanceType"]?.text, let region = Self.region(machine) else {
        return nil
      }
      sku = SKU(
        provider: .aws, region: region, instanceType: type,
        operatingSystem: AWSPlatform.name(
          productDescription: machine["Platform"]?.text ?? "Linux/UNIX"),
        tenancy: AWSTerms.tenancy(machine["Tenancy"]?.text ?? "default") ?? "dedicated")
      return
    }
    let found = ReservationInterface.all.lazy.compactMap { interface in
      details[interface.details].map { (interface, $0) }
    }.first
    guard let (interface, node) = found, let region = Self.region(node) else { return nil }
    let parts = interface.detailsType.compactMap { node[$0]?.text }
    guard parts.count == interface.detailsType.count else { return nil }
    let service = interface.service
    sku = SKU(
      provider: .aws, region: region,
      instanceType: service.type(service.fullType(parts.joined(separator: "."))),
      operatingSystem: Self.engine(node, service),
      tenancy: Engine.name(node["DeploymentOption"]?.text ?? "default", service))
  }

  /// `RDSInstanceDetails`
  static func kind(of detail: JSONValue) -> String {
    (detail["InstanceDetails"] ?? detail["ReservedCapacityDetails"])?.members.first?.key
      ?? "something else"
  }

  private static func region(_ value: JSONValue) -> String? {
    value["Region"]?.text.map { AWSRegions.code(named: $0) ?? $0 }
  }

  /// Oracle and SQL Server are named by their edition and licence too: `SQL Server SE BYOL`.
  private static func engine(_ node: JSONValue, _ service: Service) -> String {
    guard let text = (node["DatabaseEngine"] ?? node["ProductDescription"])?.text else {
      return Engine.defaultName(of: service)
    }
    let name = Engine.name(text, service)
    guard let edition = node["DatabaseEdition"]?.text, !edition.isEmpty,
      Engine.code(of: name, service) == nil
    else { return name }
    let isOwn = node["LicenseModel"]?.text?.lowercased().contains("bring your own") == true
    return "\(name) \(editions[edition.lowercased()] ?? edition)" + (isOwn ? " BYOL" : "")
  }

  private static let editions = [
    "enterprise": "EE", "standard": "SE", "standard one": "SE1", "standard two": "SE2",
    "express": "EX", "web": "Web",
  ]
}

/// The engine of a managed database or cache, with its licence: a row of `Data/engines.csv`.
public struct Engine: Hashable, Sendable {
  public var name: String
  /// Whose reservations cover it, its own first; none: only those of the exact type.
  public var groups: [String]
  /// What a unit of size counts as.
  public var units: Double
  /// As the service's own interface names it: `aurora-mysql`.
  public var api: String
  /// The operation in bills: `CreateDBInstance:0002`.
  public var code: String

  private struct Key: Hashable {
    var service: Service
    var name: String
  }

  private struct Table {
    var engines: [Key: Engine] = [:]
    var byCode: [Key: Engine] = [:]
    var byAPI: [Key: Engine] = [:]
    var deployments: [Key: Double] = [:]
    var deploymentsByMeter: [Key: String] = [:]

    init() {
      for row in CatalogueTable(csv: EngineTable.csv).rows {
        guard let service = Service(named: row["service"]) else { continue }
        func key(_ column: String) -> Key { Key(service: service, name: row[column]) }
        if row["kind"] == "deployment" {
          deployments[key("name")] = Double(row["units"])
          deploymentsByMeter[key("code")] = row["name"]
        } else {
          let engine = Engine(
            name: row["name"], groups: row.list("group"), units: Double(row["units"]) ?? 1,
            api: row["api"], code: row["code"])
          engines[key("name")] = engine
          byCode[key("code")] = engine
          byAPI[key("api")] = engine
        }
      }
    }
  }

  private static let table = Table()

  /// The engine of a SKU; nil where it names none that is known.
  public static func of(_ sku: SKU) -> Engine? {
    table.engines[Key(service: sku.service, name: sku.operatingSystem)]
  }

  /// By the operation in a bill.
  public static func of(_ service: Service, operation: String) -> Engine? {
    table.byCode[Key(service: service, name: operation)]
  }

  /// By the word of the service's own interface.
  public static func of(_ service: Service, api: String) -> Engine? {
    table.byAPI[Key(service: service, name: api)]
  }

  /// How often an instance of this deployment counts; nil where it is unknown.
  static func units(ofDeployment sku: SKU) -> Double? {
    table.deployments[Key(service: sku.service, name: sku.tenancy)]
  }

  /// The deployment that a usage type's first part names: `Multi-AZUsage`.
  public static func deployment(_ service: Service, meter: String) -> String? {
    table.deploymentsByMeter[Key(service: service, name: meter)]
  }
}

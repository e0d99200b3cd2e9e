/// The engine of a managed database or cache, with its licence: a row of `Data/engines.csv`.
package struct Engine: Hashable, Sendable {
  package var name: String
  /// Whose reservations cover it, its own first; none: only those of the exact type.
  package var groups: [String]
  /// What a unit of size counts as.
  package var units: Double
  /// As the service's own interface names it: `aurora-mysql`.
  package var api: String
  /// The operation in bills: `CreateDBInstance:0002`.
  package var code: String

  /// What SKUs have where nothing names an engine: as machines have without a system.
  package static let unnamed = "Linux"

  private struct Key: Hashable {
    var service: Service
    var name: String
  }

  private struct Table {
    var engines: [Key: Engine] = [:]
    var byCode: [Key: Engine] = [:]
    var byAPI: [Key: Engine] = [:]
    var deployments: [Key: Double] = [:]
    /// The engines whose reservations cover another one's usage too.
    var wide: [Service: String] = [:]
    /// In small letters, for whatever a file may write.
    var spellings: [Key: String] = [:]

    init() {
      for row in CatalogueTable(csv: EngineTable.csv).rows {
        guard let service = Service(named: row["service"]) else { continue }
        func key(_ column: String) -> Key { Key(service: service, name: row[column]) }
        for spelling in [row["name"], row["api"]] + row.list("also") where !spelling.isEmpty {
          spellings[Key(service: service, name: spelling.lowercased())] = row["name"]
        }
        if row["kind"] == "deployment" {
          deployments[key("name")] = Double(row["units"])
        } else {
          let engine = Engine(
            name: row["name"], groups: row.list("group"), units: Double(row["units"]) ?? 1,
            api: row["api"], code: row["code"])
          engines[key("name")] = engine
          if let other = engine.groups.dropFirst().first { wide[service] = other }
          byCode[key("code")] = engine
          byAPI[key("api")] = engine
        }
      }
    }
  }

  private static let table = Table()

  /// The engine of a SKU; nil where it names none that is known.
  package static func of(_ sku: SKU) -> Engine? {
    table.engines[Key(service: sku.service, name: sku.operatingSystem)]
  }

  /// By the operation in a bill.
  package static func of(_ service: Service, operation: String) -> Engine? {
    table.byCode[Key(service: service, name: operation)]
  }

  /// What is meant where a file of the service names no engine: the first of those whose
  /// reservations cover others too; as nothing, where there are none.
  package static func defaultName(of service: Service) -> String {
    table.wide[service] ?? unnamed
  }

  /// The operation that bills call an engine by; nil where it is unknown.
  package static func code(of name: String, _ service: Service) -> String? {
    table.engines[Key(service: service, name: name)]?.code
  }

  /// The operation of the engine that a text names, the longest name first: `Aurora MySQL` before
  /// `MySQL`.
  package static func code(mentionedIn text: String, _ service: Service) -> String? {
    let text = text.lowercased()
    return table.engines.filter { $0.key.service == service }.values
      .filter { text.contains($0.name.lowercased()) }
      .max { ($0.name.count, $1.name) < ($1.name.count, $0.name) }?.code
  }

  /// By the word of the service's own interface.
  package static func of(_ service: Service, api: String) -> Engine? {
    table.byAPI[Key(service: service, name: api)]
  }

  /// How often an instance of this deployment counts; nil where it is unknown.
  package static func units(ofDeployment sku: SKU) -> Double? {
    table.deployments[Key(service: sku.service, name: sku.tenancy)]
  }

  /// The catalogue's name of an engine or a deployment, however a file spells it; the text itself
  /// where it is unknown.
  package static func name(_ text: String, _ service: Service) -> String {
    table.spellings[Key(service: service, name: text.lowercased())] ?? text
  }
}

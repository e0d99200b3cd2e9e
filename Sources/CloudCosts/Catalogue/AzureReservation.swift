/// What Azure's lists of reservations call what a service is reserved in: a row of
/// `Data/azure-reservations.csv`.
package struct AzureReservation: Sendable {
  private var reserved: String
  private var name: WordPattern
  /// As in the table: a purchase spells it with its capitals.
  private var spelling: String
  private var service: Service
  private var type: String
  private var system: String
  private var units: Double
  private var isBought: Bool

  private static let all = CatalogueTable(csv: AzureReservationTable.csv).rows
    .compactMap(AzureReservation.init)

  private init?(_ row: CatalogueTable.Row) {
    guard let service = Service(named: row["service"]) else { return nil }
    self.service = service
    reserved = row["reserved"]
    name = WordPattern(row["sku"])
    spelling = row["sku"]
    type = row["type"]
    system = row["system"]
    units = Double(row["units"]) ?? 1
    isBought = row["buy"] == "yes"
  }

  /// What a purchase of reservations of a SKU calls it: `SqlDatabases` and `SQLDB_GP_Compute_Gen5`;
  /// nil where no row knows all of it.
  package static func offer(for sku: SKU) -> (reserved: String, name: String)? {
    guard sku.provider == .azure else { return nil }
    if sku.service == .machines(of: .azure) { return ("VirtualMachines", sku.instanceType) }
    for row in all where row.isBought && row.service == sku.service {
      guard (row.system.isEmpty ? "Linux" : row.system) == sku.operatingSystem,
        let parts = WordPattern(row.type.replacing("$1", with: "?")).parts(of: sku.nativeType)
      else { continue }
      return (row.reserved, row.spelling.replacing("?", with: parts.first ?? ""))
    }
    return nil
  }

  /// What is reserved, and how many of its units one of the list is; nil for what no row names.
  ///
  /// - Parameters:
  ///   - reserved: `SqlDatabases`.
  ///   - name: `SQLDB_GP_Compute_Gen5`.
  package static func find(
    _ reserved: String, _ name: String, region: String
  ) -> (sku: SKU, units: Double)? {
    for row in all where row.reserved.lowercased() == reserved.lowercased() {
      guard let parts = row.name.parts(of: name) else { continue }
      let type = WordPattern.filled(row.type, parts).filter { $0 != " " }
      return (
        SKU(
          provider: .azure, region: region, instanceType: row.service.type(type),
          operatingSystem: row.system.isEmpty ? "Linux" : row.system), row.units
      )
    }
    return nil
  }
}

/// What Azure's lists of reservations call what a service is reserved in: a row of
/// `Data/azure-reservations.csv`.
package struct AzureReservation: Sendable {
  private var reserved: String
  private var name: WordPattern
  private var service: Service
  private var type: String
  private var system: String
  private var units: Double

  private static let all = CatalogueTable(csv: AzureReservationTable.csv).rows
    .compactMap(AzureReservation.init)

  private init?(_ row: CatalogueTable.Row) {
    guard let service = Service(named: row["service"]) else { return nil }
    self.service = service
    reserved = row["reserved"]
    name = WordPattern(row["sku"])
    type = row["type"]
    system = row["system"]
    units = Double(row["units"]) ?? 1
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

import CloudCosts
import Testing

@testable import Ingest

/// Azure's list of reservations has those of all services.
@Suite struct AzureReservationTests {
  @Test(arguments: [
    ("SqlDatabases", "SQLDB_GP_Compute_Gen5", "azure-sql/GP-Gen5", "Linux", 1.0),
    ("SqlDatabases", "SQLMI_BC_Compute_Gen5", "azure-sql/MI-BC-Gen5", "Linux", 1),
    ("SqlDatabases", "SQLDB_HyperScale_Compute_Gen5", "azure-sql/HS-Gen5", "Linux", 1),
    (
      "PostgreSql", "AzureDB_PostgreSQL_Flexible_Server_General_Purpose_Ddsv5Series_Compute_vCore",
      "azure-postgresql/GP-Ddsv5", "Linux", 1
    ),
    (
      "MySql", "AzureDB_MySQL_Flexible_Server_General_Purpose_Compute_Ddsv5_Series",
      "azure-mysql/GP-Ddsv5", "Linux", 1
    ),
    ("RedisCache", "Azure_Redis_Cache_Premium_P1_Cache", "azure-redis/P1", "Linux", 1),
    ("CosmosDb", "Cosmos_DB_1_Million_RUs", "azure-cosmos/RU", "Linux", 10_000),
    ("AppService", "Standard_P3_v3_Windows", "azure-app-service/P3v3", "Windows", 1),
  ])
  func aReservationOfAnotherServiceIsOwned(
    kind: String, name: String, type: String, system: String, units: Double
  ) throws {
    let list = file(
      "az.json",
      """
      [{"id": "/o/r", "location": "westeurope", "sku": {"name": "\(name)"}, "properties": {
        "reservedResourceType": "\(kind)", "quantity": 4, "term": "P1Y", "billingPlan": "Monthly",
        "appliedScopeType": "Shared", "provisioningState": "Succeeded",
        "benefitStartTime": "2024-05-01T09:30:00Z", "expiryDate": "2025-05-01"}}]
      """)
    let sku = SKU(
      provider: .azure, region: "westeurope", instanceType: type, operatingSystem: system)
    let book = PriceList(
      rows: [
        PriceRow(
          sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.5)
      ], lines: [1], file: "prices.csv")
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(
      owned.map(\.subject) == [
        .reservation(sku: sku, zone: nil, count: 4 * units, upfront: 0, hourly: 0.5)
      ])
    #expect(Product.azureReservation.covers(sku))
  }

  /// What the catalogue does not have is left aside, and the others are read.
  @Test func unknownOnesAreNamed() throws {
    let reading = OwnedReader.read(
      file(
        "az.json",
        #"""
        [{"id": "/o/r", "location": "westeurope", "sku": {"name": "SQLDB_GP_Fsv2"}, "properties": {
          "reservedResourceType": "SqlDatabases", "quantity": 4, "term": "P1Y",
          "benefitStartTime": "2024-05-01T09:30:00Z"}},
         {"id": "/o/s", "location": "westeurope", "sku": {"name": "Sentinel"}, "properties": {
          "reservedResourceType": "Sentinel", "quantity": 4, "term": "P1Y",
          "benefitStartTime": "2024-05-01T09:30:00Z"}}]
        """#))
    #expect(reading.value?.commitments.isEmpty == true)
    #expect(reading.findings.map(\.rule) == ["owned.left-aside", "owned.left-aside"])
  }
}

/// Made by Data/embed.py of Data/azure-reservations.csv; a test holds the two together.
enum AzureReservationTable {
  // swift-format-ignore
  static let csv = """
    # What Azure's lists of reservations call what other services than machines are reserved in.
    # reserved: reservedResourceType. sku: sku.name; `*` is any text, `?` one word, $1, $2 … what they
    # stand for. type, system: as SKUs have them (named-meters.csv), blanks taken out; system empty:
    # Linux. units: of ours in one of the list. buy: yes, where the name and a region are all that a purchase needs.
    reserved,sku,service,type,system,units,buy,date,source
    SqlDatabases,SQLDB_GP_Compute_Gen?,azure-sql,GP-Gen$1,,1,yes,2026-08-27,Azure Retail Prices: SQL Database (armSkuName)
    SqlDatabases,SQLDB_BC_Compute_Gen?,azure-sql,BC-Gen$1,,1,yes,2026-08-27,Azure Retail Prices: SQL Database (armSkuName)
    SqlDatabases,SQLDB_HyperScale_Compute_Gen?,azure-sql,HS-Gen$1,,1,yes,2026-08-27,Azure Retail Prices: SQL Database (armSkuName)
    SqlDatabases,SQLMI_GP_Compute_Gen?,azure-sql,MI-GP-Gen$1,,1,yes,2026-08-27,Azure Retail Prices: SQL Managed Instance (armSkuName)
    SqlDatabases,SQLMI_BC_Compute_Gen?,azure-sql,MI-BC-Gen$1,,1,yes,2026-08-27,Azure Retail Prices: SQL Managed Instance (armSkuName)
    PostgreSql,AzureDB_PostgreSQL_Flexible_Server_General_Purpose_?Series_Compute*,azure-postgresql,GP-$1,,1,no,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL (armSkuName)
    PostgreSql,AzureDB_PostgreSQL_Flexible_Server_Memory_Optimized_?Series_Compute*,azure-postgresql,MO-$1,,1,no,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_General_Purpose_Compute_?_Series,azure-mysql,GP-$1,,1,no,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_General_Purpose_?Series_Compute*,azure-mysql,GP-$1,,1,no,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_Memory_Optimized_*,azure-mysql,BC,,1,no,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_Business_Critical_*,azure-mysql,BC,,1,no,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    RedisCache,Azure_Redis_Cache_Premium_?_Cache,azure-redis,$1,,1,no,2024-04-10,Azure isfratioblob table
    RedisCache,Azure_Redis_Cache_Enterprise_Flash_?,azure-redis,$1,,1,no,2024-04-10,Azure isfratioblob table
    RedisCache,Azure_Redis_Cache_Enterprise_?,azure-redis,$1,,1,no,2024-04-10,Azure isfratioblob table
    CosmosDb,Cosmos_DB_100_RUs,azure-cosmos,RU,,1,no,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName)
    CosmosDb,Cosmos_DB_1_Million_RUs,azure-cosmos,RU,,10000,no,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName)
    CosmosDb,Cosmos_DB_100_mRUs,azure-cosmos,RU-multi-master,,1,no,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName)
    CosmosDb,Cosmos_DB_1_Million_mRUs,azure-cosmos,RU-multi-master,,10000,no,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName)
    AppService,Standard_?_?_Windows,azure-app-service,$1$2,Windows,1,no,2026-08-27,Azure Advisor: reserved instances of App Service
    AppService,Standard_?_?_Linux,azure-app-service,$1$2,,1,no,2026-08-27,Azure Advisor: reserved instances of App Service

    """
}

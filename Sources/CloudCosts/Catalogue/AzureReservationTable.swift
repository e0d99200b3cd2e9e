/// Made by Data/embed.py of Data/azure-reservations.csv; a test holds the two together.
enum AzureReservationTable {
  // swift-format-ignore
  static let csv = """
    # What Azure's lists of reservations call what other services than machines are reserved in.
    # reserved: reservedResourceType. sku: sku.name; `*` is any text, `?` one word, $1, $2 … what they
    # stand for. type, system: as SKUs have them (named-meters.csv), blanks taken out; system empty:
    # Linux. units: of ours in one of the list. buy: yes, where the name and a region are all that a
    # purchase needs; look, where Azure's own catalogue is to say which of the names (bought_as, with
    # the parts of the type; empty: sku) is on sale; no, where none is known. location: where it is
    # not sold by region.
    reserved,sku,service,type,system,units,buy,bought_as,location,date,source
    SqlDatabases,SQLDB_GP_Compute_Gen?,azure-sql,GP-Gen$1,,1,yes,,,2026-08-27,Azure Retail Prices: SQL Database (armSkuName)
    SqlDatabases,SQLDB_BC_Compute_Gen?,azure-sql,BC-Gen$1,,1,yes,,,2026-08-27,Azure Retail Prices: SQL Database (armSkuName)
    SqlDatabases,SQLDB_HyperScale_Compute_Gen?,azure-sql,HS-Gen$1,,1,yes,,,2026-08-27,Azure Retail Prices: SQL Database (armSkuName)
    SqlDatabases,SQLMI_GP_Compute_Gen?,azure-sql,MI-GP-Gen$1,,1,yes,,,2026-08-27,Azure Retail Prices: SQL Managed Instance (armSkuName)
    SqlDatabases,SQLMI_BC_Compute_Gen?,azure-sql,MI-BC-Gen$1,,1,yes,,,2026-08-27,Azure Retail Prices: SQL Managed Instance (armSkuName)
    PostgreSql,AzureDB_PostgreSQL_Flexible_Server_General_Purpose_?Series_Compute*,azure-postgresql,GP-$1,,1,look,AzureDB_PostgreSQL_Flexible_Server_General_Purpose_$1Series_Compute_vCore;AzureDB_PostgreSQL_Flexible_Server_General_Purpose_$1Series_Compute,,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL (armSkuName)
    PostgreSql,AzureDB_PostgreSQL_Flexible_Server_Memory_Optimized_?Series_Compute*,azure-postgresql,MO-$1,,1,look,AzureDB_PostgreSQL_Flexible_Server_Memory_Optimized_$1Series_Compute_vCore;AzureDB_PostgreSQL_Flexible_Server_Memory_Optimized_$1Series_Compute,,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_General_Purpose_Compute_?_Series,azure-mysql,GP-$1,,1,look,AzureDB_MySQL_Flexible_Server_General_Purpose_Compute_$1_Series;AzureDB_MySQL_Flexible_Server_General_Purpose_$1Series_Compute;AzureDB_MySQL_Flexible_Server_General_Purpose_$1Series_Compute_vCore,,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_General_Purpose_?Series_Compute*,azure-mysql,GP-$1,,1,no,,,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_Memory_Optimized_*,azure-mysql,BC,,1,no,,,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    MySql,AzureDB_MySQL_Flexible_Server_Business_Critical_*,azure-mysql,BC,,1,no,,,2026-08-27,Azure Retail Prices: Azure Database for MySQL (armSkuName)
    RedisCache,Azure_Redis_Cache_Premium_P?_Cache,azure-redis,P$1,,1,look,,,2024-04-10,Azure isfratioblob table
    RedisCache,Azure_Redis_Cache_Enterprise_Flash_F?,azure-redis,F$1,,1,look,,,2024-04-10,Azure isfratioblob table
    RedisCache,Azure_Redis_Cache_Enterprise_E?,azure-redis,E$1,,1,look,,,2024-04-10,Azure isfratioblob table
    CosmosDb,Cosmos_DB_100_RUs,azure-cosmos,RU,,1,look,,global,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName; armRegionName Global)
    CosmosDb,Cosmos_DB_1_Million_RUs,azure-cosmos,RU,,10000,look,,global,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName; armRegionName Global)
    CosmosDb,Cosmos_DB_100_mRUs,azure-cosmos,RU-multi-master,,1,look,,global,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName; armRegionName Global)
    CosmosDb,Cosmos_DB_1_Million_mRUs,azure-cosmos,RU-multi-master,,10000,look,,global,2026-10-01,Azure Retail Prices: Azure Cosmos DB (armSkuName; armRegionName Global)
    AppService,Standard_P?_v?_Windows,azure-app-service,P$1v$2,Windows,1,look,Standard_P$1_v$2_Windows,,2026-11-30,Azure Retail Prices: Azure App Service (armSkuName, as quoted in public repositories)
    AppService,Standard_?_?_Windows,azure-app-service,$1$2,Windows,1,no,,,2026-08-27,Azure Advisor: reserved instances of App Service
    AppService,Standard_?_?_Linux,azure-app-service,$1$2,,1,no,,,2026-08-27,Azure Advisor: reserved instances of App Service
    AppService,Azure_App_Service_Premium_v?_Plan_Linux_P?mv?,azure-app-service,P$2mv$3,,1,look,Azure_App_Service_Premium_v$3_Plan_Linux_P$2mv$3,,2026-11-30,Azure Retail Prices: Azure App Service (armSkuName, as quoted in public repositories)
    AppService,Azure_App_Service_Premium_v?_Plan_Linux_P?_v?,azure-app-service,P$2v$3,,1,look,Azure_App_Service_Premium_v$3_Plan_Linux_P$2_v$3;Azure_App_Service_Premium_v$3_Plan_Linux_P$2v$3,,2026-11-30,Azure Retail Prices: Azure App Service (armSkuName, as quoted in public repositories)
    AppService,Azure_App_Service_Premium_v?_Plan_Linux_P?v?,azure-app-service,P$2v$3,,1,no,,,2026-11-30,Azure Retail Prices: Azure App Service (armSkuName, as quoted in public repositories)

    """
}

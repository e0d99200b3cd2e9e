/// Made by Data/embed.py of Data/named-meters.csv; a test holds the two together.
enum NamedMeterTable {
  // swift-format-ignore
  static let csv = """
    # Meters of Azure and Google that are named in words, beyond machines; the first row that fits
    # counts. category: Azure's meter category (in price files the service's name), Google's
    # service; all in small letters. product: Azure's meter subcategory (in price files the
    # product's name); empty for Google. meter: Azure's meter name, Google's SKU description. In
    # both `*` is any text and `?` one word; what they stand for is $1, $2 … of the product, then of
    # the meter. type, system, deployment: as SKUs have them, blanks taken out; system empty: Linux.
    # bill_unit: what the bill's unit holds, where rows differ by it. unit: what one of ours is
    # counted in; units: of the bill's for one of ours. demand: no, where no commitment covers it; money,
    # where one does that nothing plans with.
    # price: no, where another meter states the price of the same.
    service,category,product,meter,type,system,deployment,bill_unit,unit,units,demand,price,date,source
    azure-app-service,azure app service;app service,*Linux,? ? App*,$2$3,,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure App Service
    azure-app-service,azure app service;app service,*Linux,? App*,$2,,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure App Service
    azure-app-service,azure app service;app service,*Basic*Linux,B?,B$3,,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure App Service
    azure-app-service,azure app service;app service,*Premium*Linux,P? ?,P$3$4,,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Premium*Linux,P?,P$3,,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Isolated*Linux,I? ?,I$3$4,,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Isolated*Linux,I?,I$3,,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Standard*Linux,S?,S$3,,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*,? ? App*,$2$3,Windows,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure App Service
    azure-app-service,azure app service;app service,*,? App*,$2,Windows,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure App Service
    azure-app-service,azure app service;app service,*Basic*,B?,B$3,Windows,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure App Service
    azure-app-service,azure app service;app service,*Premium*,P? ?,P$3$4,Windows,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Premium*,P?,P$3,Windows,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Isolated*,I? ?,I$3$4,Windows,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Isolated*,I?,I$3,Windows,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-app-service,azure app service;app service,*Standard*,S?,S$3,Windows,,,instance-hour,1,yes,yes,2023-09-01,Azure cost exports (older names of meters)
    azure-container-instances,container instances,*,Standard vCPU Duration,vCPU,,,,vCPU-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Container Instances
    azure-container-instances,container instances,*,Standard Memory Duration,GB,,,,GB-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Container Instances
    azure-functions,functions,*Premium*,Premium vCPU Duration,vCPU,,,,vCPU-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Functions
    azure-functions,functions,*Premium*,Premium Memory Duration,GB,,,,GB-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Functions
    azure-sql,sql database;sql managed instance,*License*,*,licence,,,,vCore-hour,1,money,no,2026-03-14,Microsoft Learn: What are savings plans (the one for databases covers software; reservations do not)
    azure-sql,sql database,*General Purpose - Serverless - Compute ?,vCore,GP-serverless-$2,,,,vCore-hour,1,yes,yes,2026-03-14,Azure Retail Prices: SQL Database; Microsoft Learn: What are savings plans (serverless is covered by the one for databases)
    azure-sql,sql database,*Hyperscale - Serverless - Compute ?,vCore,HS-serverless-$2,,,,vCore-hour,1,yes,yes,2026-03-14,Azure Retail Prices: SQL Database; Microsoft Learn: What are savings plans (serverless is covered by the one for databases)
    azure-sql,sql database,*Serverless*,*,serverless,,,,vCore-hour,1,no,no,2026-08-27,Microsoft Learn: Reserved capacity for Azure SQL (serverless is not covered)
    azure-sql,sql database,*General Purpose - Compute *,vCore,GP-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: SQL Database
    azure-sql,sql database,*Business Critical - Compute *,vCore,BC-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: SQL Database
    azure-sql,sql database,*Hyperscale - Compute *,vCore,HS-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: SQL Database
    azure-sql,sql managed instance,*General Purpose - Compute *,vCore,MI-GP-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: SQL Managed Instance
    azure-sql,sql managed instance,*Business Critical - Compute *,vCore,MI-BC-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: SQL Managed Instance
    azure-postgresql,azure database for postgresql,*Single Server*,*,single-server,,,,vCore-hour,1,no,no,2026-01-30,Microsoft Learn: What's happening to Azure Database for PostgreSQL Single Server (retired 2025-03-28; no reservations are sold for it)
    azure-postgresql,azure database for postgresql,*Compute Gen?,*,single-server,,,,vCore-hour,1,no,no,2026-01-30,Microsoft Learn: What's happening to Azure Database for PostgreSQL Single Server (retired 2025-03-28; no reservations are sold for it)
    azure-mysql,azure database for mysql,*Single Server*,*,single-server,,,,vCore-hour,1,no,no,2026-01-30,Microsoft Learn: What's happening to Azure Database for MySQL Single Server (retired 2024-09-16; no reservations are sold for it)
    azure-mysql,azure database for mysql,*Compute Gen?,*,single-server,,,,vCore-hour,1,no,no,2026-01-30,Microsoft Learn: What's happening to Azure Database for MySQL Single Server (retired 2024-09-16; no reservations are sold for it)
    azure-postgresql,azure database for postgresql,*Burstable*Compute,?,$3,,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL
    azure-postgresql,azure database for postgresql,*General Purpose - ? Series Compute,vCore,GP-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL
    azure-postgresql,azure database for postgresql,*General Purpose ? Series Compute,vCore,GP-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL
    azure-postgresql,azure database for postgresql,*Memory Optimized - ? Series Compute,vCore,MO-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL
    azure-postgresql,azure database for postgresql,*Memory Optimized ? Series Compute,vCore,MO-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for PostgreSQL
    azure-mysql,azure database for mysql,*Burstable*Compute,?,$3,,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for MySQL
    azure-mysql,azure database for mysql,*General Purpose Series Compute,vCore,GP,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for MySQL
    azure-mysql,azure database for mysql,*General Purpose - ? Series Compute,vCore,GP-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for MySQL
    azure-mysql,azure database for mysql,*General Purpose ? Series Compute,vCore,GP-$2,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for MySQL
    azure-mysql,azure database for mysql,*Memory Optimized*Compute,vCore,BC,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for MySQL
    azure-mysql,azure database for mysql,*Business Critical*Compute,vCore,BC,,,,vCore-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Database for MySQL
    azure-cosmos,azure cosmos db,*autoscale*,100 RU/s,RU-autoscale,,,,100 RU/s-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Cosmos DB
    azure-cosmos,azure cosmos db,*,100 Multi-master RU/s,RU-multi-master,,,,100 RU/s-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Cosmos DB
    azure-cosmos,azure cosmos db,*,100 RU/s,RU,,,,100 RU/s-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Azure Cosmos DB
    azure-redis,redis cache,*,? Cache Instance,$2,,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Redis Cache
    azure-redis,redis cache,*Basic*,? Cache,$3,,,,instance-hour,1,yes,yes,2026-08-27,Azure Retail Prices: Redis Cache
    azure-redis,redis cache,*,? Cache,$2,,,,instance-hour,0.5,yes,no,2026-08-27,Azure Retail Prices: Redis Cache (a cache is a node and its replica)
    gke-autopilot,kubernetes engine,,Autopilot Pod mCPU Requests*,vCPU,,,vcpu,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Kubernetes Engine
    gke-autopilot,kubernetes engine,,Autopilot Pod mCPU Requests*,vCPU,,,,vCPU-hour,1000,yes,yes,2026-08-20,Google Cloud Billing catalogue: Kubernetes Engine
    gke-autopilot,kubernetes engine,,Autopilot Pod Memory Requests*,GB,,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Kubernetes Engine
    gke-autopilot,kubernetes engine,,Autopilot Spot *,spot,,,,vCPU-hour,1,no,no,2026-08-20,Google Cloud: Compute flexible committed use discounts
    gke-autopilot,kubernetes engine,,Autopilot * Pod mCPU Requests*,vCPU-$1,,,vcpu,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Kubernetes Engine
    gke-autopilot,kubernetes engine,,Autopilot * Pod mCPU Requests*,vCPU-$1,,,,vCPU-hour,1000,yes,yes,2026-08-20,Google Cloud Billing catalogue: Kubernetes Engine
    gke-autopilot,kubernetes engine,,Autopilot * Pod Memory Requests*,GB-$1,,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Kubernetes Engine
    cloud-run,cloud run,,Services Min Instance CPU*,vCPU-second-idle,,,,vCPU-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run
    cloud-run,cloud run,,Services Min Instance Memory*,GB-second-idle,,,,GB-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run
    cloud-run,cloud run,,* CPU*(Instance-based billing)*,vCPU-second-instance,,,,vCPU-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run
    cloud-run,cloud run,,* Memory*(Instance-based billing)*,GB-second-instance,,,,GB-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run
    cloud-run,cloud run,,Jobs CPU in *,vCPU-second-instance,,,,vCPU-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run; committed use discounts (28 % and 46 %)
    cloud-run,cloud run,,Jobs Memory in *,GB-second-instance,,,,GB-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run; committed use discounts (28 % and 46 %)
    cloud-run,cloud run,,Worker Pools CPU in *,vCPU-second-instance,,,,vCPU-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run; committed use discounts (28 % and 46 %)
    cloud-run,cloud run,,Worker Pools Memory in *,GB-second-instance,,,,GB-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run; committed use discounts (28 % and 46 %)
    cloud-run,cloud run,,Services CPU*,vCPU-second,,,,vCPU-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run
    cloud-run,cloud run,,Services Memory*,GB-second,,,,GB-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run
    cloud-run,cloud run,,CPU Allocation Time*,vCPU-second,,,,vCPU-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run (older names)
    cloud-run,cloud run,,Memory Allocation Time*,GB-second,,,,GB-second,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Run (older names)
    cloud-run,cloud run functions,,Cloud Run functions* Min Instance CPU*,vCPU-second-idle,,,,vCPU-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run Functions (17 %)
    cloud-run,cloud run functions,,Cloud Run functions* Min Instance Memory*,GB-second-idle,,,,GB-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run Functions (17 %)
    cloud-run,cloud run functions,,Cloud Run functions* CPU*,vCPU-second,,,,vCPU-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run Functions (17 %)
    cloud-run,cloud run functions,,Cloud Run functions* Memory*,GB-second,,,,GB-second,1,yes,yes,2026-04-23,Google Cloud Billing catalogue: Cloud Run Functions (17 %)
    cloud-sql,cloud sql,,Cloud SQL for *: Zonal - vCPU*,vCPU,$1,,,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Regional - vCPU*,vCPU,$1,Regional,,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Zonal - RAM*,GB,$1,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Regional - RAM*,GB,$1,Regional,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Zonal - Enterprise Plus * vCPU*,vCPU-plus,$1,,,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Regional - Enterprise Plus * vCPU*,vCPU-plus,$1,Regional,,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Zonal - Enterprise Plus * RAM*,GB-plus,$1,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Regional - Enterprise Plus * RAM*,GB-plus,$1,Regional,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL
    cloud-sql,cloud sql,,Cloud SQL for *: Zonal - ? vCPU + ? RAM*,$2-vCPU-$3,$1,,,instance-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL (older shapes)
    cloud-sql,cloud sql,,Cloud SQL for *: Regional - ? vCPU + ? RAM*,$2-vCPU-$3,$1,Regional,,instance-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud SQL (older shapes)
    alloydb,alloydb;alloydb for postgresql,,*Backup*,backup,,,,GB-hour,1,no,no,2026-04-10,Google Cloud: AlloyDB committed use discounts (vCPUs and memory only)
    alloydb,alloydb;alloydb for postgresql,,*Storage*,storage,,,,GB-hour,1,no,no,2026-04-10,Google Cloud: AlloyDB committed use discounts (vCPUs and memory only)
    alloydb,alloydb;alloydb for postgresql,,*C4A*vCPU*,vCPU-C4A,,,,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: AlloyDB
    alloydb,alloydb;alloydb for postgresql,,*C4A*RAM*,GB-C4A,,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: AlloyDB
    alloydb,alloydb;alloydb for postgresql,,*vCPU*,vCPU,,,,vCPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: AlloyDB
    alloydb,alloydb;alloydb for postgresql,,*RAM*,GB,,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: AlloyDB
    alloydb,alloydb;alloydb for postgresql,,*Memory*,GB,,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: AlloyDB
    spanner,cloud spanner;spanner,,*Data Boost*,data-boost,,,,unit,1,no,no,2025-10-30,Google Cloud: Spanner committed use discounts (no Data Boost)
    spanner,cloud spanner;spanner,,*Storage*,storage,,,,GB-hour,1,no,no,2025-10-30,Google Cloud: Spanner committed use discounts (no storage)
    spanner,cloud spanner;spanner,,*Backup*,backup,,,,GB-hour,1,no,no,2025-10-30,Google Cloud: Spanner committed use discounts (no backups)
    spanner,cloud spanner;spanner,,*Enterprise Plus*Processing Unit*,node-enterprise-plus,,,,node-hour,1000,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Enterprise*Processing Unit*,node-enterprise,,,,node-hour,1000,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Standard*Processing Unit*,node-standard,,,,node-hour,1000,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Processing Unit*,node,,,,node-hour,1000,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Replica*Enterprise Plus*,replica-enterprise-plus,,,,node-hour,1,yes,yes,2026-11-29,Google Cloud Billing catalogue as quoted in github.com/nozomi-koborinai/terradart: Cloud Spanner (1D9F-E99D-5CBD Read-Write Replica Enterprise Edition Iowa: $0.41 an hour for each of a node's replicas)
    spanner,cloud spanner;spanner,,*Replica*Enterprise*,replica-enterprise,,,,node-hour,1,yes,yes,2026-11-29,Google Cloud Billing catalogue as quoted in github.com/nozomi-koborinai/terradart: Cloud Spanner (1D9F-E99D-5CBD Read-Write Replica Enterprise Edition Iowa: $0.41 an hour for each of a node's replicas)
    spanner,cloud spanner;spanner,,*Replica*Standard*,replica-standard,,,,node-hour,1,yes,yes,2026-11-29,Google Cloud Billing catalogue as quoted in github.com/nozomi-koborinai/terradart: Cloud Spanner (1D9F-E99D-5CBD Read-Write Replica Enterprise Edition Iowa: $0.41 an hour for each of a node's replicas)
    spanner,cloud spanner;spanner,,*Replica*,replica,,,,node-hour,1,yes,yes,2026-11-29,Google Cloud Billing catalogue as quoted in github.com/nozomi-koborinai/terradart: Cloud Spanner (1D9F-E99D-5CBD Read-Write Replica Enterprise Edition Iowa: $0.41 an hour for each of a node's replicas)
    spanner,cloud spanner;spanner,,*Enterprise Plus*Node*,node-enterprise-plus,,,,node-hour,1,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Enterprise*Node*,node-enterprise,,,,node-hour,1,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Standard*Node*,node-standard,,,,node-hour,1,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Node*,node,,,,node-hour,1,yes,yes,2026-11-29,Google Cloud Billing catalogue: Cloud Spanner (07AA-3267-AE40 Server Node in Zurich: $1.17 an hour)
    spanner,cloud spanner;spanner,,*Enterprise Plus*Compute*,node-enterprise-plus,,,,node-hour,1,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Enterprise*Compute*,node-enterprise,,,,node-hour,1,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Standard*Compute*,node-standard,,,,node-hour,1,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    spanner,cloud spanner;spanner,,*Compute*,node,,,,node-hour,1,yes,yes,2025-10-30,Google Cloud: Spanner committed use discounts (a node is 1000 processing units)
    memorystore,cloud memorystore for redis;memorystore for redis;cloud memorystore,,Redis Cluster Node Shared Core Nano*,node-shared-core-nano,,,,node-hour,1,yes,yes,2024-10-01,Google Cloud Billing catalogue as quoted in github.com/infracost/infracost (redis_cluster.go); Google Cloud: Committed use discounts for Memorystore for Redis Cluster
    memorystore,cloud memorystore for redis;memorystore for redis;cloud memorystore,,Redis Cluster Node Standard Small*,node-standard-small,,,,node-hour,1,yes,yes,2024-10-01,Google Cloud Billing catalogue as quoted in github.com/infracost/infracost (redis_cluster.go); Google Cloud: Committed use discounts for Memorystore for Redis Cluster
    memorystore,cloud memorystore for redis;memorystore for redis;cloud memorystore,,Redis Cluster Node Default*,node-highmem-medium,,,,node-hour,1,yes,yes,2024-10-01,Google Cloud Billing catalogue as quoted in github.com/infracost/infracost (redis_cluster.go); Google Cloud: Committed use discounts for Memorystore for Redis Cluster
    memorystore,cloud memorystore for redis;memorystore for redis;cloud memorystore,,Redis Cluster Node Highmem XLarge*,node-highmem-xlarge,,,,node-hour,1,yes,yes,2024-10-01,Google Cloud Billing catalogue as quoted in github.com/infracost/infracost (redis_cluster.go); Google Cloud: Committed use discounts for Memorystore for Redis Cluster
    memorystore,cloud memorystore for redis;memorystore for redis;cloud memorystore,,Redis Capacity ? M1*,M1,,,,GB-hour,1,no,no,2026-04-10,Google Cloud: Memorystore committed use discounts (not below 5 GB)
    memorystore,cloud memorystore for redis;memorystore for redis;cloud memorystore,,Redis Capacity ? ? *,$1-$2,,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Memorystore for Redis
    memorystore,cloud memorystore for redis;memorystore for redis;cloud memorystore,,Redis Capacity ? ?,$1-$2,,,,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Cloud Memorystore for Redis
    memorystore,cloud memorystore;memorystore for valkey,,Shared Core Nano Node *,node-shared-core-nano,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Custom Pico Node *,node-custom-pico,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Custom Micro Node *,node-custom-micro,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Custom Mini Node *,node-custom-mini,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Standard Small Node *,node-standard-small,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Highmem Medium Node *,node-highmem-medium,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Highcpu Medium Node *,node-highcpu-medium,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Standard Large Node *,node-standard-large,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Highmem XLarge Node *,node-highmem-xlarge,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore;memorystore for valkey,,Highmem 2xlarge Node *,node-highmem-2xlarge,Valkey,,,node-hour,1,yes,yes,2026-09-21,Google Cloud Billing catalogue as quoted in public repositories (44CF-B864-F1F7 Standard Small Node Mumbai); Google Cloud: Committed use discounts for Memorystore for Valkey
    memorystore,cloud memorystore for memcached;memorystore for memcached,,Memorystore for Memcached Custom Core ? *,vCPU-$1,Memcached,,,vCPU-hour,1,yes,yes,2026-11-30,Google Cloud Billing catalogue as quoted in public repositories (Memorystore for Memcached Custom RAM M1 Iowa); Google Cloud: Committed use discounts for Memorystore for Memcached
    memorystore,cloud memorystore for memcached;memorystore for memcached,,Memorystore for Memcached Custom RAM ? *,GB-$1,Memcached,,,GB-hour,1,yes,yes,2026-11-30,Google Cloud Billing catalogue as quoted in public repositories (Memorystore for Memcached Custom RAM M1 Iowa); Google Cloud: Committed use discounts for Memorystore for Memcached
    gcp-gpu,compute engine,,Nvidia * GPU running in *,$1,,,,GPU-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Compute Engine
    gcp-gpu,compute engine,,Nvidia * GPU in *,$1,,,,GPU-hour,1,yes,yes,2026-11-30,Google Cloud Billing catalogue as quoted in public repositories (Commitment v1: Nvidia L4 GPU in Frankfurt for 1 Year)
    gcp-local-ssd,compute engine,,Local SSD in *,GB,,,hour,GB-hour,1,yes,yes,2026-11-30,Google Cloud Billing catalogue as quoted in public repositories (Commitment v1: Local SSD in Americas for 1 Year)
    gcp-local-ssd,compute engine,,Local SSD in *,GB,,,,GB-hour,0.001344086021505,yes,yes,2026-11-30,Google Cloud Billing catalogue as quoted in public repositories (Commitment v1: Local SSD in Americas for 1 Year)
    gcp-local-ssd,compute engine,,SSD backed Local Storage attached to *,spot,,,,GB-hour,1,no,no,2026-08-20,Google Cloud: preemptible disks are not covered
    gcp-local-ssd,compute engine,,SSD backed Local Storage*,GB,,,hour,GB-hour,1,yes,yes,2026-08-20,Google Cloud Billing catalogue: Compute Engine
    gcp-local-ssd,compute engine,,SSD backed Local Storage*,GB,,,,GB-hour,0.001344086021505,yes,yes,2026-08-20,Google Cloud Billing catalogue: Compute Engine (a gibibyte month has 744 hours)

    """
}

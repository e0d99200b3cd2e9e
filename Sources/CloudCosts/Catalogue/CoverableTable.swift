/// Made by Data/embed.py of Data/coverable.csv; a test holds the two together.
enum CoverableTable {
  // swift-format-ignore
  static let csv = """
    # What of a service commitments may cover though no meter of the catalogue reads it: how such usage is known from the
    # rest of a bill. service: of services.csv, whose names it goes by; without one the provider and the names in bills
    # (bill, in small letters) say whose it is. meters: parts of the usage type, or of the description where there is none,
    # in small letters; empty: all that is counted by time. not: parts of those that are something else.
    service,provider,title,bill,meters,not,date,source
    ec2,aws,,,instance hour;boxusage;dedicatedusage;unusedbox;unusedded;hostusage,hostboxusage,2026-03-01,AWS Savings Plans User Guide: Savings Plan types
    fargate,aws,,,fargate,windows-os;ephemeralstorage,2026-03-01,AWS Savings Plans User Guide: Savings Plan types
    lambda,aws,,,lambda-gb-second;lambda-provisioned;gb-second,lambda-storage;snapstart;lambda-edge,2026-03-01,AWS Savings Plans User Guide: Savings Plan types (duration; provisioned concurrency; requests)
    sagemaker,aws,,,:ml.;-ml.,reservedcluster;spot,2026-03-01,AWS Savings Plans User Guide: SageMaker AI
    rds,aws,,,instance hour;instanceusage;multi-az;mirrorusage;serverless,,2026-04-22,AWS offers: RDS
    elasticache,aws,,,nodeusage;cacheddata:valkey;elasticacheprocessingunits:valkey,outpost-;extendedsupport,2026-04-22,AWS offers: ElastiCache; AWS Database Savings Plans offer file (serverless caches of Valkey alone)
    opensearch,aws,,,esinstance;ocu,ingestion;extendedsupport,2026-04-22,AWS Database Savings Plans offer file
    redshift,aws,,,node:;serverlessusage,serverlessusage-cr-,2026-02-24,Amazon Redshift Management Guide: Billing for serverless reservations
    memorydb,aws,,,nodeusage,,2025-01-01,Amazon MemoryDB Developer Guide
    dynamodb,aws,,,capacityunit-hrs;requestunits,,2026-04-22,AWS Database Savings Plans offer file
    documentdb,aws,,,instanceusage;serverless,,2026-04-22,AWS Database Savings Plans offer file
    neptune,aws,,,instanceusage;serverless,,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    keyspaces,aws,,,capacityunit;requestunits;readunits;writeunits;read units;write units,,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    timestream,aws,,,instance;compute,,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    dms,aws,,,instanceusg;multi-azusg;serverless,,2026-04-22,AWS Database Savings Plans offer file
    ,aws,Aurora DSQL,auroradsql;aurora dsql;amazon aurora dsql,dpu,storage,2026-04-22,AWS Savings Plans API reference: AuroraDSQL
    azure-vm,azure,,,,,2026-08-27,Microsoft Learn: Azure savings plan and reservation coverage
    azure-app-service,azure,,,,,2026-08-27,Microsoft Learn: Azure savings plan and reservation coverage
    azure-container-instances,azure,,,,software,2026-03-14,Microsoft Learn: What are savings plans (no software)
    azure-functions,azure,,,premium;flex;always ready,,2026-03-14,Microsoft Learn: What are savings plans (not the Consumption plan)
    azure-sql,azure,,,,,2026-08-27,Microsoft Learn: Reserved capacity for Azure SQL
    azure-postgresql,azure,,,,,2026-08-27,Microsoft Learn: Reserved capacity for Azure Database for PostgreSQL
    azure-mysql,azure,,,,,2026-08-27,Microsoft Learn: Reserved capacity for Azure Database for MySQL
    azure-cosmos,azure,,,,,2026-08-27,Microsoft Learn: Reserved capacity for Azure Cosmos DB
    azure-redis,azure,,,,,2026-08-27,Microsoft Learn: Reserved capacity for Azure Cache for Redis
    ,azure,Virtual Machine Scale Sets,virtual machine scale sets,,,2026-08-27,Microsoft Learn: Azure savings plan and reservation coverage
    ,azure,Azure Dedicated Host,azure dedicated host,,,2026-03-14,Microsoft Learn: What are savings plans
    ,azure,Azure Container Apps,azure container apps,,,2026-03-14,Microsoft Learn: What are savings plans
    ,azure,Azure Synapse Analytics,azure synapse analytics,,,2023-11-17,Microsoft Learn: What are Azure Reservations
    ,azure,Azure VMware Solution,azure vmware solution,,,2026-08-27,Microsoft Learn: What are Azure Reservations
    ,azure,Azure VMware Solution or bare metal,specialized compute,,,2026-12-01,Microsoft Learn: What are Azure Reservations (VMware Solution; Nutanix on BareMetal; the meters AV36 Node and AN36P Node)
    ,azure,Microsoft Fabric,microsoft fabric,capacity,storage;overage,2026-08-27,Microsoft Learn: Save costs with Microsoft Fabric Capacity reservations
    ,azure,Azure Databricks,azure databricks,dbu,,2023-11-17,Microsoft Learn: What are Azure Reservations
    ,azure,Azure Managed Redis,azure managed redis,,,2026-08-27,Microsoft Learn: What are Azure Reservations
    ,azure,Azure Data Explorer,azure data explorer,markup,,2023-11-17,Microsoft Learn: What are Azure Reservations
    ,azure,Azure Red Hat OpenShift,azure red hat openshift,,,2023-11-17,Microsoft Learn: What are Azure Reservations
    ,azure,Azure Spring Cloud,azure spring cloud,,,2026-03-14,Microsoft Learn: What are savings plans
    ,azure,Azure DocumentDB,azure documentdb,vcore,storage,2026-05-15,Microsoft Learn: Save costs with Azure DocumentDB Reservations; What are savings plans
    ,azure,Azure Database Migration Service,azure database migration service,,,2026-03-14,Microsoft Learn: What are savings plans (the one for databases)
    ,azure,Azure Data Factory data flows,azure data factory;azure data factory v2,data flow,,2023-11-17,Microsoft Learn: What are Azure Reservations
    gce,gcp,,, core ; ram ;gpu;local ssd,commitment;preemptible;spot;licens,2026-08-20,Google Cloud: Committed use discounts
    gke-autopilot,gcp,,,autopilot,kubernetes clusters,2026-08-20,Google Cloud: Compute flexible committed use discounts
    cloud-run,gcp,,,cpu;memory,,2026-08-20,Google Cloud: Compute flexible committed use discounts
    cloud-sql,gcp,,,vcpu;ram;core,licens,2026-08-20,Google Cloud: Cloud SQL committed use discounts
    alloydb,gcp,,,vcpu;ram,,2026-08-20,Google Cloud: AlloyDB committed use discounts
    spanner,gcp,,,compute;node;replica;processing unit,storage,2026-11-29,Google Cloud: Spanner committed use discounts
    memorystore,gcp,,,,storage;backup;persistence,2026-04-10,Google Cloud: Memorystore committed use discounts (no storage; no backups; no persistence)
    ,gcp,VMware Engine,vmware engine,node,commitment,2026-08-20,Google Cloud: VMware Engine committed use discounts
    ,gcp,BigQuery,bigquery;bigquery reservation api,edition;slot,commitment;storage,2026-08-20,Google Cloud: BigQuery spend-based committed use discounts
    ,gcp,Dataflow,cloud dataflow,streaming,,2026-08-20,Google Cloud: Dataflow streaming committed use discounts
    ,gcp,Bigtable,cloud bigtable,node;server,storage,2026-08-20,Google Cloud: Bigtable committed use discounts
    ,gcp,Firestore,cloud firestore,read;write;delete,storage,2026-08-20,Google Cloud: Firestore committed use discounts

    """
}

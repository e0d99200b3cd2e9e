/// Made by Data/embed.py of Data/services.csv; a test holds the two together.
enum ServiceTable {
  // swift-format-ignore
  static let csv = """
    # What is metered, a row a service. name: as files and scenarios write it, before the slash of a type
    # (`fargate/vCPU`) where `infer` does not already tell it from the type. infer: how a type shows that it is
    # of this service (`db.*`, `*.search`; `*`: the provider's other types). family_parts: how many parts of the
    # type, cut at dots, name its family. flexibility: which reservations cover other sizes: `ec2` (table of
    # factors), `engine` (engines.csv), `azure`, `gcp`, `none` (the exact type). usage: the kind, in
    # words. bill: what bills call it: AWS product codes and FOCUS service names. focus,
    # focus_category: FOCUS's ServiceName, and its ServiceCategory and ServiceSubcategory.
    name,provider,title,usage,infer,family_parts,flexibility,unit,bill,focus,focus_category,date,source
    ec2,aws,EC2,compute,*,1,ec2,instance-hour,AmazonEC2;Amazon EC2;EC2;Amazon Elastic Compute Cloud - Compute,Amazon Elastic Compute Cloud,Compute/Virtual Machines,2023-06-10,Amazon EC2 User Guide: How Reserved Instances are applied
    azure-vm,azure,Virtual Machines,compute,*,1,azure,instance-hour,Microsoft.Compute;Virtual Machines,Virtual Machines,Compute/Virtual Machines,2024-04-10,Azure isfratioblob table
    gce,gcp,Compute Engine,compute,*,1,gcp,instance-hour,Compute Engine,Compute Engine,Compute/Virtual Machines,2026-08-20,Google Cloud: Committed use discounts
    fargate,aws,Fargate,containers,,1,none,vCPU-hour; GB-hour,AmazonECS;AmazonEKS;Amazon Elastic Container Service;Amazon Elastic Kubernetes Service;Amazon Elastic Container Service for Kubernetes,AWS Fargate,Compute/Containers,2026-10-01,AWS Savings Plans User Guide: Savings Plan types; AWS price list
    lambda,aws,Lambda,functions,,1,none,GB-second; request,AWSLambda;Lambda,AWS Lambda,Compute/Serverless Compute,2026-10-01,AWS Savings Plans User Guide: Savings Plan types; AWS price list
    sagemaker,aws,SageMaker,machine learning,ml.*,2,none,instance-hour,AmazonSageMaker;Amazon SageMaker AI,Amazon SageMaker,AI and Machine Learning/Machine Learning,2025-12-02,AWS Savings Plans User Guide: Savings Plan types
    rds,aws,RDS and Aurora,database,db.*,2,engine,instance-hour; ACU-hour,AmazonRDS;Amazon RDS;RDS,Amazon Relational Database Service,Databases/Relational Databases,2023-06-10,Amazon RDS User Guide: Working with reserved DB instances
    elasticache,aws,ElastiCache,cache,cache.*,2,engine,node-hour; ECPU; GB-hour,AmazonElastiCache,Amazon ElastiCache,Databases/Caching,2025-01-01,Amazon ElastiCache User Guide: Size flexible reserved nodes
    memorydb,aws,MemoryDB,in-memory database,,2,engine,node-hour,AmazonMemoryDB,Amazon MemoryDB,Databases/Caching,2025-01-01,Amazon MemoryDB Developer Guide: Reserved node size flexibility
    opensearch,aws,OpenSearch,search,*.search,1,none,instance-hour; OCU-hour,AmazonES;Amazon Elasticsearch Service,Amazon OpenSearch Service,Analytics/Search,2023-09-01,Amazon OpenSearch Service Developer Guide: Reserved Instances
    redshift,aws,Redshift,warehouse,ra3.*;dc2.*;ds2.*,1,none,node-hour; RPU-hour,AmazonRedshift,Amazon Redshift,Analytics/Data Warehouses,2023-06-10,Amazon Redshift Management Guide: Reserved nodes
    dynamodb,aws,DynamoDB,key-value store,,1,none,capacity-unit-hour; request unit,AmazonDynamoDB,Amazon DynamoDB,Databases/NoSQL Databases,2026-04-22,AWS Database Savings Plans offer file
    documentdb,aws,DocumentDB,document database,,2,none,instance-hour; DCU-hour,AmazonDocDB,Amazon DocumentDB,Databases/NoSQL Databases,2026-04-22,AWS Database Savings Plans offer file
    neptune,aws,Neptune,graph database,,2,none,instance-hour; NCU-hour,AmazonNeptune,Amazon Neptune,Databases/NoSQL Databases,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    keyspaces,aws,Keyspaces,wide-column store,,1,none,capacity-unit-hour; request unit,AmazonMCS,Amazon Keyspaces,Databases/NoSQL Databases,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    timestream,aws,Timestream,time-series database,,2,none,instance-hour,AmazonTimestream,Amazon Timestream,Databases/Time Series Databases,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    dms,aws,DMS,database migration,dms.*,2,none,instance-hour; DCU-hour,AWSDatabaseMigrationSvc,AWS Database Migration Service,Migration/Migration,2026-04-22,AWS Database Savings Plans offer file
    azure-app-service,azure,App Service,application platform,,1,none,instance-hour,Microsoft.Web;Azure App Service,Azure App Service,Web/Application Platforms,2026-08-27,Microsoft Learn: Azure savings plan and reservation coverage
    azure-container-instances,azure,Container Instances,containers,,1,none,vCPU-hour; GB-hour,Microsoft.ContainerInstance;Container Instances,Azure Container Instances,Compute/Containers,2026-08-27,Microsoft Learn: What is Azure savings plans for compute
    azure-functions,azure,Functions Premium,functions,,1,none,vCPU-hour; GB-hour,Functions,Azure Functions,Compute/Serverless Compute,2026-08-27,Microsoft Learn: What is Azure savings plans for compute
    azure-sql,azure,SQL Database and Managed Instance,database,,1,none,vCore-hour,Microsoft.Sql;SQL Database;SQL Managed Instance,Azure SQL Database,Databases/Relational Databases,2026-08-27,Microsoft Learn: Reserved capacity for Azure SQL
    azure-postgresql,azure,Database for PostgreSQL,database,,1,none,vCore-hour,Microsoft.DBforPostgreSQL;Azure Database for PostgreSQL,Azure Database for PostgreSQL,Databases/Relational Databases,2026-08-27,Microsoft Learn: Reserved capacity for Azure Database for PostgreSQL
    azure-mysql,azure,Database for MySQL,database,,1,none,vCore-hour,Microsoft.DBforMySQL;Azure Database for MySQL,Azure Database for MySQL,Databases/Relational Databases,2026-08-27,Microsoft Learn: Reserved capacity for Azure Database for MySQL
    azure-cosmos,azure,Cosmos DB,database,,1,azure,100 RU/s-hour,Microsoft.DocumentDB;Azure Cosmos DB,Azure Cosmos DB,Databases/NoSQL Databases,2026-08-27,Microsoft Learn: Reserved capacity for Azure Cosmos DB
    azure-redis,azure,Cache for Redis,cache,,1,azure,instance-hour,Microsoft.Cache;Redis Cache,Azure Cache for Redis,Databases/Caching,2026-08-27,Microsoft Learn: Reserved capacity for Azure Cache for Redis
    gcp-gpu,gcp,GPUs,accelerators,,1,none,GPU-hour,,Compute Engine,Compute/Virtual Machines,2026-08-20,Google Cloud: Resource-based committed use discounts
    gcp-local-ssd,gcp,Local SSD,local disks,,1,none,GB-hour,,Compute Engine,Storage/Block Storage,2026-08-20,Google Cloud: Resource-based committed use discounts
    gke-autopilot,gcp,GKE Autopilot,containers,,1,none,vCPU-hour; GB-hour,Kubernetes Engine,Kubernetes Engine,Compute/Containers,2026-08-20,Google Cloud: Compute flexible committed use discounts
    cloud-run,gcp,Cloud Run,containers,,1,none,vCPU-second; GB-second,Cloud Run,Cloud Run,Compute/Containers,2026-08-20,Google Cloud: Compute flexible committed use discounts
    cloud-sql,gcp,Cloud SQL,database,,1,none,vCPU-hour; GB-hour,Cloud SQL,Cloud SQL,Databases/Relational Databases,2026-08-20,Google Cloud: Cloud SQL committed use discounts
    alloydb,gcp,AlloyDB,database,,1,none,vCPU-hour; GB-hour,AlloyDB,AlloyDB,Databases/Relational Databases,2026-08-20,Google Cloud: AlloyDB committed use discounts
    spanner,gcp,Spanner,database,,1,none,node-hour,Cloud Spanner,Cloud Spanner,Databases/Relational Databases,2026-08-20,Google Cloud: Spanner committed use discounts
    memorystore,gcp,Memorystore,cache,,1,none,GB-hour; node-hour; vCPU-hour,Cloud Memorystore;Cloud Memorystore for Redis;Memorystore for Redis;Memorystore for Redis Cluster;Memorystore for Valkey;Cloud Memorystore for Memcached;Memorystore for Memcached,Memorystore,Databases/Caching,2025-09-03,Google Cloud: Committed use discounts for Memorystore for Valkey (Redis Cluster and Redis and Memcached too)

    """
}

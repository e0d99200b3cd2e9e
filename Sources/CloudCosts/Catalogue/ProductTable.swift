/// Made by Data/embed.py of Data/products.csv; a test holds the two together.
enum ProductTable {
  // swift-format-ignore
  static let csv = """
    # What can be committed to, a row a product; how to add one: ../README.md. shape: `quantity` (units) or `money` (an amount per hour).
    # services: whose usage it may cover (services.csv). scope of money: `family` (one in one region), `region`,
    # `everywhere`; of a quantity always the region (and the zone, where zonal). terms in years. not_sold: term/payment.
    # tier: its turn when commitments are applied (Billing, ApplicationTier). follows: whether it follows usage
    # from family to family by itself. exchange: yes, no, or until when it was bought. sale: whether it can be
    # sold on. returns: whether it can be given back. rates: `percent` where they follow the price on demand.
    # grid, least: in what steps and from what on it is sold (instances; currency per hour). quota: the most instances that a month and a
    # region (with `zone`: and as many a zone) sell unless the provider raises it. also: the
    # name that a price file of several services may use. api: the provider's interface
    # and its word for it; `console`: no command sells it. words: what its files call it.
    # shares: service (/what its types end in):one year:three years, what rates are of the price on demand where the provider says it for all usage.
    name,provider,title,short,shape,services,scope,zonal,terms,payments,not_sold,tier,follows,exchange,sale,returns,rates,grid,least,quota,also,api,words,shares,date,source
    on-demand,,On-Demand,On-Demand,none,,everywhere,no,,,,none,no,no,no,no,stated,,,,,,,,2026-11-28,sold by everyone
    ri-standard,aws,Standard RI,Standard RI,quantity,ec2,region,yes,1;3,no-upfront;partial-upfront;all-upfront,,reservation,no,no,yes,no,stated,1,1,20,,ec2:standard,standard,,2023-05-31,Amazon EC2 User Guide: Reserved Instances; quotas
    ri-convertible,aws,Convertible RI,Convertible RI,quantity,ec2,region,yes,1;3,no-upfront;partial-upfront;all-upfront,,reservation,no,yes,no,no,stated,1,1,20,,ec2:convertible,convertible,,2023-05-31,Amazon EC2 User Guide: Reserved Instances; quotas
    ri-rds,aws,RDS Reserved DB Instance,RDS RI,quantity,rds,region,no,1;3,no-upfront;partial-upfront;all-upfront,3/no-upfront,reservation,no,no,no,no,stated,1,1,40,ri-standard;ri-convertible,rds:db-instances,,,2023-06-10,Amazon RDS User Guide: Working with reserved DB instances; quotas
    ri-elasticache,aws,ElastiCache Reserved Node,ElastiCache RI,quantity,elasticache,region,no,1;3,no-upfront;partial-upfront;all-upfront,,reservation,no,no,no,no,stated,1,1,300,ri-standard;ri-convertible,elasticache:cache-nodes,,,2025-01-01,Amazon ElastiCache User Guide: Size flexible reserved nodes; quotas
    ri-memorydb,aws,MemoryDB Reserved Node,MemoryDB RI,quantity,memorydb,region,no,1;3,no-upfront;partial-upfront;all-upfront,,reservation,no,no,no,no,stated,1,1,,ri-standard;ri-convertible,memorydb:nodes,,,2025-01-01,Amazon MemoryDB Developer Guide: Reserved nodes; quotas
    ri-opensearch,aws,OpenSearch Reserved Instance,OpenSearch RI,quantity,opensearch,region,no,1;3,no-upfront;partial-upfront;all-upfront,,reservation,no,no,no,no,stated,1,1,,ri-standard;ri-convertible,opensearch:instances,,,2023-09-01,Amazon OpenSearch Service Developer Guide: Reserved Instances
    ri-redshift,aws,Redshift Reserved Node,Redshift RI,quantity,redshift,region,no,1;3,no-upfront;partial-upfront;all-upfront,,reservation,no,no,no,no,stated,1,1,,ri-standard;ri-convertible,redshift:nodes,,,2023-06-10,Amazon Redshift Management Guide: Reserved nodes
    ri-redshift-serverless,aws,Redshift Serverless Reservation,Redshift RPU,quantity,redshift,region,no,1,no-upfront;all-upfront,,reservation,no,no,no,no,stated,1,1,,,redshift-serverless:RPU,,,2026-10-01,Amazon Redshift Management Guide: Billing for serverless reservations
    ri-dynamodb,aws,DynamoDB Reserved Capacity,DynamoDB res.,quantity,dynamodb,region,no,1;3,partial-upfront,,reservation,no,no,no,no,stated,100,100,,ri-standard;ri-convertible,console,,,2023-06-10,Amazon DynamoDB Developer Guide: Reserved capacity (100 units a step; bought in the console)
    sp-ec2-instance,aws,EC2 Instance Savings Plan,EC2 Instance SP,money,ec2,family,no,1;3,no-upfront;partial-upfront;all-upfront,,narrow-plan,no,no,no,yes,stated,0.001,0.001,,,savingsplans:EC2Instance,EC2InstanceSavingsPlans;AWSEC2InstanceSavingsPlan;EC2Instance;EC2_INSTANCE_SP;EC2SP,,2025-12-02,AWS Savings Plans User Guide: Savings Plan types
    sp-compute,aws,Compute Savings Plan,Compute SP,money,ec2;fargate;lambda,everywhere,no,1;3,no-upfront;partial-upfront;all-upfront,,wide-plan,yes,no,no,yes,stated,0.001,0.001,,,savingsplans:Compute,ComputeSavingsPlans;AWSComputeSavingsPlan;Compute;COMPUTE_SP;ComputeSP,,2025-12-02,AWS Savings Plans User Guide: Savings Plan types
    sp-sagemaker,aws,SageMaker Savings Plan,SageMaker SP,money,sagemaker,everywhere,no,1;3,no-upfront;partial-upfront;all-upfront,,wide-plan,yes,no,no,yes,stated,0.001,0.001,,,savingsplans:SageMaker,SageMakerSavingsPlans;MachineLearningSavingsPlans;AWSMachineLearningSavingsPlans;SageMaker;SAGEMAKER_SP;SageMakerSP,,2025-12-02,AWS Savings Plans User Guide: Savings Plan types
    sp-database,aws,Database Savings Plan,Database SP,money,rds;elasticache;dynamodb;documentdb;neptune;keyspaces;timestream;dms;opensearch,everywhere,no,1,no-upfront,,wide-plan,yes,no,no,yes,stated,0.001,0.001,,,savingsplans:Database,DatabaseSavingsPlans;AWSDatabaseSavingsPlans;Database;DATABASE_SP;DatabaseSP,,2026-04-22,AWS Savings Plans User Guide: Database Savings Plans; its offer file
    azure-reservation,azure,Azure Reservation,Azure reserv.,quantity,azure-vm;azure-app-service;azure-sql;azure-postgresql;azure-mysql;azure-cosmos;azure-redis,region,no,1;3,no-upfront;all-upfront,,reservation,no,until 2027-02-01,no,yes,stated,1,1,,,azure:reservation,,,2026-08-27,Microsoft Learn: Save costs with Azure Reservations; exchange policy changes
    azure-savings-plan,azure,Azure savings plan,Azure SP,money,azure-vm;azure-app-service;azure-container-instances;azure-functions,everywhere,no,1;3,no-upfront;all-upfront,,azure-plan,yes,no,no,no,stated,0.001,0.001,,,azure:savings-plan,,,2026-08-27,Microsoft Learn: What is Azure savings plans for compute
    azure-savings-plan-database,azure,Azure savings plan for databases,Azure DB SP,money,azure-sql;azure-postgresql;azure-mysql;azure-cosmos,everywhere,no,1,no-upfront;all-upfront,,azure-plan,yes,no,no,no,stated,0.001,0.001,,,console,,,2026-08-27,Microsoft Learn: Azure savings plan for databases
    gcp-cud-resource,gcp,Resource-based CUD,Resource CUD,quantity,gce;gcp-gpu;gcp-local-ssd,region,no,1;3,no-upfront,,reservation,no,no,no,no,stated,1,1,,,gcp:compute-commitment,,,2026-08-20,Google Cloud: Resource-based committed use discounts
    gcp-cud-flexible,gcp,Flexible CUD,Flexible CUD,money,gce;gke-autopilot;cloud-run,everywhere,no,1;3,no-upfront,,wide-plan,yes,no,no,no,percent,0.001,0.01,,,console,,gce:0.72:0.54;gke-autopilot:0.72:0.54;cloud-run/-instance:0.72:0.54;cloud-run:0.83:0.83,2026-08-20,Google Cloud: Compute flexible committed use discounts; Cloud Run: Committed use discounts (28 % and 46 %; of what is billed by the request 17 %; of Compute Engine the series in Ingest)
    gcp-cud-cloud-sql,gcp,Cloud SQL CUD,Cloud SQL CUD,money,cloud-sql,region,no,1;3,no-upfront,,narrow-plan,no,no,no,no,percent,0.001,0.01,,,console,,cloud-sql:0.75:0.48,2026-08-20,Google Cloud: Cloud SQL committed use discounts (in a region; 25 % and 52 %)
    gcp-cud-alloydb,gcp,AlloyDB CUD,AlloyDB CUD,money,alloydb,everywhere,no,1;3,no-upfront,,wide-plan,no,no,no,no,percent,0.001,0.01,,,console,,alloydb:0.75:0.48,2026-11-29,Google Cloud: AlloyDB committed use discounts (all regions and projects; 25 % and 52 %)
    gcp-cud-spanner,gcp,Spanner CUD,Spanner CUD,money,spanner,everywhere,no,1;3,no-upfront,,wide-plan,yes,no,no,no,percent,0.001,0.01,,,console,,spanner:0.8:0.6,2026-08-20,Google Cloud: Spanner committed use discounts (20 % and 40 %)
    gcp-cud-memorystore,gcp,Memorystore CUD,Memorystore CUD,money,memorystore,everywhere,no,1;3,no-upfront,,wide-plan,no,no,no,no,percent,0.001,0.01,,,console,,memorystore:0.8:0.6,2026-04-10,Google Cloud: Memorystore committed use discounts (all regions; 20 % and 40 %)

    """
}

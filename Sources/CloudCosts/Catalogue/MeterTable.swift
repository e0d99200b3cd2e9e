/// Made by Data/embed.py of Data/meters.csv; a test holds the two together.
enum MeterTable {
  // swift-format-ignore
  static let csv = """
    # What bills and price files of AWS call a service's meters, without the region (`USE1-`). A star is the type
    # (`InstanceUsage:db.r6g.large`; a star first: any words before it), else `type` names the meter as our files do. system, deployment: as SKUs have
    # them; where the system is empty the operation tells the engine (engines.csv). unit: what one is counted in.
    # units: of the bill's unit for one of ours. demand: no, where no commitment covers it; plans, where no reservation
    # does. A usage type that begins with @ is the bill's unit, for services whose usage types are not known.
    service,usage_type,type,system,deployment,unit,units,demand,date,source
    fargate,Fargate-vCPU-Hours:perCPU,vCPU,Linux,default,vCPU-hour,1,yes,2026-10-01,AWS price list (AmazonECS; EKS pods use the same usage types)
    fargate,Fargate-GB-Hours,GB,Linux,default,GB-hour,1,yes,2026-10-01,AWS price list (AmazonECS; EKS pods use the same usage types)
    fargate,Fargate-ARM-vCPU-Hours:perCPU,vCPU-ARM,Linux,default,vCPU-hour,1,yes,2026-10-01,AWS price list (AmazonECS)
    fargate,Fargate-ARM-GB-Hours,GB-ARM,Linux,default,GB-hour,1,yes,2026-10-01,AWS price list (AmazonECS)
    fargate,Fargate-Windows-vCPU-Hours:perCPU,vCPU,Windows,default,vCPU-hour,1,yes,2026-10-01,AWS price list (AmazonECS)
    fargate,Fargate-Windows-GB-Hours,GB,Windows,default,GB-hour,1,yes,2026-10-01,AWS price list (AmazonECS)
    fargate,Fargate-Windows-OS-Hours:perCPU,Windows-licence,Windows,default,vCPU-hour,1,no,2026-10-01,AWS Savings Plans User Guide: licences are not covered
    fargate,Fargate-EphemeralStorage-GB-Hours,ephemeral-GB,Linux,default,GB-hour,1,no,2026-10-01,AWS price list (AmazonECS)
    lambda,Lambda-GB-Second,GB-second,Linux,default,GB-second,1,yes,2026-10-01,AWS price list (AWSLambda)
    lambda,Lambda-GB-Second-ARM,GB-second-ARM,Linux,default,GB-second,1,yes,2026-10-01,AWS price list (AWSLambda)
    lambda,Lambda-Provisioned-GB-Second,provisioned-GB-second,Linux,default,GB-second,1,yes,2026-10-01,AWS price list (AWSLambda)
    lambda,Lambda-Provisioned-GB-Second-ARM,provisioned-GB-second-ARM,Linux,default,GB-second,1,yes,2026-10-01,AWS price list (AWSLambda)
    lambda,Lambda-Provisioned-Concurrency,provisioned-concurrency,Linux,default,GB-second,1,yes,2026-10-01,AWS price list (AWSLambda)
    lambda,Lambda-Provisioned-Concurrency-ARM,provisioned-concurrency-ARM,Linux,default,GB-second,1,yes,2026-10-01,AWS price list (AWSLambda)
    lambda,Request,request,Linux,default,request,1,yes,2026-10-01,AWS price list (AWSLambda)
    lambda,Request-ARM,request-ARM,Linux,default,request,1,yes,2026-10-01,AWS price list (AWSLambda)
    sagemaker,Host:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI
    sagemaker,Train:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI
    sagemaker,Notebk:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI
    sagemaker,Notebook:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI
    sagemaker,Studio:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI
    sagemaker,Studio:KernelGateway-*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI (Studio)
    sagemaker,Studio:JupyterLab-*,,Linux,default,instance-hour,1,yes,2026-10-04,AWS price list (AmazonSageMaker: Studio-JupyterLab); AWS Savings Plans User Guide: SageMaker AI (Studio)
    sagemaker,Studio:CodeEditor-*,,Linux,default,instance-hour,1,yes,2026-10-04,AWS price list (AmazonSageMaker: Studio-CodeEditor); AWS Savings Plans User Guide: SageMaker AI (Studio)
    sagemaker,DataWrangler:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI (Data Wrangler)
    sagemaker,Processing:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI
    sagemaker,Tsform:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: SageMaker AI
    rds,InstanceUsage:*,,,default,instance-hour,1,yes,2026-04-22,AWS offers: RDS
    rds,Multi-AZUsage:*,,,Multi-AZ,instance-hour,1,yes,2026-04-22,AWS offers: RDS
    rds,Multi-AZClusterUsage:*,,,Multi-AZ cluster,instance-hour,1,yes,2023-02-23,AWS offers: RDS
    rds,MirrorUsage:*,,,mirroring,instance-hour,1,yes,2023-02-23,AWS offers: RDS (SQL Server Multi-AZ)
    rds,InstanceUsageIOOptimized:*,,,I/O-Optimized,instance-hour,1,yes,2026-04-22,AWS offers: RDS (Aurora)
    rds,Aurora:ServerlessV2Usage,ACU,,default,ACU-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and RDS User Guide: Aurora Serverless has no reserved instances
    rds,Aurora:ServerlessV2IOOptimizedUsage,ACU,,I/O-Optimized,ACU-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and RDS User Guide: Aurora Serverless has no reserved instances
    elasticache,NodeUsage:*,,,default,node-hour,1,yes,2026-04-22,AWS offers: ElastiCache
    elasticache,CachedData:Valkey,GB,Valkey,default,GB-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and ElastiCache User Guide: reserved nodes are for nodes
    elasticache,ElastiCacheProcessingUnits:Valkey,ECPU,Valkey,default,ECPU,1,plans,2026-04-22,AWS Database Savings Plans offer file and ElastiCache User Guide: reserved nodes are for nodes
    memorydb,NodeUsage:*,,,default,node-hour,1,yes,2025-01-01,Amazon MemoryDB Developer Guide
    opensearch,ESInstance:*,,Linux,default,instance-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    opensearch,IndexingOCU,indexing-OCU,Linux,default,OCU-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and OpenSearch Service Developer Guide: Reserved Instances are for instances
    opensearch,SearchOCU,search-OCU,Linux,default,OCU-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and OpenSearch Service Developer Guide: Reserved Instances are for instances
    redshift,Node:*,,Linux,default,node-hour,1,yes,2023-06-10,Amazon Redshift Management Guide
    redshift,Redshift:ServerlessUsage,RPU,Linux,default,RPU-hour,1,yes,2026-10-01,AWS price list (AmazonRedshift); Amazon Redshift Management Guide: Billing for serverless reservations
    dynamodb,ReadCapacityUnit-Hrs,RCU,Linux,default,capacity-unit-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    dynamodb,WriteCapacityUnit-Hrs,WCU,Linux,default,capacity-unit-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    dynamodb,ReplWriteCapacityUnit-Hrs,rWCU,Linux,default,capacity-unit-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    dynamodb,ReadRequestUnits,read-request,Linux,default,request unit,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,WriteRequestUnits,write-request,Linux,default,request unit,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,ReplWriteRequestUnits,replicated-write-request,Linux,default,request unit,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,IA-ReadCapacityUnit-Hrs,RCU-IA,Linux,default,capacity-unit-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,IA-WriteCapacityUnit-Hrs,WCU-IA,Linux,default,capacity-unit-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,IA-ReplWriteCapacityUnit-Hrs,rWCU-IA,Linux,default,capacity-unit-hour,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,IA-ReadRequestUnits,read-request-IA,Linux,default,request unit,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,IA-WriteRequestUnits,write-request-IA,Linux,default,request unit,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    dynamodb,IA-ReplWriteRequestUnits,replicated-write-request-IA,Linux,default,request unit,1,plans,2026-04-22,AWS Database Savings Plans offer file and DynamoDB Developer Guide: reserved capacity is not for on-demand mode and Standard-IA
    documentdb,InstanceUsage:*,,Linux,default,instance-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    documentdb,InstanceUsageIOOptimized:*,,Linux,I/O-Optimized,instance-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    documentdb,DocumentDB:ServerlessUsage,DCU,Linux,default,DCU-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    documentdb,DocumentDB:ServerlessIOOptimizedUsage,DCU,Linux,I/O-Optimized,DCU-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    neptune,InstanceUsage:*,,Linux,default,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    neptune,Neptune:ServerlessUsage,NCU,Linux,default,NCU-hour,1,yes,2025-12-02,AWS price list (AmazonNeptune); AWS Savings Plans User Guide: Database Savings Plans
    keyspaces,MCS-ReadUnits,read-request,Linux,default,request unit,1,yes,2026-11-30,AWS price list as read by github.com/aws-samples/sample-pricing-calculator-for-keyspaces; AWS Savings Plans API reference: AmazonMCS
    keyspaces,MCS-WriteUnits,write-request,Linux,default,request unit,1,yes,2026-11-30,AWS price list as read by github.com/aws-samples/sample-pricing-calculator-for-keyspaces; AWS Savings Plans API reference: AmazonMCS
    neptune,InstanceUsageIOOptimized:*,,Linux,I/O-Optimized,instance-hour,1,yes,2025-12-02,AWS Savings Plans User Guide: Database Savings Plans
    dms,InstanceUsg:*,,Linux,default,instance-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    dms,Multi-AZUsg:*,,Linux,Multi-AZ,instance-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file
    dms,DMSServerlessRepCapacityUsg:*,,Linux,default,DCU-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file (priced by the capacity that runs)
    dms,DMSServerlessRepMultiAZCapacityUsg:*,,Linux,Multi-AZ,DCU-hour,1,yes,2026-04-22,AWS Database Savings Plans offer file (priced by the capacity that runs)
    keyspaces,@ReadCapacityUnit-Hrs,RCU,Linux,default,capacity-unit-hour,1,yes,2026-11-30,AWS Savings Plans API reference: SavingsPlanRate (units of AmazonMCS's rates; its provisioned usage types are not known)
    keyspaces,@WriteCapacityUnit-Hrs,WCU,Linux,default,capacity-unit-hour,1,yes,2026-11-30,AWS Savings Plans API reference: SavingsPlanRate (units of AmazonMCS's rates; its provisioned usage types are not known)
    timestream,*Multi-AZ*:db.influx.?,,Linux,Multi-AZ,instance-hour,1,yes,2026-11-30,Amazon Timestream API reference: CreateDbInstance (dbInstanceType); AWS Savings Plans User Guide: Database Savings Plans
    timestream,*:db.influx.?,,Linux,default,instance-hour,1,yes,2026-11-30,Amazon Timestream API reference: CreateDbInstance (dbInstanceType); AWS Savings Plans User Guide: Database Savings Plans

    """
}

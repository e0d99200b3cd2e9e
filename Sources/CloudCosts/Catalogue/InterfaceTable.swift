/// Made by Data/embed.py of Data/interfaces.csv; a test holds the two together.
enum InterfaceTable {
  // swift-format-ignore
  static let csv = """
    # How AWS's services sell and list reservations of their nodes; names of botocore 1.43.11's service models (rds
    # 2014-10-31, elasticache 2015-02-02, memorydb 2021-01-01, opensearch 2021-01-01, redshift 2012-12-01), spelled
    # as the command line does. list, id, type, count, payment: of the describe-reserved answers. offerings,
    # offering: of the lookup's answer. name: the option that names the purchase: one of a
    # name that is there already is refused.
    # engine, deployment: the fields that tell offerings apart by them, where there are such.
    # details, details_type: what Cost Explorer's recommendations (ce 2017-10-25) call a reservation of it, and the fields
    # that make its type.
    service,list,id,type,count,payment,describe,purchase,offerings,offering,offering_option,count_option,name,engine,deployment,details,details_type,date,source
    rds,ReservedDBInstances,ReservedDBInstanceId,DBInstanceClass,DBInstanceCount,OfferingType,describe-reserved-db-instances-offerings,purchase-reserved-db-instances-offering,ReservedDBInstancesOfferings,ReservedDBInstancesOfferingId,--reserved-db-instances-offering-id,--db-instance-count,--reserved-db-instance-id,ProductDescription,MultiAZ,RDSInstanceDetails,InstanceType,2026-11-28,botocore 1.43.11
    elasticache,ReservedCacheNodes,ReservedCacheNodeId,CacheNodeType,CacheNodeCount,OfferingType,describe-reserved-cache-nodes-offerings,purchase-reserved-cache-nodes-offering,ReservedCacheNodesOfferings,ReservedCacheNodesOfferingId,--reserved-cache-nodes-offering-id,--cache-node-count,--reserved-cache-node-id,ProductDescription,,ElastiCacheInstanceDetails,NodeType,2026-11-28,botocore 1.43.11
    memorydb,ReservedNodes,ReservationId,NodeType,NodeCount,OfferingType,describe-reserved-nodes-offerings,purchase-reserved-nodes-offering,ReservedNodesOfferings,ReservedNodesOfferingId,--reserved-nodes-offering-id,--node-count,--reservation-id,,,MemoryDBInstanceDetails,NodeType,2026-11-28,botocore 1.43.11
    opensearch,ReservedInstances,ReservedInstanceId,InstanceType,InstanceCount,PaymentOption,describe-reserved-instance-offerings,purchase-reserved-instance-offering,ReservedInstanceOfferings,ReservedInstanceOfferingId,--reserved-instance-offering-id,--instance-count,--reservation-name,,,ESInstanceDetails,InstanceClass;InstanceSize,2026-11-28,botocore 1.43.11
    redshift,ReservedNodes,ReservedNodeId,NodeType,NodeCount,OfferingType,describe-reserved-node-offerings,purchase-reserved-node-offering,ReservedNodeOfferings,ReservedNodeOfferingId,--reserved-node-offering-id,--node-count,,,,RedshiftInstanceDetails,NodeType,2026-11-28,botocore 1.43.11

    """
}

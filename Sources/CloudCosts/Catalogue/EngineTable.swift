/// Made by Data/embed.py of Data/engines.csv; a test holds the two together.
enum EngineTable {
  // swift-format-ignore
  static let csv = """
    # What reservations of services with engines (services.csv, flexibility `engine`) cover, beyond their exact type.
    # kind `engine`: usage of `name` is covered by reservations of `group`, each size's units times `units`; an engine
    # without a row is covered by reservations of its exact type only. Several groups: its own, and others whose
    # reservations cover it too. kind `deployment`: how often an instance
    # counts. Sizes count as EC2's do (aws-size-flexibility.csv). code: the operation in bills; api: the word of
    # the describe-reserved and purchase calls; also: other spellings that files may use.
    kind,service,name,group,units,code,api,also,date,source
    engine,rds,MySQL,MySQL,1,CreateDBInstance:0002,mysql,,2023-06-10,Amazon RDS User Guide: Size-flexible reserved DB instances
    engine,rds,MariaDB,MariaDB,1,CreateDBInstance:0018,mariadb,,2023-06-10,Amazon RDS User Guide: Size-flexible reserved DB instances
    engine,rds,PostgreSQL,PostgreSQL,1,CreateDBInstance:0014,postgresql,postgres,2023-06-10,Amazon RDS User Guide: Size-flexible reserved DB instances
    engine,rds,Aurora MySQL,Aurora MySQL,1,CreateDBInstance:0016,aurora-mysql,aurora,2023-06-10,Amazon Aurora User Guide: Size-flexible reserved DB instances
    engine,rds,Aurora PostgreSQL,Aurora PostgreSQL,1,CreateDBInstance:0021,aurora-postgresql,aurora postgres,2023-06-10,Amazon Aurora User Guide: Size-flexible reserved DB instances
    engine,rds,Oracle EE BYOL,Oracle EE BYOL,1,CreateDBInstance:0005,oracle-ee(byol),oracle-ee,2023-06-10,Amazon RDS User Guide: Size-flexible reserved DB instances (Oracle BYOL)
    engine,rds,Oracle SE BYOL,Oracle SE BYOL,1,CreateDBInstance:0004,oracle-se(byol),,2023-06-10,Amazon RDS User Guide: Size-flexible reserved DB instances (Oracle BYOL)
    engine,rds,Oracle SE1 BYOL,Oracle SE1 BYOL,1,CreateDBInstance:0003,oracle-se1(byol),,2023-06-10,Amazon RDS User Guide: Size-flexible reserved DB instances (Oracle BYOL)
    engine,rds,Oracle SE2 BYOL,Oracle SE2 BYOL,1,CreateDBInstance:0019,oracle-se2(byol),,2023-06-10,Amazon RDS User Guide: Size-flexible reserved DB instances (Oracle BYOL)
    engine,rds,Oracle SE1,,,CreateDBInstance:0006,oracle-se1(li),,2023-06-10,Amazon RDS User Guide: not size-flexible with the licence included
    engine,rds,Oracle SE2,,,CreateDBInstance:0020,oracle-se2(li),oracle-se2,2023-06-10,Amazon RDS User Guide: not size-flexible with the licence included
    engine,rds,SQL Server SE BYOL,,,CreateDBInstance:0008,sqlserver-se(byol),,2023-06-10,Amazon RDS User Guide: SQL Server is not size-flexible
    engine,rds,SQL Server EE BYOL,,,CreateDBInstance:0009,sqlserver-ee(byol),,2023-06-10,Amazon RDS User Guide: SQL Server is not size-flexible
    engine,rds,SQL Server EX,,,CreateDBInstance:0010,sqlserver-ex(li),sqlserver-ex,2023-06-10,Amazon RDS User Guide: SQL Server is not size-flexible
    engine,rds,SQL Server Web,,,CreateDBInstance:0011,sqlserver-web(li),sqlserver-web,2023-06-10,Amazon RDS User Guide: SQL Server is not size-flexible
    engine,rds,SQL Server SE,,,CreateDBInstance:0012,sqlserver-se(li),sqlserver-se,2023-06-10,Amazon RDS User Guide: SQL Server is not size-flexible
    engine,rds,SQL Server EE,,,CreateDBInstance:0015,sqlserver-ee(li),sqlserver-ee,2023-06-10,Amazon RDS User Guide: SQL Server is not size-flexible
    deployment,rds,default,,1,,,Single-AZ,2023-06-10,Amazon RDS User Guide: Single-AZ
    deployment,rds,Multi-AZ,,2,,,Multi-AZ (one standby),2023-06-10,Amazon RDS User Guide: one standby counts twice
    deployment,rds,Multi-AZ cluster,,3,,,Multi-AZ (readable standbys),2023-06-10,Amazon RDS User Guide: two readable standbys count three times
    deployment,rds,mirroring,,2,,,Multi-AZ (SQL Server Mirror),2023-02-23,EC2 offers of eu-west-1: SQL Server Multi-AZ
    deployment,rds,I/O-Optimized,,1.3,,,IO-Optimized;aurora-iopt1,2023-06-10,Amazon Aurora User Guide: I/O-Optimized takes 1.3 times the units
    engine,elasticache,Redis,Redis,1,CreateCacheCluster:0002,redis,Redis OSS,2025-01-01,Amazon ElastiCache User Guide: Size flexible reserved nodes
    engine,elasticache,Valkey,Valkey;Redis,0.8,CreateCacheCluster:Valkey,valkey,,2025-01-01,Amazon ElastiCache User Guide: Size flexible reserved nodes
    engine,elasticache,Memcached,Memcached,1,CreateCacheCluster:0001,memcached,,2025-01-01,Amazon ElastiCache User Guide: Size flexible reserved nodes
    deployment,elasticache,default,,1,,,,2025-01-01,Amazon ElastiCache User Guide: Size flexible reserved nodes
    engine,memorydb,Redis,Redis,1,CreateCluster:0002,redis,Redis OSS,2025-01-01,Amazon MemoryDB Developer Guide: Reserved node size flexibility
    engine,memorydb,Valkey,Valkey;Redis,0.7,CreateCluster:Valkey,valkey,,2025-01-01,Amazon MemoryDB Developer Guide: Reserved node size flexibility
    deployment,memorydb,default,,1,,,,2025-01-01,Amazon MemoryDB Developer Guide: Reserved node size flexibility

    """
}

import CloudCosts
import Testing

@testable import Ingest

/// Services of Azure and Google beyond machines: what the words of their meters name.
@Suite struct NamedMeterTests {
  static let azure: [(String, String, String, String, String, Double)] = [
    (
      "Azure App Service", "Azure App Service Premium v3 Plan - Linux", "P1 v3 App",
      "azure-app-service/P1v3", "Linux", 1
    ),
    ("Azure App Service", "Premium v3 Plan", "P1 v3 App", "azure-app-service/P1v3", "Windows", 1),
    (
      "Azure App Service", "Azure App Service Premium v3 Plan - Linux", "P0v3 App",
      "azure-app-service/P0v3", "Linux", 1
    ),
    ("Azure App Service", "Basic Plan - Linux", "B2", "azure-app-service/B2", "Linux", 1),
    ("Azure App Service", "Standard Plan", "S1", "azure-app-service/S1", "Windows", 1),
    ("Azure App Service", "Premium v3 Plan - Linux", "P1 v3", "azure-app-service/P1v3", "Linux", 1),
    ("Azure App Service", "Isolated v2 Plan", "I1 v2", "azure-app-service/I1v2", "Windows", 1),
    (
      "SQL Database", "SQL Database Single/Elastic Pool General Purpose - Compute Gen5", "vCore",
      "azure-sql/GP-Gen5", "Linux", 1
    ),
    (
      "SQL Managed Instance", "SQL Managed Instance Business Critical - Compute Gen5", "vCore",
      "azure-sql/MI-BC-Gen5", "Linux", 1
    ),
    (
      "Azure Database for PostgreSQL",
      "Azure Database for PostgreSQL Flexible Server General Purpose - Ddsv5 Series Compute",
      "vCore", "azure-postgresql/GP-Ddsv5", "Linux", 1
    ),
    (
      "Azure Database for PostgreSQL", "Flexible Server Burstable BS Series Compute", "B1MS",
      "azure-postgresql/B1MS", "Linux", 1
    ),
    (
      "Azure Database for MySQL",
      "Azure Database for MySQL Flexible Server Business Critical Compute",
      "vCore", "azure-mysql/BC", "Linux", 1
    ),
    ("Azure Cosmos DB", "Azure Cosmos DB", "100 RU/s", "azure-cosmos/RU", "Linux", 1),
    (
      "Azure Cosmos DB", "Azure Cosmos DB autoscale", "100 RU/s", "azure-cosmos/RU-autoscale",
      "Linux", 1
    ),
    (
      "Redis Cache", "Azure Redis Cache Premium", "P1 Cache Instance", "azure-redis/P1", "Linux", 1
    ),
    ("Redis Cache", "Azure Redis Cache Premium", "P1 Cache", "azure-redis/P1", "Linux", 0.5),
    ("Redis Cache", "Azure Redis Cache Basic", "C1 Cache", "azure-redis/C1", "Linux", 1),
    (
      "Container Instances", "Container Instances", "Standard Memory Duration",
      "azure-container-instances/GB", "Linux", 1
    ),
    ("Functions", "Premium Functions", "Premium vCPU Duration", "azure-functions/vCPU", "Linux", 1),
  ]

  @Test(arguments: azure)
  func azuresMetersAreNamed(
    category: String, product: String, meter: String, type: String, system: String, units: Double
  ) throws {
    let found = try #require(
      NamedMeter.find(
        .azure, category: category, product: product, meter: meter, unit: "1 Hour",
        region: "westeurope"))
    #expect(found.sku.instanceType == type && found.sku.operatingSystem == system)
    #expect(found.meter.units == units && found.meter.isDemand)
    #expect(found.sku.service == found.meter.service)
  }

  static let google: [(String, String, String, String, String, Double)] = [
    (
      "Kubernetes Engine", "Autopilot Pod mCPU Requests (us-central1)", "hour",
      "gke-autopilot/vCPU", "Linux", 1000
    ),
    (
      "Kubernetes Engine", "Autopilot Pod mCPU Requests (us-central1)", "vCPU hour",
      "gke-autopilot/vCPU", "Linux", 1
    ),
    (
      "Kubernetes Engine", "Autopilot Balanced Pod Memory Requests (us-central1)",
      "gibibyte hour", "gke-autopilot/GB-Balanced", "Linux", 1
    ),
    (
      "Cloud Run", "Services CPU (Request-based billing)", "second", "cloud-run/vCPU-second",
      "Linux", 1
    ),
    (
      "Cloud Run", "Jobs Memory Tier 2 (Instance-based billing)", "gibibyte second",
      "cloud-run/GB-second-instance", "Linux", 1
    ),
    ("Cloud Run", "Jobs CPU in us-east1", "second", "cloud-run/vCPU-second-instance", "Linux", 1),
    (
      "Cloud Run", "Worker Pools Memory in europe-west1", "gibibyte second",
      "cloud-run/GB-second-instance", "Linux", 1
    ),
    (
      "Cloud Run Functions", "Cloud Run functions CPU (Request-based billing) in us-west1",
      "second", "cloud-run/vCPU-second", "Linux", 1
    ),
    (
      "Cloud Run Functions",
      "Cloud Run functions (1st Gen) Min Instance Memory Tier 2 (Request-based billing)",
      "gibibyte second", "cloud-run/GB-second-idle", "Linux", 1
    ),
    (
      "Cloud SQL", "Cloud SQL for PostgreSQL: Zonal - vCPU in Americas", "hour",
      "cloud-sql/vCPU", "PostgreSQL", 1
    ),
    (
      "Cloud SQL", "Cloud SQL for MySQL: Regional - RAM in Frankfurt", "gibibyte hour",
      "cloud-sql/GB", "MySQL", 1
    ),
    (
      "Cloud Memorystore for Redis", "Redis Capacity Standard M3 Mumbai", "gibibyte hour",
      "memorystore/Standard-M3", "Linux", 1
    ),
    (
      "Cloud Memorystore for Redis", "Redis Cluster Node Default Iowa", "hour",
      "memorystore/node-highmem-medium", "Linux", 1
    ),
    (
      "Cloud Memorystore", "Shared Core Nano Node Mumbai", "hour",
      "memorystore/node-shared-core-nano", "Valkey", 1
    ),
    (
      "Cloud Memorystore", "Highcpu Medium Node Mumbai", "hour",
      "memorystore/node-highcpu-medium", "Valkey", 1
    ),
    (
      "Cloud Memorystore for Memcached", "Memorystore for Memcached Custom RAM M1 Iowa",
      "gibibyte hour", "memorystore/GB-M1", "Memcached", 1
    ),
    (
      "Cloud Memorystore for Memcached", "Memorystore for Memcached Custom Core M1 Iowa", "hour",
      "memorystore/vCPU-M1", "Memcached", 1
    ),
    (
      "Compute Engine", "Nvidia Tesla T4 GPU running in Americas", "hour", "gcp-gpu/TeslaT4",
      "Linux", 1
    ),
    (
      "Compute Engine", "Nvidia Tesla T4 GPU running in Americas", "seconds", "gcp-gpu/TeslaT4",
      "Linux", 3600
    ),
    (
      "Compute Engine", "SSD backed Local Storage", "gibibyte month", "gcp-local-ssd/GB", "Linux",
      1.0 / 744
    ),
    (
      "Compute Engine", "Local SSD in Americas", "gibibyte month", "gcp-local-ssd/GB", "Linux",
      1.0 / 744
    ),
    ("Compute Engine", "Nvidia L4 GPU in Frankfurt", "hour", "gcp-gpu/L4", "Linux", 1),
  ]

  @Test(arguments: google)
  func googlesMetersAreNamed(
    category: String, meter: String, unit: String, type: String, system: String, units: Double
  ) throws {
    let found = try #require(
      NamedMeter.find(
        .gcp, category: category, product: "", meter: meter, unit: unit, region: "us-central1"))
    #expect(found.sku.instanceType == type && found.sku.operatingSystem == system)
    let factor = found.meter.units * BilledTime.factor(from: unit, to: found.meter.unit)
    #expect(abs(factor - units) < 1e-6 * units && found.meter.isDemand)
  }

  /// Flex-start and calendar mode are sold at prices of their own.
  @Test func scheduledMachinesAreNoDemand() {
    for meter in ["DWS Defined Duration A2 Core in Iowa", "DWS Calendar Mode A3 Core in Iowa"] {
      let usage = BilledUsage(
        BillWords { word in
          switch word {
          case .seller: "Google Cloud"
          case .service: "Compute Engine"
          case .description: meter
          case .details: "a2-highgpu-1g"
          case .region: "us-central1"
          case .unit: "hour"
          default: ""
          }
        }, machine: "a2-highgpu-1g")
      #expect(usage == .noCommitment)
    }
  }

  /// What is known of meters that no row reads: their own name says it, next to what they are filed
  /// under. (Microsoft Learn, What are savings plans: no software, not the Consumption plan; Google
  /// Cloud, committed use discounts of Cloud SQL: no licences; of Memorystore: Valkey, Redis Cluster
  /// and Memcached too.)
  @Test(arguments: [
    (
      "Microsoft", "Azure Databricks", "Premium All-purpose Compute DBU",
      BilledUsage.coverable("Azure Databricks")
    ),
    ("Microsoft", "Azure Databricks", "Standard Data Stored", .notMachine),
    // Azure VMware Solution, and Nutanix on bare metal: reservations are sold for both.
    (
      "Microsoft", "Specialized Compute", "AV36 Node",
      .coverable("Azure VMware Solution or bare metal")
    ),
    ("Microsoft", "Container Instances", "Standard Spot vCPU Duration", .spot),
    ("Microsoft", "Container Instances", "Standard Windows Software Duration", .notMachine),
    ("Microsoft", "Functions", "Standard Execution Time", .notMachine),
    ("Microsoft", "Functions", "Premium Regional Duration", .coverable("Functions Premium")),
    ("Google Cloud", "Kubernetes Engine", "Autopilot Kubernetes Clusters", .notMachine),
    ("Google Cloud", "Cloud SQL", "Licensing Fee for SQL Server, per core", .notMachine),
    (
      "Google Cloud", "Memorystore for Valkey", "Valkey Node highmem-medium",
      .coverable("Memorystore")
    ),
    (
      "Google Cloud", "Cloud Memorystore for Redis",
      "Memorystore for Redis Cluster: AOF Storage Iowa", .notMachine
    ),
  ])
  func coverableByTheMetersOwnName(
    _ seller: String, _ service: String, _ meter: String, _ expected: BilledUsage
  ) {
    let isAzure = seller == "Microsoft"
    let words = BillWords { word in
      switch word {
      case .seller: seller
      case .service, .meterService: service
      case .usageType: isAzure ? service : ""
      case .operation: isAzure ? meter : ""
      case .description: isAzure ? "" : meter
      case .region: "r"
      case .unit: "1 Hour"
      default: ""
      }
    }
    #expect(BilledUsage(words, machine: "meter") == expected)
  }

  @Test func whatNoCommitmentCoversIsNoDemand() {
    func isDemand(_ provider: Provider, _ words: String...) -> Bool? {
      NamedMeter.find(
        provider, category: words[0], product: words[1], meter: words[2], unit: "1 Hour",
        region: "r")?.meter.isDemand
    }
    let sql = "SQL Database Single/Elastic Pool General Purpose - "
    #expect(isDemand(.azure, "SQL Database", sql + "SQL License", "vCore") == false)
    #expect(isDemand(.azure, "SQL Database", sql + "Serverless - Compute Gen5", "vCore") == true)
    #expect(isDemand(.azure, "SQL Database", sql + "Storage", "Data Stored") == nil)
    #expect(isDemand(.azure, "SQL Database", sql + "Compute Gen5", "Zone Redundancy vCore") == nil)
    #expect(isDemand(.azure, "Storage", "Premium SSD", "P10 Disk") == nil)
    // Single servers are retired, and no reservations are sold for them.
    let postgres = "Azure Database for PostgreSQL"
    #expect(isDemand(.azure, postgres, "General Purpose - Compute Gen5", "vCore") == false)
    #expect(
      isDemand(
        .azure, postgres, "\(postgres) Single Server Memory Optimized - Compute Gen5", "vCore")
        == false)
    #expect(
      isDemand(
        .azure, postgres, "\(postgres) Flexible Server General Purpose - Ddsv5 Series Compute",
        "vCore") == true)
    #expect(
      isDemand(.gcp, "Compute Engine", "", "SSD backed Local Storage attached to Spot VMs")
        == false)
  }
}

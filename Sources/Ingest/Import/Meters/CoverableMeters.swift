import CloudCosts

/// What commitments can be bought for, whether it is read as demand or not: money that nothing
/// understood must be said, and coverage has the same usage above and below the line.
///
/// Sources: AWS, "Savings Plans types" and the reserved instances, nodes and capacity of each
/// service; Microsoft, "What are Azure Reservations?" and "What is Azure savings plans for
/// compute?"; Google, "Committed use discounts" (resource-based and flexible; spend-based by
/// service). Usage types as in the price lists of 2026.
enum CoverableMeters {
  /// A service whose usage may be committed to.
  struct Service {
    /// As a person knows it.
    var name: String
    /// The provider's codes and parts of its names, in small letters.
    var words: [String]
    /// Parts of the usage type, or of the description where there is none, in small letters; empty:
    /// all that is counted in hours.
    var meters: [String] = []
    /// Parts of the usage type that are none of these.
    var not: [String] = []
  }

  /// The service's name; nil for what no commitment covers.
  static func name(_ words: BillWords) -> String? {
    guard let provider = words.provider else { return nil }
    let code = words.lower(.meterService)
    let title = words.lower(.service)
    let service = services[provider]?.first { service in
      service.words.contains { word in
        // Azure's category says what is metered, whatever resource it belongs to.
        if provider == .azure, !code.isEmpty { return code == word }
        return code == word || title == word || (word.count > 6 && title.contains(word))
      }
    }
    guard let service else { return nil }
    return isMetered(service, words) ? service.name : nil
  }

  /// Without a usage type, hours may be anything of the service: it is taken as what can be
  /// covered.
  private static func isMetered(_ service: Service, _ words: BillWords) -> Bool {
    let meter = (words[.usageType].isEmpty ? words[.description] : words[.usageType]).lowercased()
    let unit = words.lower(.unit)
    if meter.isEmpty || service.meters.isEmpty {
      return unit.contains("hour") || ["hrs", "hr", "h", ""].contains(unit)
    }
    return service.meters.contains(where: meter.contains)
      && !service.not.contains(where: meter.contains)
  }

  private static let services: [Provider: [Service]] = [
    .aws: [
      Service(
        name: "EC2", words: ["amazonec2", "elastic compute cloud", "amazon ec2", "ec2"],
        meters: [
          "instance hour", "boxusage", "dedicatedusage", "unusedbox", "unusedded", "hostusage",
        ],
        not: ["hostboxusage"]),
      Service(
        name: "Fargate",
        words: [
          "amazonecs", "amazoneks", "elastic container service", "elastic kubernetes service",
          "kubernetes service",
        ], meters: ["fargate"], not: ["windows-os"]),
      Service(
        name: "Lambda", words: ["awslambda", "aws lambda", "lambda"],
        meters: ["lambda-gb-second", "lambda-provisioned", "gb-second"]),
      Service(
        name: "RDS", words: ["amazonrds", "relational database service", "rds", "amazon rds"],
        meters: ["instance hour", "instanceusage", "multi-az", "mirrorusage", "serverless"]),
      Service(
        name: "ElastiCache", words: ["amazonelasticache", "amazon elasticache"],
        meters: ["nodeusage", "cacheddata", "elasticacheprocessingunits"], not: ["outpost-"]),
      Service(
        name: "OpenSearch",
        words: ["amazones", "opensearch service", "amazon elasticsearch service"],
        meters: ["esinstance", "ocu"]),
      Service(name: "Redshift", words: ["amazonredshift", "amazon redshift"], meters: ["node:"]),
      Service(
        name: "MemoryDB", words: ["amazonmemorydb", "amazon memorydb"], meters: ["nodeusage"]),
      Service(
        name: "DynamoDB", words: ["amazondynamodb", "amazon dynamodb"],
        meters: ["capacityunit-hrs", "requestunits"]),
      Service(
        name: "DocumentDB", words: ["amazondocdb", "amazon documentdb"],
        meters: ["instanceusage", "serverless"]),
      Service(
        name: "Neptune", words: ["amazonneptune", "amazon neptune"],
        meters: ["instanceusage", "serverless"]),
      Service(
        name: "DMS", words: ["awsdatabasemigrationsvc", "database migration service"],
        meters: ["instanceusg", "multi-azusg", "serverless"]),
      Service(
        name: "SageMaker", words: ["amazonsagemaker", "amazon sagemaker"], meters: [":ml."]),
    ],
    .azure: [
      "Virtual Machines", "Virtual Machine Scale Sets",
      "Azure Dedicated Host", "Azure App Service", "Container Instances", "Azure Container Apps",
      "Functions", "SQL Database", "SQL Managed Instance", "Azure Cosmos DB", "Redis Cache",
      "Azure Database for PostgreSQL", "Azure Database for MySQL", "Azure Synapse Analytics",
      "Azure Spring Cloud",
    ].map { Service(name: $0, words: [$0.lowercased()]) },
    .gcp: [
      Service(
        name: "Compute Engine", words: ["compute engine"],
        meters: [" core ", " ram ", "gpu", "local ssd"],
        not: ["commitment", "preemptible", "spot", "licens"]),
      Service(name: "Kubernetes Engine", words: ["kubernetes engine"], meters: ["autopilot"]),
      Service(name: "Cloud Run", words: ["cloud run"], meters: ["cpu", "memory"]),
      Service(name: "Cloud SQL", words: ["cloud sql"], meters: ["vcpu", "ram", "core"]),
      Service(name: "AlloyDB", words: ["alloydb"], meters: ["vcpu", "ram"]),
      Service(name: "Spanner", words: ["cloud spanner"], meters: ["compute", "node"]),
      Service(name: "Memorystore", words: ["cloud memorystore"]),
    ],
  ]
}

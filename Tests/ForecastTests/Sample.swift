import CloudCosts

/// What several suites make their histories from.
enum Sample {
  static func group(_ type: String, account: String = "", region: String = "us-east-1")
    -> UsageGroup
  {
    UsageGroup(account: account, sku: SKU(provider: .aws, region: region, instanceType: type))
  }
}

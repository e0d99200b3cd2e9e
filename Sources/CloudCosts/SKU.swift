/// A cloud provider, by the name the contract files use.
public enum Provider: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
  case aws
  case azure
  case gcp

  public static func < (a: Provider, b: Provider) -> Bool { a.rawValue < b.rawValue }
}

/// What is priced: an instance type in a region with an operating system and a tenancy.
public struct SKU: Hashable, Comparable, Sendable {
  public var provider: Provider
  public var region: String
  public var instanceType: String
  public var operatingSystem: String
  public var tenancy: String

  public init(
    provider: Provider, region: String, instanceType: String, operatingSystem: String = "Linux",
    tenancy: String = "default"
  ) {
    self.provider = provider
    self.region = region
    self.instanceType = instanceType
    self.operatingSystem = operatingSystem
    self.tenancy = tenancy
  }

  /// The instance family: what stands before the dot (`m5` of `m5.xlarge`).
  public var family: String { instanceType.split(separator: ".").first.map(String.init) ?? "" }

  /// The size: what stands behind the dot (`xlarge` of `m5.xlarge`); empty where there is no dot.
  public var size: String {
    guard let dot = instanceType.firstIndex(of: ".") else { return "" }
    return String(instanceType[instanceType.index(after: dot)...])
  }

  public static func < (a: SKU, b: SKU) -> Bool {
    (a.provider, a.region, a.instanceType, a.operatingSystem, a.tenancy)
      < (b.provider, b.region, b.instanceType, b.operatingSystem, b.tenancy)
  }
}

extension SKU: CustomStringConvertible {
  public var description: String {
    "\(provider.rawValue) \(region) \(instanceType) \(operatingSystem) \(tenancy)"
  }
}

/// Usage that is interchangeable for every commitment: a SKU in an account.
public struct UsageGroup: Hashable, Comparable, Sendable {
  /// The account that pays for the usage; empty where the history does not tell.
  public var account: String
  public var sku: SKU

  public init(account: String = "", sku: SKU) {
    self.account = account
    self.sku = sku
  }

  public static func < (a: UsageGroup, b: UsageGroup) -> Bool {
    a.account == b.account ? a.sku < b.sku : a.account < b.account
  }
}

extension UsageGroup: CustomStringConvertible {
  public var description: String { account.isEmpty ? "\(sku)" : "\(account) \(sku)" }
}

import CloudCosts

/// Usage that a known change is about; what is nil matches everything.
public struct UsageSelection: Hashable, Sendable {
  public var account: String?
  public var provider: Provider?
  public var region: String?
  public var family: String?
  public var instanceType: String?
  public var operatingSystem: String?

  public init(
    account: String? = nil, provider: Provider? = nil, region: String? = nil,
    family: String? = nil, instanceType: String? = nil, operatingSystem: String? = nil
  ) {
    self.account = account
    self.provider = provider
    self.region = region
    self.family = family
    self.instanceType = instanceType
    self.operatingSystem = operatingSystem
  }

  public func contains(_ group: UsageGroup) -> Bool {
    (account ?? group.account) == group.account && contains(group.sku)
  }

  /// Whatever the account.
  public func contains(_ sku: SKU) -> Bool {
    (provider ?? sku.provider) == sku.provider && (region ?? sku.region) == sku.region
      && (family ?? sku.family) == sku.family
      && (instanceType ?? sku.instanceType) == sku.instanceType
      && (operatingSystem ?? sku.operatingSystem) == sku.operatingSystem
  }

  /// For people: `aws m5 in us-east-1`; `all usage` where it names nothing.
  public var words: String {
    let what = [provider?.rawValue, family, instanceType, operatingSystem].compactMap { $0 }
    let place = [region.map { "in \($0)" }, account.map { "of account \($0)" }].compactMap { $0 }
    return ((what.isEmpty ? ["all usage"] : what) + place).joined(separator: " ")
  }
}

/// Something that is going to happen to the usage, and that no history can tell.
public struct KnownChange: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Grows by this share a year from the date on, on top of everything else.
    case growth(yearly: Double)
    /// Ends.
    case retirement
    /// A share of the usage moves to another family, size by size, or to one instance type; an hour
    /// of the old becomes `ratio` hours of the new.
    case migration(to: String, ratio: Double, share: Double)
    /// Costs so many times what it did, on demand or also in what is bought then. It changes no
    /// usage: see `PriceBook.changing`.
    case price(factor: Double, extent: PriceChange.Extent)
  }

  public var kind: Kind
  public var usage: UsageSelection
  /// When it begins.
  public var date: Hour
  /// Over how many calendar months it happens, hour by hour in equal steps; 0: at once. Growth does
  /// not heed it.
  public var months: Int
  /// Where the scenario states it: `scenario.yaml:9`.
  public var place: String

  public init(
    _ kind: Kind, of usage: UsageSelection, on date: Hour, months: Int = 0, place: String = ""
  ) {
    self.kind = kind
    self.usage = usage
    self.date = date
    self.months = months
    self.place = place
  }
}

extension KnownChange {
  /// Whether it changes what is used, and not what that costs.
  public var isOfUsage: Bool {
    if case .price = kind { return false }
    return true
  }
}

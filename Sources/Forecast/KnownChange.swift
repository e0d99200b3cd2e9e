import CloudCosts

/// Usage that a known change is about; what is nil matches everything.
public struct UsageSelection: Hashable, Sendable {
  public var account: String?
  public var region: String?
  public var family: String?
  public var instanceType: String?

  public init(
    account: String? = nil, region: String? = nil, family: String? = nil,
    instanceType: String? = nil
  ) {
    self.account = account
    self.region = region
    self.family = family
    self.instanceType = instanceType
  }

  public func contains(_ group: UsageGroup) -> Bool {
    (account ?? group.account) == group.account && (region ?? group.sku.region) == group.sku.region
      && (family ?? group.sku.family) == group.sku.family
      && (instanceType ?? group.sku.instanceType) == group.sku.instanceType
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

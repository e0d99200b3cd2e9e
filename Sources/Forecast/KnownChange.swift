import CloudCosts

/// Usage that a known change is about; what is nil matches everything.
package struct UsageSelection: Hashable, Sendable {
  package var account: String?
  package var provider: Provider?
  package var region: String?
  package var family: String?
  package var instanceType: String?
  package var operatingSystem: String?

  package init(
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

  package func contains(_ group: UsageGroup) -> Bool {
    (account ?? group.account) == group.account && contains(group.sku)
  }

  /// Whatever the account.
  package func contains(_ sku: SKU) -> Bool {
    (provider ?? sku.provider) == sku.provider && (region ?? sku.region) == sku.region
      && (family ?? sku.family) == sku.family
      && (instanceType ?? sku.instanceType) == sku.instanceType
      && (operatingSystem ?? sku.operatingSystem) == sku.operatingSystem
  }

  /// For people: `aws m5 in us-east-1`; `all usage` where it names nothing.
  package var words: String {
    let what = [provider?.rawValue, family, instanceType, operatingSystem].compactMap { $0 }
    let place = [region.map { "in \($0)" }, account.map { "of account \($0)" }].compactMap { $0 }
    return ((what.isEmpty ? ["all usage"] : what) + place).joined(separator: " ")
  }
}

/// Something that is going to happen to the usage, and that no history can tell.
package struct KnownChange: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
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

  package var kind: Kind
  package var usage: UsageSelection
  /// When it begins.
  package var date: Hour
  /// Over how many calendar months it happens, hour by hour in equal steps; 0: at once. Growth does
  /// not heed it.
  package var months: Int
  /// Where the scenario states it: `scenario.yaml:9`.
  package var place: String

  package init(
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
  package var isOfUsage: Bool {
    if case .price = kind { return false }
    return true
  }
}

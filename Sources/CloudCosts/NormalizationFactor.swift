/// Normalised units of instance sizes: what makes sizes of one family interchangeable for a regional
/// Reserved Instance.
///
/// Source: Amazon EC2 User Guide, "How Reserved Instances are applied", read in its version of June
/// 2023: nano 0.25, micro 0.5, small 1, medium 2, large 4, xlarge 8, N-xlarge 8 × N, and a table for
/// bare metal.
public enum NormalizationFactor {
  /// The normalised units of one instance of this type; nil where the size has none.
  public static func units(of instanceType: String) -> Double? {
    guard let dot = instanceType.firstIndex(of: ".") else { return nil }
    let family = String(instanceType[..<dot])
    let size = String(instanceType[instanceType.index(after: dot)...])
    if let fixed = fixedSizes[size] { return fixed }
    if size == "metal" { return metal[family] ?? (family.hasPrefix("u-") ? 896 : nil) }
    guard size.hasSuffix("xlarge"), let multiple = Int(size.dropLast(6)), multiple > 1 else {
      return nil
    }
    return 8 * Double(multiple)
  }

  private static let fixedSizes: [String: Double] = [
    "nano": 0.25, "micro": 0.5, "small": 1, "medium": 2, "large": 4, "xlarge": 8,
  ]

  private static let metal: [String: Double] = {
    let table: [(Double, [String])] = [
      (32, ["a1"]),
      (96, ["m5zn", "z1d"]),
      (128, ["c6g", "c6gd", "i3", "m6g", "m6gd", "r6g", "r6gd", "x2gd"]),
      (144, ["c5n"]),
      (
        192,
        ["c5", "c5d", "i3en", "m5", "m5d", "m5dn", "m5n", "r5", "r5b", "r5d", "r5dn", "r5n"]
      ),
    ]
    return Dictionary(
      uniqueKeysWithValues: table.flatMap { units, families in families.map { ($0, units) } })
  }()
}

/// Which regional Reserved Instances cover other sizes of their family.
///
/// Source: as `NormalizationFactor`. Only Linux/UNIX with default tenancy is flexible, and G4ad,
/// G4dn, G5, G5g and Inf1 are not.
public enum SizeFlexibility {
  private static let excludedFamilies: Set<String> = ["g4ad", "g4dn", "g5", "g5g", "inf1"]
  private static let flexibleSystems: Set<String> = ["Linux", "Linux/UNIX"]

  /// Whether a regional RI for this SKU covers other sizes of the family in the region.
  public static func applies(to sku: SKU) -> Bool {
    sku.provider == .aws && flexibleSystems.contains(sku.operatingSystem)
      && sku.tenancy == "default" && !excludedFamilies.contains(sku.family)
      && NormalizationFactor.units(of: sku.instanceType) != nil
  }
}

/// The usage that reservations of a SKU are good for, and the unit it is counted in.
public struct ReservationScope: Hashable, Comparable, Sendable {
  public var provider: Provider
  public var region: String
  /// A family where sizes are interchangeable, else one instance type.
  public var familyOrType: String
  public var operatingSystem: String
  public var tenancy: String
  public var isSizeFlexible: Bool

  /// The scope of a regional reservation of this SKU.
  public init(of sku: SKU) {
    isSizeFlexible = SizeFlexibility.applies(to: sku)
    provider = sku.provider
    region = sku.region
    familyOrType = isSizeFlexible ? sku.family : sku.instanceType
    // "Linux" and "Linux/UNIX" are one platform under two names.
    operatingSystem = isSizeFlexible ? "Linux" : sku.operatingSystem
    tenancy = sku.tenancy
  }

  /// The units that one instance of a SKU takes from (or, reserved, brings to) this scope: its
  /// normalised units where sizes are flexible, else 1; nil where the SKU is outside the scope.
  public func units(of sku: SKU) -> Double? {
    guard ReservationScope(of: sku) == self else { return nil }
    return isSizeFlexible ? NormalizationFactor.units(of: sku.instanceType) : 1
  }

  public static func < (a: ReservationScope, b: ReservationScope) -> Bool {
    (a.provider, a.region, a.familyOrType, a.operatingSystem, a.tenancy)
      < (b.provider, b.region, b.familyOrType, b.operatingSystem, b.tenancy)
  }
}

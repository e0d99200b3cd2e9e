/// Which reservations cover other sizes, and by what measure.
///
/// - AWS: a regional Reserved Instance covers its family, counted in `NormalizationFactor`s; which
///   systems, tenancies and families are left out stands in `Data/aws-size-flexibility.csv`.
/// - Azure: `AzureSizes`.
/// - Google: `GoogleSizes`.
public enum SizeFlexibility {
  /// What makes sizes interchangeable: a group of types, and how many units one instance is.
  public struct Footprint: Hashable, Sendable {
    public var group: String
    public var units: Double

    public init(group: String, units: Double) {
      self.group = group
      self.units = units
    }
  }

  /// The group and the units of a SKU; nil where a reservation of it covers that type alone.
  public static func footprint(of sku: SKU) -> Footprint? {
    switch sku.provider {
    case .aws: awsFootprint(of: sku)
    case .azure: AzureSizes.footprint(of: sku.instanceType)
    case .gcp: GoogleSizes.footprint(of: sku.instanceType)
    }
  }

  /// Whether a regional reservation of this SKU covers other sizes of its group in the region.
  public static func applies(to sku: SKU) -> Bool { footprint(of: sku) != nil }

  /// An AWS type whose reservations would cover other sizes, were its size in the table of factors; so
  /// it covers, and is covered by, exactly itself.
  public static func lacksFactor(_ sku: SKU) -> Bool {
    sku.provider == .aws && isFlexible(sku)
      && NormalizationFactor.units(of: sku.instanceType) == nil
  }

  /// An AWS family that no list knows, where a family's reservations may cover other sizes: it is taken to
  /// be rigid.
  public static func isUnknownFamily(_ sku: SKU) -> Bool {
    sku.provider == .aws && sku.service == .compute
      && NormalizationFactor.isFlexible(operatingSystem: sku.operatingSystem, tenancy: sku.tenancy)
      && !NormalizationFactor.isKnown(family: sku.family)
  }

  private static func isFlexible(_ sku: SKU) -> Bool {
    NormalizationFactor.isFlexible(operatingSystem: sku.operatingSystem, tenancy: sku.tenancy)
      && sku.service == .compute && NormalizationFactor.isFlexible(family: sku.family)
  }

  private static func awsFootprint(of sku: SKU) -> Footprint? {
    guard isFlexible(sku) else { return nil }
    return NormalizationFactor.units(of: sku.instanceType).map {
      Footprint(group: sku.family, units: $0)
    }
  }
}

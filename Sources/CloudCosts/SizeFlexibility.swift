/// Which reservations cover other sizes, and by what measure.
///
/// - AWS: a regional Reserved Instance covers its family, counted in `NormalizationFactor`s (source
///   there). Only Linux/UNIX with default tenancy is flexible; G4ad, G4dn, G5, G5g and Inf1 are not.
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

  private static let excludedFamilies: Set<String> = ["g4ad", "g4dn", "g5", "g5g", "inf1"]
  private static let flexibleSystems: Set<String> = ["Linux", "Linux/UNIX"]

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

  private static func awsFootprint(of sku: SKU) -> Footprint? {
    guard flexibleSystems.contains(sku.operatingSystem), sku.tenancy == "default",
      sku.service == .compute, !excludedFamilies.contains(sku.family)
    else { return nil }
    return NormalizationFactor.units(of: sku.instanceType).map {
      Footprint(group: sku.family, units: $0)
    }
  }
}

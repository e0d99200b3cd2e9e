/// Which reservations cover other sizes, and by what measure.
///
/// - AWS: a regional Reserved Instance covers its family, counted in `NormalizationFactor`s; which
///   systems, tenancies and families are left out is in `Data/aws-size-flexibility.csv`.
/// - AWS's databases and caches: a class family of one engine; a deployment with standbys counts
///   several times (`Data/engines.csv`).
/// - Azure: `AzureSizes`.
/// - Google: `GoogleSizes`.
package enum SizeFlexibility {
  /// What makes sizes interchangeable: a group of types, and how many units one instance is.
  package struct Footprint: Hashable, Sendable {
    package var group: String
    package var units: Double

    package init(group: String, units: Double) {
      self.group = group
      self.units = units
    }
  }

  /// The group and the units of a SKU; nil where a reservation of it covers that type alone.
  package static func footprint(of sku: SKU) -> Footprint? {
    switch sku.service.facts.flexibility {
    case .ec2: awsFootprint(of: sku)
    case .engine: engineFootprint(of: sku)
    case .azure: AzureSizes.footprint(of: sku.instanceType)
    case .gcp: GoogleSizes.footprint(of: sku.instanceType)
    case .none: nil
    }
  }

  /// Whether a regional reservation of this SKU covers other sizes of its group in the region.
  package static func applies(to sku: SKU) -> Bool { footprint(of: sku) != nil }

  /// An AWS type whose reservations would cover other sizes, were its size in the table of factors;
  /// so it covers, and is covered by, exactly itself.
  package static func lacksFactor(_ sku: SKU) -> Bool {
    switch sku.service.facts.flexibility {
    case .ec2: isFlexible(sku) && NormalizationFactor.units(of: sku.instanceType) == nil
    case .engine:
      Engine.of(sku)?.groups.isEmpty == false && Engine.units(ofDeployment: sku) != nil
        && NormalizationFactor.units(ofSize: sku.size, family: sku.family) == nil
    case .azure, .gcp, .none: false
    }
  }

  /// A family that no list knows, where a family's reservations may cover other sizes: it is taken
  /// to be rigid.
  package static func isUnknownFamily(_ sku: SKU) -> Bool {
    switch sku.service.facts.flexibility {
    case .ec2:
      NormalizationFactor.isFlexible(operatingSystem: sku.operatingSystem, tenancy: sku.tenancy)
        && !NormalizationFactor.isKnown(family: sku.family)
    case .azure: AzureSizes.isUnknown(sku.instanceType)
    case .engine, .gcp, .none: false
    }
  }

  private static func isFlexible(_ sku: SKU) -> Bool {
    NormalizationFactor.isFlexible(operatingSystem: sku.operatingSystem, tenancy: sku.tenancy)
      && NormalizationFactor.isFlexible(family: sku.family)
  }

  private static func awsFootprint(of sku: SKU) -> Footprint? {
    guard isFlexible(sku) else { return nil }
    return NormalizationFactor.units(of: sku.instanceType).map {
      Footprint(group: sku.family, units: $0)
    }
  }

  private static func engineFootprint(of sku: SKU) -> Footprint? {
    guard let engine = Engine.of(sku), !engine.groups.isEmpty,
      let times = Engine.units(ofDeployment: sku),
      let units = NormalizationFactor.units(ofSize: sku.size, family: sku.family)
    else { return nil }
    return Footprint(group: sku.family, units: units * times * engine.units)
  }
}

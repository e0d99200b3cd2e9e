/// The usage that reservations of a SKU are good for, and the unit it is counted in.
package struct ReservationScope: Hashable, Comparable, Sendable {
  package var provider: Provider
  package var region: String
  /// A family where sizes are interchangeable, else one instance type.
  package var familyOrType: String
  package var operatingSystem: String
  package var tenancy: String
  package var isSizeFlexible: Bool

  /// The scope of a regional reservation of this SKU.
  package init(of sku: SKU) { self.init(of: sku, SizeFlexibility.footprint(of: sku)) }

  private init(of sku: SKU, _ footprint: SizeFlexibility.Footprint?) {
    isSizeFlexible = footprint != nil
    provider = sku.provider
    region = sku.region
    familyOrType = footprint?.group ?? sku.instanceType
    // Where licences are a meter of their own, a reservation is for the machine, whatever runs on
    // it.
    operatingSystem = sku.includesLicence ? "Linux" : sku.operatingSystem
    tenancy = sku.tenancy
    guard isSizeFlexible else { return }
    switch sku.service.facts.flexibility {
    // "Linux" and "Linux/UNIX" are one platform under two names.
    case .ec2: operatingSystem = "Linux"
    case .engine:
      operatingSystem = Engine.of(sku)?.groups.first ?? operatingSystem
      // Deployments differ in their units, not in what covers them.
      tenancy = "default"
    case .azure, .gcp, .none: break
    }
  }

  /// Other scopes from which an instance may be covered, by the same units: reservations of Redis
  /// nodes cover Valkey too.
  private static func wider(than scope: ReservationScope, of sku: SKU) -> [ReservationScope] {
    guard scope.isSizeFlexible, sku.service.facts.flexibility == .engine else { return [] }
    return (Engine.of(sku)?.groups.dropFirst() ?? []).map { group in
      var wider = scope
      wider.operatingSystem = group
      return wider
    }
  }

  /// The scope of a SKU's reservations, and the units that one instance of it takes or brings.
  package static func counting(_ sku: SKU) -> (scope: ReservationScope, units: Double) {
    let footprint = SizeFlexibility.footprint(of: sku)
    return (ReservationScope(of: sku, footprint), footprint?.units ?? 1)
  }

  /// Google: the scope of a part's commitments, and what one instance takes or brings of it; nil
  /// where machines count as a whole.
  package static func counting(
    _ sku: SKU, _ part: MachinePart
  ) -> (scope: ReservationScope, units: Double)? {
    guard sku.service == .machines(of: .gcp),
      let resources = GoogleSizes.resources(of: sku.instanceType)
    else {
      return nil
    }
    let footprint = SizeFlexibility.Footprint(
      group: "\(sku.family) \(part.rawValue)", units: resources.amount(of: part))
    return (ReservationScope(of: sku, footprint), footprint.units)
  }

  /// Google: as if vCPUs and memory of a series could replace each other at their prices, so that
  /// a reservation covers at least what it really can. Else as `counting`.
  package static func countingGenerously(_ sku: SKU) -> (scope: ReservationScope, units: Double) {
    guard sku.service == .machines(of: .gcp),
      let resources = GoogleSizes.resources(of: sku.instanceType)
    else {
      return counting(sku)
    }
    let footprint = SizeFlexibility.Footprint(group: sku.family, units: resources.worth)
    return (ReservationScope(of: sku, footprint), footprint.units)
  }

  /// The scopes whose reservations cover a SKU whole: its own, and wider ones.
  package static func covering(_ sku: SKU) -> [ReservationScope] {
    let own = ReservationScope(of: sku)
    return [own] + wider(than: own, of: sku)
  }

  /// The scopes from which some of an instance may be covered: its own and wider ones, or Google's
  /// two.
  package static func all(of sku: SKU) -> [ReservationScope] {
    let parts = MachinePart.allCases.compactMap { counting(sku, $0)?.scope }
    return parts.isEmpty ? covering(sku) : parts
  }

  /// The units that one instance of a SKU takes from (or, reserved, brings to) this scope: its
  /// normalised units where sizes are flexible, else 1; nil where the SKU is outside the scope.
  package func units(of sku: SKU) -> Double? {
    let (scope, units) = ReservationScope.counting(sku)
    return scope == self || ReservationScope.wider(than: scope, of: sku).contains(self)
      ? units : nil
  }

  package static func < (a: ReservationScope, b: ReservationScope) -> Bool {
    (a.provider, a.region, a.familyOrType, a.operatingSystem, a.tenancy)
      < (b.provider, b.region, b.familyOrType, b.operatingSystem, b.tenancy)
  }
}

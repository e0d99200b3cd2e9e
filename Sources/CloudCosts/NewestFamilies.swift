/// Families of machines of which no newer generation of the same kind is on sale in their region.
///
/// Usage leaves a family for the next generation, which costs less for the same work: what is bound
/// for three years to one that has a successor already outlives its usage. On the public fleets that
/// were looked at all families that went had one on sale when they were still used by all.
package struct NewestFamilies: Sendable {
  private struct Kind: Hashable {
    var provider: Provider
    var region: String
    var shape: MachineType.Shape
  }

  private var newest: [Kind: Int] = [:]

  /// - Parameter offers: what does not ask for it does not wait for it.
  package init(_ prices: PriceBook, for offers: OfferFilter) {
    guard offers.threeYearLocks == .newestFamilies else { return }
    for sku in prices.onDemand.keys {
      guard let (kind, generation) = Self.kind(of: sku) else { continue }
      newest[kind] = max(newest[kind] ?? generation, generation)
    }
  }

  /// False where the catalogue does not know the type's generation.
  package func contains(_ sku: SKU) -> Bool {
    guard let (kind, generation) = Self.kind(of: sku) else { return false }
    return generation >= newest[kind] ?? generation
  }

  private static func kind(of sku: SKU) -> (Kind, generation: Int)? {
    guard let type = MachineType.of(sku), let generation = type.generation else { return nil }
    return (Kind(provider: sku.provider, region: sku.region, shape: type.shape), generation)
  }
}

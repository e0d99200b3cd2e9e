import CloudCosts

/// The sizes one could move a machine down to: same family, region, operating system and tenancy,
/// with an on-demand price.
struct SizeLadder {
  struct Rung: Hashable {
    var sku: SKU
    /// Normalised units: within a family, processors and memory are in proportion to them.
    var units: Double
    var onDemand: Double
  }

  private struct Line: Hashable {
    var provider: Provider
    var region: String
    var family: String
    var operatingSystem: String
    var tenancy: String

    init(of sku: SKU) {
      provider = sku.provider
      region = sku.region
      family = sku.family
      operatingSystem = sku.operatingSystem
      tenancy = sku.tenancy
    }
  }

  private var lines: [Line: [Rung]] = [:]

  init(_ prices: PriceBook) {
    for (sku, price) in prices.onDemand {
      guard let units = NormalizationFactor.units(of: sku.instanceType) else { continue }
      lines[Line(of: sku), default: []].append(Rung(sku: sku, units: units, onDemand: price))
    }
    for line in lines.keys {
      lines[line]?.sort { $0.units == $1.units ? $0.sku < $1.sku : $0.units > $1.units }
    }
  }

  func rung(of sku: SKU) -> Rung? {
    let priced = sku.zoneless
    return lines[Line(of: sku)]?.first { $0.sku == priced }
  }

  /// Smaller sizes, largest first. Bare metal is not a smaller machine but another kind of one.
  func smaller(than rung: Rung) -> [Rung] {
    (lines[Line(of: rung.sku)] ?? []).filter {
      $0.units < rung.units && !$0.sku.size.hasPrefix("metal")
    }
  }
}

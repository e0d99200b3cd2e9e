import CloudCosts

/// What one could move a machine to: types on sale on demand in its region, with its operating
/// system and tenancy.
struct Market {
  struct Offer: Hashable {
    var sku: SKU
    var type: MachineType
    var family: String
    /// Per hour, a licence included.
    var onDemand: Double
  }

  private struct Place: Hashable {
    var provider: Provider
    var region: String
    var operatingSystem: String
    var tenancy: String

    init(of sku: SKU) {
      provider = sku.provider
      region = sku.region
      operatingSystem = sku.operatingSystem
      tenancy = sku.tenancy
    }
  }

  private var offers: [Place: [Offer]] = [:]
  private var prices: [SKU: Double] = [:]

  init(_ book: PriceBook) {
    for (sku, price) in book.onDemand where sku.zone.isEmpty && sku.pricedFrom == nil {
      guard price > 0, let type = MachineType.of(sku) else { continue }
      prices[sku] = price
      offers[Place(of: sku), default: []].append(
        Offer(sku: sku, type: type, family: sku.family, onDemand: price))
    }
    for place in offers.keys {
      offers[place]?.sort { ($0.onDemand, $0.sku) < ($1.onDemand, $1.sku) }
    }
  }

  /// Nil where it has no price, or the catalogue does not know its type.
  func offer(_ sku: SKU) -> Offer? {
    let listed = sku.zoneless.asListed
    guard let price = prices[listed], let type = MachineType.of(listed) else { return nil }
    return Offer(sku: listed, type: type, family: listed.family, onDemand: price)
  }

  /// Whether the machine's type has a price, known to the catalogue or not.
  func cheaper(than offer: Offer) -> ArraySlice<Offer> {
    let all = offers[Place(of: offer.sku)] ?? []
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].onDemand < offer.onDemand { low = middle + 1 } else { high = middle }
    }
    return all[..<low]
  }
}

extension Market.Offer {
  /// Bare metal is not a smaller machine but another kind of one.
  var isMetal: Bool { sku.size.hasPrefix("metal") }

  /// What kind of change it is to become this; nil: none that is ever advised, as going to an older
  /// generation.
  func change(to other: Market.Offer) -> ActionKind? {
    guard !other.isMetal || isMetal else { return nil }
    if other.family == family { return .size }
    guard type.accelerators == 0, other.type.accelerators == 0 else { return nil }
    if type.architecture != other.type.architecture { return .architecture }
    if other.type.shape == .burstable, type.shape != .burstable { return .burstable }
    guard [.general, .compute, .memory, .burstable].contains(other.type.shape) else { return nil }
    let (mine, its) = (type.generation ?? 0, other.type.generation ?? 0)
    if other.type.shape == type.shape {
      return its > mine ? .generation : its == mine ? .shape : nil
    }
    return type.shape == .burstable || its >= mine ? .shape : nil
  }
}

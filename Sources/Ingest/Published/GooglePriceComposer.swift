import CloudCosts

/// Puts vCPU and memory prices together into prices of machines.
///
/// Google sells both apart; a machine costs its vCPUs and its GiB, and one that is built around
/// accelerators (A2, G2) these, too. Flexible commitments have no
/// price of their own in the catalogue: their rates are the on-demand prices less the discount that
/// Google publishes for the series ("Compute flexible committed use discounts": 28 % for one year,
/// 46 % for three), so they are derived, and a finding says so.
final class GooglePriceComposer {
  fileprivate struct Place: Hashable {
    var region: String
    var resource: GoogleResource
  }

  static let flexibleSeries: Set<String> = [
    "e2", "n1", "n2", "n2d", "n4", "c2", "c2d", "c3", "c3d", "c4", "c4a", "c4d",
  ]

  private let collector: PriceCollector
  private var prices: [Place: (price: Double, currency: String, effective: String)] = [:]

  private struct Accelerator: Hashable {
    var region: String
    /// As `GoogleCommitmentType.plain` has it: `a100`.
    var name: String
    var term: Term?
  }

  /// Of one for an hour.
  private var accelerators: [Accelerator: Double] = [:]

  init(_ collector: PriceCollector) { self.collector = collector }

  /// What is no accelerator's price is left alone.
  func addAccelerator(_ price: StatedPrice) {
    guard price.sku.service == Service(named: "gcp-gpu") else { return }
    let key = Accelerator(
      region: price.sku.region, name: GoogleCommitmentType.plain(price.sku.instanceType),
      term: price.term)
    accelerators[key] = price.hourly
  }

  func add(
    _ resource: GoogleResource, regions: [String], price: Double, currency: String,
    effective: String
  ) {
    var resource = resource
    resource.place = ""
    for region in regions {
      let place = Place(region: region, resource: resource)
      if let known = prices[place], known.effective >= effective {
        collector.leaveAside("a second price of the same", "\(resource.series) in \(region)")
        continue
      }
      prices[place] = (price, currency, effective)
    }
  }

  /// Adds every machine of which both parts have a price.
  func finish() {
    var derived = 0
    for (place, core) in prices.sorted(by: { $0.key.order < $1.key.order })
    where place.resource.part == .core {
      var other = place
      other.resource.part = .memory
      let series = place.resource.series
      guard let memory = prices[other] else {
        collector.leaveAside("vCPUs without their memory's price", "\(series) in \(place.region)")
        continue
      }
      addBuilt(place, core, memory: memory.price)
      for type in GoogleMachineTypes.types[series] ?? [] {
        let hourly = type.processors * core.price + type.memory * memory.price
        var stated = StatedPrice(
          sku: SKU(provider: .gcp, region: place.region, instanceType: type.name),
          product: place.resource.term == nil ? .onDemand : .gcpResourceCUD,
          term: place.resource.term, payment: place.resource.term == nil ? nil : .noUpfront,
          hourly: GooglePriceComposer.rounded(hourly), currency: core.currency,
          effective: core.effective)
        collector.add(stated, line: 1)
        guard place.resource.term == nil, Self.flexibleSeries.contains(series) else { continue }
        for rate in DerivedRates.google(hourly, stated.sku) {
          stated.product = rate.terms.product
          stated.term = rate.terms.term
          stated.payment = .noUpfront
          stated.hourly = GooglePriceComposer.rounded(rate.hourly)
          collector.add(stated, line: 1)
          derived += 1
        }
      }
    }
    guard derived > 0 else { return }
    collector.log.add(
      .note, "derived", line: nil,
      "\(derived.grouped) rates of flexible commitments are derived from on-demand prices: 28 % less"
        + " for one year, 46 % for three", remedy: "check them against your contract")
  }

  /// Machines that have accelerators in their price, and no disks.
  private func addBuilt(
    _ place: Place, _ core: (price: Double, currency: String, effective: String), memory: Double
  ) {
    let term = place.resource.term
    for machine in GoogleBuiltMachine.types(ofSeries: place.resource.series)
    where machine.accelerators > 0 && machine.disks == 0 {
      let key = Accelerator(
        region: place.region, name: GoogleCommitmentType.plain(machine.accelerator), term: term)
      guard let price = accelerators[key] else {
        collector.leaveAside(
          "a machine without its accelerators' price", "\(machine.type.name) in \(place.region)")
        continue
      }
      let hourly =
        machine.type.processors * core.price + machine.type.memory * memory
        + machine.accelerators * price
      collector.add(
        StatedPrice(
          sku: SKU(provider: .gcp, region: place.region, instanceType: machine.type.name),
          product: term == nil ? .onDemand : .gcpResourceCUD, term: term,
          payment: term == nil ? nil : .noUpfront, hourly: GooglePriceComposer.rounded(hourly),
          currency: core.currency, effective: core.effective), line: 1)
    }
  }

  /// To a hundred-millionth, which hides what adding in floating point leaves behind.
  static func rounded(_ price: Double) -> Double { (price * 1e8).rounded() / 1e8 }
}

extension GooglePriceComposer.Place {
  fileprivate var order: (String, String, Int) {
    (region, resource.series, resource.term?.years ?? 0)
  }
}

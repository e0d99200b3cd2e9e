// Licences that the provider meters apart from the machine: no commitment pays for them.
//
// Sources: Microsoft Learn, "Software costs not included in savings plans" and "Windows software
// costs not included with Azure Reserved VM Instances" (a Windows VM is compute, at the Linux rate,
// and a licence; so are SQL Server, RHEL and SUSE images). Google Cloud, "Compute Engine pricing,
// premium images" (billed apart from the machine; commitments are for vCPUs and memory). AWS sells
// the software within the machine's rate, which its commitments cover.
//
// A price file states what such a machine costs in all. Here that is split by the price of the same
// machine with Linux: usage of a machine with a licence becomes usage of two SKUs, the machine at
// the Linux price and the licence at the rest.

extension Provider {
  /// Whether software licences are a meter of their own.
  package var metersLicencesApart: Bool { self != .aws }
}

extension SKU {
  private static let licenceMark = " licence"

  /// Whether it is the licence of a machine, or a machine that cannot be distinguished from its
  /// licence: no commitment is good for it.
  package var isLicence: Bool { operatingSystem.hasSuffix(SKU.licenceMark) }

  /// Whether its price is for a machine and a licence.
  package var includesLicence: Bool {
    provider.metersLicencesApart && operatingSystem != "Linux" && !isLicence
      && service.isMachines
  }

  /// The licence of this machine: `Windows licence`.
  package var licence: SKU { running(operatingSystem + SKU.licenceMark) }

  /// The same machine with Linux, which needs no licence.
  package var unlicensed: SKU { running("Linux") }

  /// The machine alone: what a reservation of it is for.
  package var machine: SKU { includesLicence ? unlicensed : self }

  private func running(_ system: String) -> SKU {
    var sku = self
    sku.operatingSystem = system
    return sku
  }
}

/// How the price of a machine with a licence is split.
package struct LicenceSplit: Hashable, Sendable {
  /// Zoneless.
  package var sku: SKU
  /// Currency units per instance-hour: of the machine; nil where no price of it with Linux is
  /// known, so that all of it counts as licence.
  package var machine: Double?
  /// Of the licence.
  package var licence: Double
}

extension PriceBook {
  /// The book with licences as SKUs of their own, and how prices were split for them.
  package func separatingLicences() -> (book: PriceBook, splits: [LicenceSplit]) {
    let licensed = onDemand.keys.filter(\.includesLicence).sorted()
    guard !licensed.isEmpty || reservations.contains(where: { $0.sku.includesLicence }) else {
      return (self, [])
    }
    var book = self
    var splits: [LicenceSplit] = []
    for sku in licensed {
      guard let whole = onDemand[sku] else { continue }
      // A price of Linux that changes with time may have other dates.
      let linux = onDemand[sku.unlicensed] ?? onDemand[sku.unlicensed.asListed]
      let machine = linux.map { min($0, whole) }
      let wholeList = listOnDemand[sku] ?? whole
      let machineList = listPrice(of: sku.unlicensed.asListed).map { min($0, wholeList) }
      book.onDemand[sku.licence] = whole - (machine ?? 0)
      book.listOnDemand[sku.licence] = wholeList - (machine == nil ? 0 : machineList ?? 0)
      if let dates = priceDates[sku] { book.priceDates[sku.licence] = dates }
      if let machine {
        book.onDemand[sku] = machine
        book.listOnDemand[sku] = machineList
      }
      for (terms, rates) in savingsPlanRates where terms.product.provider == sku.provider {
        book.savingsPlanRates[terms]?[sku] =
          machine == nil ? nil : rate(rates, of: sku, licence: wholeList - (machineList ?? 0))
      }
      splits.append(LicenceSplit(sku: sku, machine: machine, licence: whole - (machine ?? 0)))
    }
    book.separateReservations()
    return (book, splits)
  }

  /// A plan's rate for the machine alone: that of Linux, or else what a rate with the licence
  /// inside leaves.
  private func rate(_ rates: [SKU: Double], of sku: SKU, licence: Double) -> Double? {
    if let linux = rates[sku.unlicensed] { return linux }
    guard let own = rates[sku] else { return nil }
    let machine = onDemand[sku.unlicensed] ?? onDemand[sku.unlicensed.asListed] ?? own
    return own > machine ? max(0, own - licence) : own
  }

  /// A reservation is for the machine: one with a licence in its name is that of Linux.
  private mutating func separateReservations() {
    let linux = Set(
      reservations.filter { !$0.sku.includesLicence }.map { Offered(sku: $0.sku, terms: $0.terms) })
    var known = linux
    reservations = reservations.compactMap { offer in
      guard offer.sku.includesLicence else { return offer }
      guard known.insert(Offered(sku: offer.sku.unlicensed, terms: offer.terms)).inserted,
        let machine = onDemand[offer.sku.zoneless]
      else { return nil }
      var offer = offer
      let licence = onDemand[offer.sku.zoneless.licence] ?? 0
      if offer.effectiveHourly > machine, offer.hourly >= licence { offer.hourly -= licence }
      offer.sku = offer.sku.unlicensed
      return offer
    }
  }

  private struct Offered: Hashable {
    var sku: SKU
    var terms: OfferTerms
  }
}

extension Demand {
  /// Usage of machines with a licence as usage of two SKUs, as `PriceBook.separatingLicences`
  /// prices them.
  package func separatingLicences(_ prices: PriceBook) -> Demand {
    guard groups.contains(where: \.sku.includesLicence) else { return self }
    var rows: [(group: UsageGroup, row: Int)] = []
    for (row, group) in groups.enumerated() {
      let licence = UsageGroup(account: group.account, sku: group.sku.licence)
      let isSplit = group.sku.includesLicence && prices.onDemandPrice(of: licence.sku) != nil
      if isSplit { rows.append((licence, row)) }
      // What cannot be distinguished is all licence.
      if !isSplit || prices.isMachineKnown(group.sku) { rows.append((group, row)) }
    }
    rows.sort { $0.group < $1.group }
    return Demand(
      window: window, groups: rows.map(\.group), quantities: rows.flatMap { hours(of: $0.row) })
  }
}

extension PriceBook {
  /// Whether the price of the machine without its licence is known.
  fileprivate func isMachineKnown(_ sku: SKU) -> Bool {
    onDemandPrice(of: sku.unlicensed) != nil || onDemandPrice(of: sku.unlicensed.asListed) != nil
  }
}

extension DemandPaths {
  /// `Demand.separatingLicences` of each path.
  package func separatingLicences(_ prices: PriceBook) -> DemandPaths {
    guard groups.contains(where: \.sku.includesLicence) else { return self }
    return DemandPaths(
      paths: paths.map { $0.separatingLicences(prices) }, probabilities: probabilities)
  }
}

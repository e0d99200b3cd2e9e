import CloudCosts
import Scenarios

// Each part of a stored projection, from what the program knows and back to it.

extension StoredProjection.StoredSKU {
  init(_ sku: SKU) {
    self.init(
      provider: sku.provider.rawValue, region: sku.region, type: sku.instanceType,
      system: sku.operatingSystem, tenancy: sku.tenancy, zone: sku.zone.isEmpty ? nil : sku.zone,
      pricedFrom: sku.pricedFrom?.sinceEpoch)
  }

  func sku(_ place: String) throws(FindingsError) -> SKU {
    guard let provider = Provider(rawValue: provider) else {
      throw FindingsError([LedgerFile.damaged(place, "\(provider) is no provider")])
    }
    return SKU(
      provider: provider, region: region, instanceType: type, operatingSystem: system,
      tenancy: tenancy, zone: zone ?? ""
    ).priced(from: pricedFrom.map(Hour.init(sinceEpoch:)))
  }
}

extension StoredProjection.StoredRates {
  /// Nil for a product of a later version.
  var terms: OfferTerms? {
    guard let product = Product(rawValue: product), let payment = PaymentOption(rawValue: payment)
    else { return nil }
    return OfferTerms(
      product: product, term: Term(years: termYears), payment: payment,
      pricedFrom: pricedFrom.map(Hour.init(sinceEpoch:)))
  }
}

extension StoredProjection.StoredPromise {
  init(_ commitment: SpendCommitment) {
    self.init(
      name: commitment.name, provider: commitment.provider.rawValue,
      start: commitment.window.start.sinceEpoch, end: commitment.window.end.sinceEpoch,
      amount: commitment.amount, other: commitment.other,
      period: commitment.period == .year ? nil : commitment.period.rawValue,
      spent: commitment.known?.spent, spentUntil: commitment.known?.until.sinceEpoch)
  }

  /// Nil of a provider that this version does not know.
  var commitment: SpendCommitment? {
    guard let provider = Provider(rawValue: provider) else { return nil }
    var commitment = SpendCommitment(
      name: name, provider: provider,
      window: HourWindow(from: Hour(sinceEpoch: start), to: Hour(sinceEpoch: end)),
      amount: amount, other: other,
      period: period.flatMap(SpendCommitment.Period.init(rawValue:)) ?? .year)
    if let spent, let spentUntil {
      commitment.known = SpendCommitment.Known(spent: spent, until: Hour(sinceEpoch: spentUntil))
    }
    return commitment
  }
}

extension StoredProjection.StoredGivingUp {
  init(_ entry: GivingUp) {
    self.init(
      commitment: StoredCommitment(entry.commitment), way: entry.way.rawValue,
      at: entry.at.sinceEpoch, until: entry.until.sinceEpoch, remaining: entry.remaining,
      received: entry.received, loss: entry.loss)
  }

  /// Nil of a way that this version does not know.
  func givingUp(place: String) throws -> GivingUp? {
    guard let way = GivingUpWay(rawValue: way) else { return nil }
    return GivingUp(
      commitment: try commitment.commitment(place: place), way: way, at: Hour(sinceEpoch: at),
      until: Hour(sinceEpoch: until), remaining: remaining, received: received, loss: loss)
  }
}

extension StoredProjection.StoredSharing {
  init(_ sharing: Sharing) {
    self.init(
      mode: sharing.mode.rawValue, groups: sharing.groups.mapValues { $0.sorted() },
      off: sharing.off.sorted(), google: sharing.google?.rawValue,
      commitments: sharing.commitments.compactMapValues(StoredReach.text))
  }

  var sharing: Sharing {
    var sharing = Sharing(
      mode: Sharing.Mode(rawValue: mode) ?? .organization, groups: groups.mapValues { Set($0) },
      off: Set(off))
    sharing.google = google.flatMap(Sharing.GoogleSharing.init(rawValue:))
    sharing.commitments = commitments.mapValues { StoredReach.reach($0) }
    return sharing
  }
}

extension StoredProjection.StoredMonth {
  init(_ month: ProjectedMonth) {
    func micros(_ money: Money) -> Int64 { Int64(clamping: money.micros) }
    self.init(
      year: month.month.year, month: month.month.month, hours: month.hours,
      withAll: micros(month.withAll), withNone: micros(month.withNone),
      without: month.without.map(micros), onDemand: month.onDemand.map(micros))
  }

  var projected: ProjectedMonth {
    func money(_ micros: Int64) -> Money { Money(micros: Int128(micros)) }
    return ProjectedMonth(
      month: CalendarMonth(year: year, month: month), hours: hours, withAll: money(withAll),
      withNone: money(withNone), without: without.map(money), onDemand: onDemand.map(money))
  }
}

/// When an offer is on sale at its price; half-open, nil: without end.
package struct SalePeriod: Hashable, Sendable {
  package var from: Hour?
  package var until: Hour?

  package init(from: Hour? = nil, until: Hour? = nil) {
    self.from = from
    self.until = until
  }

  package func contains(_ hour: Hour) -> Bool {
    (from.map { $0 <= hour } ?? true) && (until.map { hour < $0 } ?? true)
  }
}

/// A change of prices that is known ahead.
package struct PriceChange: Hashable, Sendable {
  /// What it changes.
  package enum Extent: String, Hashable, Sendable, CaseIterable {
    /// Usage on demand. What is bought costs what it did.
    case onDemand = "on-demand"
    /// Also what commitments cost that are bought from then on.
    case all
  }

  /// From when on.
  package var date: Hour
  /// New prices are so many times the old ones.
  package var factor: Double
  package var extent: Extent

  package init(on date: Hour, factor: Double, extent: Extent = .onDemand) {
    self.date = date
    self.factor = factor
    self.extent = extent
  }
}

extension PriceBook {
  /// The same book with prices that change on a date.
  ///
  /// A SKU at its new price is a SKU of its own (`SKU.pricedFrom`), so that an hour's price needs
  /// no clock: usage behind the date is usage of that one (`Demand.pricedApart`). Plans and
  /// reservations that are bought before keep their rates to the end of their terms (AWS, Azure,
  /// Google's resource-based commitments); a rate that is a percentage of the price on demand moves
  /// with it (Google's flexible commitments: "discounted rate" on spend at on-demand prices). Where
  /// the change is of offers too, each is sold at its old price up to the date, and under
  /// `OfferTerms.pricedFrom` at the new one.
  ///
  /// - Parameters:
  ///   - used: SKUs of usage, zoneless and as listed.
  ///   - isChanged: whether the change is of a SKU, zoneless and as listed.
  /// - Precondition: changes are made in the order of their dates.
  package func changing(
    _ change: PriceChange, of used: Set<SKU>, where isChanged: (SKU) -> Bool
  ) -> PriceBook {
    var book = self
    for sku in used where isChanged(sku) { book.changeOnDemand(sku, change) }
    if change.extent == .all {
      book.changeReservations(change, where: isChanged)
      book.changePlans(change, where: isChanged)
    }
    return book
  }

  private mutating func changeOnDemand(_ sku: SKU, _ change: PriceChange) {
    let dates = priceDates[sku] ?? []
    let before = sku.priced(from: dates.last)
    let after = sku.priced(from: change.date)
    guard let price = onDemand[before] else { return }
    onDemand[after] = price * change.factor
    if let list = listOnDemand[before] { listOnDemand[after] = list * change.factor }
    for (terms, rates) in savingsPlanRates {
      guard let rate = rates[before] else { continue }
      let factor = terms.product.ratesFollowOnDemand ? change.factor : 1
      savingsPlanRates[terms]?[after] = rate * factor
    }
    if dates.last != change.date { priceDates[sku] = dates + [change.date] }
  }

  private mutating func changeReservations(
    _ change: PriceChange, where isChanged: (SKU) -> Bool
  ) {
    for (index, offer) in reservations.enumerated()
    where offer.saleEnd.map({ $0 > change.date }) ?? true && isChanged(offer.sku.zoneless) {
      var new = offer
      new.upfront *= change.factor
      new.hourly *= change.factor
      new.list = offer.list.map {
        ListPrice(upfront: $0.upfront * change.factor, hourly: $0.hourly * change.factor)
      }
      guard offer.terms.pricedFrom != change.date else {
        reservations[index] = new
        continue
      }
      new.terms.pricedFrom = change.date
      reservations[index].saleEnd = change.date
      reservations.append(new)
    }
  }

  private mutating func changePlans(_ change: PriceChange, where isChanged: (SKU) -> Bool) {
    for (terms, rates) in savingsPlanRates
    where planSaleEnds[terms] == nil && !terms.product.ratesFollowOnDemand
      && rates.keys.contains(where: { isChanged($0.asListed) })
    {
      var new = terms
      new.pricedFrom = change.date
      if new != terms { planSaleEnds[terms] = change.date }
      savingsPlanRates[new] = Dictionary(
        uniqueKeysWithValues: rates.map { sku, rate in
          (sku, isChanged(sku.asListed) ? rate * change.factor : rate)
        })
    }
  }

  /// When plans of these terms are on sale at their rates.
  package func sale(of terms: OfferTerms) -> SalePeriod {
    SalePeriod(from: terms.pricedFrom, until: planSaleEnds[terms])
  }

  /// Terms of the price file as plans are sold under at an hour; nil where there are no rates.
  package func planTerms(_ terms: OfferTerms, at hour: Hour) -> OfferTerms? {
    savingsPlanRates.keys.first { $0.asListed == terms && sale(of: $0).contains(hour) }
  }
}

extension Demand {
  /// Usage distinguished by the price that it is charged at: hours from a change of price on are
  /// usage of the SKU at that price. The same, where no price changes inside the window.
  package func pricedApart(_ prices: PriceBook) -> Demand {
    guard !prices.priceDates.isEmpty else { return self }
    var rows: [(group: UsageGroup, row: Int, hours: Range<Int>)] = []
    for (row, group) in groups.enumerated() {
      var group = group
      var start = 0
      for date in prices.priceDates[group.sku.zoneless] ?? [] {
        let hour = min(max(date - window.start, 0), window.hours)
        rows.append((group, row, start..<hour))
        group.sku.pricedFrom = date
        start = hour
      }
      rows.append((group, row, start..<window.hours))
    }
    rows.sort { $0.group < $1.group }
    var result = Demand(
      window: window, groups: rows.map(\.group),
      quantities: Array(repeating: 0, count: rows.count * window.hours))
    for (g, part) in rows.enumerated() {
      for h in part.hours { result[g, h] = self[part.row, h] }
    }
    return result
  }
}

extension DemandPaths {
  /// `Demand.pricedApart` of each path.
  package func pricedApart(_ prices: PriceBook) -> DemandPaths {
    guard !prices.priceDates.isEmpty else { return self }
    return DemandPaths(
      paths: paths.map { $0.pricedApart(prices) }, probabilities: probabilities)
  }
}

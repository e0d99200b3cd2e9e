/// A price book taken apart, to be kept and put together again.
///
/// It has what a bill needs: prices on demand, and rates of plans. What reservations cost is with
/// the commitments themselves.
package struct PriceBookParts: Hashable, Sendable {
  package var currency: String
  package var paidShares: [Provider: Double]
  package var usageShares: [Provider: Double]
  package var onDemand: [SKU: Double]
  package var listOnDemand: [SKU: Double]
  package var rates: [OfferTerms: [SKU: Double]]
  package var priceDates: [SKU: [Hour]]

  package init(
    currency: String, paidShares: [Provider: Double] = [:],
    usageShares: [Provider: Double] = [:], onDemand: [SKU: Double],
    listOnDemand: [SKU: Double] = [:], rates: [OfferTerms: [SKU: Double]] = [:],
    priceDates: [SKU: [Hour]] = [:]
  ) {
    self.currency = currency
    self.paidShares = paidShares
    self.usageShares = usageShares
    self.onDemand = onDemand
    self.listOnDemand = listOnDemand
    self.rates = rates
    self.priceDates = priceDates
  }
}

extension PriceBook {
  package init(_ parts: PriceBookParts) {
    self.init(
      rows: [], currency: parts.currency, paidShares: parts.paidShares,
      usageShares: parts.usageShares)
    onDemand = parts.onDemand
    listOnDemand = parts.listOnDemand
    savingsPlanRates = parts.rates
    priceDates = parts.priceDates
  }

  /// - Parameters:
  ///   - terms: the plans whose rates are needed.
  ///   - isNeeded: whether a SKU is.
  package func parts(
    of terms: Set<OfferTerms>, where isNeeded: (SKU) -> Bool
  ) -> PriceBookParts {
    PriceBookParts(
      currency: currency, paidShares: paidShares, usageShares: usageShares,
      onDemand: onDemand.filter { isNeeded($0.key) },
      listOnDemand: listOnDemand.filter { isNeeded($0.key) },
      rates: savingsPlanRates.filter { terms.contains($0.key) }
        .mapValues { $0.filter { isNeeded($0.key) } },
      priceDates: priceDates.filter { isNeeded($0.key) })
  }

  /// The same with prices of SKUs, and rates of plans, that only another book knows.
  package func filled(from other: PriceBook) -> PriceBook {
    var book = self
    for (sku, price) in other.onDemand where onDemand[sku] == nil {
      book.onDemand[sku] = price
      book.listOnDemand[sku] = other.listOnDemand[sku]
    }
    for (terms, rates) in other.savingsPlanRates {
      book.savingsPlanRates[terms, default: [:]].merge(rates) { own, _ in own }
    }
    for (sku, dates) in other.priceDates where priceDates[sku] == nil {
      book.priceDates[sku] = dates
    }
    book.paidShares.merge(other.paidShares) { own, _ in own }
    book.usageShares.merge(other.usageShares) { own, _ in own }
    return book
  }
}

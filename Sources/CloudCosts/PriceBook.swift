/// One row of a price file.
package struct PriceRow: Hashable, Sendable {
  package var sku: SKU
  package var product: Product
  /// Nil for on-demand.
  package var term: Term?
  /// Nil for on-demand.
  package var payment: PaymentOption?
  /// Currency units per instance, paid on the first day; reservations only.
  package var upfront: Double
  /// Currency units per instance-hour. For a savings plan, the plan's rate for this usage.
  package var hourly: Double
  /// What the provider's public list asks, where the row is a negotiated price; nil: the same.
  package var list: ListPrice?

  package init(
    sku: SKU, product: Product, term: Term? = nil, payment: PaymentOption? = nil,
    upfront: Double = 0, hourly: Double, list: ListPrice? = nil
  ) {
    self.sku = sku
    self.product = product
    self.term = term
    self.payment = payment
    self.upfront = upfront
    self.hourly = hourly
    self.list = list
  }
}

/// A price of the provider's public list, where a contract says less.
package struct ListPrice: Hashable, Sendable {
  /// Currency units per instance, paid on the first day.
  package var upfront: Double
  /// Currency units per instance-hour.
  package var hourly: Double

  package init(upfront: Double = 0, hourly: Double) {
    self.upfront = upfront
    self.hourly = hourly
  }
}

/// The terms of a commitment: which product, how long, paid how.
package struct OfferTerms: Hashable, Comparable, Sendable {
  package var product: Product
  package var term: Term
  package var payment: PaymentOption
  /// From when on it is on sale at its price, where that is known to change (`PriceBook.changing`);
  /// nil: as the price file states it. What is bought keeps its price.
  package var pricedFrom: Hour?

  package init(
    product: Product, term: Term, payment: PaymentOption, pricedFrom: Hour? = nil
  ) {
    self.product = product
    self.term = term
    self.payment = payment
    self.pricedFrom = pricedFrom
  }

  /// The same at the price that the price file states.
  package var asListed: OfferTerms {
    OfferTerms(product: product, term: term, payment: payment)
  }

  package static func < (a: OfferTerms, b: OfferTerms) -> Bool {
    (a.product.rawValue, a.term, a.payment.rawValue, a.pricedFrom?.sinceEpoch ?? .min)
      < (b.product.rawValue, b.term, b.payment.rawValue, b.pricedFrom?.sinceEpoch ?? .min)
  }
}

/// A reservation on sale: one instance of one SKU, which names a zone where the offer is zonal.
package struct ReservationOffer: Hashable, Sendable {
  package var sku: SKU
  package var terms: OfferTerms
  /// Per instance, paid on the first day.
  package var upfront: Double
  /// Per instance-hour, paid whether used or not.
  package var hourly: Double
  /// What the provider's public list asks, where the price is a negotiated one; nil: the same.
  package var list: ListPrice?
  /// From when on it is sold at another price, or no longer; nil: never.
  package var saleEnd: Hour?

  package init(
    sku: SKU, terms: OfferTerms, upfront: Double, hourly: Double, list: ListPrice? = nil
  ) {
    self.sku = sku
    self.terms = terms
    self.upfront = upfront
    self.hourly = hourly
    self.list = list
  }

  /// Nil: good for the whole region.
  package var zone: String? { sku.zone.isEmpty ? nil : sku.zone }

  /// When it is on sale at this price.
  package var sale: SalePeriod { SalePeriod(from: terms.pricedFrom, until: saleEnd) }

  /// The price of an hour with the upfront spread over the term.
  package var effectiveHourly: Double { hourly + upfront / Double(terms.term.hours) }
}

/// The usage a savings plan is good for: everything the provider's plan covers, or one family in
/// one region (EC2 Instance savings plans).
package struct SavingsPlanScope: Hashable, Comparable, Sendable {
  package var provider: Provider
  /// Nil: any region.
  package var region: String?
  /// Nil: any family.
  package var family: String?

  package init(provider: Provider, region: String? = nil, family: String? = nil) {
    self.provider = provider
    self.region = region
    self.family = family
  }

  package func contains(_ sku: SKU) -> Bool {
    sku.provider == provider && (region ?? sku.region) == sku.region
      && (family ?? sku.family) == sku.family
  }

  package static func < (a: SavingsPlanScope, b: SavingsPlanScope) -> Bool {
    (a.provider, a.region ?? "", a.family ?? "") < (b.provider, b.region ?? "", b.family ?? "")
  }
}

/// What can be bought and at which rate. A price that is missing is missing, never zero.
package struct PriceBook: Sendable {
  /// ISO 4217 code.
  package let currency: String
  /// What is left of a provider's prices by a discount across services, which comes off the bill;
  /// absent: 1. Prices on demand and of reservations have it taken off. Rates of plans do not: a
  /// plan's commitment is used up at its public rates, and its fee is then discounted.
  package internal(set) var paidShares: [Provider: Double] = [:]
  /// The same for usage on demand, where it is another than for fees of commitments.
  package internal(set) var usageShares: [Provider: Double] = [:]
  /// Per instance-hour: what this customer pays, negotiated discounts taken off.
  package internal(set) var onDemand: [SKU: Double] = [:]
  /// Per instance-hour: the provider's public list, where that is not what this customer pays.
  package internal(set) var listOnDemand: [SKU: Double] = [:]
  /// Reservations on sale, in the order of the price file.
  package internal(set) var reservations: [ReservationOffer] = []
  /// For each kind of plan, its rate per instance-hour for each SKU that it covers.
  package internal(set) var savingsPlanRates: [OfferTerms: [SKU: Double]] = [:]
  /// From when on kinds of plans are sold at other rates; what is not in it, never.
  package internal(set) var planSaleEnds: [OfferTerms: Hour] = [:]
  /// For SKUs (zoneless) whose price on demand is known to change: from when on, ascending.
  package internal(set) var priceDates: [SKU: [Hour]] = [:]

  /// Rows that lack a term or payment are ignored unless they are on-demand prices, and so are rows
  /// of products that do not cover the SKU; the reader of price files reports them as findings.
  ///
  /// - Parameters:
  ///   - paidShares: see the property; prices of `rows` have them taken off already.
  ///   - usageShares: likewise.
  package init(
    rows: [PriceRow], currency: String = "USD", paidShares: [Provider: Double] = [:],
    usageShares: [Provider: Double] = [:]
  ) {
    self.currency = currency
    self.paidShares = paidShares
    self.usageShares = usageShares
    for row in rows {
      guard row.product != .onDemand else {
        onDemand[row.sku] = row.hourly
        if let list = row.list { listOnDemand[row.sku] = list.hourly }
        continue
      }
      let product = row.product.sold(for: row.sku.service)
      guard let term = row.term, let payment = row.payment, product.covers(row.sku) else {
        continue
      }
      let terms = OfferTerms(product: product, term: term, payment: payment)
      if product.isReservation {
        var offer = ReservationOffer(
          sku: row.sku, terms: terms, upfront: row.upfront, hourly: row.hourly, list: row.list)
        offer.saleEnd = product.saleEnd(row.sku, term)
        reservations.append(offer)
      } else {
        savingsPlanRates[terms, default: [:]][row.sku] = row.hourly
      }
    }
  }

  /// What is paid of a provider's public prices after its discount across services.
  package func paidShare(of provider: Provider?) -> Double {
    provider.flatMap { paidShares[$0] } ?? 1
  }

  /// Capacity of a plan that an instance-hour of a SKU takes; nil where the plan does not cover it.
  ///
  /// A plan without a rate for a SKU does not cover it, and none covers usage that is cheaper
  /// without it: the provider applies a plan only where it lowers the bill. At 0 % it does apply
  /// (AWS Savings Plans User Guide, the Lambda requests of its example). On Azure a negotiated
  /// price below the plan's rate is used instead, and draws the commitment (Microsoft Learn, "How
  /// an Azure savings plan discount is applied": the lower of the two).
  package func planUnits(_ rate: Double?, of sku: SKU, onDemand: Double) -> Double? {
    guard let rate, rate >= 0 else { return nil }
    let share = usageShares[sku.provider] ?? paidShare(of: sku.provider)
    let contracted = share > 0 ? onDemand / share : onDemand
    if rate <= contracted * (1 + 1e-12) { return rate }
    return sku.provider == .azure && contracted > 0 ? contracted : nil
  }

  /// The same commitment at what this customer pays for its plan.
  package func priced(_ commitment: Commitment) -> Commitment {
    guard case .savingsPlan = commitment.subject else { return commitment }
    var priced = commitment
    priced.paidShare = paidShare(of: commitment.terms.product.provider)
    return priced
  }

  /// The on-demand price of an instance-hour, in whatever zone; nil where no one stated it.
  package func onDemandPrice(of sku: SKU) -> Double? { onDemand[sku.zoneless] }

  /// What the provider's public list asks for an instance-hour on demand; nil where no one stated
  /// it.
  package func listPrice(of sku: SKU) -> Double? {
    listOnDemand[sku.zoneless] ?? onDemand[sku.zoneless]
  }

  /// The same with more SKUs, each as dear as another one, on demand and under plans that follow
  /// usage to any family; no reservation and no family's plan is good for them.
  package func adding(_ twins: [(new: SKU, as: SKU)]) -> PriceBook {
    var book = self
    for (new, known) in twins {
      book.onDemand[new.zoneless] = onDemand[known.zoneless]
      book.listOnDemand[new.zoneless] = listOnDemand[known.zoneless]
      for (terms, rates) in savingsPlanRates where terms.product.scope == .everywhere {
        if let rate = rates[known.zoneless] { book.savingsPlanRates[terms]?[new.zoneless] = rate }
      }
    }
    return book
  }

  /// A plan's rate per instance-hour of a SKU, in whatever zone; nil where it does not cover it.
  package func rate(of terms: OfferTerms, for sku: SKU) -> Double? {
    savingsPlanRates[terms]?[sku.zoneless]
  }
}

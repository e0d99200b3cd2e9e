import CloudCosts

/// What a customer's own bills say an instance-hour costs.
package struct BilledRates: Sendable {
  /// On demand: what this customer pays, and the provider's public list.
  struct OnDemand {
    var contracted: Double
    var list: Double

    /// As a row of a price file.
    func row(of sku: SKU) -> PriceRow {
      let isNegotiated = list > contracted * 1.0001
      return PriceRow(
        sku: sku, product: .onDemand, hourly: contracted,
        list: isNegotiated ? ListPrice(hourly: list) : nil)
    }
  }

  private(set) var onDemand: [SKU: OnDemand] = [:]
  /// Of plans that the history knows the terms of.
  private(set) var plans: [SKU: [OfferTerms: Double]] = [:]

  package init() {}

  /// Of all days; where prices changed, those of the last 31 days of each SKU.
  package init(_ history: History) throws(FindingsError) {
    var terms: [String: OfferTerms] = [:]
    for entry in HistoryCommitment.merged(try history.commitments()) {
      guard let product = entry.product, product.isSavingsPlan, let term = entry.term,
        let payment = entry.payment
      else { continue }
      terms[entry.id] = OfferTerms(product: product, term: term, payment: payment)
    }
    // Of a machine of Google whose vCPUs are all covered, the rest of its memory counts none.
    let costs = try history.costs().filter { $0.quantity >= 0 && $0.chargeClass.isUsage }
    var last: [SKU: Int] = [:]
    for cost in costs {
      if let sku = cost.subject.group?.sku.zoneless { last[sku] = max(last[sku] ?? 0, cost.day) }
    }
    var sums: [SKU: Sums] = [:]
    var rates: [SKU: [OfferTerms: Sums]] = [:]
    for cost in costs {
      guard let sku = cost.subject.group?.sku.zoneless, cost.day > (last[sku] ?? 0) - 31 else {
        continue
      }
      sums[sku, default: Sums()].add(cost)
      if cost.chargeClass == .covered, let plan = terms[cost.commitment] {
        rates[sku, default: [:]][plan, default: Sums()].add(cost)
      }
    }
    onDemand = sums.compactMapValues(\.onDemand)
    plans = rates.mapValues { $0.compactMapValues(\.effectiveRate) }
  }

  /// Prices on demand as the bill has them, as rows of a price file.
  package var onDemandRows: [PriceRow] {
    onDemand.sorted { $0.key < $1.key }.map { $1.row(of: $0) }
  }

  private struct Sums {
    var hours = 0.0
    var effective = 0.0
    /// Of usage on demand alone.
    var paidHours = 0.0
    var contracted = 0.0
    /// Of usage whose list price the bill states.
    var listHours = 0.0
    var list = 0.0

    mutating func add(_ cost: HistoryCost) {
      hours += cost.quantity
      effective += cost.effective.value
      // Google covers vCPUs and memory each by itself: of both is what they would cost on demand.
      let isWhole =
        cost.subject.provider == Provider.gcp.rawValue && cost.contracted > cost.effective
      if cost.chargeClass == .onDemand || isWhole, cost.contracted > .zero {
        paidHours += cost.quantity
        contracted += cost.contracted.value
      }
      if cost.list > .zero {
        listHours += cost.quantity
        list += cost.list.value
      }
    }

    var effectiveRate: Double? { hours > 0 && effective > 0 ? effective / hours : nil }

    var onDemand: OnDemand? {
      let paid = paidHours > 0 ? contracted / paidHours : nil
      let listed = listHours > 0 ? list / listHours : nil
      guard let price = paid ?? listed, price > 0 else { return nil }
      return OnDemand(contracted: price, list: max(price, listed ?? price))
    }
  }
}

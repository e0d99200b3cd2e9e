import CloudCosts

// What no row of a price file can show by itself.
extension PriceList {
  /// How much above on demand a rate may lie before it counts: prices are rounded in print.
  private static let tolerance = 1e-9

  /// What one cannot buy twice.
  private struct Offer: Hashable {
    var sku: SKU
    var product: Product
    var term: Term?
    var payment: PaymentOption?
  }

  func check(_ log: inout FindingLog) {
    var offers: [Offer: Int] = [:]
    var onDemand: [SKU: Int] = [:]
    for (index, row) in rows.enumerated() {
      let offer = Offer(sku: row.sku, product: row.product, term: row.term, payment: row.payment)
      if let first = offers[offer] {
        log.add(
          .error, "duplicate", line: lines[index],
          "\(row.sku) already has a price for \(row.terms) on line \(lines[first])",
          remedy: "keep the row that is in force")
      } else {
        offers[offer] = index
        if row.product == .onDemand { onDemand[row.sku] = index }
      }
    }
    var alone: Set<SKU> = []
    for (index, row) in rows.enumerated() {
      checkRow(row, line: lines[index], log: &log)
      guard row.product != .onDemand else { continue }
      if let base = onDemand[row.sku.zoneless] {
        compare(index, with: base, log: &log)
      } else if alone.insert(row.sku).inserted {
        log.add(
          .warning, "on-demand-missing", line: lines[index],
          "\(row.sku) has a price for \(row.terms) and none on demand",
          remedy: "add its on-demand price, so that a saving can be computed")
      }
    }
  }

  private func checkRow(_ row: PriceRow, line: Int, log: inout FindingLog) {
    if let provider = row.product.provider, provider != row.sku.provider {
      log.add(
        .error, "product-of-other-provider", line: line,
        "\(row.sku.provider.rawValue) does not sell \(row.product.rawValue)",
        remedy: "correct the provider or the product")
    } else if let reason = row.product.whyNot(row.sku) {
      let isOther = !row.product.covers(row.sku.service)
      log.add(
        isOther ? .error : .warning, isOther ? "product-of-other-service" : "not-covered",
        line: line, "\(row.product.rawValue) \(reason)",
        remedy: isOther
          ? "correct the product or the instance type" : "leave the row out; it is not used")
    }
    checkZone(row, line: line, log: &log)
    if let term = row.term, let payment = row.payment,
      !row.product.isSold(for: term, payment: payment)
    {
      log.add(
        .warning, "not-on-sale", line: line,
        "\(row.product.rawValue) is not known to be sold for \(term.years)"
          + " \(term.years == 1 ? "year" : "years") with \(payment.rawValue)",
        remedy: "check the term and the payment; the row is used as it is")
    }
    if row.product == .onDemand, row.hourly == 0 {
      log.add(
        .warning, "zero", line: line, "\(row.sku) costs nothing on demand",
        remedy: "leave the row out where the price is unknown")
    }
    if row.product.isSavingsPlan, row.upfront != 0 {
      log.add(
        .error, "plan-upfront", line: line,
        "a plan's rate has no upfront, here it is \(row.upfront)",
        remedy: "write 0: what a plan asks upfront is a share of the commitment")
    }
    guard row.product.isReservation else { return }
    if row.payment == .noUpfront, row.upfront != 0 {
      log.add(
        .warning, "payment-mismatch", line: line,
        "the payment is no-upfront, and upfront is \(row.upfront)",
        remedy: "correct the payment, or write 0")
    }
    if row.payment == .allUpfront, row.hourly != 0 {
      log.add(
        .warning, "payment-mismatch", line: line,
        "the payment is all-upfront, and hourly is \(row.hourly)",
        remedy: "correct the payment, or write 0")
    }
  }

  /// Only zonal reservations are priced by zone.
  private func checkZone(_ row: PriceRow, line: Int, log: inout FindingLog) {
    guard !row.sku.zone.isEmpty, !row.product.canBeZonal else { return }
    log.add(
      .error, "zone-not-for-product", line: line,
      "\(row.product.rawValue) is not sold by zone, and the row names \(row.sku.zone.quoted)",
      remedy: "leave zone empty; only zonal Reserved Instances have one")
  }

  private func compare(_ index: Int, with base: Int, log: inout FindingLog) {
    let row = rows[index]
    let price = rows[base].hourly
    let rate = row.hourly + row.upfront / Double((row.term ?? .oneYear).hours)
    guard rate > price * (1 + PriceList.tolerance) else { return }
    if row.product.isReservation {
      log.add(
        .warning, "reservation-above-on-demand", line: lines[index],
        "\(row.terms) costs \(rate) an hour with its upfront, more than the on-demand price \(price)"
          + " (line \(lines[base]))",
        remedy: "check both prices; it would never be bought")
    } else if row.upfront == 0 {
      log.add(
        .error, "plan-above-on-demand", line: lines[index],
        "the rate \(row.hourly) of \(row.terms) is above the on-demand price \(price)"
          + " (line \(lines[base]))",
        remedy: "check both prices; a plan's rate is never above on demand")
    }
  }
}

extension PriceRow {
  /// The offer in words: `sp-compute, 1 year, no-upfront`.
  var terms: String {
    guard let term, let payment else { return product.rawValue }
    return OfferTerms(product: product, term: term, payment: payment).words
  }
}

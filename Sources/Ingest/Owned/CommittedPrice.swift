import CloudCosts

extension PriceList {
  /// What a reservation costs by the price book; nil: nothing there says so.
  func committedPrice(of sku: SKU, _ terms: OfferTerms) -> PriceRow? {
    let rows = self.rows.filter { $0.sku == sku }
    return rows.first { $0.offered == terms } ?? paidOtherwise(rows, terms)
      ?? ofLicensed(sku, rows, terms)
  }

  /// Azure asks as much in all for monthly payments as for one upfront (Microsoft Learn, "Purchase
  /// Azure reservations with upfront or monthly payments").
  private func paidOtherwise(_ rows: [PriceRow], _ terms: OfferTerms) -> PriceRow? {
    guard terms.product.provider == .azure,
      var row = rows.first(where: { $0.product == terms.product && $0.term == terms.term })
    else { return nil }
    let hours = Double(terms.term.hours)
    let hourly = row.hourly + row.upfront / hours
    row.payment = terms.payment
    (row.upfront, row.hourly) = terms.payment == .noUpfront ? (0, hourly) : (hourly * hours, 0)
    return row
  }

  /// What a price file states of the machine with a licence, less the licence.
  private func ofLicensed(
    _ sku: SKU, _ rows: [PriceRow], _ terms: OfferTerms
  ) -> PriceRow? {
    let licensed = self.rows.filter { $0.sku.includesLicence && $0.sku.machine == sku }
    guard let onDemand = rows.first(where: { $0.product == .onDemand })?.hourly,
      var row = licensed.first(where: { $0.offered == terms }),
      let whole = licensed.first(where: { $0.product == .onDemand && $0.sku == row.sku })?.hourly
    else { return nil }
    let licence = max(0, whole - onDemand)
    if row.hourly + row.upfront / Double(terms.term.hours) > onDemand, row.hourly >= licence {
      row.hourly -= licence
    }
    row.sku = sku
    return row
  }
}

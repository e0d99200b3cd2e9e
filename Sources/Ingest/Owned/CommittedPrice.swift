import CloudCosts

extension PriceList {
  /// What a reservation costs by the price book; nil: nothing there says so.
  func committedPrice(of sku: SKU, _ terms: OfferTerms) -> PriceRow? {
    let rows = rows(of: sku)
    return rows.first { $0.offered == terms } ?? paidOtherwise(rows, terms)
      ?? ofLicensed(sku, rows, terms)
  }

  /// What a price file states of a machine; of one of Google's that it does not have, by another of
  /// the same name but for its size: prices there are those of vCPUs and GiB.
  func rows(of sku: SKU) -> [PriceRow] {
    let own = rows.filter { $0.sku == sku }
    guard own.isEmpty, sku.service == .machines(of: .gcp), let size = GoogleSize(sku.instanceType)
    else { return own }
    return rows.compactMap { row in
      guard let other = GoogleSize(row.sku.instanceType), other.name == size.name else {
        return nil
      }
      var same = row
      same.sku.instanceType = sku.instanceType
      guard same.sku == sku else { return nil }
      same.hourly *= size.processors / other.processors
      same.upfront *= size.processors / other.processors
      return same
    }
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

/// `n2-standard` and 4 of `n2-standard-4`; none of a type with disks, or of no whole number of vCPUs.
private struct GoogleSize {
  var name: Substring
  var processors: Double

  init?(_ type: String) {
    guard let dash = type.lastIndex(of: "-"), let count = Double(type[type.index(after: dash)...]),
      let resources = GoogleSizes.resources(of: type), resources.processors == count, count > 0
    else { return nil }
    name = type[..<dash]
    processors = count
  }
}

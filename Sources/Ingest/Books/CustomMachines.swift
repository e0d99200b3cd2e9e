import CloudCosts

/// Custom machine types of Google, which no book has: their vCPUs and memory at the book's prices
/// of predefined types.
///
/// On demand custom vCPUs and memory cost 5 % more than predefined ones (Google Cloud, "VM instance
/// pricing", custom machine types: N2 in us-central1 $0.033174 and $0.004446 next to $0.031611 and
/// $0.004237); a commitment to vCPUs and memory of a series is one for both, at one price
/// ("Resource-based committed use discounts"). Extended memory is not covered, so types with it
/// have no entry.
enum CustomMachines {
  static let premium = 1.05

  /// Two predefined types of the series that differ in memory alone; none for other types than
  /// custom ones.
  static func references(_ type: String) -> [String] {
    guard GoogleSizes.isCustom(type), !type.hasSuffix("-ext") else { return [] }
    let series = GoogleSizes.series(of: type)
    return ["\(series)-standard-4", "\(series)-highmem-4"]
  }

  /// - Parameter entries: of predefined types in one region, by their names.
  static func entry(
    of type: String, _ entries: (String) -> ShippedBook.Entry?
  ) -> ShippedBook.Entry? {
    let names = references(type)
    let known = names.compactMap { name in
      entries(name).flatMap { entry in GoogleSizes.resources(of: name).map { (entry, $0) } }
    }
    guard known.count == 2, let own = GoogleSizes.resources(of: type) else { return nil }
    let (small, large) = (known[0], known[1])
    let more = large.1.memory - small.1.memory
    guard more > 0, small.1.processors == large.1.processors else { return nil }
    func price(_ of: (ShippedBook.Entry) -> Double?) -> Double? {
      guard let less = of(small.0), let all = of(large.0), all > less else { return nil }
      let memory = (all - less) / more
      let processor = (less - memory * small.1.memory) / small.1.processors
      return processor > 0 ? processor * own.processors + memory * own.memory : nil
    }
    guard let onDemand = price({ $0.onDemand }) else { return nil }
    var entry = ShippedBook.Entry(onDemand: onDemand * premium, rates: [:])
    for terms in small.0.rates.keys {
      entry.rates[terms] = price { $0.rates[terms] }
    }
    return entry
  }
}

extension PriceList {
  /// With prices of the custom machine types of Google that are used, where it has none of them:
  /// by its own prices of predefined types. Flexible commitments take a share of the price on
  /// demand, which is 5 % more.
  package func withCustomMachines(
    of usage: UsageHistory
  ) -> (prices: PriceList, findings: [Finding]) {
    let custom = Set(
      usage.demand.groups.map(\.sku.zoneless).filter {
        $0.service == .machines(of: .gcp) && $0.tenancy == "default"
          && !CustomMachines.references($0.instanceType).isEmpty
      })
    guard !custom.isEmpty else { return (self, []) }
    var known: [SKU: [PriceRow]] = [:]
    for row in rows where row.sku.provider == .gcp { known[row.sku, default: []].append(row) }
    var result = self
    var said: [String] = []
    for sku in custom.sorted() where known[sku] == nil {
      let entry = CustomMachines.entry(of: sku.instanceType) { type in
        var reference = sku
        reference.instanceType = type
        return ShippedBook.Entry(known[reference] ?? [])
      }
      guard let entry else { continue }
      result.rows.append(PriceRow(sku: sku, product: .onDemand, hourly: entry.onDemand))
      for (terms, hourly) in entry.rates.sorted(by: { $0.key < $1.key })
      where terms.product.covers(sku) {
        let isShare = terms.product.isSavingsPlan
        result.rows.append(
          PriceRow(
            sku: sku, product: terms.product, term: terms.term, payment: terms.payment,
            hourly: isShare ? hourly * CustomMachines.premium : hourly))
      }
      said.append("\(sku) \(Money(rounding: entry.onDemand).formatted(decimals: 4))")
    }
    guard !said.isEmpty else { return (self, []) }
    result.lines += [Int](repeating: 0, count: result.rows.count - rows.count)
    let finding = Finding(
      .note, rule: "prices.derived", place: file,
      message:
        "\(said.count.grouped) custom machine types of Google are priced by their vCPUs and memory, at"
        + " the file's prices of predefined types and 5 % more on demand"
        + " (\(said.prefix(3).joined(separator: ", "))\(said.count > 3 ? ", …" : ""))",
      remedy: "add their prices to the file if they are others")
    return (result, [finding])
  }
}

extension ShippedBook.Entry {
  /// What rows of one machine say; nil without a price on demand.
  fileprivate init?(_ rows: [PriceRow]) {
    guard let price = rows.first(where: { $0.product == .onDemand }) else { return nil }
    self.init(onDemand: price.hourly, rates: [:])
    for row in rows {
      if let terms = row.offered, row.upfront == 0 { rates[terms] = row.hourly }
    }
  }
}

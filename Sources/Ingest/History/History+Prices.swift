import CloudCosts

extension History {
  /// What the bills' own list prices come to, an instance-hour: for usage that a price file does
  /// not know.
  ///
  /// The mean over all rows with a list cost, covered or not; kinds without any are left out.
  func listPrices() throws(FindingsError) -> [SKU: Double] {
    var sums: [SKU: (list: Double, hours: Double)] = [:]
    for cost in try costs() where cost.chargeClass.isUsage && cost.list > .zero {
      guard let sku = cost.subject.group?.sku.zoneless, cost.quantity >= 0 else { continue }
      sums[sku, default: (0, 0)].list += cost.list.value
      sums[sku]?.hours += cost.quantity
    }
    return sums.compactMapValues { $0.hours > 0 ? $0.list / $0.hours : nil }
  }
}

extension PriceList {
  /// With on-demand prices out of a history for usage that it has none for.
  ///
  /// A bill says what its own usage costs on demand; what a commitment to it would cost it does
  /// not, so nothing is on sale for such usage.
  package func filled(
    from file: InputFile, usage: UsageHistory, currency: String
  ) -> (prices: PriceList, findings: [Finding]) {
    let known = Set(rows.lazy.filter { $0.product == .onDemand }.map(\.sku))
    let missing = Set(usage.demand.groups.map(\.sku.zoneless)).subtracting(known)
    guard !missing.isEmpty, let history = try? History(path: file.path),
      (try? history.sources())?.allSatisfy({ ["", currency].contains($0.currency) }) == true,
      let found = try? history.listPrices()
    else { return (self, []) }
    var result = self
    var said: [String] = []
    for sku in missing.sorted() {
      guard let price = found[sku] else { continue }
      result.rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
      result.lines.append(0)
      said.append("\(sku) \(Money(rounding: price).formatted(decimals: 4))")
    }
    guard !said.isEmpty else { return (self, []) }
    let finding = Finding(
      .warning, rule: "prices.from-bill", place: self.file,
      message:
        "it has no on-demand price for \(said.count.grouped) kinds of machines: the bill's own list price"
        + " is taken (\(said.prefix(3).joined(separator: ", "))\(said.count > 3 ? ", …" : "")), and"
        + " nothing is on sale for them",
      remedy: "add their prices to the file")
    return (result, [finding])
  }
}

import CloudCosts

/// What covered usage would cost on demand, where its rows state no list cost, or none above what
/// the commitment costs: as much as the same machine on demand in the same file.
///
/// Coverage is measured at list prices: without one, what is covered counts for too little.
struct CoveredList {
  private(set) var costs: [HistoryCost]
  private var rows = 0
  private var added = Money.zero

  init(_ stated: [HistoryCost]) {
    var sums: [SKU: (list: Double, quantity: Double)] = [:]
    for cost in stated where cost.chargeClass == .onDemand && cost.list > .zero {
      guard let sku = cost.subject.group?.sku.zoneless, cost.quantity > 0 else { continue }
      sums[sku, default: (0, 0)].list += cost.list.value
      sums[sku]?.quantity += cost.quantity
    }
    costs = stated
    for (index, cost) in stated.enumerated() {
      guard cost.chargeClass == .covered, cost.quantity > 0, cost.effective > .zero,
        cost.list <= cost.effective, let sku = cost.subject.group?.sku.zoneless,
        let sum = sums[sku]
      else { continue }
      let list = Money(rounding: sum.list / sum.quantity * cost.quantity)
      guard list > cost.list else { continue }
      rows += cost.rows
      added += list - cost.list
      costs[index].list = list
    }
  }

  func finding(place: String, currency: String) -> Finding? {
    guard rows > 0 else { return nil }
    return Finding(
      .note, rule: "import.list-derived", place: place,
      message:
        "\(rows.grouped) rows of covered usage state no list cost above their own: it is that of the"
        + " same machine on demand in this bill (\(added.naturallyFormatted()) \(currency) more)",
      remedy: "Nothing; export list prices (FOCUS ListUnitPrice) if coverage must be exact.")
  }
}

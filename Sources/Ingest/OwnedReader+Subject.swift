import CloudCosts

// What a commitment is for: machines, or money per hour.
extension OwnedReader {
  static func reservation(
    _ product: Product, _ table: borrowing Table<OwnedColumn>, log: inout FindingLog
  ) -> Commitment.Subject? {
    let line = table.line
    let sku = log.sku(
      SKUFields(
        provider: table[.provider], region: table[.region], instanceType: table[.instanceType],
        operatingSystem: table[.operatingSystem], tenancy: table[.tenancy], zone: table[.zone],
        more: table.more),
      line: line)
    let count = positive(table, .quantity, "a reservation states how many machines", log: &log)
    let hourly = log.number(table[.hourly], "hourly", line: line)
    let upfront =
      table[.upfront].isEmpty ? 0 : log.number(table[.upfront], "upfront", line: line)
    if let count, count != count.rounded() {
      log.add(
        .error, "fractional-quantity", line: line,
        "quantity \(table[.quantity].quoted) is no whole number",
        remedy: "count machines, not normalised units")
      return nil
    }
    guard let sku, let count, let hourly, let upfront,
      check(product.sold(for: sku.service), sku, line: line, log: &log)
    else { return nil }
    return .reservation(
      sku: sku.zoneless, zone: sku.zone.isEmpty ? nil : sku.zone, count: count, upfront: upfront,
      hourly: hourly)
  }

  /// Whether this product can be owned for this SKU, in a zone if it names one.
  private static func check(
    _ product: Product, _ sku: SKU, line: Int, log: inout FindingLog
  ) -> Bool {
    if let reason = product.whyNot(sku) {
      log.add(
        .error, "product-of-other-service", line: line, "\(product.rawValue) \(reason)",
        remedy: "correct the product or the instance type")
      return false
    }
    if !sku.zone.isEmpty, !product.canBeZonal {
      log.add(
        .error, "zone-not-for-product", line: line,
        "\(product.rawValue) is not sold by zone, and the row names \(sku.zone.quoted)",
        remedy: "leave zone empty; only zonal Reserved Instances have one")
      return false
    }
    return true
  }

  static func plan(
    _ product: Product, of provider: Provider, _ table: borrowing Table<OwnedColumn>,
    log: inout FindingLog
  ) -> Commitment.Subject? {
    let line = table.line
    let hourly = positive(
      table, .hourlyCommitment, "a savings plan states its money per hour", log: &log)
    var scope = SavingsPlanScope(provider: provider)
    if product.scope == .family {
      let region = log.text(table[.region], "region", line: line)
      let type = log.text(table[.instanceType], "instance_type", line: line)
      guard let region, let type else { return nil }
      // The plan is for a family; a file may name it (m5) or one of its types (m5.large).
      let family = type.prefix { $0 != "." }
      guard !family.isEmpty else {
        log.add(
          .error, "bad-family", line: line, "instance_type \(type.quoted) names no family",
          remedy: "write the family, m5, or a type of it, m5.large")
        return nil
      }
      scope.region = region
      scope.family = String(family)
    }
    guard let hourly else { return nil }
    return .savingsPlan(scope: scope, hourlyCommitment: hourly)
  }

  /// A number above 0 that this kind of commitment must state.
  private static func positive(
    _ table: borrowing Table<OwnedColumn>, _ column: OwnedColumn, _ reason: String,
    log: inout FindingLog
  ) -> Double? {
    let field = table[column]
    guard !field.isEmpty else {
      log.add(
        .error, "missing-\(column.heading.hyphenated)", line: table.line,
        "\(column.heading) is empty; \(reason)", remedy: "fill in \(column.heading)")
      return nil
    }
    guard let value = log.number(field, column.heading, line: table.line) else { return nil }
    guard value > 0 else {
      log.add(
        .error, "zero-\(column.heading.hyphenated)", line: table.line, "\(column.heading) is 0",
        remedy: "remove the row, or state what is owned")
      return nil
    }
    return value
  }
}

import CloudCosts

enum DiscountColumn: Int, TableColumn {
  case percent, provider, product, family, region, instanceType, from, to, appliesTo, fromSpend

  static let headings = [
    "percent", "provider", "product", "family", "region", "instance_type", "from", "to",
    "applies_to", "from_spend",
  ]
  static let required: [DiscountColumn] = [.percent]
  /// A private rate of one account must not become one of all.
  static let areOthersSaid = true
}

/// Reads files of negotiated discounts.
package enum DiscountReader {
  /// Reads a whole file; an empty field of a rule means anything.
  package static func read(_ file: InputFile) -> Reading<DiscountRules> {
    var log = FindingLog(file: file.name, kind: "discounts")
    guard var table = Table<DiscountColumn>.open(file, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var rules: [DiscountRule] = []
    var bands: [(rule: DiscountRule, from: Double)] = []
    while table.next(&log) {
      guard let rule = rule(table, log: &log) else { continue }
      let field = table[.fromSpend]
      guard !field.isEmpty else {
        rules.append(rule)
        continue
      }
      guard let spend = log.number(field, "from_spend", line: rule.line, most: 1e15) else {
        continue
      }
      if spend > 0 { bands.append((rule, spend)) } else { rules.append(rule) }
    }
    leaveAside(bands, next: rules, log: &log)
    return Reading(
      value: DiscountRules(rules: rules, file: file.name), findings: log.finished())
  }

  /// A discount that depends on what is spent in a year is no price: what it comes to is reported.
  private static func leaveAside(
    _ bands: [(rule: DiscountRule, from: Double)], next rules: [DiscountRule],
    log: inout FindingLog
  ) {
    for (rule, from) in bands {
      let below =
        bands.filter { $0.from < from && $0.rule.isOfSamePrices(as: rule) }
        .max { $0.from < $1.from }?.rule ?? rules.first { $0.isOfSamePrices(as: rule) }
      let more = rule.share - (below?.share ?? 0)
      let money = Money(rounding: abs(more) * 1_000_000).naturallyFormatted()
      log.add(
        .warning, "spend-band", line: rule.line,
        "the rule holds from a yearly spend of \(Money(rounding: from).naturallyFormatted()) on:"
          + " discounts in bands are not computed, and it is left out. Of each 1,000,000 above that,"
          + " bills here are \(money) too \(more < 0 ? "low" : "high")",
        remedy: "state one rule without from_spend, with the percent that the year's whole spend"
          + " comes to")
    }
  }

  private static func rule(
    _ table: borrowing Table<DiscountColumn>, log: inout FindingLog
  ) -> DiscountRule? {
    let line = table.line
    func text(_ column: DiscountColumn) -> String? {
      table[column].isEmpty ? nil : table[column].text
    }
    var isWhole = true
    var provider: Provider?
    if !table[.provider].isEmpty {
      provider = log.choice(table[.provider], "provider", line: line)
      isWhole = provider != nil
    }
    var product: Product?
    if !table[.product].isEmpty {
      product = log.choice(table[.product], "product", line: line)
      isWhole = isWhole && product != nil
    }
    var life: [Hour?] = [nil, nil]
    for (index, column) in [DiscountColumn.from, .to].enumerated() where !table[column].isEmpty {
      life[index] = log.moment(table[column], column.heading, line: line)
      isWhole = isWhole && life[index] != nil
    }
    let percent = log.number(table[.percent], "percent", line: line)
    if let percent, percent > 0, percent < 1 {
      log.add(
        .warning, "unlikely-percent", line: line,
        "percent \(percent) is less than one in a hundred",
        remedy: "write \(percent * 100) if that is meant")
    }
    if let percent, percent > 100 {
      log.add(
        .error, "absurd-percent", line: line, "percent \(percent) is above 100",
        remedy: "write how much is taken off: 12.5 makes a price of 100 one of 87.5")
      return nil
    }
    if let from = life[0], let to = life[1], to <= from {
      log.add(
        .error, "end-before-start", line: line, "the end \(to) is not after the start \(from)",
        remedy: "write the first hour in which it counts, and the first in which it no longer does")
      return nil
    }
    let namesPrices = [DiscountColumn.product, .family, .region, .instanceType].first {
      !table[$0].isEmpty
    }
    var extent = namesPrices == nil ? DiscountRule.Extent.bill : .price
    if !table[.appliesTo].isEmpty {
      guard
        let stated: DiscountRule.Extent = log.choice(table[.appliesTo], "applies_to", line: line)
      else { return nil }
      extent = stated
    }
    let isForUsage = extent == .usage && namesPrices == .product && product == .onDemand
    if extent != .price, !isForUsage, let column = namesPrices {
      log.add(
        .error, "bill-discount-of-a-part", line: line,
        "the rule is for the whole \(extent == .usage ? "usage" : "bill"), and it names"
          + " \(column.heading)",
        remedy: product == .onDemand && namesPrices == .product
          ? "write usage in the column applies_to: it comes off usage on demand, and not off fees of"
            + " commitments"
          : "leave \(column.heading) empty, or write price in the column applies_to")
      return nil
    }
    guard let percent, isWhole else { return nil }
    return DiscountRule(
      extent: extent, provider: provider, product: product, family: text(.family),
      region: text(.region),
      instanceType: text(.instanceType), share: percent / 100, from: life[0], to: life[1],
      line: line)
  }
}

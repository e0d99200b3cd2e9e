import CloudCosts

/// A reconciliation for a terminal: files, rules, totals by service and month, what is eligible.
package struct ImportTable: Sendable {
  package let text: String

  package init(_ document: ImportDocument) {
    let rows = document.files.map(\.rows).reduce(0, +)
    var lines = Printable.wrapped(
      "\(document.history): \(ImportTable.number(rows)) rows of \(document.files.count) files are new"
        + (document.unchanged.isEmpty
          ? "." : "; \(document.unchanged.count) files were in it already."))
    if !document.files.isEmpty {
      lines += [""] + ImportTable.rules(document) + [""] + ImportTable.totals(document)
    }
    if !document.eligible.isEmpty { lines += [""] + ImportTable.eligible(document) }
    lines += FindingsText(document.findings).lines
    if !document.files.isEmpty { lines += ["", ImportTable.understood(document)] }
    text = lines.joined(separator: "\n") + "\n"
  }

  /// The last line: whether what follows from this history is about the company's money.
  private static func understood(_ document: ImportDocument) -> String {
    let understood = document.understood
    guard let share = understood.share else {
      return "There is no money in it that commitments can cover."
    }
    return "\(AmountText.percent(share)) of the money that commitments can cover was understood"
      + " (\(understood.understood.formatted()) of \(understood.coverable.formatted()) \(document.currency))."
  }

  private static func number(_ value: Int) -> String {
    Money(micros: Int128(value) * 1_000_000).formatted(decimals: 0)
  }

  private static func rules(_ document: ImportDocument) -> [String] {
    var table = TextTable([
      .init(header: "rows taken by rule", alignsRight: false, isFlexible: true),
      .init(header: "class", alignsRight: false), .init(header: "rows"),
      .init(header: "billed"), .init(header: "effective"),
    ])
    for rule in document.rules {
      table.append([
        rule.rule, rule.class, number(rule.rows), rule.billed.formatted(),
        rule.effective.formatted(),
      ])
    }
    return table.lines()
  }

  private static func totals(_ document: ImportDocument) -> [String] {
    var table = TextTable([
      .init(header: "month", alignsRight: false),
      .init(header: "service", alignsRight: false, isFlexible: true), .init(header: "rows"),
      .init(header: "file's total"), .init(header: "for instances"), .init(header: "set aside"),
      .init(header: "effective"),
    ])
    for total in document.totals {
      table.append([
        total.month, total.service.isEmpty ? "(no service)" : total.service, number(total.rows),
        total.billed.formatted(), total.usage.formatted(), total.asideBilled.formatted(),
        total.effective.formatted(),
      ])
    }
    return table.lines() + [
      "\(document.currency), billed, but for the last column. The file's total is summed apart from the rules."
    ]
  }

  private static func eligible(_ document: ImportDocument) -> [String] {
    var table = TextTable([
      .init(header: "eligible for", alignsRight: false), .init(header: "instance-hours"),
      .init(header: "at list prices"),
    ])
    for entry in document.eligible {
      table.append([
        entry.product.title,
        entry.instanceHours == 0 ? "–" : AmountText.decimal(entry.instanceHours, decimals: 1),
        entry.list.formatted(),
      ])
    }
    return table.lines()
  }
}

import CloudCosts

/// How well commitments fit: in all, by account, by family, and each of them.
enum MeasuresSection {
  private static let most = 12

  /// Nothing where there is no bill.
  static func html(
    _ outcome: RunDocument.Outcome?, against current: RunDocument.Outcome?, _ amounts: AmountText
  ) -> HTML {
    guard let outcome, let measures = outcome.measures else { return .nothing }
    let before = current?.name == outcome.name ? nil : current?.measures
    let columns = MeasureCells([measures, before].compactMap { $0 }, money: amounts.headline)
    var table = HTMLTable(
      ["Of"] + columns.header.map { $0.prefix(1).uppercased() + $0.dropFirst() })
    table.appendHeading("Overall")
    table.append([outcome.name] + columns.cells(measures.overall))
    if let before {
      table.append(["current"] + columns.cells(before.overall), notes: ["for comparison"])
    }
    append("By account", "account", measures.accounts, columns, to: &table)
    append("By family", "family", measures.families, columns, to: &table)
    if let tags = measures.tags { append("By tag", "tag", tags, columns, to: &table) }
    let lead =
      "Outcome \(outcome.name). Usage counts with the account and family that it is of, a "
      + "commitment with the account that owns it and the family that it is locked to. On the "
      + "window's first hour the commitments bind for "
      + "\(columns.months(measures.lockInMonthsAtStart)), on its last for "
      + "\(columns.months(measures.lockInMonthsAtEnd)) (weighted by cost)."
    return """
      \(commitments(measures, columns, amounts))
      \(HTML.section("How well the commitments fit", style: "fit", lead: lead, table.html))
      """
  }

  private static func commitments(
    _ measures: RunDocument.Measures, _ columns: MeasureCells, _ amounts: AmountText
  ) -> HTML {
    let largest = measures.commitments.sorted { $0.cost > $1.cost }
    guard !largest.isEmpty else { return .nothing }
    var table = HTMLTable(
      ["Commitment", "Cost", "Saved", "Used", "Unrealized", "Paid back"])
    for one in largest.prefix(most) {
      table.append(
        [
          one.id, amounts.headline(one.cost), amounts.headline(one.savings),
          columns.percent(one.utilization), amounts.headline(one.unrealizedSavings),
          columns.payback(one.breakEvenMonths),
        ],
        notes: [
          [one.product.title, one.account, "ends \(one.end.prefix(10))"]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        ])
    }
    table.appendRemark(more(largest.count, "commitment"))
    // On paper the sheets of plan.xlsx have it.
    return HTML.section(
      "Use by commitment", style: "screen",
      lead: "Owned and bought, the largest first; inside the window.",
      table.html)
  }

  private static func append(
    _ title: String, _ noun: String, _ parts: [RunDocument.MeasuredPart],
    _ columns: MeasureCells, to table: inout HTMLTable
  ) {
    table.appendHeading(title)
    // Numbers, not parts, are sorted: there may be a million.
    let largest = parts.indices.sorted { parts[$0].contracted > parts[$1].contracted }.prefix(most)
    for part in largest.map({ parts[$0] }) {
      table.append(
        [part.name.isEmpty ? "unknown" : part.name] + columns.cells(part),
        notes: [part.name == "any" ? "commitments to no one family" : ""])
    }
    table.appendRemark(more(parts.count, noun))
  }

  private static func more(_ count: Int, _ noun: String) -> String {
    guard count > most else { return "" }
    let rest = count - most
    let plural =
      noun == "family"
      ? (rest == 1 ? "1 family" : "\(rest) families") : AmountText.plural(rest, noun)
    return "… and \(plural) more, see plan.json."
  }
}

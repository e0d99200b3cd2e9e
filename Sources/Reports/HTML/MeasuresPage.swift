import CloudCosts

/// What the template shows of how well commitments fit: in all, by account, by family; each of
/// them; and when they end.
struct MeasuresPage {
  let measuresOf: String
  let measuresRemark: String
  let measureHeader: [String]
  let kinds: [Kind]
  let hasCommitments: Bool
  let commitmentRows: [Row]
  let moreCommitments: String
  let hasExpiring: Bool
  let expiringRows: [Row]

  /// A part of the table: what its rows are of.
  struct Kind {
    let kindTitle: String
    let parts: [Row]
    let more: String
  }

  struct Row {
    let rowName: String
    let rowNote: String
    let cells: [String]
  }

  private static let most = 12

  /// Nil where there is no bill.
  init?(
    _ outcome: RunDocument.Outcome?, against current: RunDocument.Outcome?, _ amounts: AmountText
  ) {
    guard let outcome, let measures = outcome.measures else { return nil }
    let before = current?.name == outcome.name ? nil : current?.measures
    let columns = MeasureCells(
      [measures, before].compactMap { $0 }, money: amounts.headline)
    measuresOf = outcome.name
    measuresRemark =
      "Usage counts with the account and family that it is of, a commitment with the account that owns "
      + "it and the family that it is locked to. On the window's first hour the commitments bind for "
      + "\(columns.months(measures.lockInMonthsAtStart)), on its last for "
      + "\(columns.months(measures.lockInMonthsAtEnd)) (weighted by cost)."
    measureHeader = columns.header.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    var overall = [Row(rowName: outcome.name, rowNote: "", cells: columns.cells(measures.overall))]
    if let before {
      overall.append(
        Row(rowName: "current", rowNote: "for comparison", cells: columns.cells(before.overall)))
    }
    var kinds = [
      Kind(kindTitle: "Overall", parts: overall, more: ""),
      MeasuresPage.kind("By account", measures.accounts, columns),
      MeasuresPage.kind("By family", measures.families, columns),
    ]
    if let tags = measures.tags { kinds.append(MeasuresPage.kind("By tag", tags, columns)) }
    self.kinds = kinds
    let largest = measures.commitments.sorted { $0.cost > $1.cost }
    hasCommitments = !largest.isEmpty
    commitmentRows = largest.prefix(MeasuresPage.most).map { one in
      Row(
        rowName: one.id,
        rowNote: [one.product.title, one.account, "ends \(one.end.prefix(10))"]
          .filter { !$0.isEmpty }.joined(separator: ", "),
        cells: [
          amounts.headline(one.cost), amounts.headline(one.savings),
          columns.percent(one.utilization), amounts.headline(one.unrealizedSavings),
          columns.payback(one.breakEvenMonths),
        ])
    }
    moreCommitments = MeasuresPage.more(largest.count, "commitment")
    hasExpiring = !measures.expiring.isEmpty
    expiringRows = measures.expiring.map { month in
      Row(
        rowName: month.month, rowNote: "",
        cells: [String(month.commitments), "\(amounts.rate(month.hourlyCommitment))/h"])
    }
  }

  private static func kind(
    _ title: String, _ parts: [RunDocument.MeasuredPart], _ columns: MeasureCells
  ) -> Kind {
    let largest = parts.sorted { $0.contracted > $1.contracted }
    return Kind(
      kindTitle: title,
      parts: largest.prefix(most).map {
        Row(
          rowName: $0.name.isEmpty ? "not told" : $0.name,
          rowNote: $0.name == "any" ? "commitments to no one family" : "",
          cells: columns.cells($0))
      }, more: more(largest.count, String(title.dropFirst(3))))
  }

  private static func more(_ count: Int, _ noun: String) -> String {
    guard count > most else { return "" }
    let rest = count - most
    let plural =
      noun == "family"
      ? (rest == 1 ? "1 family" : "\(rest) families")
      : AmountText.plural(rest, noun)
    return "… and \(plural) more, see plan.json."
  }
}

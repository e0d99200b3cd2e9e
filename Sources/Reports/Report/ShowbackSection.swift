import CloudCosts

/// Whose saving it is.
enum ShowbackSection {
  static func html(_ showback: RunDocument.Showback?, _ amounts: AmountText) -> HTML {
    guard let showback else { return .nothing }
    let header = RunDocument.Showback.header.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let table = HTMLTable(
      header, showback.cells(amounts), foot: showback.totals(amounts))
    return HTML.section(
      "Whose saving it is",
      lead: "The saving of all commitments, \(amounts.headline(showback.whole)), split three ways. "
        + "Alone: what a plan for this account's usage would save by itself.",
      "\(table.html)\(HTML.list(showback.complaints))")
  }
}

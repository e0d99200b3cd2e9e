import CloudCosts

/// `plimsoll run --showback`: whose saving it is, of each run's recommended outcome.
package struct ShowbackTable: Sendable {
  package let text: String

  package init(_ document: RunDocument) {
    let amounts = AmountText(currency: document.currency)
    var lines: [String] = []
    for run in document.runs {
      let outcome = run.recommended ?? run.outcome("current")
      guard let outcome, let showback = outcome.showback else { continue }
      var table = TextTable(
        RunDocument.Showback.header.enumerated().map { index, title in
          .init(header: title, alignsRight: index > 0, isFlexible: index == 0)
        })
      for cells in showback.cells(amounts) { table.append(cells) }
      table.append(showback.totals(amounts))
      let title = document.runs.count > 1 ? "\(run.name): \(outcome.name)" : outcome.name
      lines += ["", "Whose saving it is, outcome \(title)"] + table.lines()
      lines += showback.complaints.flatMap { Printable.wrapped($0) }
      if let samples = showback.samples {
        lines += Printable.wrapped("Shapley values: means of \(samples) orders of the accounts.")
      }
    }
    text =
      lines.isEmpty
      ? "\nNothing is shared: there is one account, or no commitment.\n"
      : lines.joined(separator: "\n") + "\n"
  }
}

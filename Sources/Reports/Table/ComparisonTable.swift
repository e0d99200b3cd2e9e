import CloudCosts

/// What `plimsoll run` prints on a terminal or into a pipe.
package struct ComparisonTable: Sendable {
  package let text: String

  package init(_ document: RunDocument) {
    let days = document.window
    var lines = Printable.wrapped(
      "\(document.scenario): \(days.from.prefix(10)) to \(days.to.prefix(10)), "
        + AmountText.plural(document.hours, "hour"))
    if document.runs.count > 1 { lines += [""] + OverviewTable(document).lines }
    for run in document.runs {
      lines += [""]
      if document.runs.count > 1 { lines += [Printable.clean("Scenario \(run.name)")] }
      lines += ComparisonTable.lines(run, document)
    }
    lines += FindingsText(document.findings).lines
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ run: RunDocument.Run, _ document: RunDocument) -> [String] {
    var lines: [String] = []
    if let headline = Headline(run, amounts: AmountText(currency: document.currency)) {
      lines += Printable.wrapped(headline.sentence) + [""]
    }
    lines += OutcomeTable(run, currency: document.currency).lines
    let amounts = AmountText(currency: document.currency)
    if let split = run.rightsizing {
      lines += [""] + Printable.wrapped(SplitText.sentence(split, of: run, amounts))
    }
    if let advice = run.machineAdvice {
      lines += [""]
      lines += SplitText.advice(advice, amounts).flatMap { Printable.wrapped($0, hanging: "  ") }
    }
    if let selection = document.recommendation(of: run) {
      lines += PlanText(selection, limit: document.runs.count > 1 ? 4 : 8).lines
    }
    return lines
  }
}

import CloudCosts

/// A plan as Markdown: for a pull request, a ticket or a chat.
package struct MarkdownExport: Sendable {
  package let text: String

  /// Longer tables say how many lines they leave out.
  private static let most = 30

  package init(_ document: RunDocument, _ selection: PlanSelection) {
    let amounts = AmountText(currency: selection.currency, minus: "−")
    let run = document.runs.first { $0.name == selection.run }
    let headline = run.flatMap { Headline($0, amounts: amounts, selected: selection.outcome) }
    var parts = [
      "<!-- Made by \(OutputMark.name) -->",
      "## " + MarkdownText.escaped(selection.scenario) + ": what to commit to",
    ]
    if let headline { parts.append("**" + MarkdownText.escaped(headline.sentence) + "**") }
    parts.append(
      MarkdownText.escaped(
        "Run \(selection.run), outcome \(selection.outcome.name), "
          + "\(selection.window.from.prefix(10)) to \(selection.window.to.prefix(10)); amounts in "
          + "\(selection.currency)."))
    parts += MarkdownExport.purchases(selection.plan, amounts)
    parts += MarkdownExport.downside(selection.plan, amounts)
    if let run, document.runs.count > 0 { parts += MarkdownExport.outcomes(run, amounts) }
    parts += MarkdownExport.findings(document)

    text = parts.joined(separator: "\n\n") + "\n"
  }

  private static func purchases(_ plan: RunDocument.Plan, _ amounts: AmountText) -> [String] {
    guard !plan.purchases.isEmpty else { return ["Nothing to buy."] }
    let rows = plan.purchases.inBuyingOrder.prefix(most).map { line in
      [
        line.account, line.subjectText, line.product.title, line.termText,
        line.quantityText(amounts), amounts.headline(line.upfront), amounts.headline(line.cost),
        amounts.headline(line.added), AmountText.percent(line.utilization),
      ]
    }
    let more = plan.purchases.count - rows.count
    return [
      "### Buy, in this order",
      MarkdownText.table(
        ["Account", "For", "Product", "Term", "Quantity", "Upfront", "Cost", "Adds", "Used"],
        left: 4, Array(rows)),
    ] + (more > 0 ? ["… and \(AmountText.plural(more, "purchase")) more."] : [])
  }

  private static func downside(_ plan: RunDocument.Plan, _ amounts: AmountText) -> [String] {
    guard let review = plan.review, !plan.purchases.isEmpty else { return [] }
    var parts = [
      "### If usage falls",
      MarkdownText.table(
        ["Usage", "Without the plan", "With it", "Saved", "Share"], left: 1,
        review.downsides.map { fall in
          [
            "−" + AmountText.percent(fall.drop, decimals: 0),
            amounts.headline(fall.cost + fall.savings), amounts.headline(fall.cost),
            amounts.headline(fall.savings), AmountText.percent(fall.savingsRate),
          ]
        }),
    ]
    if let obligation = review.obligation {
      let sentence = ObligationText.sentence(obligation, amounts)
      parts.append(
        MarkdownText.escaped("Obligation: " + sentence + "."))
    }
    if let delay = review.monthOfDelay {
      parts.append(
        MarkdownText.escaped("A month's delay costs \(amounts.headline(delay.wrappedValue))."))
    }
    return parts
  }

  private static func outcomes(_ run: RunDocument.Run, _ amounts: AmountText) -> [String] {
    [
      "### Ways of buying",
      MarkdownText.table(
        ["Outcome", "Cost", "Saved", "Share", "Covered", "Used", "Gap"], left: 1,
        run.outcomes.map { outcome in
          [
            outcome.name, amounts.headline(outcome.cost), amounts.headline(outcome.savings),
            AmountText.percent(outcome.savingsRate), AmountText.percent(outcome.coverage),
            outcome.utilization.map { AmountText.percent($0) } ?? "–",
            outcome.plan.map { AmountText.percent($0.gap, decimals: 3) } ?? "–",
          ]
        }),
    ]
  }

  private static func findings(_ document: RunDocument) -> [String] {
    let grave = document.findings.filter { $0.severity > .note }
    guard !grave.isEmpty else { return [] }
    let lines = grave.prefix(most).map {
      "- " + MarkdownText.escaped("\($0.severity.rawValue): \($0.place): \($0.message)")
    }
    return ["### Findings", lines.joined(separator: "\n")]
  }
}

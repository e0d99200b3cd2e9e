/// A frontier as one self-contained page.
package struct FrontierPage: Sendable {
  package let text: String

  package init(_ document: FrontierDocument) {
    let table = FrontierPage.table(document)
    let remarks: [HTML] = document.remarks.map { "<p class=\"lead\">\($0)</p>" }
    let days = "\(document.window.from.prefix(10)) to \(document.window.to.prefix(10))"
    text = HTMLPage.text(
      title: "\(document.scenario): \(document.title)",
      kicker: "Plimsoll: how much to commit to",
      heading: "\(document.scenario), \(document.run)",
      lead: """
        \(document.answer) \(document.title). \(days) (UTC). Amounts in
        \(document.currency).
        """,
      body: """
        \(HTML.figure(FrontierChart(document).svg))
        \(remarks)
        \(table)
        """)
  }

  private static func table(_ document: FrontierDocument) -> HTML {
    let amounts = AmountText(currency: document.currency, minus: "−")
    let head = [
      "Limit", "Cost", "Saved", "Upfront", "Per hour", "3 years", "Coverage", "Utilization",
      "Proven gap", "Saved at −20 %", "at −30 %", "at −50 %",
    ]
    let rows = document.points.map { point in
      [
        document.limitText.value(point.limit), amounts.headline(point.cost),
        amounts.headline(point.savings), amounts.headline(point.upfront),
        amounts.rate(point.hourlyCommitment), AmountText.percent(point.threeYearShare),
        AmountText.percent(point.coverage),
        point.utilization.map { AmountText.percent($0) } ?? "–",
        AmountText.percent(point.gap, decimals: 3),
      ] + point.downside.map { amounts.headline($0.savings) }
    }
    return HTMLTable(head, left: 0, rows).html
  }
}

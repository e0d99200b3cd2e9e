/// A frontier as one self-contained page.
public struct FrontierPage: Sendable {
  public let text: String

  public init(_ document: FrontierDocument) {
    let table = FrontierPage.table(document)
    let remarks = document.remarks.map { "<p class=\"lead\">\(HTMLText.escaped($0))</p>" }
    let days = "\(document.window.from.prefix(10)) to \(document.window.to.prefix(10))"
    text = HTMLPage.text(
      title: "\(document.scenario): \(document.title)",
      kicker: "Plimsoll: how much to commit to",
      heading: "\(document.scenario), \(document.run)",
      lead: """
        \(HTMLText.escaped(document.answer)) \(HTMLText.escaped(document.title)). \(days) (UTC). Amounts in
        \(HTMLText.escaped(document.currency)).
        """,
      body: """
        <figure>\(FrontierChart(document).svg)</figure>
        \(remarks.joined(separator: "\n"))
        \(table)
        """)
  }

  private static func table(_ document: FrontierDocument) -> String {
    let amounts = AmountText(currency: document.currency, minus: "−")
    let head = [
      "Limit", "Cost", "Saved", "Upfront", "Per hour", "3 years", "Coverage", "Utilization",
      "Proven gap", "Saved at −20 %", "at −30 %", "at −50 %",
    ]
    let rows = document.points.map { point in
      let cells =
        [
          document.limitText.value(point.limit), amounts.headline(point.cost),
          amounts.headline(point.savings), amounts.headline(point.upfront),
          amounts.rate(point.hourlyCommitment), AmountText.percent(point.threeYearShare),
          AmountText.percent(point.coverage),
          point.utilization.map { AmountText.percent($0) } ?? "–",
          AmountText.percent(point.gap, decimals: 3),
        ] + point.downside.map { amounts.headline($0.savings) }
      return "<tr>" + cells.map { "<td class=\"number\">\(HTMLText.escaped($0))</td>" }.joined()
        + "</tr>"
    }
    return HTMLPage.table(head: head, rows: rows)
  }
}

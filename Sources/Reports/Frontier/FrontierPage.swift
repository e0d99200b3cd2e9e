/// A frontier as one self-contained page.
public struct FrontierPage: Sendable {
  public let text: String

  public init(_ document: FrontierDocument) {
    let table = FrontierPage.table(document)
    let remarks = document.remarks.map { "<p class=\"lead\">\(HTMLText.escaped($0))</p>" }
    let days = "\(document.window.from.prefix(10)) to \(document.window.to.prefix(10))"
    text = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(HTMLText.escaped(document.scenario)): \(HTMLText.escaped(document.title))</title>
      <style>
      \(ReportStyle.text)
      </style></head><body>\(Ink.definitions)<main><header>
      <p class="kicker">Plimsoll: how much to commit to</p>
      <h1>\(HTMLText.escaped(document.scenario)), \(HTMLText.escaped(document.run))</h1>
      <p class="lead">\(HTMLText.escaped(document.title)). \(days) (UTC). Amounts in
      \(HTMLText.escaped(document.currency)).</p>
      </header>
      <figure>\(FrontierChart(document).svg)</figure>
      \(remarks.joined(separator: "\n"))
      \(table)
      </main></body></html>

      """
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
    return "<div class=\"scroll\"><table><thead><tr>"
      + head.map { "<th>\(HTMLText.escaped($0))</th>" }.joined() + "</tr></thead><tbody>\n"
      + rows.joined(separator: "\n") + "</tbody></table></div>"
  }
}

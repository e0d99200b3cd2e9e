/// An outlook as one self-contained page.
struct OutlookPage {
  let text: String

  init(_ document: OutlookDocument) {
    text = HTMLPage.text(
      title: "\(document.scenario): what is expected",
      kicker: "Plimsoll: what usage is expected",
      heading: "\(document.scenario), \(document.run)",
      lead: """
        \(HTMLText.escaped(OutlookTable.origin(document))). Expected:
        \(document.horizon.from.prefix(10)) to \(document.horizon.to.prefix(10)) (UTC).
        """,
      body: """
        <figure>\(OutlookChart(document).svg)</figure>
        \(OutlookPage.table(document))
        \(OutlookPage.findings(document))
        """)
  }

  private static func table(_ document: OutlookDocument) -> String {
    let head = [
      "Instances of", "Last 4 weeks", "First day", "Last day: 10 %", "Middle", "90 %",
    ]
    let last = document.starts.count - 1
    guard last >= 0 else { return "" }
    let rows = document.groups.sorted { $0.recent > $1.recent }.map { group in
      let name = [group.account, group.instanceType, group.region, group.operatingSystem]
        .filter { !$0.isEmpty }.joined(separator: " ")
      let values = group.instances
      let cells = [
        group.recent, values.q50[0], values.q10[last], values.q50[last], values.q90[last],
      ]
      return "<tr><td>\(HTMLText.escaped(name))</td>"
        + cells.map { "<td class=\"number\">\(AmountText.decimal($0, decimals: 1))</td>" }.joined()
        + "</tr>"
    }
    return HTMLPage.table(head: head, rows: rows)
  }

  private static func findings(_ document: OutlookDocument) -> String {
    guard !document.findings.isEmpty else { return "" }
    let items = document.findings.map { note in
      "<li>\(HTMLText.escaped("\(note.severity.rawValue): \(note.message)"))</li>"
    }
    return "<h2>What to know</h2><ul>\(items.joined(separator: "\n"))</ul>"
  }
}

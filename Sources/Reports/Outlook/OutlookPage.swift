import CloudCosts

/// An outlook as one self-contained page.
struct OutlookPage {
  let text: String

  /// How many groups are in the first table; the others can be opened.
  private static let mostGroups = 15

  init(_ document: OutlookDocument) {
    text = HTMLPage.text(
      title: "\(document.scenario): what is expected",
      kicker: "Plimsoll: what usage is expected",
      heading: "\(document.scenario), \(document.run)",
      lead: """
        \(OutlookTable.origin(document)). Expected:
        \(String(document.horizon.from.prefix(10))) to \(String(document.horizon.to.prefix(10))) (UTC).
        """,
      body: """
        <p class="sentence">\(OutlookPage.sentence(document))</p>
        \(HTML.figure(OutlookChart(document).svg))
        <p class="lead">\(OutlookPage.remark(document))</p>
        \(OutlookPage.tables(document))
        \(OutlookPage.findings(document))
        """)
  }

  /// What it comes to in the end, and how sure that is.
  static func sentence(_ document: OutlookDocument) -> String {
    let amounts = AmountText(currency: document.currency)
    func money(_ amount: Double) -> String { amounts.headline(Money(rounding: amount)) }
    let past = document.past.spend.suffix(document.step == .week ? 4 : 28)
    guard let middle = document.spend.q50.last, let low = document.spend.q10.last,
      let high = document.spend.q90.last, !past.isEmpty
    else { return "Nothing is expected." }
    let recent = past.reduce(0, +) / Double(past.count)
    let band =
      document.paths > 1
      ? ", in four of five futures between \(money(low)) and \(money(high))" : ""
    return "At the end usage is expected to be worth \(money(middle)) an hour on demand\(band). "
      + "In the last four weeks of the history it was \(money(recent))."
  }

  /// What the band is, and what it is not.
  static func remark(_ document: OutlookDocument) -> String {
    guard document.paths > 1 else {
      return "One path, and no band: this method says what is expected, not how sure that is."
    }
    return
      "One future in five lies outside the band at any time. In it are trends that go as far astray as this "
      + "program's forecasts did at earlier dates of this history, usage that is superseded or given up as often as it was "
      + "here, and what the scenario states. What has no example in the history is not."
  }

  private static func tables(_ document: OutlookDocument) -> HTML {
    guard !document.starts.isEmpty else { return .nothing }
    let groups = document.groups.sorted { $0.recent > $1.recent }
    let rest = Array(groups.dropFirst(Self.mostGroups))
    let more: HTML =
      rest.isEmpty
      ? .nothing
      : .details(AmountText.plural(rest.count, "more group"), table(rest, document))
    return "<h2>Instances</h2>\(table(Array(groups.prefix(Self.mostGroups)), document))\(more)"
  }

  private static func table(_ groups: [OutlookDocument.Group], _ document: OutlookDocument) -> HTML
  {
    let step = document.step.rawValue
    let band = document.paths > 1
    let head =
      ["Instances of", "Last 4 weeks", "First \(step)"]
      + (band
        ? ["Last \(step): low (10 %)", "Last \(step): middle", "Last \(step): high (90 %)"]
        : ["Last \(step)"])
    let last = document.starts.count - 1
    let rows = groups.map { group in
      let name = [group.account, group.instanceType, group.region, group.operatingSystem]
        .filter { !$0.isEmpty }.joined(separator: " ")
      let values = group.instances
      let cells =
        [group.recent, values.q50[0]]
        + (band ? [values.q10[last], values.q50[last], values.q90[last]] : [values.q50[last]])
      return [name] + cells.map { AmountText.decimal($0, decimals: 1) }
    }
    return HTMLTable(head, rows).html
  }

  private static func findings(_ document: OutlookDocument) -> HTML {
    guard !document.findings.isEmpty else { return .nothing }
    let items = document.findings.map { "\($0.severity.rawValue): \($0.message)" }
    return "<h2>What to know</h2>\(HTML.list(items))"
  }
}

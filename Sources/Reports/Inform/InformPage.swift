import CloudCosts
import Scenarios

/// An overview of a history as one self-contained page.
package struct InformPage: Sendable {
  package let text: String

  private static let mostSlices = 40

  package init(_ overview: HistoryOverview) {
    let words = InformText(overview, minus: "−")
    let total = overview.total
    let facts: [HTML.Fact] = [
      .init(
        term: "Covered", value: words.percent(total.coverage),
        remark: "of what can be covered, at list prices"),
      .init(
        term: "Used", value: words.percent(total.utilization),
        remark: "of what the commitments cost"),
      .init(
        term: "Vacant", value: words.amounts.headline(total.unused),
        remark: "committed to and not used"),
      .init(
        term: "Effective savings rate", value: words.percent(total.effectiveSavingsRate),
        remark: "of list prices"),
    ]
    var sections = overview.breakdowns.map { breakdown in
      let rows = breakdown.slices.prefix(InformPage.mostSlices).map {
        [InformText.name($0.name)] + words.cells($0)
      }
      return InformPage.section(
        "By \(InformText.title(breakdown))",
        [InformText.title(breakdown)] + InformText.sliceHeader, left: 1, rows, none: "Nothing.",
        foot: ["in all"] + words.cells(total))
    }
    if !overview.kinds.isEmpty {
      sections.append(
        InformPage.section(
          "Coverage by kind of commitment", InformText.kindHeader, left: 1,
          overview.kinds.map(words.cells), none: "None.",
          lead: "At list prices; what another kind covers is on neither side."))
    }
    sections.append(
      InformPage.section(
        "What ends in the next twelve months", InformText.expiryHeader, left: 4,
        overview.expiring.map(words.cells), none: "Nothing that the bill tells the end of."))
    sections.append(
      InformPage.section(
        "Machines on demand that cost most", InformText.uncoveredHeader, left: 4,
        overview.uncovered.map(words.cells), none: "None.",
        lead: "Always on: so many machines of the group ran on demand on nine of ten days, and ran"
          + " at all in nine of ten hours."))
    if let savings = overview.unrealized {
      sections.append(
        InformPage.section(
          "What commitments at the given prices would save", InformText.unrealizedHeader, left: 5,
          savings.map(words.cells), none: "Nothing runs on demand always.",
          lead: words.unrealizedSentence(savings)))
    }
    sections.append(
      InformPage.section(
        "Days that should not set a baseline", InformText.anomalyHeader, left: 2,
        overview.anomalies.map(words.cells), none: "None.", lead: InformText.rule))
    let findings = overview.findings.map(RunDocument.Note.init)
    let found: HTML =
      findings.isEmpty ? .nothing : HTML.section("Findings", HTML.findings(findings))
    text = HTMLPage.text(
      title: "\(overview.path): usage and cost",
      kicker: "Plimsoll: what is used, and what it costs",
      heading: overview.path,
      lead: """
        \(words.days) (UTC), \(AmountText.plural(overview.sources.count, "file")).
        Amounts in \(overview.currency).
        """,
      body: """
        <p class="sentence">\(words.sentence)</p>
        \(HTML.facts(facts))
        \(HTML.section("Cost by day", style: "chart", HTML.figure(InformChart(overview).svg)))
        \(sections)
        \(found)
        """)
  }

  /// - Parameter left: so many columns are text.
  private static func section(
    _ title: String, _ header: [String], left: Int, _ rows: [[String]], none: String,
    foot: [String]? = nil, lead: String = ""
  ) -> HTML {
    let table: HTML =
      rows.isEmpty ? "<p>\(none)</p>" : HTMLTable(header, left: left, rows, foot: foot).html
    return HTML.section(title, lead: lead, table)
  }
}

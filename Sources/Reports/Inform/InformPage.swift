import CloudCosts
import Scenarios

/// An overview of a history as one self-contained page.
public struct InformPage: Sendable {
  public let text: String

  private static let mostSlices = 40

  public init(_ overview: HistoryOverview) {
    let words = InformText(overview, minus: "−")
    let total = overview.total
    let facts: [(String, String, String)] = [
      ("Covered", words.percent(total.coverage), "of what can be covered, at list prices"),
      ("Used", words.percent(total.utilization), "of what the commitments cost"),
      ("Vacant", words.amounts.headline(total.unused), "committed to and not used"),
      ("Effective savings rate", words.percent(total.effectiveSavingsRate), "of list prices"),
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
        lead: "Always on: so many machines of the group ran in at least nine of ten hours, covered"
          + " or not."))
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
    let findings = overview.findings.map { finding in
      "<p class=\"finding \(finding.severity.rawValue)\"><strong>\(finding.severity.rawValue)"
        + "</strong> \(HTMLText.escaped(finding.place)): \(HTMLText.escaped(finding.message))"
        + "<span class=\"sub\">\(HTMLText.escaped(finding.remedy))</span></p>"
    }
    text = HTMLPage.text(
      title: "\(overview.path): usage and cost",
      kicker: "Plimsoll: what is used, and what it costs",
      heading: overview.path,
      lead: """
        \(words.days) (UTC), \(AmountText.plural(overview.sources.count, "file")).
        Amounts in \(HTMLText.escaped(overview.currency)).
        """,
      body: """
        <p class="sentence">\(HTMLText.escaped(words.sentence))</p>
        <dl class="facts">
        \(facts.map { InformPage.fact($0.0, $0.1, $0.2) }.joined(separator: "\n"))
        </dl>
        <section class="chart"><h2>Cost by day</h2><figure>\(InformChart(overview).svg)</figure></section>
        \(sections.joined(separator: "\n"))
        \(findings.isEmpty ? "" : "<section><h2>Findings</h2>" + findings.joined() + "</section>")
        """)
  }

  private static func fact(_ term: String, _ value: String, _ remark: String) -> String {
    "<div><dt>\(term)</dt><dd class=\"value\">\(HTMLText.escaped(value))</dd>"
      + "<dd class=\"remark\">\(remark)</dd></div>"
  }

  /// - Parameter left: so many columns are text.
  private static func section(
    _ title: String, _ header: [String], left: Int, _ rows: [[String]], none: String,
    foot: [String]? = nil, lead: String? = nil
  ) -> String {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>"
        + cells.enumerated().map { index, cell in
          "<\(tag) class=\"\(index < left ? "left" : "number")\">\(HTMLText.escaped(cell))</\(tag)>"
        }.joined() + "</tr>"
    }
    let remark = lead.map { "<p class=\"lead\">\(HTMLText.escaped($0))</p>" } ?? ""
    let head = "<section><h2>\(HTMLText.escaped(title))</h2>\(remark)"
    guard !rows.isEmpty else { return head + "<p>\(HTMLText.escaped(none))</p></section>" }
    return head + "<div class=\"scroll\"><table><thead>\(row(header, "th"))</thead><tbody>\n"
      + rows.map { row($0, "td") }.joined(separator: "\n") + "</tbody>"
      + (foot.map { "<tfoot>\(row($0, "td"))</tfoot>" } ?? "") + "</table></div></section>"
  }
}

import CloudCosts
import Scenarios

/// `report.html`: one self-contained page for those who decide, those who book and those who run
/// the machines; to read, print or send.
package struct HTMLReport: Sendable {
  package let text: String

  /// - Parameters:
  ///   - document: of the comparison.
  ///   - assumptions: what the numbers rest on beyond what each run states, a sentence each.
  package init(_ comparison: Comparison, _ document: RunDocument, assumptions: [String] = []) {
    let amounts = AmountText(currency: document.currency, minus: "−")
    let window = "\(document.window.from.prefix(10)) to \(document.window.to.prefix(10))"
    let several = document.runs.count > 1
    let runs: [HTML] = zip(comparison.runs, document.runs).enumerated().map { index, pair in
      let title: HTML =
        several
        ? "<h2 class=\"run\" id=\"run-\(index + 1)\">Scenario \(pair.1.name)</h2>" : .nothing
      return "\(title)\(RunSection(pair.0, pair.1, document, amounts).html)"
    }
    let found: HTML =
      document.findings.isEmpty
      ? .nothing : HTML.section("Findings in the input", HTML.findings(document.findings))
    text = HTMLPage.text(
      title: "\(document.scenario): what to commit to",
      kicker: "Plimsoll: how much to commit to", heading: document.scenario,
      lead: """
        \(window) (UTC, \(AmountText.plural(document.hours, "hour"))). \
        Amounts in \(document.currency).
        """,
      body: """
        \(several ? HTMLReport.overview(document, amounts) : .nothing)
        \(runs)
        \(HTMLReport.assumptions(document, beyond: assumptions))
        \(found)
        \(HTML.section("The measures", style: "small screen", Definition.list))
        <footer>Made by plimsoll from \(document.scenario). All lines: recommendations.csv; all
        numbers: plan.json, plan.xlsx, comparison.csv.</footer>
        """)
  }

  /// One line for each scenario.
  private static func overview(_ document: RunDocument, _ amounts: AmountText) -> HTML {
    let rows = document.runs.compactMap { run in
      Headline(run, amounts: amounts).map { headline in
        [
          run.name, headline.outcome.name, amounts.headline(headline.outcome.cost),
          "\(amounts.headline(headline.baseline)) \(headline.baselineName)", headline.change,
          headline.plan.headlineDownside.map { AmountText.percent($0.savingsRate) + " saved" }
            ?? "–",
          AmountText.provenGap(headline.plan.gap),
        ]
      }
    }
    return HTMLTable(
      [
        "Scenario", "Recommended", "Cost", "Instead of", "Change", "If usage falls by 30 %",
        "Proven within",
      ], left: 2, rows
    ).html
  }

  /// Those of all runs once; where a run differs, under its name.
  private static func assumptions(_ document: RunDocument, beyond: [String]) -> HTML {
    let all = document.runs.map { $0.assumptions ?? [] }
    let shared = (all.first ?? []).filter { one in all.allSatisfy { $0.contains(one) } }
    var items = beyond + shared.map(HTMLReport.text)
    for (run, own) in zip(document.runs, all) {
      items += own.filter { !shared.contains($0) }.map { assumption in
        (document.runs.count > 1 ? "\(run.name): " : "") + text(assumption)
      }
    }
    guard !items.isEmpty else { return .nothing }
    return HTML.section("What this rests on", style: "small", HTML.list(items))
  }

  private static func text(_ assumption: RunDocument.Assumption) -> String {
    "\(assumption.topic): \(assumption.text)"
  }
}

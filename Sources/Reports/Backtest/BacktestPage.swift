import CloudCosts
import Scenarios

/// A backtest as one self-contained page.
package struct BacktestPage: Sendable {
  package let text: String

  package init(_ document: BacktestDocument) {
    let runs: [HTML] = document.runs.map { run in
      // Of one run, the lead has it.
      let spoken = document.runs.count > 1 ? run.verdict : nil
      let verdict: HTML = spoken.map { "<p>\($0)</p>" } ?? .nothing
      let spreads: [HTML] = run.seedLines.map { "<p>\($0)</p>" }
      return """
        <h2>\(run.name)</h2>
        \(verdict)
        <p class="lead">\(run.subtitle).</p>
        \(HTML.figure { BacktestChart(run, currency: document.currency, size: $0).svg })
        \(BacktestPage.table(run, document.currency))
        \(spreads)
        """
    }
    let names: [HTML] = document.policies.map {
      "<li><b>\($0.name.rawValue)</b>: \($0.name.title)</li>"
    }
    text = HTMLPage.text(
      title: "\(document.scenario): backtest",
      kicker: "Plimsoll: how much to commit to",
      heading: "\(document.scenario): backtest",
      lead: """
        \(document.runs.first?.verdict.map { $0 + " " } ?? "")Each policy decided with what was known at \
        the time; the bill is of what happened.
        """,
      body: """
        \(runs)
        <ul>\(names)</ul>
        """)
  }

  private static func table(_ run: BacktestDocument.Run, _ currency: String) -> HTML {
    let amounts = AmountText(currency: run.premium == nil ? currency : "", minus: "−")
    let head = [
      "Policy", "Cost", "Net saving", "Saved", "Of hindsight", "Covered", "Used", "Losing months",
      "Worst quarter", "Regret", "Locked after",
    ]
    let rows = run.policies.map { policy in
      [
        policy.name.rawValue, amounts.headline(policy.cost), amounts.headline(policy.netSavings),
        AmountText.percent(policy.savingsRate, decimals: 2),
        policy.shareOfHindsight.map { AmountText.percent($0) } ?? "–",
        AmountText.percent(policy.coverage),
        policy.utilization.map { AmountText.percent($0) } ?? "–", "\(policy.losingMonths)",
        amounts.headline(policy.worstQuarter), amounts.headline(policy.regret),
        amounts.headline(policy.lockedBeyondWindow),
      ]
    }
    return HTMLTable(head, rows).html
  }
}

/// The forms of a backtest, by the ending of a file's name; `svg` is the first run's chart.
package enum BacktestFile: String, CaseIterable, Sendable {
  case csv, html, svg, json

  /// Nil where the ending is none of these: then it is a folder.
  package init?(path: String) {
    let ending = path.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? ""
    self.init(rawValue: ending.lowercased())
  }

  package func text(_ document: BacktestDocument) throws -> String {
    switch self {
    case .csv: BacktestCSV(document).text
    case .html: BacktestPage(document).text
    case .svg:
      document.runs.first.map { BacktestChart($0, currency: document.currency).standalone } ?? ""
    case .json: try document.json()
    }
  }
}

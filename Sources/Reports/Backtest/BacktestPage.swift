import CloudCosts
import Scenarios

/// A backtest as one self-contained page.
public struct BacktestPage: Sendable {
  public let text: String

  public init(_ document: BacktestDocument) {
    let runs = document.runs.map { run in
      """
      <h2>\(HTMLText.escaped(run.name))</h2>
      \(document.runs.count > 1 ? run.verdict.map { "<p>\(HTMLText.escaped($0))</p>" } ?? "" : "")
      <p class="lead">\(HTMLText.escaped(run.subtitle)).</p>
      <figure>\(BacktestChart(run, currency: document.currency).svg)</figure>
      \(BacktestPage.table(run, document.currency))
      """
    }
    let names = document.policies.map {
      "<li><b>\(HTMLText.escaped($0.name.rawValue))</b>: \(HTMLText.escaped($0.name.title))</li>"
    }
    text = HTMLPage.text(
      title: "\(document.scenario): backtest",
      kicker: "Plimsoll: how much to commit to",
      heading: "\(document.scenario): backtest",
      lead: HTMLText.escaped(
        (document.runs.first?.verdict.map { $0 + " " } ?? "")
          + "Each policy decided with what was known at the time; the bill is of what happened."),
      body: """
        \(runs.joined(separator: "\n"))
        <ul>\(names.joined(separator: "\n"))</ul>
        """)
  }

  private static func table(_ run: BacktestDocument.Run, _ currency: String) -> String {
    let amounts = AmountText(currency: run.premium == nil ? currency : "", minus: "−")
    let head = [
      "Policy", "Cost", "Net saving", "Saved", "Of hindsight", "Covered", "Used", "Losing months",
      "Worst quarter", "Regret", "Locked after",
    ]
    let rows = run.policies.map { policy in
      let cells = [
        amounts.headline(policy.cost), amounts.headline(policy.netSavings),
        AmountText.percent(policy.savingsRate, decimals: 2),
        policy.shareOfHindsight.map { AmountText.percent($0) } ?? "–",
        AmountText.percent(policy.coverage),
        policy.utilization.map { AmountText.percent($0) } ?? "–", "\(policy.losingMonths)",
        amounts.headline(policy.worstQuarter), amounts.headline(policy.regret),
        amounts.headline(policy.lockedBeyondWindow),
      ]
      return "<tr><td>\(HTMLText.escaped(policy.name.rawValue))</td>"
        + cells.map { "<td class=\"number\">\(HTMLText.escaped($0))</td>" }.joined() + "</tr>"
    }
    return HTMLPage.table(head: head, rows: rows)
  }
}

/// The forms of a backtest, by the ending of a file's name; `svg` is the first run's chart.
public enum BacktestFile: String, CaseIterable, Sendable {
  case csv, html, svg, json

  /// Nil where the ending is none of these: then it is a folder.
  public init?(path: String) {
    let ending = path.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? ""
    self.init(rawValue: ending.lowercased())
  }

  public func text(_ document: BacktestDocument) throws -> String {
    switch self {
    case .csv: BacktestCSV(document).text
    case .html: BacktestPage(document).text
    case .svg:
      document.runs.first.map { BacktestChart($0, currency: document.currency).standalone } ?? ""
    case .json: try document.json()
    }
  }
}

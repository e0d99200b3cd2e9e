import CloudCosts
import Scenarios

/// A backtest for a terminal: a table a run.
package struct BacktestTable: Sendable {
  package let text: String

  package init(_ document: BacktestDocument) {
    var lines: [String] = []
    for run in document.runs {
      let name = run.name == "base" ? document.scenario : "\(document.scenario), \(run.name)"
      if let verdict = run.verdict { lines += Printable.wrapped(verdict) + [""] }
      lines += Printable.wrapped("\(name): \(run.subtitle)") + [""]
      lines += BacktestTable.table(run, document.currency) + [""]
      let spreads = run.seedLines
      if !spreads.isEmpty { lines += spreads.flatMap { Printable.wrapped($0) } + [""] }
    }
    lines += BacktestTable.legend(document)
    lines += FindingsText(document.findings).lines
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func table(_ run: BacktestDocument.Run, _ currency: String) -> [String] {
    let scale = TableScale(
      run.policies.flatMap { [$0.cost, $0.netSavings, $0.worstQuarter, $0.lockedBeyondWindow] })
    var table = TextTable([
      .init(header: "policy", alignsRight: false), .init(header: "cost"),
      .init(header: "saved"), .init(header: "saved %"), .init(header: "of hindsight"),
      .init(header: "covered", isSpare: true), .init(header: "used", isSpare: true),
      .init(header: "months lost"),
      .init(header: "worst qtr", isSpare: true), .init(header: "locked on"),
    ])
    for policy in run.policies {
      table.append([
        policy.name.rawValue, scale.text(policy.cost), scale.text(policy.netSavings),
        AmountText.decimal(policy.savingsRate * 100, decimals: 2) + "%",
        policy.shareOfHindsight.map(percent) ?? "–", percent(policy.coverage),
        policy.utilization.map(percent) ?? "–", "\(policy.losingMonths)",
        scale.text(policy.worstQuarter), scale.text(policy.lockedBeyondWindow),
      ])
    }
    return table.lines() + [
      scale.unit(run.premium == nil ? currency : "committed unit-hours") + "."
    ]
  }

  static func legend(_ document: BacktestDocument) -> [String] {
    let names = document.policies.map(\.name)
    let width = names.map(\.rawValue.count).max() ?? 0
    return names.map { name in
      let padding = String(repeating: " ", count: width - name.rawValue.count)
      return "\(name.rawValue)\(padding)  \(name.title)"
    }
      + Printable.wrapped(
        "Months lost: months that lost money. Worst qtr: savings of the worst three months in a row."
      )
      + Printable.wrapped(
        "Locked on: what purchases still cost after the last hour; only the hours before it are "
          + "billed in the table. `tail_savings` in --json: what they save or lose then.")
  }

  private static func percent(_ share: Double) -> String {
    AmountText.decimal(share * 100, decimals: 1) + "%"
  }
}

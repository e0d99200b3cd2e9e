import CloudCosts

/// A backtest as CSV: one line a run and policy.
package struct BacktestCSV: Sendable {
  package let text: String

  package init(_ document: BacktestDocument) {
    var csv = CSVText(header: [
      "scenario", "run", "policy", "currency", "on_demand", "cost", "net_savings", "savings_rate",
      "share_of_hindsight", "regret", "losing_months", "worst_quarter", "coverage", "utilization",
      "purchases", "locked_beyond_window",
    ])
    for run in document.runs {
      for policy in run.policies {
        csv.append([
          .text(document.scenario), .text(run.name), .text(policy.name.rawValue),
          .text(document.currency), .money(run.onDemand), .money(policy.cost),
          .money(policy.netSavings), .ratio(policy.savingsRate), .ratio(policy.shareOfHindsight),
          .money(policy.regret), .text("\(policy.losingMonths)"), .money(policy.worstQuarter),
          .ratio(policy.coverage), .ratio(policy.utilization), .text("\(policy.purchases)"),
          .money(policy.lockedBeyondWindow),
        ])
      }
    }
    text = csv.text
  }
}

import CloudCosts

/// `comparison.csv`: one line per run and outcome.
package struct ComparisonCSV: Sendable {
  package let text: String

  package init(_ document: RunDocument) {
    var csv = CSVText(header: [
      "scenario", "run", "outcome", "currency", "cost", "savings", "savings_rate",
      "savings_vs_current", "coverage", "utilization", "effective_savings_rate", "upfront",
      "status", "stop", "objective", "bound", "gap", "billing_gap", "locked_beyond_window",
      "total_committed",
    ])
    for run in document.runs {
      let current = run.outcome("current")
      for outcome in run.outcomes {
        let plan = outcome.plan
        csv.append([
          .text(document.scenario), .text(run.name), .text(outcome.name),
          .text(document.currency), .money(outcome.cost), .money(outcome.savings),
          .ratio(outcome.savingsRate), .money(current.map { $0.cost - outcome.cost }),
          .ratio(outcome.coverage), .ratio(outcome.utilization),
          .ratio(outcome.effectiveSavingsRate), .money(outcome.upfront),
          .optional(plan?.status.rawValue), .optional(plan?.stop.rawValue),
          .money(plan?.objective), .money(plan?.bound), .ratio(plan?.gap),
          .ratio(plan?.billingGap), .money(plan?.lockedBeyondWindow),
          .money(plan?.totalCommitted),
        ])
      }
    }
    text = csv.text
  }
}

import CloudCosts

/// A frontier as CSV: one line a point.
package struct FrontierCSV: Sendable {
  package let text: String

  package init(_ document: FrontierDocument) {
    let drops = document.points.first?.downside.map(\.drop) ?? []
    let columns = drops.flatMap { drop in
      let percent = AmountText.decimal(drop * 100, decimals: 0)
      return ["cost_at_minus_\(percent)", "savings_at_minus_\(percent)"]
    }
    var csv = CSVText(
      header: [
        "scenario", "run", "over", "limit_key", "limit", "currency", "cost", "savings", "objective",
        "bound", "gap", "status", "upfront", "hourly_commitment", "three_year_share", "coverage",
        "utilization",
      ] + columns)
    for point in document.points {
      csv.append(
        [
          .text(document.scenario), .text(document.run), .text(document.over.rawValue),
          .text(document.limit), .ratio(point.limit), .text(document.currency),
          .money(point.cost), .money(point.savings), .money(point.objective),
          .money(point.bound), .ratio(point.gap), .text(point.status.rawValue),
          .money(point.upfront), .money(point.hourlyCommitment), .ratio(point.threeYearShare),
          .ratio(point.coverage), .ratio(point.utilization),
        ] + point.downside.flatMap { [.money($0.cost), .money($0.savings)] })
    }
    text = csv.text
  }
}

import CloudCosts

/// `recommendations.csv`: one line per purchase and per machine action, for those who carry it out.
package struct RecommendationsCSV: Sendable {
  package let text: String

  /// The recommended plan of every run. Runs are alternatives: buy the lines of one.
  package init(_ document: RunDocument) {
    self.init(document.runs.compactMap(document.recommendation))
  }

  package init(_ selection: PlanSelection) { self.init([selection]) }

  private init(_ selections: [PlanSelection]) {
    var csv = CSVText(header: RecommendationsCSV.header)
    for selection in selections {
      for purchase in selection.plan.purchases {
        csv.append(RecommendationsCSV.cells(purchase, of: selection))
      }
      for action in selection.plan.actions {
        csv.append(RecommendationsCSV.cells(action, of: selection))
      }
    }
    text = csv.text
  }

  private static let header = [
    "run", "outcome", "action", "provider", "account", "region", "zone", "product",
    "instance_type", "operating_system", "tenancy", "term_years", "payment", "quantity",
    "hourly_commitment", "upfront", "start", "end", "resource", "new_instance_type", "cost",
    "savings", "utilization", "break_even_months", "currency", "plan_status", "plan_stop",
    "reason", "marginal_value", "stop_price", "demand_quantile", "expected_utilization", "kept_by",
    "held_back_by", "next_best", "next_best_extra_cost", "order", "adds",
  ]

  private static func cells(_ purchase: RunDocument.Purchase, of selection: PlanSelection)
    -> [CSVText.Cell]
  {
    let (quantity, hourly): (Double?, Money?) =
      switch purchase.amount {
      case .quantity(let count): (count, nil)
      case .hourlyCommitment(let money): (nil, money)
      }
    return [
      .text(selection.run), .text(selection.outcome.name), .text("buy"),
      .text(purchase.provider.rawValue), .text(purchase.account), .optional(purchase.region),
      .optional(purchase.zone), .text(purchase.product.rawValue),
      .optional(purchase.instanceType), .optional(purchase.operatingSystem),
      .optional(purchase.tenancy), .number(String(purchase.termYears)),
      .text(purchase.payment.rawValue), .ratio(quantity), .money(hourly),
      .money(purchase.upfront), .text(purchase.start), .text(purchase.end), .text(""), .text(""),
      .money(purchase.cost), .money(purchase.savings), .ratio(purchase.utilization),
      .ratio(purchase.breakEvenMonths), .text(selection.currency),
      .text(selection.plan.status.rawValue), .text(selection.plan.stop.rawValue),
      .text(purchase.reason),
    ] + cells(purchase.explanation) + [
      .number(purchase.order.map(String.init)), .money(purchase.adds),
    ]
  }

  private static func cells(_ explanation: RunDocument.Explanation?) -> [CSVText.Cell] {
    let other = explanation?.alternative
    return [
      .money(explanation?.marginalValue), .money(explanation?.stopPrice),
      .ratio(explanation?.demandQuantile), .ratio(explanation?.expectedUtilization),
      .optional(explanation?.keptBy), .optional(explanation?.heldBackBy),
      .optional(other?.text), .money(other?.extraCost),
    ]
  }

  private static func cells(_ action: RunDocument.Action, of selection: PlanSelection)
    -> [CSVText.Cell]
  {
    let nothing = CSVText.Cell.text("")
    return [
      .text(selection.run), .text(selection.outcome.name),
      .text(action.to != nil ? "resize" : action.kind == .schedule ? "schedule" : "terminate"),
      .text(action.provider.rawValue),
      .text(action.account), .text(action.region), nothing, nothing, .text(action.from), nothing,
      nothing, nothing, nothing, nothing, nothing, nothing, .optional(action.start), nothing,
      .text(action.resource), .optional(action.to), nothing, .money(action.savings),
      nothing, nothing, .text(selection.currency), .text(selection.plan.status.rawValue),
      .text(selection.plan.stop.rawValue), .text(action.reason),
    ] + cells(nil) + [nothing, nothing]
  }
}

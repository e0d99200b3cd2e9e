/// The forms in which `plimsoll export` hands a plan's purchases on.
public enum ExportFormat: String, CaseIterable, Sendable {
  /// One line per purchase and per machine action.
  case csv
  case json
  /// The providers' own purchase commands, as a shell script.
  case commands
  /// A FOCUS 1.2 file of the bill: it is made again from the scenario's files (`FOCUSExport`).
  case focus
  /// Dates to buy, return, review and end, as an iCalendar file.
  case calendar

  /// Nil where the form needs more than the plan.
  public func text(of selection: PlanSelection) throws -> String? {
    switch self {
    case .focus: nil
    case .csv: RecommendationsCSV(selection).text
    case .json: try OrderedJSON.text(PurchaseList(selection))
    case .commands: PurchaseCommands(selection).text
    case .calendar: PlanCalendar(selection).text
    }
  }
}

/// One plan's purchases and actions, as JSON.
private struct PurchaseList: Encodable {
  let scenario: String
  let run: String
  let outcome: String
  let currency: String
  let status: String
  let stop: String
  let gap: Double
  let purchases: [RunDocument.Purchase]
  let actions: [RunDocument.Action]

  init(_ selection: PlanSelection) {
    scenario = selection.scenario
    run = selection.run
    outcome = selection.outcome.name
    currency = selection.currency
    status = selection.plan.status.rawValue
    stop = selection.plan.stop.rawValue
    gap = selection.plan.gap
    purchases = selection.plan.purchases
    actions = selection.plan.actions
  }
}

import CloudCosts
import Foundation

/// The forms in which `plimsoll export` hands a plan's purchases on.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// One line per purchase and per machine action.
  case csv
  case json
  /// The providers' own purchase commands, as a shell script.
  case commands
  /// A workbook with live totals.
  case xlsx
  /// A page to sign.
  case memo
  case markdown
  case terraform
  /// Cost Explorer's shapes.
  case costExplorer = "aws-ce"
  /// A FOCUS 1.2 file of the bill: it is made again from the scenario's files (`FOCUSExport`).
  case focus
  /// Dates to buy, return, review and end, as an iCalendar file.
  case calendar
  /// FOCUS 1.4's dataset Contract Commitment; made from the scenario's files, too.
  case contractCommitment = "focus-contract"

  /// Whether the form needs the scenario's files, and not the plan alone.
  package var needsScenario: Bool { self == .focus || self == .contractCommitment }

  /// Whether it is no text, and wants a file.
  package var isBinary: Bool { self == .xlsx }

  /// Nil where the form needs more than the plan.
  ///
  /// - Parameter document: where the plan is from.
  /// - Returns: what to write, and what it leaves out.
  package func export(
    _ selection: PlanSelection, of document: RunDocument
  ) throws -> (data: Data, findings: [Finding])? {
    func plain(_ text: String) -> (Data, [Finding]) { (Data(text.utf8), []) }
    switch self {
    case .focus, .contractCommitment: return nil
    case .csv: return plain(RecommendationsCSV(selection).text)
    case .json: return plain(try OrderedJSON.text(PurchaseList(selection)))
    case .commands: return plain(PurchaseCommands(selection).text)
    case .calendar: return plain(PlanCalendar(selection).text)
    case .xlsx: return (try Workbook(document, selection).data, [])
    case .memo: return plain(MemoPage(document, selection).text)
    case .markdown: return plain(MarkdownExport(document, selection).text)
    case .terraform:
      let export = TerraformExport(selection)
      return (Data(export.text.utf8), export.findings)
    case .costExplorer:
      let export = try CostExplorerExport(selection)
      return (Data(export.text.utf8), export.findings)
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

import CloudCosts
import Scenarios

/// `rightsizing.csv`: one line per machine that something could be done with: what is done, and how
/// it fits.
package struct RightsizingCSV: Sendable {
  package let text: String

  /// - Parameter outcome: whose plan of each run counts, as the recommended one.
  package init(_ comparison: Comparison, _ document: RunDocument) {
    var csv = CSVText(header: Self.header)
    for (run, entry) in zip(comparison.runs, document.runs) {
      guard let record = run.machines else { continue }
      let plan = document.recommendation(of: entry)?.plan
      let done = Dictionary(
        (plan?.actions ?? []).map { ($0.resource, $0) }, uniquingKeysWith: { first, _ in first })
      for (id, machine) in record.machines.sorted(by: { $0.key < $1.key }) {
        for action in machine.candidate.actions where action.start == nil {
          csv.append(Self.cells(run.name, machine, action, done[id]))
        }
      }
    }
    text = csv.text
  }

  private static let header =
    [
      "run", "resource", "account", "region", "from", "decision", "action", "to", "start", "risk",
      "hours_measured", "hours_above", "share_above", "band_low", "band_high", "effort_hours",
      "one_off_cost", "saved_on_demand", "worth", "group", "reason",
    ]
    + ActionFit.Metric.allCases.flatMap { metric in
      ["p50", "p95", "p99.5", "max"].map { "\(metric.rawValue)_\($0)" }
    }

  private static func cells(
    _ run: String, _ machine: MachineRecord.Machine, _ action: CandidateAction,
    _ done: RunDocument.Action?
  ) -> [CSVText.Cell] {
    let group = machine.candidate.resource.group
    let isDone =
      done.map { $0.to == action.target?.instanceType && $0.kind == action.kind } ?? false
    let fit = action.fit
    func number(_ value: Int?) -> CSVText.Cell { .number(value.map(String.init)) }
    var cells: [CSVText.Cell] = [
      .text(run), .text(machine.candidate.resource.id), .text(group.account),
      .text(group.sku.region), .text(group.sku.instanceType), .text(isDone ? "do" : "no"),
      .text(action.kind.rawValue), .optional(action.target?.instanceType),
      .optional(isDone ? done?.start : nil), number(fit?.risk), number(fit?.hours),
      number(fit?.hoursAbove), .ratio(fit?.shareAbove), .ratio(fit?.band.lowerBound),
      .ratio(fit?.band.upperBound), .ratio(action.effort), .ratio(action.cost),
      .money(isDone ? done?.savings : nil),
      .ratio(isDone ? done?.worth : nil), .text(machine.candidate.resource.fleet),
      .text(action.reason),
    ]
    for metric in ActionFit.Metric.allCases {
      let reading = fit?.readings.first { $0.metric == metric }
      cells += [reading?.p50, reading?.p95, reading?.p99half, reading?.max].map {
        .ratio($0.map { ($0 * 100).rounded() / 100 })
      }
    }
    return cells
  }
}

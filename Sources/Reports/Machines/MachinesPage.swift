import CloudCosts
import Scenarios

/// `machines.html`: a section for each machine, for the engineer who is to change it: usage against
/// the old and the new capacity, percentiles, risk, price, and the alternatives that lost.
package struct MachinesPage: Sendable {
  package let text: String

  /// More machines than these are in `rightsizing.csv` only.
  private static let most = 100

  package init(_ comparison: Comparison, _ document: RunDocument) {
    var sections: [HTML] = []
    for (run, entry) in zip(comparison.runs, document.runs) {
      guard let record = run.machines, let selection = document.recommendation(of: entry) else {
        continue
      }
      let name = comparison.runs.count > 1 ? " (\(run.name))" : ""
      let amounts = AmountText(currency: document.currency, minus: "−")
      let actions = selection.plan.actions.sorted {
        ($1.savings, $0.resource) < ($0.savings, $1.resource)
      }
      if let split = entry.rightsizing { sections.append(Self.split(split, entry, name, amounts)) }
      if !actions.isEmpty { sections.append(Self.overview(actions, amounts)) }
      for action in actions.prefix(Self.most - min(Self.most, sections.count)) {
        guard let machine = record.machines[action.resource] else { continue }
        sections.append(Self.section(action, machine, name, amounts))
      }
    }
    text = HTMLPage.text(
      title: "\(document.scenario): machines", kicker: "\(OutputMark.name): machines",
      heading: "\(document.scenario): what to do with which machine",
      lead: """
        History of each machine against what it has and what it would have.
        All of them, with what was not chosen: <code>rightsizing.csv</code>.
        """,
      body: HTML(sections))
  }

  private static func split(
    _ split: RunDocument.Split, _ run: RunDocument.Run, _ name: String, _ amounts: AmountText
  ) -> HTML {
    """
    <h2>Resize, commit, both\(name)</h2>
    <p class="sentence">\(SplitText.sentence(split, of: run, amounts))</p>
    """
  }

  /// All machines on one screen, each a link to its section.
  private static func overview(_ actions: [RunDocument.Action], _ amounts: AmountText) -> HTML {
    var table = HTMLTable(
      [
        "Machine", "Now", "Then", "Saves on demand", "Worth in the plan", "Risk, 0 to 4",
        "Hours above",
      ], left: 3)
    for action in actions.prefix(most) {
      table.append(
        [
          action.resource, action.from, action.becomes, amounts.headline(action.savings),
          action.worth.map { amounts.headline(Money(rounding: $0)) } ?? "–",
          action.risk.map { String($0) } ?? "–",
          action.shareAbove.map { AmountText.percent($0, decimals: 2) } ?? "–",
        ], link: action.resource)
    }
    return table.html
  }

  private static func section(
    _ action: RunDocument.Action, _ machine: MachineRecord.Machine, _ name: String,
    _ amounts: AmountText
  ) -> HTML {
    let chosen = machine.candidate.actions.first {
      $0.target?.instanceType == action.to && $0.kind == action.kind
    }
    let from = MachineType.of(machine.candidate.resource.group.sku)
    let to = chosen?.target.flatMap(MachineType.of)
    let fit = chosen?.fit
    func scale(_ metric: ActionFit.Metric) -> Double {
      guard let from, let to else { return 0 }
      if metric == .memory { return from.memory / to.memory }
      let cpu = fit?.readings.first { $0.metric == .cpu }
      let old = machine.series.cpuMax.filter(\.isFinite).map { min($0, 100) }.max() ?? 0
      return cpu.map { old > 0 ? $0.max / old : 0 } ?? from.processors / to.processors
    }
    var parts: [HTML] = [
      """
      <h2 id="\(action.resource)">\(action.resource)\(name): \(action.from) → \(action.becomes)</h2>
      <p class="sentence">\(facts(action, amounts))</p>
      <p>\(action.reason.replacing(" %", with: "\u{a0}%"))</p>
      """
    ]
    func chart(_ metric: ActionFit.Metric) -> HTML {
      HTML.figure(
        MachineChart(
          machine.series, metric, scale: to == nil ? nil : scale(metric), becomes: action.becomes
        ).svg)
    }
    parts.append(chart(.cpu))
    if machine.series.memoryMax.contains(where: \.isFinite) { parts.append(chart(.memory)) }
    if let fit { parts.append(readings(fit)) }
    parts.append(alternatives(machine, chosen))
    return HTML(parts)
  }

  private static func facts(_ action: RunDocument.Action, _ amounts: AmountText) -> String {
    var parts = ["Saves \(amounts.headline(action.savings)) at on-demand prices in the window"]
    if let worth = action.worth {
      parts.append(
        "without it the plan's bill is \(amounts.headline(Money(rounding: worth))) higher")
    }
    if let risk = action.risk { parts.append("risk \(risk) of 4") }
    if let share = action.shareAbove, let band = action.band, band.count == 2 {
      parts.append(
        "above capacity in \(AmountText.percent(share, decimals: 2)) of the hours"
          + " (\(AmountText.percent(band[0], decimals: 2)) to"
          + " \(AmountText.percent(band[1], decimals: 2)))")
    }
    if let effort = action.effort {
      parts.append("\(AmountText.decimal(effort, decimals: 1)) hours of work")
    }
    if let start = action.start { parts.append("from \(start.prefix(10))") }
    return parts.joined(separator: "; ") + "."
  }

  private static func readings(_ fit: ActionFit) -> HTML {
    let rows = fit.readings.map { reading in
      [reading.metric.rawValue]
        + [reading.p50, reading.p95, reading.p99half, reading.max].map {
          AmountText.decimal($0, decimals: 1)
        }
    }
    let table = HTMLTable(
      ["Percent of the new capacity", "median", "95th", "99.5th", "highest"], left: 1, rows)
    guard !fit.unknown.isEmpty else { return table.html }
    let unknown = fit.unknown.map(\.rawValue).joined(separator: ", ")
    return "\(table.html)<p>Not measured, or capacity not known: \(unknown).</p>"
  }

  private static func alternatives(
    _ machine: MachineRecord.Machine, _ chosen: CandidateAction?
  ) -> HTML {
    let others = machine.candidate.actions.filter {
      $0.start == nil && !(chosen?.isSameChange(as: $0) ?? false)
    }
    guard !others.isEmpty else { return .nothing }
    let rows = others.map { action in
      [action.label, action.kind.rawValue, action.fit.map { "\($0.risk)" } ?? "–", action.reason]
    }
    let table = HTMLTable(["To", "Kind", "Risk", "Fit"], left: 2, rows)
    return HTML.details(
      "Alternatives that the plan did not take",
      """
      \(table.html)
      <p>They cost more with the commitments of the plan, or have no room in its limits.</p>
      """)
  }
}

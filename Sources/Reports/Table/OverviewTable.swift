import CloudCosts

/// A row per scenario: what its recommended plan costs and saves.
struct OverviewTable {
  let lines: [String]

  init(_ document: RunDocument) {
    let recommended = document.runs.map { ($0.name, $0.recommended) }
    let scale = TableScale(
      recommended.compactMap(\.1).flatMap { [$0.cost, $0.savings, $0.upfront] })
    var table = TextTable([
      .init(header: "scenario", alignsRight: false, isFlexible: true),
      .init(header: "recommended", alignsRight: false), .init(header: "cost"),
      .init(header: "saved"), .init(header: "saved %"), .init(header: "upfront"),
      .init(header: "gap"),
    ])
    for (name, outcome) in recommended {
      guard let outcome, let plan = outcome.plan else {
        table.append([name] + Array(repeating: "–", count: 6))
        continue
      }
      let mark = plan.status == .optimal ? "" : " !"
      table.append([
        name, outcome.name + mark, scale.text(outcome.cost), scale.text(outcome.savings),
        AmountText.decimal(outcome.savingsRate * 100, decimals: 1) + "%",
        scale.text(outcome.upfront), AmountText.decimal(plan.gap * 100, decimals: 3) + "%",
      ])
    }
    let early = recommended.contains { $0.1?.plan.map { $0.status != .optimal } ?? false }
    lines =
      table.lines()
      + Printable.wrapped(
        "\(scale.unit(document.currency)), saved against on demand."
          + (early ? " ! stopped early: better plans may exist." : ""))
  }
}

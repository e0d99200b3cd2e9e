import CloudCosts

/// The recommended plan in short: what to buy, what to resize, and the proof.
struct PlanText {
  let lines: [String]

  /// - Parameter limit: how many purchases, and how many machines, are listed.
  init(_ selection: PlanSelection, limit: Int) {
    let amounts = AmountText(currency: selection.currency)
    lines =
      PlanText.givenUp(selection.plan, amounts)
      + PlanText.purchases(selection.plan.purchases, limit: limit, amounts)
      + PlanText.later(selection.plan.later, amounts)
      + PlanText.services(selection.outcome.services, amounts)
      + PlanText.actions(selection.plan, limit: limit, amounts)
      + PathsText(selection, amounts).lines
      + PlanText.sensitivity(selection.plan.sensitivity ?? [], amounts)
      + PlanText.proof(selection, amounts)
  }

  /// First, since what is bought rests on it.
  private static func givenUp(_ plan: RunDocument.Plan, _ amounts: AmountText) -> [String] {
    guard let entries = plan.givenUp, !entries.isEmpty else { return [] }
    var table = TextTable([
      .init(header: "  give up", alignsRight: false, isFlexible: true),
      .init(header: "product", alignsRight: false), .init(header: "how", alignsRight: false),
      .init(header: "before", alignsRight: false), .init(header: "receive"),
      .init(header: "saves"),
    ])
    let scale = TableScale(entries.flatMap { [$0.received, $0.worth] })
    for entry in entries {
      table.append([
        "  " + entry.id, entry.product.shortTitle, entry.way.rawValue,
        String(entry.until.prefix(10)), scale.text(entry.received), scale.text(entry.worth),
      ])
    }
    let saves = plan.givingUp.map { ", \(amounts.headline($0.saves)) saved with what is bought" }
    return [
      "", "Give up: \(AmountText.plural(entries.count, "commitment"))" + (saves ?? ""),
    ] + table.lines(ruled: false)
      + entries.filter { $0.becomes != nil }.flatMap { entry in
        Printable.wrapped("\(entry.id): \(entry.words).", indent: "  ", hanging: "    ")
      }
  }

  private static func sensitivity(
    _ curves: [RunDocument.Sensitivity], _ amounts: AmountText
  ) -> [String] {
    guard !curves.isEmpty else { return [] }
    let cells = SensitivityRows(curves, amounts)
    var table = TextTable(
      cells.header.enumerated().map { column, name in
        .init(header: column == 0 ? "  " + name : name, alignsRight: column > 0)
      })
    for row in cells.rows { table.append(["  " + row[0]] + row.dropFirst()) }
    return ["", SensitivityRows.title] + table.lines(ruled: false)
      + Printable.wrapped(SensitivityRows.remark, indent: "  ")
  }

  private static func purchases(
    _ purchases: [RunDocument.Purchase], limit: Int, _ amounts: AmountText
  ) -> [String] {
    guard !purchases.isEmpty else { return ["", "Buy nothing."] }
    let purchases = purchases.inBuyingOrder
    let scale = TableScale(purchases.flatMap { [$0.cost, $0.added] })
    var table = TextTable([
      .init(header: "  buy"), .init(header: "of", alignsRight: false, isFlexible: true),
      .init(header: "product", alignsRight: false), .init(header: "term", alignsRight: false),
      .init(header: "cost"), .init(header: "adds"), .init(header: "used", isSpare: true),
    ])
    for purchase in purchases.prefix(limit) {
      table.append([
        purchase.quantityText(amounts), purchase.subjectText, purchase.shortProduct,
        purchase.termText, scale.text(purchase.cost), scale.text(purchase.added),
        AmountText.decimal(purchase.utilization * 100, decimals: 1) + "%",
      ])
    }
    let upfront = purchases.map(\.upfront).total()
    let title =
      "Buy: \(AmountText.plural(purchases.count, "purchase"))"
      + (upfront == .zero ? ", nothing upfront" : ", \(amounts.headline(upfront)) upfront")
      + (purchases.count > 1
        ? "; in this order, adds: what each saves after those before it" : "")
    return [""] + Printable.wrapped(title, hanging: "  ")
      + table.lines(ruled: false) + more(purchases.count - limit, "purchase")
  }

  /// What is left for the months to come.
  private static func later(
    _ steps: [RunDocument.LaterStep]?, _ amounts: AmountText
  ) -> [String] {
    guard let steps, let last = steps.last else { return [] }
    guard steps.contains(where: { !$0.purchases.isEmpty }) else {
      return Printable.wrapped(LaterText.nothing(until: last), hanging: "  ")
    }
    var table = TextTable([
      .init(header: "  on", alignsRight: false), .init(header: "buy"),
      .init(header: "of", alignsRight: false, isFlexible: true),
      .init(header: "product", alignsRight: false), .init(header: "term", alignsRight: false),
      .init(header: "upfront"),
    ])
    for step in steps {
      for purchase in step.purchases {
        table.append([
          "  " + step.date.prefix(10), purchase.quantityText(amounts), purchase.subjectText,
          purchase.shortProduct, purchase.termText, amounts.headline(purchase.upfront),
        ])
      }
    }
    return [""] + Printable.wrapped(LaterText.title, hanging: "  ") + table.lines(ruled: false)
  }

  /// What each service costs under the plan, where there are several.
  private static func services(
    _ services: [RunDocument.ServiceCost]?, _ amounts: AmountText
  ) -> [String] {
    guard let services else { return [] }
    var table = TextTable([
      .init(header: "  service", alignsRight: false, isFlexible: true),
      .init(header: "on demand"), .init(header: "cost"), .init(header: "covered"),
      .init(header: "of commitments"),
    ])
    let scale = TableScale(services.flatMap { [$0.onDemand, $0.cost] })
    for service in services {
      table.append([
        "  " + service.title, scale.text(service.onDemand), scale.text(service.cost),
        AmountText.decimal(service.coverage * 100, decimals: 1) + "%",
        AmountText.decimal(service.share * 100, decimals: 1) + "%",
      ])
    }
    return ["", "By service: cost, coverage, and the share of what is used of commitments"]
      + table.lines(ruled: false)
  }

  private static func actions(
    _ plan: RunDocument.Plan, limit: Int, _ amounts: AmountText
  ) -> [String] {
    let actions = plan.actions
    guard !actions.isEmpty else { return [] }
    var table = TextTable([
      .init(header: "  machine", alignsRight: false, isFlexible: true),
      .init(header: "from", alignsRight: false), .init(header: "to", alignsRight: false),
      .init(header: "risk"), .init(header: "saved on demand"),
    ])
    let scale = TableScale(actions.map(\.savings))
    for action in actions.prefix(limit) {
      table.append([
        "  " + action.resource, action.from, action.becomes, action.risk.map(String.init) ?? "–",
        scale.text(action.savings),
      ])
    }
    let saved = actions.map(\.savings).total()
    return [
      "",
      "Resize: \(AmountText.plural(actions.count, "machine")), "
        + "\(amounts.headline(saved)) saved at on-demand prices"
        + (plan.costOfWork > .zero ? " for \(amounts.headline(plan.costOfWork)) of work" : ""),
    ] + table.lines(ruled: false) + more(actions.count - limit, "machine")
  }

  private static func more(_ count: Int, _ noun: String) -> [String] {
    count > 0
      ? [
        "  … and \(AmountText.decimal(Double(count), decimals: 0)) more \(noun)"
          + (count == 1 ? "" : "s") + ", see recommendations.csv"
      ]
      : []
  }

  private static func proof(_ selection: PlanSelection, _ amounts: AmountText) -> [String] {
    let plan = selection.plan
    let effort = plan.rounds > 0 ? ", \(AmountText.plural(plan.rounds, "round"))" : ""
    let facts =
      [
        "Proof": "\(plan.status.rawValue) (\(plan.stop.rawValue))\(plan.span): objective "
          + "\(amounts.cents(plan.objective)), bound \(amounts.cents(plan.bound)), gap "
          + "\(AmountText.percent(plan.gap, decimals: 4)); \(plan.solver), "
          + "\(plan.method.rawValue)\(effort), \(AmountText.decimal(plan.seconds, decimals: 2)) s",
        "Bill": "\(amounts.cents(plan.horizon?.cost ?? selection.outcome.cost))\(plan.span)"
          + (plan.costOfWork > .zero ? ", with \(amounts.cents(plan.costOfWork)) of work " : ", ")
          + AmountText.percent(plan.aboveObjective, decimals: 3)
          + " above the objective (the provider's order of applying)",
        "Locked": "\(amounts.headline(plan.lockedBeyondWindow)) after "
          + "\(selection.window.to.prefix(10)), of \(amounts.headline(plan.totalCommitted)) "
          + "committed in all",
      ] as KeyValuePairs
    return [""]
      + facts.flatMap { name, fact in
        Printable.wrapped("\(name): \(fact)", hanging: "  ")
      }
  }
}

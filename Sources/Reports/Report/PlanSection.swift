import CloudCosts

/// What to do: purchases in their order, and machines.
struct PlanSection {
  private let selection: PlanSelection
  private let amounts: AmountText

  /// How many lines of a table a page shows; the files next to it have them all.
  private static let limit = 60

  init(_ selection: PlanSelection, _ amounts: AmountText) {
    self.selection = selection
    self.amounts = amounts
  }

  var html: HTML { "\(givenUp)\(purchases)\(later)\(services)\(machines)" }

  /// Where there are several.
  private var services: HTML {
    guard let services = selection.outcome.services else { return .nothing }
    var table = HTMLTable(["Service", "On demand", "Cost", "Covered", "Of commitments"])
    for service in services {
      table.append([
        service.title, amounts.headline(service.onDemand), amounts.headline(service.cost),
        AmountText.percent(service.coverage), AmountText.percent(service.share),
      ])
    }
    return HTML.section(
      "What each service costs under the plan",
      "\(table.html)<p class=\"lead\">Of commitments: the share of all that is used of them.</p>")
  }

  private var givenUp: HTML {
    guard let entries = selection.plan.givenUp, !entries.isEmpty else { return .nothing }
    var table = HTMLTable(["Commitment", "How", "Before", "Receive", "Saves"], left: 3)
    for entry in entries {
      table.append(
        [
          entry.id, entry.words, String(entry.until.prefix(10)),
          amounts.headline(entry.received), amounts.headline(entry.worth),
        ], notes: [entry.product.title])
    }
    let decision = selection.plan.givingUp.map {
      "With what is bought it saves \(amounts.headline($0.saves)) of what the best plan costs that"
        + " keeps all. \(AmountText.plural($0.combinations, "combination")) were planned and billed."
    }
    return HTML.section(
      "What to give up: \(AmountText.plural(entries.count, "commitment"))",
      "\(table.html)<p class=\"lead\">\(decision ?? "")</p>")
  }

  private var purchases: HTML {
    let plan = selection.plan
    let title = "What to buy: \(AmountText.plural(plan.purchases.count, "purchase"))"
    guard !plan.purchases.isEmpty else {
      return HTML.section(title, "<p>Nothing: no purchase under this policy lowers the bill.</p>")
    }
    var table = HTMLTable(
      [
        "Good for", "Buy", "Product", "Upfront", "Cost", "Adds", "Used", "Pays back", "One more",
        "One fewer",
      ], left: 1, style: "purchases")
    for purchase in plan.purchases.inBuyingOrder.prefix(PlanSection.limit) {
      append(purchase, to: &table)
    }
    let sums = [
      plan.purchases.map(\.upfront), plan.purchases.map(\.cost), plan.purchases.map(\.added),
    ].map { amounts.headline($0.total()) }
    table.foot = ["in all", "", ""] + sums + ["", "", "", ""]
    return HTML.section(
      title, "\(table.html)<p class=\"lead\">\(more(plan.purchases.count, "purchase"))</p>")
  }

  /// What is left for the months to come.
  private var later: HTML {
    guard let steps = selection.plan.later, let last = steps.last else { return .nothing }
    guard steps.contains(where: { !$0.purchases.isEmpty }) else {
      return HTML.section("What to buy next", "<p>\(LaterText.nothing(until: last))</p>")
    }
    var table = HTMLTable(["On", "Good for", "Buy", "Product", "Upfront"], left: 2)
    for step in steps {
      for purchase in step.purchases {
        table.append(
          [
            String(step.date.prefix(10)), purchase.typeText, purchase.quantityText(amounts),
            purchase.product.title, amounts.headline(purchase.upfront),
          ], notes: ["", purchase.placeText, "", purchase.termText])
      }
    }
    return HTML.section(
      "What to buy next", "<p class=\"lead\">\(LaterText.title)</p>\(table.html)")
  }

  private func append(_ purchase: RunDocument.Purchase, to table: inout HTMLTable) {
    let years = AmountText.plural(purchase.termYears, "year")
    let start =
      purchase.start == selection.window.from ? "" : ", from \(purchase.start.prefix(10))"
    table.append(
      [
        purchase.typeText, purchase.quantityText(amounts), purchase.product.title,
        amounts.headline(purchase.upfront), amounts.headline(purchase.cost),
        amounts.headline(purchase.added), AmountText.percent(purchase.utilization),
        PlanSection.payback(purchase.breakEvenMonths),
        change(purchase.explanation?.marginalValue),
        change(purchase.explanation.map { -$0.stopPrice }),
      ],
      notes: [
        joined(purchase.placeText, owner(purchase)), "",
        "\(years), \(purchase.payment.title.lowercased())\(start)",
      ], reason: purchase.reason)
  }

  private var machines: HTML {
    let actions = selection.plan.actions
    guard !actions.isEmpty else { return .nothing }
    var table = HTMLTable(["Machine", "From", "To", "Why it is safe", "Saved on demand"], left: 4)
    for action in actions.prefix(PlanSection.limit) {
      table.append(
        [
          action.resource, action.from, action.to ?? "terminate", action.reason,
          amounts.headline(action.savings),
        ], notes: [joined(action.region, action.account)])
    }
    table.foot = ["in all", "", "", "", amounts.headline(actions.map(\.savings).total())]
    return HTML.section(
      "What to resize first: \(AmountText.plural(actions.count, "machine"))",
      "\(table.html)<p class=\"lead\">\(more(actions.count, "machine"))</p>")
  }

  private func joined(_ place: String, _ account: String) -> String {
    [place, account].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The purchasing account, and what the next best one would cost.
  private func owner(_ purchase: RunDocument.Purchase) -> String {
    guard let owners = purchase.owners,
      let own = owners.first(where: { $0.account == purchase.account }),
      let next = owners.filter({ $0.account != purchase.account }).min(by: { $0.cost < $1.cost })
    else { return purchase.account }
    let extra = next.cost - own.cost
    return "bought by \(purchase.account) (by \(next.account): "
      + (extra == .zero ? "the same bill" : "\(amounts.headline(extra)) more") + ")"
  }

  private static func payback(_ months: Double?) -> String {
    guard let months else { return "not yet" }
    return months < 0.05 ? "at once" : AmountText.decimal(months, decimals: 1) + " months"
  }

  /// What is saved, with its sign.
  private func change(_ saved: Money?) -> String {
    saved.map { ($0 > .zero ? "+" : "") + amounts.headline($0) } ?? "–"
  }

  private func more(_ count: Int, _ noun: String) -> String {
    count > PlanSection.limit
      ? "… and \(AmountText.plural(count - PlanSection.limit, noun)) more, see "
        + "recommendations.csv." : ""
  }
}

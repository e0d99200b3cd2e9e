import CloudCosts

/// What the template shows of the recommended plan: what to do, and how sure it is.
struct PlanPage {
  let planName: String
  let hasPurchases: Bool
  let purchases: [Purchase]
  let purchaseCount: String
  let purchaseTotals: [String]
  let morePurchases: String
  let hasMachines: Bool
  let machines: [Machine]
  let machineCount: String
  let machineTotal: String
  let moreMachines: String
  let sensitivity: SensitivityPage?
  let proof: [RunPage.Fact]

  struct SensitivityPage {
    let title: String
    let remark: String
    let header: [String]
    let rows: [SensitivityRow]
  }

  struct SensitivityRow {
    let limit: String
    let cells: [String]
  }

  struct Purchase {
    let quantity: String
    let subject: String
    let owner: String
    let product: String
    let term: String
    let numbers: [String]
    let why: String
  }

  struct Machine {
    let resource: String
    let owner: String
    let from: String
    let to: String
    let savings: String
    let why: String
  }

  /// How many lines of a table a page shows; the files next to it have them all.
  private static let limit = 60

  init(_ selection: PlanSelection) {
    let plan = selection.plan
    let amounts = AmountText(currency: selection.currency, minus: "−")
    planName = selection.outcome.name
    hasPurchases = !plan.purchases.isEmpty
    purchases = plan.purchases.inBuyingOrder.prefix(PlanPage.limit).map { purchase in
      PlanPage.row(purchase, windowStart: selection.window.from, amounts)
    }
    purchaseCount = AmountText.plural(plan.purchases.count, "purchase")
    purchaseTotals = [
      plan.purchases.map(\.upfront), plan.purchases.map(\.cost), plan.purchases.map(\.added),
    ].map { amounts.headline($0.total()) }
    morePurchases = PlanPage.more(plan.purchases.count, "purchase")
    hasMachines = !plan.actions.isEmpty
    machines = plan.actions.prefix(PlanPage.limit).map { action in
      Machine(
        resource: action.resource,
        owner: PlanPage.joined(action.region, action.account),
        from: action.from, to: action.to ?? "terminate",
        savings: amounts.headline(action.savings), why: action.reason)
    }
    machineCount = AmountText.plural(plan.actions.count, "machine")
    machineTotal = amounts.headline(plan.actions.map(\.savings).total())
    moreMachines = PlanPage.more(plan.actions.count, "machine")
    sensitivity = (plan.sensitivity?.isEmpty ?? true) ? nil : PlanPage.page(plan, amounts)
    proof = PlanPage.proof(selection, amounts)
  }

  private static func page(_ plan: RunDocument.Plan, _ amounts: AmountText) -> SensitivityPage {
    let cells = SensitivityRows(plan.sensitivity ?? [], amounts)
    return SensitivityPage(
      title: SensitivityRows.title, remark: SensitivityRows.remark,
      header: Array(cells.header.dropFirst()),
      rows: cells.rows.map { SensitivityRow(limit: $0[0], cells: Array($0.dropFirst())) })
  }

  private static func row(
    _ purchase: RunDocument.Purchase, windowStart: String, _ amounts: AmountText
  ) -> Purchase {
    let years = AmountText.plural(purchase.termYears, "year")
    let start =
      purchase.start == windowStart ? "" : ", from \(purchase.start.prefix(10))"
    return Purchase(
      quantity: purchase.quantityText(amounts), subject: purchase.typeText,
      owner: PlanPage.joined(purchase.placeText, PlanPage.owner(purchase, amounts)),
      product: purchase.product.title,
      term: "\(years), \(purchase.payment.title.lowercased())\(start)",
      numbers: [
        amounts.headline(purchase.upfront), amounts.headline(purchase.cost),
        amounts.headline(purchase.added), AmountText.percent(purchase.utilization),
        PlanPage.payback(purchase.breakEvenMonths),
        PlanPage.change(purchase.explanation?.marginalValue, amounts),
        PlanPage.change(purchase.explanation.map { -$0.stopPrice }, amounts),
      ], why: purchase.reason)
  }

  private static func joined(_ place: String, _ account: String) -> String {
    [place, account].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The purchasing account, and what the next best one would cost.
  private static func owner(_ purchase: RunDocument.Purchase, _ amounts: AmountText) -> String {
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
  private static func change(_ saved: Money?, _ amounts: AmountText) -> String {
    saved.map { ($0 > .zero ? "+" : "") + amounts.headline($0) } ?? "–"
  }

  private static func more(_ count: Int, _ noun: String) -> String {
    count > limit
      ? "… and \(AmountText.plural(count - limit, noun)) more, see recommendations.csv." : ""
  }

  private static func proof(_ selection: PlanSelection, _ amounts: AmountText) -> [RunPage.Fact] {
    let plan = selection.plan
    let effort = [
      plan.rounds > 0 ? AmountText.plural(plan.rounds, "round") : "",
      plan.cuts > 0 ? AmountText.plural(plan.cuts, "cut") : "",
    ].filter { !$0.isEmpty }
    return [
      .init(
        term: "Status", value: plan.status.rawValue,
        remark: "the search stopped because: \(plan.stop.rawValue)"),
      .init(
        term: "Objective", value: amounts.cents(plan.objective),
        remark: "the cost of this plan with the best known allocation of its commitments"),
      .init(
        term: "Bound", value: amounts.cents(plan.bound),
        remark: "no plan that keeps this policy has a lower objective or bill: proven"),
      .init(
        term: "Gap", value: AmountText.percent(plan.gap, decimals: 4),
        remark: "(bill − bound) / bill: the best plan can undercut this one by no more"),
      .init(
        term: "Bill", value: amounts.cents(selection.outcome.cost),
        remark: "an independent judge's, in the provider's order of applying commitments"),
      .init(
        term: "Billing gap", value: AmountText.percent(plan.billingGap, decimals: 4),
        remark: "(bill − objective) / bill: the part of the gap that is the provider's order"),
      .init(
        term: "Locked beyond", value: amounts.cents(plan.lockedBeyondWindow),
        remark: "the terms' cost after \(selection.window.to.prefix(10)), prepaid or not; "
          + "\(amounts.cents(plan.totalCommitted)) committed in all"),
      .init(
        term: "Solver", value: plan.solver,
        remark: ([plan.method.rawValue] + effort).joined(separator: ", ") + ", "
          + AmountText.decimal(plan.seconds, decimals: 2) + " s"),
    ]
  }
}

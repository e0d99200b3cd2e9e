import CloudCosts

/// What `plimsoll judge` prints: the answer in a sentence, the lines, what is at stake, and the
/// distance from the best plan.
package struct JudgeTable: Sendable {
  package let text: String

  package init(_ document: JudgeDocument) {
    let amounts = AmountText(currency: document.currency)
    var lines = Printable.wrapped(
      "\(document.scenario): \(document.window.from.prefix(10)) to \(document.window.to.prefix(10))"
    )
    lines += [""] + Printable.wrapped(JudgeTable.headline(document, amounts)) + [""]
    lines += JudgeTable.bills(document)
    lines += JudgeTable.purchases(document, amounts)
    lines += JudgeTable.downside(document, amounts)
    if !document.missed.isEmpty {
      lines +=
        [""]
        + Printable.wrapped(
          "It does not keep the scenario's policy: \(document.missed.joined(separator: ", ")).")
    }
    lines += FindingsText(document.findings).lines
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func headline(_ document: JudgeDocument, _ amounts: AmountText) -> String {
    let change =
      document.savings < .zero
      ? "loses \(amounts.headline(.zero - document.savings))"
      : "saves \(amounts.headline(document.savings))"
    var sentence =
      "This proposal \(change) (\(AmountText.percent(abs(document.savingsRate)))): "
      + "\(amounts.headline(document.proposal.cost)) instead of \(amounts.headline(document.current))"
      + " with what is owned today."
    guard let best = document.best else { return sentence }
    if best.distance <= .zero {
      sentence += " The best plan under this policy saves no more."
    } else {
      sentence += " The best plan under this policy saves \(amounts.headline(best.distance)) more"
      sentence +=
        best.missedShare.map {
          $0 <= 1 ? ": the proposal reaches \(AmountText.percent(1 - $0)) of what it saves." : "."
        } ?? "."
    }
    return sentence
  }

  private static func bills(_ document: JudgeDocument) -> [String] {
    var table = TextTable([
      .init(header: "", alignsRight: false), .init(header: "cost"), .init(header: "saved"),
      .init(header: "covered"), .init(header: "used"), .init(header: "upfront"),
    ])
    var amounts = [document.onDemand, document.current, document.proposal.cost]
    amounts += [document.best?.cost ?? .zero, document.proposal.upfront]
    let scale = TableScale(amounts)
    func row(_ name: String, _ cost: Money, _ rest: [String]) {
      table.append([name, scale.text(cost), scale.text(document.current - cost)] + rest)
    }
    let nothing = ["–", "–", "–"]
    row("on demand", document.onDemand, nothing)
    row("current", document.current, nothing)
    row(
      "proposal", document.proposal.cost,
      [
        AmountText.percent(document.proposal.coverage),
        document.proposal.utilization.map { AmountText.percent($0) } ?? "–",
        scale.text(document.proposal.upfront),
      ])
    if let best = document.best { row("best plan", best.cost, nothing) }
    return table.lines()
  }

  private static func purchases(_ document: JudgeDocument, _ amounts: AmountText) -> [String] {
    guard let purchases = document.proposal.plan?.purchases.inBuyingOrder, !purchases.isEmpty
    else { return [] }
    let scale = TableScale(purchases.flatMap { [$0.cost, $0.added] })
    var table = TextTable([
      .init(header: "  buy"), .init(header: "of", alignsRight: false, isFlexible: true),
      .init(header: "product", alignsRight: false), .init(header: "term", alignsRight: false),
      .init(header: "cost"), .init(header: "adds"), .init(header: "used"),
    ])
    for purchase in purchases {
      table.append([
        purchase.quantityText(amounts), purchase.subjectText, purchase.shortProduct,
        purchase.termText, scale.text(purchase.cost), scale.text(purchase.added),
        AmountText.percent(purchase.utilization),
      ])
    }
    return ["", "Line by line; adds: what each saves after those before it"]
      + table.lines(ruled: false)
  }

  private static func downside(_ document: JudgeDocument, _ amounts: AmountText) -> [String] {
    let parts = document.downside.map { point in
      let fall = AmountText.percent(point.drop, decimals: 0)
      return point.savings < .zero
        ? "by \(fall) it loses \(amounts.headline(.zero - point.savings))"
        : "by \(fall) it saves \(amounts.headline(point.savings))"
    }
    return [""] + Printable.wrapped("If usage falls " + parts.joined(separator: ", ") + ".")
  }
}

import CloudCosts

/// A memo of one page: what is asked for, what it brings and risks, and where to sign.
package struct MemoPage: Sendable {
  package let text: String

  /// Purchases that a memo names; the rest is a line.
  private static let most = 10

  package init(_ document: RunDocument, _ selection: PlanSelection) {
    let amounts = AmountText(currency: selection.currency, minus: "−")
    let run = document.runs.first { $0.name == selection.run }
    let headline = run.flatMap { Headline($0, amounts: amounts, selected: selection.outcome) }
    let window = "\(selection.window.from.prefix(10)) to \(selection.window.to.prefix(10))"
    let lead: HTML = """
      Run \(selection.run), outcome \(selection.outcome.name), \(window) (UTC). \
      Amounts in \(selection.currency).
      """
    let body: HTML = """
      <div class="memo">
      <p class="sentence">\(headline?.sentence ?? "")</p>
      \(HTML.facts(MemoPage.facts(selection, amounts)))
      \(MemoPage.purchases(selection, amounts))
      \(MemoPage.risk(selection.plan, amounts))
      \(MemoPage.assumptions(run))
      \(MemoPage.signatures)
      </div>
      """
    text = HTMLPage.text(
      title: "\(selection.scenario): memo", kicker: "Plimsoll: request to commit",
      heading: selection.scenario, lead: lead, body: body)
  }

  private static func facts(_ selection: PlanSelection, _ amounts: AmountText) -> [HTML.Fact] {
    let plan = selection.plan
    let end = String(selection.window.to.prefix(10))
    return [
      .init(
        term: "Asked for", value: amounts.headline(plan.totalCommitted),
        remark: "committed in all, to the end of all terms"),
      .init(
        term: "Cash upfront",
        value: amounts.headline(plan.purchases.map(\.upfront).total()),
        remark: "on first days; the rest by the hour"),
      .init(
        term: "Locked after \(end)", value: amounts.headline(plan.lockedBeyondWindow),
        remark: "whatever is used then"),
      .init(
        term: "A month's delay",
        value: plan.review?.monthOfDelay.map { amounts.headline($0.wrappedValue) } ?? "–",
        remark: "costs so much, at the same prices"),
    ]
  }

  private static func purchases(_ selection: PlanSelection, _ amounts: AmountText) -> HTML {
    let lines = selection.plan.purchases.inBuyingOrder
    guard !lines.isEmpty else { return "<p>Nothing is to be bought.</p>" }
    let rest = lines.dropFirst(most)
    var rows = lines.prefix(most).map { line in
      [
        line.quantityText(amounts), line.subjectText, line.product.title, line.termText,
        amounts.headline(line.upfront), amounts.headline(line.cost), amounts.headline(line.added),
      ]
    }
    if !rest.isEmpty {
      rows.append([
        "", "and \(AmountText.plural(rest.count, "purchase")) more", "", "",
        amounts.headline(rest.map(\.upfront).total()), amounts.headline(rest.map(\.cost).total()),
        amounts.headline(rest.map(\.added).total()),
      ])
    }
    return HTML.section(
      "What is to be bought",
      HTMLTable(
        ["Buy", "For", "Product", "Term", "Upfront", "Cost", "Adds"], left: 4, rows,
        foot: [
          "in all", "", "", "", amounts.headline(lines.map(\.upfront).total()),
          amounts.headline(lines.map(\.cost).total()),
          amounts.headline(lines.map(\.added).total()),
        ]
      ).html)
  }

  private static func risk(_ plan: RunDocument.Plan, _ amounts: AmountText) -> HTML {
    guard let review = plan.review, !plan.purchases.isEmpty else { return .nothing }
    let falls = review.downsides
    let obligation = review.obligation.map { ObligationText.sentence($0, amounts) } ?? ""
    return HTML.section(
      "What is left if usage falls",
      """
      \(HTMLTable(
        ["Usage"] + falls.map { "−" + AmountText.percent($0.drop, decimals: 0) }, left: 1,
        [
          ["Saved"] + falls.map { amounts.headline($0.savings) },
          ["Share of the bill without"] + falls.map { AmountText.percent($0.savingsRate) },
        ]).html)
      <p>\(obligation.prefix(1).uppercased() + obligation.dropFirst()).</p>
      """)
  }

  private static func assumptions(_ run: RunDocument.Run?) -> HTML {
    let said = (run?.assumptions ?? []).filter { $0.topic != "Scope" && $0.topic != "Machines" }
    guard !said.isEmpty else { return .nothing }
    return HTML.section(
      "What this rests on", style: "small",
      HTML.list(said.prefix(6).map { "\($0.topic): \($0.text)" }))
  }

  private static let signatures: HTML = """
    <section class="signatures"><h2>Decision</h2>
    <p>☐ approved &nbsp; ☐ approved in part: ________________ &nbsp; ☐ rejected, because:
    ________________</p>
    <div><p>Name, role</p><p>Signature</p><p>Date</p></div>
    <div><p>Name, role</p><p>Signature</p><p>Date</p></div>
    </section>
    """
}

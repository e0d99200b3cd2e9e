import CloudCosts

/// What `plimsoll ledger track` prints: the answer in a sentence, causes, purchases, alerts.
package struct LedgerTrackTable: Sendable {
  package let text: String

  package init(_ document: LedgerTrackDocument) {
    let amounts = AmountText(currency: document.currency)
    var lines = Printable.wrapped(Self.headline(document, amounts)) + [""]
    lines += Self.causes(document, amounts)
    for proposal in document.proposals {
      lines += [""] + Self.purchases(proposal, amounts)
      lines += [""] + Self.levels(proposal, amounts)
    }
    lines += [""] + Self.accuracy(document.accuracy)
    if !document.alerts.isEmpty {
      lines.append("")
      for alert in document.alerts {
        lines += Printable.wrapped("! \(alert.subject): \(alert.message).", hanging: "  ")
        lines += Printable.wrapped(alert.remedy, indent: "  ")
      }
    }
    lines += FindingsText(document.findings).lines
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func headline(
    _ document: LedgerTrackDocument, _ amounts: AmountText
  ) -> String {
    let (total, window) = (document.total, document.proposals.first?.window ?? document.window)
    let share =
      total.projected > .zero
      ? ", \(AmountText.percent(total.realised.value / total.projected.value)) of it" : ""
    return
      "From \(window.from.prefix(10)) to \(window.to.prefix(10)) what was bought was expected to"
      + " save \(amounts.cents(total.projected)) and saved \(amounts.cents(total.realised))\(share)."
  }

  /// The causes in their order, as a sum.
  private static func causes(
    _ document: LedgerTrackDocument, _ amounts: AmountText
  ) -> [String] {
    let (total, reversed) = (document.total, document.reversed)
    var table = TextTable([
      .init(header: "", alignsRight: false), .init(header: "saving"),
      .init(header: "in reverse order"), .init(header: "", alignsRight: false, isFlexible: true),
    ])
    func row(_ name: String, _ path: KeyPath<LedgerTrackDocument.Variance, Money>, _ what: String) {
      table.append([
        name, amounts.cents(total[keyPath: path]), amounts.cents(reversed[keyPath: path]), what,
      ])
    }
    row("projected", \.projected, "by the plan, for these hours")
    row("usage", \.usage, "more or less of it, in the same mix")
    row("mix", \.mix, "other machines and hours; what else is owned")
    row("price", \.price, "on demand, rates, and what purchases cost")
    row("purchases", \.purchases, "lines and amounts bought otherwise")
    row("timing", \.timing, "bought on other days, or returned")
    row("realised", \.realised, "the bill without them, less the bill with them")
    return table.lines()
      + Printable.wrapped(
        "Causes are put in one after another, and add up exactly; the other column shows how much of"
          + " the split is a matter of that order.")
  }

  private static func purchases(
    _ proposal: LedgerTrackDocument.Proposal, _ amounts: AmountText
  ) -> [String] {
    var table = TextTable([
      .init(header: "", alignsRight: false), .init(header: "state", alignsRight: false),
      .init(header: "purchase", alignsRight: false, isFlexible: true),
      .init(header: "projected"), .init(header: "realised"), .init(header: "difference"),
      .init(header: "used"), .init(header: "30 days"),
    ])
    for purchase in proposal.purchases {
      table.append([
        purchase.id, purchase.state.rawValue, purchase.what,
        amounts.headline(purchase.savings.projected), amounts.headline(purchase.savings.realised),
        amounts.headline(purchase.savings.difference),
        purchase.utilization.map { AmountText.percent($0) } ?? "–",
        purchase.recentUtilization.map { AmountText.percent($0) } ?? "–",
      ])
    }
    table.append([
      "", "", "together beyond the sum", amounts.headline(proposal.overlap.projected),
      amounts.headline(proposal.overlap.realised), amounts.headline(proposal.overlap.difference),
      "", "",
    ])
    table.append([
      "", "", "all", amounts.headline(proposal.total.projected),
      amounts.headline(proposal.total.realised), amounts.headline(proposal.total.difference), "",
      "",
    ])
    return Printable.wrapped(
      "Proposal \(proposal.id), \(proposal.scenario): each purchase against the bill without it")
      + table.lines()
  }

  private static func levels(
    _ proposal: LedgerTrackDocument.Proposal, _ amounts: AmountText
  ) -> [String] {
    var table = TextTable([
      .init(header: "usage on demand", alignsRight: false), .init(header: "projected"),
      .init(header: "actual"), .init(header: "of it"), .init(header: "5 % to 95 %"),
    ])
    for level in proposal.usage {
      let share =
        level.projected > .zero
        ? AmountText.percent(level.actual.value / level.projected.value) : "–"
      let band =
        level.low == level.high
        ? "–" : "\(amounts.headline(level.low)) – \(amounts.headline(level.high))"
      table.append([
        level.month, amounts.headline(level.projected), amounts.headline(level.actual), share, band,
      ])
    }
    return table.lines(ruled: false)
  }

  private static func accuracy(_ accuracy: LedgerTrackDocument.Accuracy) -> [String] {
    guard let share = accuracy.realisedShare, let error = accuracy.meanError else { return [] }
    let level =
      accuracy.meanUsageError.map { "; usage was off by \(AmountText.percent($0))" } ?? ""
    return Printable.wrapped(
      "Past projections (\(accuracy.projections)): \(AmountText.percent(share)) of what was expected was"
        + " realised; the mean error is \(AmountText.percent(error))\(level).")
  }
}

import CloudCosts

/// An hour's explanation for a terminal: a table of the steps, and the rules below it.
package struct ExplainTable: Sendable {
  package let text: String

  package init(_ document: ExplainDocument) {
    let amounts = AmountText(currency: document.currency)
    var lines = Printable.wrapped(
      "\(document.scenario), \(document.run): outcome \(document.outcome), the hour from "
        + "\(document.hour)")
    lines += [
      "",
      "On demand this hour's usage would cost \(amounts.cents(document.list)); it costs "
        + "\(amounts.cents(document.cost)).",
    ]
    lines += ExplainTable.steps(document, amounts)
    lines += ExplainTable.leftovers(document, amounts)
    lines += ExplainTable.unused(document, amounts)
    lines += ExplainTable.promises(document, amounts)
    lines += [
      "", "A plan's hour is lost where it is not used; nothing is carried into the next hour.",
    ]
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func steps(_ document: ExplainDocument, _ amounts: AmountText) -> [String] {
    guard !document.steps.isEmpty else { return ["", "No commitment covers anything."] }
    var rules: [String] = []
    var table = TextTable([
      .init(header: "#"), .init(header: "commitment", alignsRight: false, isFlexible: true),
      .init(header: "covers", alignsRight: false, isFlexible: true),
      .init(header: "account", alignsRight: false, isFlexible: true), .init(header: "hours"),
      .init(header: "rate"), .init(header: "on demand"), .init(header: "saves"),
      .init(header: "rule"),
    ])
    for step in document.steps {
      let rule = "\(step.tier), \(step.audience): \(step.rule) (\(step.source))"
      let number = rules.firstIndex(of: rule) ?? rules.count
      if number == rules.count { rules.append(rule) }
      table.append([
        String(step.order), step.commitment,
        [step.part, step.instanceType, step.region].compactMap { $0 }.joined(separator: " "),
        step.account.isEmpty ? "–" : step.account,
        AmountText.decimal(step.instanceHours, decimals: 3), rate(step.rate),
        rate(step.onDemandPrice), AmountText.percent(step.saving), "(\(number + 1))",
      ])
    }
    return ["", "Covered, in this order"] + table.lines()
      + rules.enumerated().flatMap { number, rule in
        Printable.wrapped("(\(number + 1)) \(rule)", indent: "  ", hanging: "      ")
      }
  }

  private static func leftovers(_ document: ExplainDocument, _ amounts: AmountText) -> [String] {
    guard !document.onDemand.isEmpty else { return ["", "Nothing is left on demand."] }
    let cost = document.onDemand.map(\.cost).total()
    return ["", "Left on demand: \(amounts.cents(cost))"]
      + document.onDemand.flatMap { left in
        Printable.wrapped(
          "\(AmountText.decimal(left.instanceHours, decimals: 3)) h "
            + "\(left.part.map { "\($0) of " } ?? "")\(left.instanceType) "
            + "\(left.region)\(left.account.isEmpty ? "" : ", account \(left.account)"): "
            + "\(amounts.cents(left.cost)); \(left.reason)", indent: "  ", hanging: "    ")
      }
  }

  private static func unused(_ document: ExplainDocument, _ amounts: AmountText) -> [String] {
    let wasted = document.commitments.filter { $0.unused > .zero }
    guard !wasted.isEmpty else { return ["", "All commitments of the hour are used in full."] }
    return ["", "Paid for and not used: \(amounts.cents(wasted.map(\.unused).total()))"]
      + wasted.flatMap { use in
        Printable.wrapped(
          "\(use.id)\(use.owner.isEmpty ? "" : " of \(use.owner)"): \(amounts.cents(use.unused)) of "
            + "\(amounts.cents(use.cost)); no more usage that it may meet", indent: "  ",
          hanging: "    ")
      }
  }

  private static func rate(_ rate: Double) -> String { AmountText.decimal(rate, decimals: 4) }
}

import CloudCosts

/// What `plimsoll diff` prints: why in sentences, the money by run, then lines that changed.
package struct PlanDifferenceTable: Sendable {
  package let text: String

  package init(_ difference: PlanDifference) {
    let amounts = AmountText(currency: difference.currency)
    var lines = Printable.wrapped(
      "\(difference.scenario): from \(Self.name(difference.before)) to"
        + " \(Self.name(difference.after))")
    guard !difference.isEmpty else {
      text = (lines + ["", "Nothing changed."]).joined(separator: "\n") + "\n"
      return
    }
    lines += [""] + difference.reasons.flatMap { Printable.wrapped($0) }
    lines += Self.keys(difference) + Self.costs(difference, amounts)
    lines += Self.purchases(difference)
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func name(_ side: PlanDifference.Side) -> String {
    side.plan + (side.madeAt.map { " (made \($0.prefix(10)))" } ?? "")
  }

  private static func keys(_ difference: PlanDifference) -> [String] {
    guard !difference.keys.isEmpty else { return [] }
    var table = TextTable([
      .init(header: "run", alignsRight: false), .init(header: "key", alignsRight: false),
      .init(header: "before", alignsRight: false, isFlexible: true),
      .init(header: "after", alignsRight: false, isFlexible: true),
    ])
    for key in difference.keys {
      table.append([key.run, key.key, key.before?.text ?? "–", key.after?.text ?? "–"])
    }
    return [""] + table.lines()
  }

  private static func costs(_ difference: PlanDifference, _ amounts: AmountText) -> [String] {
    var table = TextTable([
      .init(header: "run", alignsRight: false, isFlexible: true), .init(header: "cost before"),
      .init(header: "after"), .init(header: "change"), .init(header: "usage, prices"),
      .init(header: "owned"), .init(header: "plan"),
    ])
    for run in difference.runs {
      guard let cost = run.cost else { continue }
      func part(_ path: KeyPath<PlanDifference.Parts, Money>) -> String {
        run.parts.map { amounts.headline($0[keyPath: path]) } ?? "–"
      }
      table.append([
        run.name, amounts.headline(cost.before), amounts.headline(cost.after),
        amounts.headline(cost.difference), part(\.usageAndPrices), part(\.owned), part(\.plan),
      ])
    }
    return table.rows.isEmpty ? [] : [""] + table.lines()
  }

  private static func purchases(_ difference: PlanDifference) -> [String] {
    var table = TextTable([
      .init(header: "run", alignsRight: false),
      .init(header: "purchase", alignsRight: false, isFlexible: true), .init(header: "before"),
      .init(header: "after"),
    ])
    for run in difference.runs {
      for line in run.purchases {
        table.append([
          run.name, line.text, AmountText.decimal(line.before, decimals: 3),
          AmountText.decimal(line.after, decimals: 3),
        ])
      }
    }
    return table.rows.isEmpty
      ? ["", "The recommended plans buy the same."]
      : ["", "Amounts are instances, or money an hour."] + table.lines()
  }
}

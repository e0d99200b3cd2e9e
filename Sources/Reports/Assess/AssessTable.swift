import CloudCosts
import Scenarios

/// `plimsoll assess`: where the practice is, what holds it back, and how that is known.
package struct AssessTable: Sendable {
  package let text: String

  package init(_ assessment: Assessment) {
    let amounts = AmountText(currency: assessment.currency)
    var lines = Printable.wrapped(AssessTable.sentence(assessment, amounts)) + [""]
    if !assessment.measures.isEmpty { lines += AssessTable.measures(assessment.measures) }
    if let all = assessment.efficiency {
      lines += ["", "Efficiency: proven least cost / bill; captured: of what could be saved"]
      lines += AssessTable.efficiencies(
        [all] + assessment.months + assessment.accounts, amounts)
      lines += Printable.wrapped(
        "Amounts in \(assessment.currency), amortised. The least cost knows every hour in advance "
          + "and takes all terms; no one can reach it. An account is measured as if it were "
          + "alone: above 100 % it has from others what it could not have by itself.")
    }
    lines += [""] + AssessTable.facts(assessment, amounts)
    text = lines.joined(separator: "\n") + "\n"
  }

  static func sentence(_ assessment: Assessment, _ amounts: AmountText) -> String {
    let days =
      "\(AmountText.day(assessment.window.start)) to \(AmountText.day(assessment.window.end))"
    guard let stage = assessment.stage else {
      return "\(assessment.path), \(days): nothing that commitments cover, so there is no practice "
        + "to place."
    }
    let missed = assessment.efficiency.flatMap { all -> String? in
      guard let captured = all.captured, all.bill > all.bound else { return nil }
      return " Of what could have been saved, \(AmountText.percent(max(0, captured))) was; "
        + "\(amounts.headline(all.bill - all.bound)) at most was not."
    }
    let held = assessment.heldBackBy.map {
      " What holds it back: \($0.name) (\(AmountText.percent($0.value))). Next: \($0.next)."
    }
    return "\(assessment.path), \(days): the practice is at \(stage.rawValue)."
      + (held ?? " Every measure is at run.") + (missed ?? "")
  }

  private static func measures(_ measures: [MaturityMeasure]) -> [String] {
    var table = TextTable([
      .init(header: "measure", alignsRight: false), .init(header: "value"),
      .init(header: "stage", alignsRight: false), .init(header: "walk"), .init(header: "run"),
      .init(header: "source", alignsRight: false, isFlexible: true),
    ])
    for measure in measures {
      let sign = measure.isInverse ? "≤ " : "≥ "
      table.append([
        measure.name, AmountText.percent(measure.value), measure.stage.rawValue,
        sign + AmountText.percent(measure.walk, decimals: 0),
        sign + AmountText.percent(measure.run, decimals: 0), measure.source,
      ])
    }
    return table.lines()
  }

  private static func efficiencies(
    _ parts: [Scenarios.Efficiency], _ amounts: AmountText
  ) -> [String] {
    var table = TextTable([
      .init(header: "of", alignsRight: false, isFlexible: true), .init(header: "on demand"),
      .init(header: "bill"), .init(header: "least, proven"), .init(header: "efficiency"),
      .init(header: "captured"),
    ])
    for part in parts {
      table.append([
        part.name.isEmpty ? "not stated" : part.name, amounts.headline(part.onDemand),
        amounts.headline(part.bill), amounts.headline(part.bound),
        part.share.map { AmountText.percent($0) } ?? "–",
        part.captured.map { AmountText.percent($0) } ?? "–",
      ])
    }
    return table.lines()
  }

  private static func facts(_ assessment: Assessment, _ amounts: AmountText) -> [String] {
    func percent(_ share: Double?) -> String { share.map { AmountText.percent($0) } ?? "–" }
    let total = assessment.total
    var facts = [
      "Effective savings rate \(percent(total.effectiveSavingsRate)), coverage "
        + "\(percent(total.coverage)), utilization \(percent(total.utilization))."
    ]
    if let months = assessment.lockInMonths {
      facts.append(
        "Locked in for \(AmountText.decimal(months, decimals: 1)) months after the window, "
          + "weighted by cost.")
    }
    if !assessment.expiries.isEmpty {
      let quarters = assessment.expiries.map {
        "\($0.quarter) \(amounts.rate(Money(rounding: $0.hourly)))/h"
      }
      facts.append("Ends in: \(quarters.joined(separator: ", ")).")
    }
    if let price = assessment.corePrice {
      facts.append(
        "A vCPU-hour costs \(amounts.rate(Money(rounding: price.price))); vCPUs are known of "
          + "\(AmountText.percent(price.known)) of the machine hours.")
    }
    return facts.flatMap { Printable.wrapped($0) }
  }
}

import CloudCosts
import Scenarios

/// What finance asks before it signs: the downside, the whole obligation, the cost of waiting.
enum ReviewSection {
  static func html(_ selection: PlanSelection?, _ amounts: AmountText) -> HTML {
    guard let selection, let review = selection.plan.review else { return .nothing }
    let rows = review.downsides.map { fall in
      [
        "−" + AmountText.percent(fall.drop, decimals: 0),
        amounts.headline(fall.cost + fall.savings), amounts.headline(fall.cost),
        amounts.headline(fall.savings), AmountText.percent(fall.savingsRate),
      ]
    }
    let table = HTMLTable(
      ["Usage in every hour", "Bill without the plan", "Bill with it", "Saved", "in %"], rows)
    return HTML.section(
      "The downside", style: "chart",
      lead:
        "The same plan, billed with less usage; without: what is owned today, at the same usage.",
      "\(table.html)\(HTML.facts(facts(selection, review, amounts)))")
  }

  private static func facts(
    _ selection: PlanSelection, _ review: RunDocument.Review, _ amounts: AmountText
  ) -> [HTML.Fact] {
    guard !selection.plan.purchases.isEmpty else { return [] }
    var facts: [HTML.Fact] = []
    if let obligation = review.obligation {
      let sentence = ObligationText.sentence(obligation)
      facts.append(
        .init(
          term: "Whole obligation", value: amounts.headline(obligation.committed),
          remark: sentence.prefix(1).uppercased() + sentence.dropFirst()))
    }
    if let delay = review.monthOfDelay {
      facts.append(
        .init(
          term: "A month's delay costs", value: amounts.headline(delay.wrappedValue),
          remark: "the same purchases a calendar month later, at the same prices"))
    }
    let end = selection.window.to
    let prepaid = (selection.outcome.prepaid ?? []).filter { $0.month == lastMonth(before: end) }
    facts.append(
      .init(
        term: "Prepaid at the end", value: amounts.headline(prepaid.map(\.closing).total()),
        remark: "paid upfront and not used up on \(end.prefix(10))"))
    facts.append(
      .init(
        term: "Locked after", value: amounts.headline(selection.plan.lockedBeyondWindow),
        remark: "still to run after \(end.prefix(10)), prepaid or not"))
    return facts
  }

  /// `2024-01` for `2024-02-01T00:00:00Z`.
  private static func lastMonth(before end: String) -> String {
    Hour(iso8601: end).map { ($0 + -1).month.description } ?? ""
  }
}

/// What is paid and not used up yet, by month.
enum PrepaidSection {
  static func html(_ selection: PlanSelection?, _ amounts: AmountText) -> HTML {
    guard let entries = selection?.outcome.prepaid, !entries.isEmpty else { return .nothing }
    let groups = Dictionary(grouping: entries, by: \.month)
    let months = groups.keys.sorted()
    // A page has room for the quarters' last months; the workbook has all, by account.
    let shown = months.enumerated().filter { $0.offset % 3 == 2 || $0.offset == months.count - 1 }
    var (paid, used) = (Money.zero, Money.zero)
    var sums: [String: (paid: Money, used: Money)] = [:]
    for month in months {
      paid += (groups[month] ?? []).map(\.paid).total()
      used += (groups[month] ?? []).map(\.expense).total()
      sums[month] = (paid, used)
    }
    let rows = shown.map { _, month in
      [
        month, amounts.headline(sums[month]?.paid ?? .zero),
        amounts.headline(sums[month]?.used ?? .zero),
        amounts.headline((groups[month] ?? []).map(\.closing).total()),
      ]
    }
    let before = (groups[months[0]] ?? []).map(\.opening).total()
    let opening =
      before > .zero
      ? " \(amounts.headline(before)) were prepaid before the first month." : ""
    return HTML.section(
      "What is prepaid",
      lead: "Until the end of the month; by account and month in plan.xlsx.\(opening)",
      HTMLTable(["Month", "Paid so far", "Expensed so far", "Balance"], rows).html)
  }
}

/// When commitments end.
enum EndingSection {
  static func html(_ outcome: RunDocument.Outcome?, _ amounts: AmountText) -> HTML {
    guard let expiring = outcome?.measures?.expiring, !expiring.isEmpty else { return .nothing }
    return HTML.section(
      "What ends when", lead: "Owned and bought, with what it costs an hour.",
      HTMLTable(
        ["Month", "Commitments", "Cost per hour"],
        expiring.map {
          [$0.month, String($0.commitments), "\(amounts.rate($0.hourlyCommitment))/h"]
        }
      ).html)
  }
}

/// How good the plan is, and how that is known; and what the policy's limits cost.
enum ProofSection {
  static func html(_ selection: PlanSelection, _ amounts: AmountText) -> HTML {
    let plan = selection.plan
    var sensitivity: HTML = .nothing
    if let curves = plan.sensitivity, !curves.isEmpty {
      let cells = SensitivityRows(curves, amounts)
      sensitivity = HTML.section(
        SensitivityRows.title, style: "chart", lead: SensitivityRows.remark,
        HTMLTable(["Limit"] + cells.header.dropFirst(), cells.rows).html)
    }
    let proof = HTML.section(
      "How good the plan is, and how that is known", style: "chart",
      HTML.proofs(facts(selection, amounts)))
    return "\(sensitivity)\(proof)"
  }

  private static func facts(_ selection: PlanSelection, _ amounts: AmountText) -> [HTML.Fact] {
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
        remark:
          "the cost of this plan\(plan.span) with the best known allocation of its commitments"
          + (plan.costOfWork > .zero
            ? ", and \(amounts.cents(plan.costOfWork)) of work on machines" : "")),
      .init(
        term: "Bound", value: amounts.cents(plan.bound),
        remark: "no plan that keeps this policy has a lower objective or bill: proven"),
      .init(
        term: "Gap", value: AmountText.percent(plan.gap, decimals: 4),
        remark: "(bill − bound) / bill: the best plan can undercut this one by no more"),
      .init(
        term: "Bill", value: amounts.cents(plan.horizon?.cost ?? selection.outcome.cost),
        remark:
          "an independent judge's\(plan.span), in the provider's order of applying commitments"),
      .init(
        term: "Billing gap", value: AmountText.percent(plan.billingGap, decimals: 4),
        remark: "(bill − objective) / bill: the part of the gap that the search did not leave: the"
          + " provider's order, and sizes in use that cost more than the smallest"),
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

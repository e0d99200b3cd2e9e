import CloudCosts

/// The figures that a signature is about; those that other sheets add up are live.
struct SummarySheet {
  private(set) var sheet = Sheet("Summary")

  init(
    _ selection: PlanSelection, _ run: RunDocument.Run?, months: MonthsSheet,
    purchases: PurchasesSheet
  ) {
    let outcome = selection.outcome
    let plan = selection.plan
    let amounts = AmountText(currency: selection.currency)
    let headline = run.flatMap { Headline($0, amounts: amounts, selected: outcome) }
    sheet.append([.title("\(selection.scenario): what to commit to")])
    sheet.append([
      .note(
        "Run \(selection.run), outcome \(outcome.name), "
          + "\(selection.window.from.prefix(10)) to \(selection.window.to.prefix(10)) (UTC). "
          + "Amounts in \(selection.currency).")
    ])
    sheet.append([.text(headline?.sentence ?? "")])
    let header = sheet.appendHeader(["Figure", "Value", "What it is"], left: 1, notes: 1)
    let baseline = headline?.baseline ?? .zero
    let baselineRow = header + 1
    func row(_ name: String, _ cell: Sheet.Cell, _ note: String) {
      sheet.append([.text(name), cell, .note(note)])
    }
    row(
      "Bill without the plan", .formula("=" + months.baselineTotal, baseline),
      headline?.baselineName ?? "")
    row("Bill with the plan", .formula("=" + months.planTotal, outcome.cost), "amortised")
    let saved = baseline - outcome.cost
    row(
      "Saved", .formula("=B\(baselineRow)-B\(baselineRow + 1)", saved),
      "the difference of the two bills; negative: it costs more")
    row(
      "Saved, share",
      .formula(
        "=IF(B\(baselineRow)=0,0,B\(baselineRow + 2)/B\(baselineRow))",
        share: baseline == .zero ? 0 : saved.value / baseline.value), "of the bill without")
    row(
      "Upfront of the purchases",
      .formula("=" + purchases.upfrontTotal, plan.purchases.map(\.upfront).total()),
      "cash on first days")
    row("Committed in all", .money(plan.totalCommitted), "whole terms, paid upfront or by the hour")
    row(
      "Locked after the window", .money(plan.lockedBeyondWindow),
      "of that, after \(selection.window.to.prefix(10))")
    if let review = plan.review { append(review) }
    row("Coverage", .percent(outcome.coverage), "of usage that a commitment is on sale for")
    row("Utilization", .percent(outcome.utilization), "of what the commitments cost")
    row("Effective savings rate", .percent(outcome.effectiveSavingsRate), "of public prices")
    row("Proven bound", .money(plan.bound), "no plan under this policy has a lower bill")
    row("Gap", .gap(plan.gap), "(bill − bound) / bill")
    row("Search", .empty, "\(plan.status.rawValue): \(plan.stop.rawValue)")
    sheet.names = [
      ("saving", sheet.reference(1, baselineRow + 2)),
      ("saving_share", sheet.reference(1, baselineRow + 3)),
    ]
    sheet.widths = [32, 20, 70]
  }

  private mutating func append(_ review: RunDocument.Review) {
    if let fallen = review.downsides.first(where: { $0.drop == 0.3 }) {
      sheet.append([
        .text("Saved if usage falls by 30 %"), .money(fallen.savings),
        .note("all falls: sheet Downside"),
      ])
    }
    if let delay = review.monthOfDelay {
      sheet.append([
        .text("Cost of a month's delay"), .money(delay.wrappedValue),
        .note("the same purchases a calendar month later, at the same prices"),
      ])
    }
    if let obligation = review.obligation {
      sheet.append([
        .text("Whole obligation repaid, months"), .decimal(obligation.months),
        .note(ObligationText.sentence(obligation)),
      ])
    }
  }
}

/// Every run and outcome next to each other.
struct ScenariosSheet {
  private(set) var sheet = Sheet("Scenarios")

  init(_ document: RunDocument) {
    sheet.append([.title("Scenarios and ways of buying, side by side")])
    sheet.append([.note("Amounts in \(document.currency). Saved against all usage on demand.")])
    let header = sheet.appendHeader(
      [
        "Scenario", "Outcome", "Recommended", "On demand", "Cost", "Saved", "Saved, share",
        "Coverage", "Utilization", "ESR", "Upfront", "Committed in all", "Gap",
      ], left: 3)
    for run in document.runs {
      let recommended = run.recommended?.name
      for outcome in run.outcomes + run.recommendations {
        append(outcome, run.name, isRecommended: outcome.name == recommended)
      }
    }
    sheet.widths = [18, 18, 14, 16, 16, 16, 10, 10, 10, 10, 16, 16, 10]
    let rows = (header + 1)...max(header + 1, sheet.rows.count)
    sheet.filter = ((header - 1)...max(header, sheet.rows.count - 1), 13)
    sheet.charts = [
      SheetChart(
        kind: .columns, title: "Cost", unit: document.currency,
        categories: "'\(sheet.name)'!$A$\(rows.lowerBound):$B$\(rows.upperBound)",
        series: [("cost", sheet.reference(4, rows: rows))], row: sheet.rows.count + 1, column: 0)
    ]
  }

  private mutating func append(
    _ outcome: RunDocument.Outcome, _ run: String, isRecommended: Bool
  ) {
    let row = sheet.rows.count + 1
    sheet.append([
      .text(run), .text(outcome.name), .text(isRecommended ? "yes" : ""),
      .money(outcome.cost + outcome.savings), .money(outcome.cost),
      .formula("=D\(row)-E\(row)", outcome.savings),
      .formula("=IF(D\(row)=0,0,F\(row)/D\(row))", share: outcome.savingsRate),
      .percent(outcome.coverage), .percent(outcome.utilization),
      .percent(outcome.effectiveSavingsRate), .money(outcome.upfront),
      .money(outcome.plan?.totalCommitted), .gap(outcome.plan?.gap),
    ])
  }
}

/// What is left of the plan where usage falls, and over all futures.
struct DownsideSheet {
  private(set) var sheet = Sheet("Downside")

  init(_ selection: PlanSelection) {
    sheet.append([.title("What is left if usage falls")])
    sheet.append([
      .note(
        "Amounts in \(selection.currency). The same plan, billed with less usage in every hour; "
          + "without: what is owned today, at the same usage.")
    ])
    let header = sheet.appendHeader(
      ["Usage falls by", "Bill without the plan", "Bill with it", "Saved", "Saved, share"], left: 0)
    let falls = selection.plan.review?.downsides ?? []
    for fall in falls {
      let row = sheet.rows.count + 1
      sheet.append([
        .percent(fall.drop), .money(fall.cost + fall.savings), .money(fall.cost),
        .formula("=B\(row)-C\(row)", fall.savings),
        .formula("=IF(B\(row)=0,0,D\(row)/B\(row))", share: fall.savingsRate),
      ])
    }
    sheet.widths = [16, 22, 20, 20, 14]
    if let paths = selection.outcome.paths { append(paths) }
    guard !falls.isEmpty else { return }
    let rows = (header + 1)...(header + falls.count)
    sheet.charts = [
      SheetChart(
        kind: .columns, title: "Saved if usage falls", unit: selection.currency,
        categories: sheet.reference(0, rows: rows),
        series: [("saved", sheet.reference(3, rows: rows))], row: 2, column: 6)
    ]
  }

  private mutating func append(_ paths: RunDocument.Paths) {
    sheet.append([])
    sheet.append([.title("Over \(paths.count) futures")])
    let header = sheet.append(
      ["Future", "Probability", "Saved"].map { Sheet.Cell(.text($0), .headerRight) })
    for (index, saved) in paths.savings.enumerated() {
      let share = paths.probabilities.indices.contains(index) ? paths.probabilities[index] : nil
      sheet.append([.count(Double(index + 1)), .percent(share), .money(saved.wrappedValue)])
    }
    let rows = (header + 1)...max(header + 1, header + paths.savings.count)
    sheet.append([
      .total("expected"), .total(""),
      .formula(
        "=SUMPRODUCT(\(Sheet.range(1, rows)),\(Sheet.range(2, rows)))", paths.expectedSavings,
        .moneyTotal),
    ])
    sheet.append([
      .text("least"), .empty,
      .formula(
        "=MIN(\(Sheet.range(2, rows)))", paths.savings.map(\.wrappedValue).min() ?? .zero),
    ])
  }
}

/// What is owned and bought, and when it ends.
struct EndingSheet {
  private(set) var sheet = Sheet("What ends when")

  init(_ selection: PlanSelection) {
    let measures = selection.outcome.measures
    sheet.append([.title("Commitments, and when they end")])
    sheet.append([
      .note("Amounts in \(selection.currency), inside the window; owned and bought together.")
    ])
    let header = sheet.appendHeader(
      ["Commitment", "Account", "Product", "Ends", "Cost", "Saved", "Used", "Unrealized"], left: 4)
    let entries = (measures?.commitments ?? []).sorted { ($0.end, $0.id) < ($1.end, $1.id) }
    let rows = (header + 1)...max(header + 1, header + entries.count)
    for entry in entries {
      sheet.append([
        .text(entry.id), .text(entry.account), .text(entry.product.title),
        .text(String(entry.end.prefix(10))), .money(entry.cost), .money(entry.savings),
        .percent(entry.utilization), .money(entry.unrealizedSavings),
      ])
    }
    sheet.append([
      .total("in all"), .total(""), .total(""), .total(""),
      .sum(4, rows, entries.map(\.cost).total()), .sum(5, rows, entries.map(\.savings).total()),
      .total(""), .sum(7, rows, entries.map(\.unrealizedSavings).total()),
    ])
    if !entries.isEmpty { sheet.filter = ((header - 1)...(header - 1 + entries.count), 8) }
    sheet.widths = [48, 18, 26, 12, 16, 16, 9, 16]
    appendMonths(measures?.expiring ?? [], currency: selection.currency)
  }

  private mutating func appendMonths(_ months: [RunDocument.ExpiringMonth], currency: String) {
    guard !months.isEmpty else { return }
    sheet.append([])
    sheet.append([.title("By month")])
    let header = sheet.append([
      Sheet.Cell(.text("Month"), .header), Sheet.Cell(.text("Commitments"), .headerRight),
      Sheet.Cell(.text("Cost per hour that ends"), .headerRight),
    ])
    for month in months {
      sheet.append([
        .text(month.month), .count(Double(month.commitments)), .money(month.hourlyCommitment),
      ])
    }
    let rows = (header + 1)...(header + months.count)
    sheet.append([
      .total("in all"),
      .formula(
        "=SUM(\(Sheet.range(1, rows)))",
        share: Double(months.reduce(0) { $0 + $1.commitments }), .countTotal),
      .sum(2, rows, months.map(\.hourlyCommitment).total()),
    ])
    sheet.charts = [
      SheetChart(
        kind: .columns, title: "What ends when", unit: "\(currency) per hour",
        categories: sheet.reference(0, rows: rows),
        series: [("ends", sheet.reference(2, rows: rows))], row: 2, column: 9)
    ]
  }
}

/// What the figures rest on, and what was doubtful about the input.
struct AssumptionsSheet {
  private(set) var sheet = Sheet("Assumptions")

  init(_ document: RunDocument, _ run: RunDocument.Run?) {
    sheet.append([.title("What this rests on")])
    _ = sheet.appendHeader(["Topic", "Assumption"], left: 2)
    for assumption in run?.assumptions ?? [] {
      sheet.append([.text(assumption.topic), .wrapped(assumption.text)])
    }
    sheet.widths = [22, 110, 60]
    guard !document.findings.isEmpty else { return }
    sheet.append([])
    sheet.append([.title("Findings in the input")])
    sheet.append(
      ["Place", "Finding", "Remedy"].map { Sheet.Cell(.text($0), .header) })
    for finding in document.findings {
      sheet.append([
        .text(finding.place), .wrapped("\(finding.severity.rawValue): \(finding.message)"),
        .wrapped(finding.remedy),
      ])
    }
  }
}

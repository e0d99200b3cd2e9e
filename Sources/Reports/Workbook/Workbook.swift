import CloudCosts
import Foundation

/// `plan.xlsx`: a plan for those who book and check it. Totals are formulas, so that a reader can
/// follow them, change an amount and see what comes of it.
package struct Workbook: Sendable {
  package let data: Data

  /// - Parameter selection: the plan that is to be signed; the other runs are next to it.
  package init(_ document: RunDocument, _ selection: PlanSelection) throws {
    data = try SheetWriter.data(
      Workbook.sheets(document, selection), title: "\(document.scenario): what to commit to")
  }

  static func sheets(_ document: RunDocument, _ selection: PlanSelection) -> [Sheet] {
    let run = document.runs.first { $0.name == selection.run }
    let months = MonthsSheet(selection, run)
    let purchases = PurchasesSheet(selection)
    let summary = SummarySheet(selection, run, months: months, purchases: purchases)
    return [
      summary.sheet, purchases.sheet, months.sheet, PrepaidSheet(selection).sheet,
      ScenariosSheet(document).sheet, DownsideSheet(selection).sheet,
      EndingSheet(selection).sheet, AssumptionsSheet(document, run).sheet,
    ]
  }
}

/// The plan's purchases and machine actions; costs are added up.
struct PurchasesSheet {
  private(set) var sheet = Sheet("Purchases")
  /// What the formulas of other sheets refer to.
  let upfrontTotal: String

  init(_ selection: PlanSelection) {
    let plan = selection.plan
    sheet.append([.title("What to buy, in this order")])
    sheet.append([
      .note(
        "Amounts in \(selection.currency). Cost is amortised, inside the window; "
          + "adds: what a line saves after those before it.")
    ])
    let header = sheet.appendHeader(
      [
        "Account", "Product", "For", "Place", "Term", "Payment", "Start", "End", "Quantity",
        "Per hour", "Upfront", "Cost", "Adds", "Used", "Pays back, months", "Why",
      ], left: 8, notes: 1)
    let lines = plan.purchases.inBuyingOrder
    for line in lines { sheet.append(PurchasesSheet.cells(line)) }
    let rows = (header + 1)...max(header + 1, header + lines.count)
    let total = sheet.append(
      [.total("in all")] + [Sheet.Cell](repeating: .total(""), count: 9) + [
        .sum(10, rows, lines.map(\.upfront).total()), .sum(11, rows, lines.map(\.cost).total()),
        .sum(12, rows, lines.map(\.added).total()),
      ])
    upfrontTotal = sheet.reference(10, total)
    sheet.names = [
      ("purchase_upfront", sheet.reference(10, rows: rows)),
      ("purchase_cost", sheet.reference(11, rows: rows)), ("plan_upfront", upfrontTotal),
    ]
    if !lines.isEmpty { sheet.filter = ((header - 1)...(header - 1 + lines.count), 16) }
    sheet.widths = [16, 24, 22, 16, 7, 16, 11, 11, 10, 10, 14, 14, 14, 8, 10, 80]
    appendActions(plan.actions)
  }

  private static func cells(_ line: RunDocument.Purchase) -> [Sheet.Cell] {
    let (quantity, hourly): (Double?, Money?) =
      switch line.amount {
      case .quantity(let count): (count, nil)
      case .hourlyCommitment(let money): (nil, money)
      }
    return [
      .text(line.account), .text(line.product.title), .text(line.typeText),
      .text(line.placeText), .text("\(line.termYears) y"), .text(line.payment.title),
      .text(String(line.start.prefix(10))), .text(String(line.end.prefix(10))),
      .count(quantity), Sheet.Cell(hourly.map { .number($0.value) } ?? .empty, .count),
      .money(line.upfront), .money(line.cost), .money(line.added), .percent(line.utilization),
      .decimal(line.breakEvenMonths), .wrapped(line.reason),
    ]
  }

  private mutating func appendActions(_ actions: [RunDocument.Action]) {
    guard !actions.isEmpty else { return }
    sheet.append([])
    sheet.append([.title("What to resize first")])
    let header = sheet.append(
      ["Account", "Machine", "From", "To", "Region"].map { Sheet.Cell(.text($0), .header) } + [
        Sheet.Cell(.text("Saved on demand"), .headerRight), Sheet.Cell(.text("Why"), .header),
      ])
    for action in actions {
      sheet.append([
        .text(action.account), .text(action.resource), .text(action.from),
        .text(action.to ?? "terminate"), .text(action.region), .money(action.savings),
        .text(action.reason),
      ])
    }
    let rows = (header + 1)...(header + actions.count)
    sheet.append(
      [.total("in all")] + [Sheet.Cell](repeating: .total(""), count: 4) + [
        .sum(5, rows, actions.map(\.savings).total())
      ])
  }
}

/// Cost and cash by month, of what is owned today and of the plan.
struct MonthsSheet {
  private(set) var sheet = Sheet("Cash and cost")
  let baselineTotal: String
  let planTotal: String

  init(_ selection: PlanSelection, _ run: RunDocument.Run?) {
    let plan = selection.outcome.monthly
    let baseline = (run?.outcome("current") ?? run?.outcome("on-demand"))
    let before = baseline?.monthly ?? plan.map { .init(month: $0.month, cost: .zero, cash: .zero) }
    let name = baseline?.name ?? "none"
    sheet.append([.title("Cost and cash by month")])
    sheet.append([
      .note(
        "Amounts in \(selection.currency). Cost is amortised: upfront payments spread evenly over "
          + "their terms. Cash is what is paid in the month. Ahead: cash kept so far.")
    ])
    let header = sheet.appendHeader(
      [
        "Month", "Cost, \(name)", "Cost, plan", "Saved", "Cash, \(name)", "Cash, plan",
        "Cash kept", "Ahead so far",
      ], left: 1)
    let rows = (header + 1)...max(header + 1, header + plan.count)
    var ahead = Money.zero
    for (old, new) in zip(before, plan) {
      let row = sheet.rows.count + 1
      ahead += old.cash - new.cash
      let first = row == header + 1
      sheet.append([
        .text(new.month), .money(old.cost), .money(new.cost),
        .formula("=B\(row)-C\(row)", old.cost - new.cost), .money(old.cash), .money(new.cash),
        .formula("=E\(row)-F\(row)", old.cash - new.cash),
        .formula(first ? "=G\(row)" : "=H\(row - 1)+G\(row)", ahead),
      ])
    }
    let sums = [
      before.map(\.cost), plan.map(\.cost), zip(before, plan).map { $0.cost - $1.cost },
      before.map(\.cash), plan.map(\.cash), zip(before, plan).map { $0.cash - $1.cash },
    ]
    let total = sheet.append(
      [.total("in all")] + sums.enumerated().map { .sum($0 + 1, rows, $1.total()) })
    baselineTotal = sheet.reference(1, total)
    planTotal = sheet.reference(2, total)
    sheet.names = [
      ("baseline_cost", baselineTotal), ("plan_cost", planTotal),
      ("months", sheet.reference(0, rows: rows)),
    ]
    sheet.widths = [11, 17, 17, 17, 17, 17, 17, 17]
    draw(rows, currency: selection.currency, name)
  }

  private mutating func draw(_ rows: ClosedRange<Int>, currency: String, _ name: String) {
    let months = sheet.reference(0, rows: rows)
    sheet.charts = [
      SheetChart(
        kind: .columns, title: "Cash by month", unit: currency, categories: months,
        series: [
          (name, sheet.reference(4, rows: rows)), ("plan", sheet.reference(5, rows: rows)),
        ], row: 2, column: 9),
      SheetChart(
        kind: .line, title: "Cash ahead so far", unit: currency, categories: months,
        series: [("ahead", sheet.reference(7, rows: rows))], row: 22, column: 9),
    ]
  }
}

/// Upfront payments by month and account, as they are booked.
struct PrepaidSheet {
  private(set) var sheet = Sheet("Prepaid")

  init(_ selection: PlanSelection) {
    let entries = selection.outcome.prepaid ?? []
    sheet.append([.title("Prepaid balance and expense")])
    sheet.append([
      .note(
        "Amounts in \(selection.currency), \(selection.outcome.name), what is owned included. "
          + "Straight line, hour by hour, until all is used up. Hourly payments are not prepaid.")
    ])
    let header = sheet.appendHeader(
      ["Account", "Month", "Opening", "Paid", "Transferred", "Expense", "Closing"], left: 2)
    let rows = (header + 1)...max(header + 1, header + entries.count)
    for entry in entries {
      let row = sheet.rows.count + 1
      sheet.append([
        .text(entry.account), .text(entry.month), .money(entry.opening), .money(entry.paid),
        .money(entry.transferred), .money(entry.expense),
        .formula("=C\(row)+D\(row)+E\(row)-F\(row)", entry.closing),
      ])
    }
    sheet.append([
      .total("in all"), .total(""), .total(""), .sum(3, rows, entries.map(\.paid).total()),
      .sum(4, rows, entries.map(\.transferred).total()),
      .sum(5, rows, entries.map(\.expense).total()),
    ])
    sheet.widths = [18, 11, 17, 17, 17, 17, 17]
    guard !entries.isEmpty else { return }
    sheet.filter = ((header - 1)...(header - 1 + entries.count), 7)
    appendMonths(entries, rows, currency: selection.currency)
  }

  /// All accounts together.
  private mutating func appendMonths(
    _ entries: [RunDocument.Prepaid], _ rows: ClosedRange<Int>, currency: String
  ) {
    sheet.append([])
    sheet.append([.title("All accounts together")])
    let header = sheet.append(
      [Sheet.Cell(.text("Month"), .header)]
        + ["Paid", "Expense", "Closing"].map { Sheet.Cell(.text($0), .headerRight) })
    let groups = Dictionary(grouping: entries, by: \.month)
    let months = groups.keys.sorted()
    func sum(_ column: String, _ row: Int, _ value: Money) -> Sheet.Cell {
      let (first, last) = (rows.lowerBound, rows.upperBound)
      return .formula(
        "=SUMIF($B$\(first):$B$\(last),A\(row),$\(column)$\(first):$\(column)$\(last))", value)
    }
    for month in months {
      let row = sheet.rows.count + 1
      let group = groups[month] ?? []
      sheet.append([
        .text(month), sum("D", row, group.map(\.paid).total()),
        sum("F", row, group.map(\.expense).total()), sum("G", row, group.map(\.closing).total()),
      ])
    }
    let own = (header + 1)...(header + months.count)
    sheet.charts = [
      SheetChart(
        kind: .columns, title: "Prepaid at the end of the month", unit: currency,
        categories: sheet.reference(0, rows: own),
        series: [("closing balance", sheet.reference(3, rows: own))], row: 2, column: 8)
    ]
  }
}

import Billing
import CloudCosts
import Scenarios

/// What each way of buying costs: a bar an outcome, stacked by what the money is for.
struct OutcomeChart {
  let svg: String

  /// - Parameter headline: names the recommended outcome, and what changes are reported against.
  init(
    _ outcomes: [(kind: OutcomeKind, bill: Bill)], headline: Headline?, _ amounts: AmountText,
    size: ChartSize = .wide
  ) {
    let rowHeight = 46.0
    let bars = outcomes.map { outcome in
      (
        name: outcome.kind.rawValue, total: outcome.bill.cost,
        parts: OutcomeChart.order.map { ($0, outcome.bill.cost(of: $0)) }
      )
    }
    let axis = Axis(largest: bars.map(\.total.value).max() ?? 0, currency: amounts.currency)
    let used = OutcomeChart.order.filter { kind in
      bars.contains { bar in bar.parts.contains { $0.0 == kind && $0.1 > .zero } }
    }
    let left = size.isNarrow ? 96.0 : 118.0
    let right = size.width - (size.isNarrow ? 120 : 160)
    let legend = used.map { (Legend.Swatch.area(Ink($0)), OutcomeChart.name(of: $0)) }
    let top =
      40 + Legend.rowHeight * Double(Legend.rows(legend, from: left, within: size.width) - 1)
    let bottom = top + rowHeight * Double(bars.count)
    var drawing = SVG(
      width: size.width, height: bottom + 46,
      label: "Cost by outcome. "
        + bars.map { "\($0.name): \(amounts.headline($0.total))" }.joined(separator: "; "))
    Legend.draw(legend, x: left, y: 14, in: &drawing)
    func x(_ amount: Double) -> Double { left + axis.share(amount) * (right - left) }
    for (index, tick) in axis.ticks.enumerated() {
      drawing.line(
        x1: x(tick), y1: top, x2: x(tick), y2: bottom, class: tick == 0 ? "axis" : "grid")
      // A narrow drawing has room for every other amount.
      if !size.isNarrow || index % 2 == 0 {
        drawing.text(axis.text(tick), x: x(tick), y: bottom + 18, anchor: .middle)
      }
    }
    drawing.text(
      "\(amounts.currency) over the window, amortised"
        + (headline.map { "; in brackets: against \($0.baselineOutcome)" } ?? ""), x: size.right,
      y: bottom + 38, anchor: .end, class: "faint")
    for (row, bar) in bars.enumerated() {
      let y = top + rowHeight * Double(row) + 8
      let isRecommended = bar.name == headline?.outcome.name
      drawing.text(
        bar.name, x: left - 10, y: y + (isRecommended ? 14 : 20), anchor: .end,
        class: isRecommended ? "strong" : "label")
      if isRecommended {
        drawing.text("recommended", x: left - 10, y: y + 28, anchor: .end, class: "faint")
      }
      var start = 0.0
      for (kind, amount) in bar.parts {
        let end = start + amount.value
        let ink = Ink(kind)
        drawing.rectangle(
          x: x(start), y: y, width: x(end) - x(start), height: rowHeight - 16, ink,
          tip: "\(bar.name), \(OutcomeChart.name(of: kind)): \(amounts.headline(amount))")
        if ink.carriesText, x(end) - x(start) > 64 {
          drawing.text(
            Axis.short(amount.value, prefix: amounts.prefix), x: (x(start) + x(end)) / 2, y: y + 20,
            anchor: .middle, class: ink.isDark ? "on-dark" : "label")
        }
        start = end
      }
      let total =
        size.isNarrow
        ? Axis.short(bar.total.value, prefix: amounts.prefix) : amounts.headline(bar.total)
      drawing.text(
        total + OutcomeChart.change(bar.total, from: headline?.baseline), x: x(start) + 10,
        y: y + 20, class: isRecommended ? "strong" : "label")
    }
    svg = drawing.text
  }

  /// Commitments start at the axis, so that what varies is at the far end.
  private static let order: [ChargeKind] = [
    .coveredUsage, .unusedCommitment, .shortfall, .settlement, .onDemand, .costOfCapital,
  ]

  /// ` (−28.5 %)`; nothing where there is nothing to compare.
  private static func change(_ total: Money, from baseline: Money?) -> String {
    guard let baseline, baseline > .zero, total != baseline else { return "" }
    let share = (total - baseline).value / baseline.value
    return " (" + (share < 0 ? "−" : "+") + AmountText.percent(abs(share)) + ")"
  }

  private static func name(of kind: ChargeKind) -> String {
    switch kind {
    case .onDemand: "on demand"
    case .coveredUsage: "commitments, used"
    case .unusedCommitment: "commitments, unused"
    case .costOfCapital: "cost of capital"
    case .shortfall: "shortfall of spend"
    case .settlement: "given up"
    case .upfrontPurchase: "paid upfront"
    case .recurringPurchase: "paid by the hour"
    }
  }
}

import Billing
import CloudCosts

/// Cash by month: a reference's bar and the plan's next to it, stacked by what is paid.
struct CashChart {
  let svg: String

  private struct Column {
    var parts: [(kind: Payment.Kind, amount: Money)]
    var total: Money { parts.map(\.amount).total() }
  }

  init(
    plan: Bill, planName: String, reference: Bill, referenceName: String, size: ChartSize = .wide
  ) {
    let months = plan.window.months.map(\.month)
    let columns = [reference, plan].map { bill in CashChart.columns(bill, months: months) }
    let axis = Axis(
      largest: columns.joined().map(\.total.value).max() ?? 0, currency: plan.currency)
    let amounts = AmountText(currency: plan.currency)
    let totals = columns.map { amounts.headline($0.map(\.total).total()) }
    let used = CashChart.order.filter { kind in
      columns.joined().contains { column in
        column.parts.contains { $0.kind == kind && $0.amount > .zero }
      }
    }
    let legend = used.map { (Legend.Swatch.area(Ink($0)), CashChart.name(of: $0)) }
    let rows = Legend.rows(legend, from: size.left, within: size.width) - (size.isNarrow ? 0 : 1)
    let shift = Legend.rowHeight * Double(rows)
    let plot = Plot(
      left: size.left, right: size.right, top: 58 + shift, bottom: 300 + shift, axis: axis)
    var drawing = SVG(
      width: size.width, height: 348 + shift,
      label: "Cash by month. In all: \(referenceName) \(totals[0]), \(planName) \(totals[1]).")
    Legend.draw(legend, x: plot.left, y: 14, in: &drawing)
    drawing.text(
      "left bar: \(referenceName), right bar: \(planName)", x: plot.right,
      y: size.isNarrow ? 14 + shift : 14, anchor: .end)
    plot.drawAxis(in: &drawing, unit: "\(plan.currency) paid in the month")
    let slot = plot.width / Double(max(1, months.count))
    let bar = min(34, slot * 0.38)
    let every = TimeAxis.every(months.count, size)
    for (index, month) in months.enumerated() {
      let middle = plot.left + slot * (Double(index) + 0.5)
      for (side, x) in [middle - bar - 1, middle + 1].enumerated() {
        let name = side == 0 ? referenceName : planName
        var base = 0.0
        for (kind, amount) in columns[side][index].parts where amount > .zero {
          let top = base + amount.value
          drawing.rectangle(
            x: x, y: plot.y(top), width: bar, height: plot.y(base) - plot.y(top), Ink(kind),
            tip: "\(month), \(name), \(CashChart.name(of: kind)): \(amounts.headline(amount))")
          base = top
        }
      }
      if index % every == 0 {
        let withYear = index == 0 || month.month == 1
        drawing.text(
          TimeAxis.name(month, withYear: false), x: middle, y: plot.bottom + 18, anchor: .middle)
        if withYear {
          drawing.text(
            "\(month.year)", x: middle, y: plot.bottom + 34, anchor: .middle, class: "faint")
        }
      }
    }
    svg = drawing.text
  }

  /// What is owed whatever happens is on the axis.
  private static let order: [Payment.Kind] = [
    .recurring, .onDemand, .upfront, .shortfall, .settlement,
  ]

  private static func columns(_ bill: Bill, months: [CalendarMonth]) -> [Column] {
    var totals: [CalendarMonth: [Payment.Kind: Money]] = [:]
    for payment in bill.payments {
      totals[payment.month, default: [:]][payment.kind, default: .zero] += payment.amount
    }
    return months.map { month in
      Column(parts: order.map { ($0, totals[month]?[$0] ?? .zero) })
    }
  }

  private static func name(of kind: Payment.Kind) -> String {
    switch kind {
    case .onDemand: "on demand"
    case .upfront: "upfront"
    case .recurring: "commitments, by the hour"
    case .shortfall: "shortfall of spend"
    case .settlement: "given up"
    }
  }
}
